"""What every mailbox does, whatever carries the mail."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, Self, runtime_checkable

Outcome = Literal["processed", "needs-a-person"]
"""Where a handled message is filed: beside the inbox, in a folder of this name."""

REASSEMBLED = b"X-MARAC-Reassembled: yes"
"""How a message begins that an adapter put together from its parts, because it was too large to come in one piece."""


@dataclass(frozen=True, slots=True)
class Item:
    """A message waiting in a mailbox.

    `id` is the adapter's own, stable while the message stays where it is. `received` is when the mailbox took the
    message in, in UTC, where the mailbox knows it.
    """

    id: str
    received: dt.datetime | None = None
    size: int | None = None
    """Bytes, where the mailbox says so; what is fetched must be as long."""
    file_name: str | None = field(default=None, repr=False)
    """The name of a bare file that stands for a message: its bytes are the form itself, not MIME."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something in a mailbox that is not taken in, and is left where it is until a person has looked at it."""

    name: str = field(repr=False)
    reason: str
    """What it is and what to do with it, in a sentence for the coordinator that does not tell its name."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One MIME message to one recipient, ready to leave.

    `message_id` is ours and fixed before the first attempt, so that a lost connection can be looked into.
    """

    message_id: str
    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)


@runtime_checkable
class Inbox(Protocol):
    """Where messages arrive. Listing is the truth; nothing is marked or moved before `file`."""

    @property
    def name(self) -> str:
        """The mailbox as the books call it: `folder inbox`, `imap marac@host/INBOX`. Stable between runs."""

    @property
    def verbatim(self) -> bool:
        """Whether a message's bytes are the same at each fetch; Exchange and Graph may word them anew."""

    def __enter__(self) -> Self:
        """Open the mailbox.

        Raises:
            MailboxError: it cannot be reached, or the other side is not who it says it is.
        """

    def __exit__(self, *exc_info: object) -> None:
        """Close the mailbox."""

    def waiting(self) -> Iterator[Item]:
        """Every message that has not been filed, oldest first.

        Raises:
            MailboxError: it cannot be listed, for instance because its folder is not there.
        """

    def oddities(self) -> Sequence[Oddity]:
        """What lies in the mailbox and will not be listed as waiting, so that nothing is passed over in silence."""

    def raw(self, item: Item) -> bytes:
        """The message as it arrived, byte for byte, and not marked as read by this.

        Raises:
            MailboxError: it could not be fetched whole.
        """

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the message to the folder of its outcome. Filing what is already filed does nothing.

        Raises:
            MailboxError: it could not be moved, and is still waiting.
        """


@runtime_checkable
class Outbox(Protocol):
    """Where letters leave. One recipient a letter."""

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            MailboxError: the server cannot be reached, or is not who it says it is.
        """

    def __exit__(self, *exc_info: object) -> None:
        """Disconnect."""

    def send(self, letter: Letter) -> None:
        """Send one letter. Where the outbox keeps what it sent, sending the same letter again leaves one.

        Raises:
            RefusedError: it was refused for good; it did not leave.
            MailboxError: it did not leave this time; a later attempt may succeed.
            UnknownOutcomeError: the connection broke after it was handed over.
        """

    def was_sent(self, message_id: str) -> bool | None:
        """Whether a letter with this id left: True, False where it surely did not; None where nobody here can know.

        Raises:
            MailboxError: where it would be found cannot be reached at present.
        """


@runtime_checkable
class Doorbell(Protocol):
    """Says that something may have arrived. A missed ring loses nothing: the next listing finds it."""

    def wait(self, seconds: float) -> bool:
        """Wait until it rings or the time has passed; whether it rang."""

    def close(self) -> None:
        """Stop listening."""
