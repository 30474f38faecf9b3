"""The way in: a message's row in the books, its parts, and its bytes among the originals, before anything is read."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marac.audit import Entry
from marac.intake.opening.mail import opened_mail, parts_in
from marac.intake.opening.message import Found, Opened, UnsafeMessageError, shown
from marac.intake.opening.outlook import is_outlook_message
from marac.intake.originals import Originals
from marac.intake.outcome import Outcome
from marac.intake.reading.reader import Reader, unreadable
from marac.mailbox.protocol import Inbox, Item
from marac.record import to_record
from marac.register import deliveries
from marac.register.cases import add_source, cases_of_delivery
from marac.register.deliveries import Delivery
from marac.register.store import Store
from marac.register.trail import record
from marac.settings import Settings


@dataclass(frozen=True, slots=True)
class Entrance:
    """Everything that taking a message in needs, and its first steps."""

    store: Store
    originals: Originals
    reader: Reader
    settings: Settings
    today: dt.date
    now: Callable[[], dt.datetime]

    def _entered(self, inbox: Inbox, item: Item, raw: bytes, sha256: str) -> Delivery:
        """The delivery's row: the one that an earlier pass began, or a new one."""
        with self.store.changing() as connection:
            if begun := deliveries.unfiled_delivery(connection, inbox.name, item.id, sha256):
                return begun
            bare = item.file_name is not None and not is_outlook_message(raw)
            envelope = None if bare else _envelope(raw)
            values = {
                "mailbox": inbox.name,
                "item": item.id,
                "sha256": sha256,
                "message_id": envelope.message_id if envelope else None,
                "sender": envelope.sender if envelope else None,
                "received": self._received(item, envelope),
                "stored_at": self.now(),
                "bare_name": shown(item.file_name or "") if bare else None,
            }
            delivery = deliveries.add_delivery(connection, values)
            record(connection, self._entry("message stored", delivery, sha256))
            return delivery

    def _received(self, item: Item, envelope: Opened | None) -> dt.date:
        """The day the message arrived: as the mail servers say, else as the mailbox does, and never after today.

        A file dropped into the folder has no such day; the day on which it was first seen is the one that is sure.
        """
        if envelope is None and item.file_name:
            return self.today
        moment = (envelope.received if envelope else None) or item.received
        return min(moment.astimezone().date(), self.today) if moment else self.today

    def _unpacked(self, delivery: Delivery, raw: bytes) -> Delivery:
        """The delivery with its parts entered, or closed where it is not to be opened."""
        earlier = self._same_bytes_before(delivery)
        if earlier is not None:
            return self._repeated(delivery, earlier)
        try:
            rows = self._kept(parts_in(raw, delivery.bare_name))
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

    def _closed(self, delivery: Delivery, verdict: Outcome) -> Delivery:
        with self.store.changing() as connection:
            deliveries.set_state(connection, delivery.id, verdict.state, verdict.disposition, verdict.reasons)
            record(connection, self._entry("message concluded", delivery, verdict.disposition))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _entry(self, event: str, subject: "Delivery | str", detail: str = "") -> Entry:
        about = subject if isinstance(subject, str) else f"message {subject.id}"
        return Entry(self.now(), "marac", event, about, detail)


def _envelope(raw: bytes) -> Opened | None:
    try:
        return opened_mail(raw)
    except UnsafeMessageError:
        return None  # it is stored and entered all the same, and a person is told why it was not opened
