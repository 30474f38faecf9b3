"""A folder of an Exchange mailbox as inbox. Nothing is marked as read; filing moves."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from exchangelib import Account
from exchangelib.errors import ErrorFolderNotFound, ErrorItemNotFound, ErrorToFolderNotFound
from exchangelib.properties import BaseItemId, FolderId, ItemId
from exchangelib.services import MoveItem

from marac.errors import MailboxError
from marac.mailbox.connection import sentence
from marac.mailbox.ews.account import ExchangeAccount
from marac.mailbox.ews.folders import folder_made, folder_named
from marac.mailbox.ews.line import Patience
from marac.mailbox.ews.pieces import put_together
from marac.mailbox.ews.questions import Change, StateRefusedError, changes_since, mime_of
from marac.mailbox.protocol import Item, Oddity, Outcome
from marac.settings import EwsMailbox

LARGEST_IN_ONE_BYTES = 10_000_000
"""A larger message is fetched in pieces: in one piece it costs the library five times its size in memory."""

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class EwsInbox:
    """The messages of one folder; the folders of the outcomes are made where they are missing.

    The server is asked for everything once in the life of this object, and from then on for what has changed. An
    item's id is the server's; it changes when the message is moved, so an old id finds nothing.
    """

    verbatim = False

    def __init__(self, settings: EwsMailbox, tokens: Callable[[], str] | None = None) -> None:
        self._settings = settings
        self._exchange = ExchangeAccount(settings, tokens, Patience)
        self._state: str | None = None
        self._known: dict[str, Item] = {}
        self._folders: dict[Outcome, FolderId] = {}
        self._folder: BaseItemId | None = None

    @property
    def name(self) -> str:
        """The mailbox as the books call it."""
        return f"ews {self._settings.mailbox}/{self._settings.folder}"

    def __enter__(self) -> Self:
        """Connect, sign in, and find the folder.

        Raises:
            MailboxError: the server cannot be reached or trusted, does not let this user in, or has no such folder.
            SettingsError: the password is not where config.toml says.
        """
        try:
            self._exchange.open()
            self._folder = self._exchange.ask(self._inbox)
            for outcome in ("processed", "needs-a-person"):
                self._place_of(outcome)
        except BaseException:
            self._exchange.close()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Disconnect. What the server told of the folder is kept for the next time."""
        self._exchange.close()

    def waiting(self) -> Iterator[Item]:
        """Every message in the folder, whether somebody has read it or not; oldest first.

        Raises:
            MailboxError: the connection was lost, or the folder cannot be listed.
        """
        changes, state, anew = self._exchange.ask(self._changes)
        known = {} if anew else dict(self._known)
        for change in changes:
            if change.item is None:
                known.pop(change.id, None)
            else:
                known[change.id] = change.item
        self._known, self._state = known, state
        return iter(sorted(known.values(), key=lambda item: (item.received or _LONG_AGO, item.id)))

    def oddities(self) -> Sequence[Oddity]:
        """None: whatever lies in a folder of Exchange can be fetched as a message."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message as the server words it now, not marked as read; a large one as it is put together here.

        Raises:
            MailboxError: it is gone, it did not come whole, or the connection was lost.
        """
        large = item.size is not None and item.size > LARGEST_IN_ONE_BYTES
        whole = None if large else self._exchange.ask(lambda account: mime_of(account, item.id))
        return whole or self._exchange.ask(lambda account: put_together(account, item.id))

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the message to the folder of its outcome; one that is gone stays where it went.

        Raises:
            MailboxError: it could not be moved.
        """
        if self._has_moved(item, outcome):
            return
        del self._folders[outcome]  # somebody removed it since it was made
        if not self._has_moved(item, outcome):
            raise MailboxError(
                f"{sentence(self._exchange.server)} does not find a folder that it just named. The next run tries again."
            )

    def _has_moved(self, item: Item, outcome: Outcome) -> bool:
        """Whether the message is no longer waiting; False where the folder that it should go to is not there."""
        place = self._place_of(outcome)
        return self._exchange.ask(lambda account: _moved(account, item, place))

    def _inbox(self, account: Account) -> BaseItemId:
        folder = folder_named(account, self._settings.folder)
        if folder is None:
            raise MailboxError(
                f"There is no folder {self._settings.folder} in the mailbox on {self._exchange.server}. "
                "Check folder in config.toml."
            )
        return folder.to_id()

    def _changes(self, account: Account) -> tuple[list[Change], str, bool]:
        """What has changed since the last listing, or everything; whether it is everything."""
        if self._state is not None:
            try:
                return *changes_since(account, self._folder, self._state), False
            except StateRefusedError:
                pass
        return *changes_since(account, self._folder, None), True

    def _place_of(self, outcome: Outcome) -> FolderId:
        """The folder of an outcome, which is there from now on."""
        if outcome not in self._folders:
            name = self._settings.processed if outcome == "processed" else self._settings.needs_a_person
            folder = self._exchange.ask(lambda account: folder_made(account, name))
            self._folders[outcome] = FolderId(id=folder.id)
        return self._folders[outcome]


def _moved(account: Account, item: Item, place: FolderId) -> bool:
    """Whether the message is no longer waiting; False where the folder that it should go to is not there."""
    try:
        MoveItem(account=account).get(items=[ItemId(id=item.id)], to_folder=place, expect_result=None)
    except ErrorItemNotFound:
        return True
    except (ErrorToFolderNotFound, ErrorFolderNotFound):
        return False
    return True
