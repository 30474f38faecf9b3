"""A mailbox and an outbox in memory, for rehearsals: nothing is fetched, moved or sent anywhere."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Self

from marac.errors import MailboxError, RefusedError
from marac.mailbox.protocol import Item, Letter, Oddity, Outcome


class MemoryInbox:
    """Messages that were put here by `deliver`."""

    verbatim = True

    def __init__(self, name: str = "memory inbox") -> None:
        self.name = name
        self.filed: dict[Outcome, list[bytes]] = {"processed": [], "needs-a-person": []}
        self._waiting: dict[str, tuple[Item, bytes]] = {}
        self._deliveries = 0

    def deliver(self, content: bytes, received: dt.datetime | None = None, file_name: str | None = None) -> Item:
        """Put a message, or a bare file, into the mailbox; the same bytes twice are two messages."""
        self._deliveries += 1
        item = Item(str(self._deliveries), received, len(content), file_name)
        self._waiting[item.id] = item, content
        return item

    def __enter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Nothing has to be closed."""

    def waiting(self) -> Iterator[Item]:
        """Every message that has not been filed, in the order of arrival; those of unknown time come first."""
        long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
        return iter(sorted((item for item, _ in self._waiting.values()), key=lambda item: item.received or long_ago))

    def oddities(self) -> Sequence[Oddity]:
        """None: only messages can be put here."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message as it was delivered.

        Raises:
            MailboxError: it has been filed, or was never here.
        """
        if item.id not in self._waiting:
            raise MailboxError("A message is no longer in the mailbox. Nothing was taken in from it.")
        return self._waiting[item.id][1]

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the message to the list of its outcome; a message that is not waiting stays where it is."""
        if item.id in self._waiting:
            self.filed[outcome].append(self._waiting.pop(item.id)[1])


class MemoryOutbox:
    """Letters that would have left."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def __enter__(self) -> Self:
        """Nothing has to be connected."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Nothing has to be disconnected."""

    def send(self, letter: Letter) -> None:
        """Keep the letter; the same letter again leaves one.

        Raises:
            RefusedError: another letter bears the same message id.
        """
        if letter in self.letters:
            return
        if self.was_sent(letter.message_id):
            raise RefusedError("Another letter has already left under the same message id. This one did not leave.")
        self.letters.append(letter)

    def was_sent(self, message_id: str) -> bool:
        """Whether a letter with this id was kept."""
        return any(letter.message_id == message_id for letter in self.letters)
