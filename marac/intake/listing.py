"""What waits in the mailbox, listed anew whenever somebody else may have taken some of it in."""

from collections.abc import Callable, Collection, Iterator

from marac.mailbox.protocol import Inbox, Item


class Listing:
    """The messages of one sweep, in the order in which they came."""

    def __init__(self, inbox: Inbox, step_aside: Callable[[], bool]) -> None:
        """List the mailbox.

        Args:
            inbox: the mailbox.
            step_aside: lets whoever waits for the register go first; whether somebody did.

        Raises:
            MailboxError: the mailbox cannot be listed.
        """
        self._inbox = inbox
        self._step_aside = step_aside
        self._waiting: dict[str, Item] = {}
        self._list()

    @property
    def ids(self) -> Collection[str]:
        """The ids of everything that waits now."""
        return self._waiting.keys()

    def items(self) -> Iterator[Item]:
        """The messages of the first listing, each for as long as it still waits; what arrived since is for the next sweep."""
        for item in tuple(self._waiting):
            if item in self._waiting:
                yield self._waiting[item]

    def step_aside(self) -> None:
        """Let whoever waits for the register go first: another `marac run` may have filed what waits here, or listed more.

        Raises:
            MailboxError: the mailbox cannot be listed again.
            BusyError: somebody else kept the register; nothing may be changed any more.
        """
        if self._step_aside():
            self._list()

    def _list(self) -> None:
        self._waiting = {item.id: item for item in self._inbox.waiting()}  # listed twice, an item is one all the same
