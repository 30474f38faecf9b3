"""The way in: a message's row in the books, its parts, and its bytes among the originals, before anything is read."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marac.agency import Agency
from marac.audit import Entry
from marac.intake.identity import known_after_a_move, known_by_its_bytes, known_by_its_id
from marac.intake.opening.mail import envelope_of, parts_in
from marac.intake.opening.message import Found, Opened, UnsafeMessageError, shown
from marac.intake.opening.outlook.outlook import is_outlook_message
from marac.intake.opening.sealed.sealed import mailbox_keys
from marac.intake.originals import Originals
from marac.intake.outcome import Outcome
from marac.intake.reading.reader import Reader, unreadable
from marac.intake.senders import sender_check
from marac.mailbox.protocol import REASSEMBLED, Inbox, Item
from marac.meetings.transferring import other_maracs
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

    def _known(self, inbox: Inbox, item: Item) -> tuple[Delivery, bytes] | None:
        """The delivery of an item that is known by its id alone, and its bytes as they were stored."""
        with self.store.reading() as connection:
            known = known_by_its_id(connection, inbox, item)
        try:
            return None if known is None else (known, self.originals.path(known.sha256).read_bytes())
        except OSError:
            return None  # somebody took the original out of the store; it is fetched again

    def _entered(self, inbox: Inbox, item: Item, raw: bytes, listed: Collection[str]) -> Delivery:
        """The delivery's row: the one that an earlier pass began, or a new one whose bytes are on the disk."""
        if not inbox.verbatim:
            with self.store.changing() as connection:
                if moved := known_after_a_move(connection, inbox, item, raw, _envelope(raw), listed):
                    return moved
        sha256 = self.originals.keep(raw, None if item.file_name else ".eml")
        bare = item.file_name is not None and not is_outlook_message(raw)
        envelope = None if bare else _envelope(raw)
        with self.store.changing() as connection:
            if begun := known_by_its_bytes(connection, inbox, item, sha256, listed):
                return begun
            values = {
                "mailbox": inbox.name,
                "item": item.id,
                "sha256": sha256,
                "message_id": envelope.message_id if envelope else None,
                "sender": envelope.sender if envelope else None,
                "received": self._received(item, envelope),
                "stored_at": self.now(),
                "bare_name": shown(item.file_name or "") if bare else None,
                "reassembled": not inbox.verbatim and raw.startswith(REASSEMBLED),
                **(self._said_of_sender(envelope) if envelope else {}),
            }
            delivery = deliveries.add_delivery(connection, values)
            record(connection, self.entry("message stored", delivery, sha256))
            return delivery

    def _said_of_sender(self, envelope: Opened) -> dict[str, Any]:
        """What is noted of who wrote a message, and of what it answers."""
        check, reason = sender_check(envelope, self.settings.senders, self._known_senders)
        return {
            "automatic": envelope.automatic or envelope.replied or envelope.bounce or envelope.list_mail,
            "reply_to": envelope.reply_to,
            "refers_to": list(envelope.refers_to),
            "sender_check": check,
            "sender_reason": reason,
        }

    @property
    def _known_senders(self) -> Mapping[str, Agency]:
        """Those whose mail is expected: the agencies, and the MARACs that cases are handed over to or come from."""
        others = other_maracs(self.settings.readers).values()
        return {**self.settings.agencies, **{each.id: each for each in others}}

    def _received(self, item: Item, envelope: Opened | None) -> dt.date:
        """The day the message arrived: as the mail servers say, else as the mailbox does, and never after today.

        A file dropped into the folder has no such day; the day on which it was first seen is the one that is sure.
        """
        if envelope is None and item.file_name:
            return self.today
        moment = (envelope.received if envelope else None) or item.received
        return min(moment.astimezone().date(), self.today) if moment else self.today

    def arrived_at(self, delivery: Delivery, raw: bytes) -> dt.time | None:
        """The time of the day on which a message arrived, by this computer's clock; None where no server noted it."""
        envelope = None if delivery.bare_name else _envelope(raw)
        moment = envelope.received.astimezone() if envelope and envelope.received else None
        return moment.time() if moment and moment.date() == delivery.received else None

    def _unpacked(self, delivery: Delivery, raw: bytes) -> Delivery:
        """The delivery with its parts entered, or closed where it is not to be opened."""
        earlier = self._same_bytes_before(delivery)
        if earlier is not None and not delivery.released:
            return self._repeated(delivery, earlier)
        try:
            rows = self.kept(parts_in(raw, delivery.bare_name, mailbox_keys(self.settings)))
        except UnsafeMessageError as error:
            return self._closed(delivery, Outcome("needs_person", "quarantined", (str(error),)))
        with self.store.changing() as connection:
            deliveries.add_parts(connection, delivery.id, rows)
            return deliveries.delivery_numbered(connection, delivery.id)

    def kept(self, found: Iterable[Found]) -> list[dict[str, Any]]:
        """The rows of these parts, whose bytes are among the originals."""
        return [
            {
                "sha256": self.originals.keep(part.document.content),
                "source": part.source,
                "media_type": part.document.media_type,
                "role": part.role,
                "lock": part.lock,
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
            record(connection, self.entry("message repeated", delivery))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _closed(self, delivery: Delivery, verdict: Outcome) -> Delivery:
        with self.store.changing() as connection:
            deliveries.set_state(connection, delivery.id, verdict.state, verdict.disposition, verdict.reasons)
            record(connection, self.entry("message concluded", delivery, verdict.disposition))
            return deliveries.delivery_numbered(connection, delivery.id)

    def entry(self, event: str, subject: "Delivery | str", detail: str = "", actor: str = "marac") -> Entry:
        """An entry for the audit trail, stamped now."""
        about = subject if isinstance(subject, str) else f"message {subject.id}"
        return Entry(self.now(), actor, event, about, detail, "mail" if actor == "marac" else "command")


def _envelope(raw: bytes) -> Opened | None:
    try:
        return envelope_of(raw)
    except UnsafeMessageError:
        return None  # it is stored and entered all the same, and a person is told why it was not opened
