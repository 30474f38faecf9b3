"""The story in: one message, taken in exactly once.

Each step is on the disk before the next begins, and the mailbox is touched last. Killed at any instant, the next pass
goes on where this one stopped: nothing is lost and nothing is entered twice.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from marac.audit import Entry
from marac.document import Document
from marac.errors import MaracError, StoreError
from marac.intake.archives import unpacked
from marac.intake.message import Found, Opened, UnsafeMessageError, opened, shown
from marac.intake.originals import Originals
from marac.intake.outcome import Outcome, outcome
from marac.intake.reader import Reader, unreadable
from marac.intake.registration import registered
from marac.mailbox.protocol import Inbox, Item
from marac.record import to_record
from marac.register import deliveries
from marac.register.cases import add_source, cases_of_delivery
from marac.register.deliveries import Delivery, Part
from marac.register.store import Store
from marac.register.trail import record
from marac.settings import Settings

_MOST_ATTEMPTS = 3
"""How often a file may be begun and not finished, before a person is asked instead."""

_TAKEN_AWAY = (
    "This file disappeared as soon as it was stored, as when an antivirus program takes it. Ask IT before you open it."
)
_NOWHERE = (
    "This message is no longer in the inbox, and its copy in the store folder is gone. Look for it in the mailbox, or "
    "ask the sender to send it again."
)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one look at the mailbox came to."""

    taken_in: int = 0
    stuck: tuple[str, ...] = field(default=(), repr=False)
    """Messages that stay in the inbox for now, each with the reason."""
    cut_short: bool = False
    """Whether it was asked to stop before the end; the next one goes on."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that taking a message in needs."""

    store: Store
    originals: Originals
    reader: Reader
    settings: Settings
    today: dt.date
    now: Callable[[], dt.datetime]

    def sweep(self, inbox: Inbox, stopping: Callable[[], bool] = lambda: False) -> Sweep:
        """Take in every waiting message; one that cannot be taken in stays where it is and holds up no other.

        Args:
            inbox: the mailbox.
            stopping: whether to leave the rest for the next time; asked before each message.

        Raises:
            MailboxError: the mailbox itself cannot be listed.
            StoreError: the register cannot be written; nothing is half done.
        """
        taken, stuck, waiting = 0, [], set()
        for item in inbox.waiting():
            if stopping():
                break
            waiting.add(item.id)
            try:
                self.take_in(inbox, item)
                taken += 1
            except StoreError:
                raise
            except MaracError as error:
                stuck.append(str(error))
            except Exception as error:  # noqa: BLE001 - one message must not keep the others from being seen
                stuck.append(
                    f"A message stays in the inbox, because marac stumbled over it ({type(error).__name__}). Open it by hand."
                )
        if stopping():  # then not everything that waits was listed, and what was not may look as if it had been moved
            return Sweep(taken, tuple(stuck), cut_short=True)
        self._finish_the_moved(inbox, waiting)
        return Sweep(taken, tuple(stuck))

    def take_in(self, inbox: Inbox, item: Item) -> None:
        """Store, enter, open, read, register, file: one message.

        Raises:
            MailboxError: the message could not be fetched whole, or not be filed.
            StoreError: the register cannot be written.
        """
        raw = inbox.raw(item)
        sha256 = self.originals.keep(raw, None if item.file_name else ".eml")
        delivery = self._through(self._entered(inbox, item, raw, sha256), raw)
        inbox.file(item, "processed" if delivery.state == "done" else "needs-a-person")
        with self.store.changing() as connection:
            deliveries.mark_filed(connection, delivery.id)

    def _through(self, delivery: Delivery, raw: bytes) -> Delivery:
        """The delivery at its end, from wherever an earlier pass left it."""
        if delivery.state == "unpacked":
            self._kept(_found(delivery, raw))  # somebody may have taken them out of the store since
        if delivery.state == "stored":
            delivery = self._unpacked(delivery, raw)
        if delivery.state == "unpacked":
            for part in self._unread_parts(delivery):
                self._read(part)
            delivery = self._concluded(delivery, raw)
        return delivery

    def _entered(self, inbox: Inbox, item: Item, raw: bytes, sha256: str) -> Delivery:
        """The delivery's row: the one that an earlier pass began, or a new one."""
        with self.store.changing() as connection:
            if begun := deliveries.unfiled_delivery(connection, inbox.name, item.id, sha256):
                return begun
            envelope = None if item.file_name else _envelope(raw)
            values = {
                "mailbox": inbox.name,
                "item": item.id,
                "sha256": sha256,
                "message_id": envelope.message_id if envelope else None,
                "sender": envelope.sender if envelope else None,
                "received": self._received(item, envelope),
                "stored_at": self.now(),
                "bare_name": shown(item.file_name) if item.file_name else None,
            }
            delivery = deliveries.add_delivery(connection, values)
            record(connection, self._entry("message stored", delivery, sha256))
            return delivery

    def _received(self, item: Item, envelope: Opened | None) -> dt.date:
        """The day the message arrived: as the mail servers say, else as the mailbox does, and never after today.

        A file dropped into the folder has no such day; the day on which it was first seen is the one that is sure.
        """
        if item.file_name:
            return self.today
        moment = (envelope.received if envelope else None) or item.received
        return min(moment.astimezone().date(), self.today) if moment else self.today

    def _unpacked(self, delivery: Delivery, raw: bytes) -> Delivery:
        """The delivery with its parts entered, or closed where it is not to be opened."""
        earlier = self._same_bytes_before(delivery)
        if earlier is not None:
            return self._repeated(delivery, earlier)
        try:
            rows = self._kept(_found(delivery, raw))
        except UnsafeMessageError as error:
            return self._closed(delivery, Outcome("needs_person", "quarantined", (str(error),)))
        with self.store.changing() as connection:
            deliveries.add_parts(connection, delivery.id, rows)
            return deliveries.delivery_numbered(connection, delivery.id)

    def _kept(self, found: Sequence[Found]) -> list[dict[str, Any]]:
        """The rows of these parts, whose bytes are among the originals."""
        return [
            {
                "sha256": self.originals.keep(part.document.content),
                "source": part.source,
                "media_type": part.document.media_type,
                "role": part.role,
                **({"reading": to_record(unreadable(part.refused))} if part.refused else {}),
            }
            for part in found
        ]

    def _same_bytes_before(self, delivery: Delivery) -> Delivery | None:
        with self.store.reading() as connection:
            first = deliveries.first_delivery_of(connection, delivery.sha256)
        return first if first.id != delivery.id and first.terminal else None

    def _repeated(self, delivery: Delivery, first: Delivery) -> Delivery:
        """The same bytes once more: what became of them the first time holds."""
        with self.store.changing() as connection:
            for case in cases_of_delivery(connection, first.id):
                add_source(connection, case, delivery.id, None, "again")
            reason = ("The same message as an earlier one, byte for byte. Nothing was entered twice.",)
            deliveries.set_state(connection, delivery.id, "done", "duplicate_message", reason)
            record(connection, self._entry("message repeated", delivery))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _unread_parts(self, delivery: Delivery) -> Iterator[Part]:
        with self.store.reading() as connection:
            parts = deliveries.parts_of(connection, delivery.id)
        yield from (part for part in parts if part.reading is None and part.role != "picture")

    def _read(self, part: Part) -> None:
        """Read one part; the attempt is on the books before the reader sees the file.

        Raises:
            ReaderError: no file can be read at present.
        """
        self.reader.start()
        with self.store.changing() as connection:
            deliveries.count_attempt(connection, part.id)
        if part.attempts >= _MOST_ATTEMPTS:
            reading = unreadable(
                "Reading this file was begun three times and never finished. Open it by hand, with care."
            )
        else:
            try:
                reading = self.reader.read(self.originals.path(part.sha256), part.source, part.media_type)
            except FileNotFoundError:
                reading = unreadable(_TAKEN_AWAY)
        with self.store.changing() as connection:
            deliveries.keep_reading(connection, part.id, reading)

    def _concluded(self, delivery: Delivery, raw: bytes) -> Delivery:
        """Decide what becomes of the message, and register it, in one transaction."""
        envelope = None if delivery.bare_name else opened(raw)
        with self.store.changing() as connection:
            parts = [part for part in deliveries.parts_of(connection, delivery.id) if part.reading is not None]
            verdict = outcome(
                parts,
                automatic=envelope.automatic if envelope else False,
                bounce=envelope.bounce if envelope else False,
                damage=envelope.damage if envelope else (),
            )
            verdict = registered(connection, delivery, verdict, self.settings, self.today, self._entry)
            deliveries.set_state(connection, delivery.id, verdict.state, verdict.disposition, verdict.reasons)
            record(connection, self._entry("message concluded", delivery, verdict.disposition))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _closed(self, delivery: Delivery, verdict: Outcome) -> Delivery:
        with self.store.changing() as connection:
            deliveries.set_state(connection, delivery.id, verdict.state, verdict.disposition, verdict.reasons)
            record(connection, self._entry("message concluded", delivery, verdict.disposition))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _finish_the_moved(self, inbox: Inbox, waiting: set[str]) -> None:
        """Bring to its end what an earlier pass stored, and what is no longer in the inbox: filed, or moved by a person."""
        with self.store.reading() as connection:
            moved = [
                delivery
                for delivery in deliveries.unfiled_deliveries(connection, inbox.name)
                if delivery.item not in waiting
            ]
        for delivery in moved:
            if not delivery.terminal:
                self._finish(delivery)
            with self.store.changing() as connection:
                deliveries.mark_filed(connection, delivery.id)

    def _finish(self, delivery: Delivery) -> None:
        try:
            raw = self.originals.path(delivery.sha256).read_bytes()
        except OSError:
            self._closed(delivery, Outcome("needs_person", "unreadable", (_NOWHERE,)))
        else:
            self._through(delivery, raw)

    def _entry(self, event: str, subject: "Delivery | str", detail: str = "") -> Entry:
        about = subject if isinstance(subject, str) else f"message {subject.id}"
        return Entry(self.now(), "marac", event, about, detail)


def _found(delivery: Delivery, raw: bytes) -> list[Found]:
    """The parts of a delivery that may hold a referral.

    Raises:
        UnsafeMessageError: the message is not to be opened.
    """
    name = delivery.bare_name
    whole = (Found(Document(name, "application/octet-stream", raw), name, "form"),) if name else opened(raw).parts
    return [inner for part in whole for inner in unpacked(part)]


def _envelope(raw: bytes) -> Opened | None:
    try:
        return opened(raw)
    except UnsafeMessageError:
        return None  # it is stored and entered all the same, and a person is told why it was not opened
