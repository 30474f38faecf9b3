"""The middle of the story in: a message's files read, what is locked opened if it can be, and its outcome registered."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from marac.errors import MaracError
from marac.intake.circumstances import Circumstances, circumstances
from marac.intake.entrance import Entrance
from marac.intake.opening.links import link_to_open
from marac.intake.opening.mail import envelope_of, parts_in
from marac.intake.opening.message import FORWARDED, UnsafeMessageError
from marac.intake.opening.sealed.sealed import mailbox_keys
from marac.intake.outcome import is_never_read, outcome
from marac.intake.reading.reader import unreadable
from marac.intake.reading.slow_lane import SlowLane
from marac.intake.receipts import receipted
from marac.intake.registration import Registration
from marac.intake.replies.taking import answered_in, taken
from marac.intake.transfers import handed_over_in, is_transfer, registered, without_letters
from marac.intake.unlocking import Told, Unlocked, Unlocking, files_in, is_unlocked
from marac.parsers.blocks import NeedsTime
from marac.referral import Reading
from marac.register import deliveries
from marac.register.deliveries import Delivery, Part
from marac.register.trail import record
from marac.transfers.handed_over import machine_readings

_MOST_ATTEMPTS = 3
"""How often a file may be begun and not finished, before a person is asked instead."""

_THREE_TIMES = "Reading this file was begun three times and never finished. Open it by hand, with care."
_TAKEN_AWAY = (
    "This file disappeared as soon as it was stored, as when an antivirus program takes it. Ask IT before you open it."
)
_LARGEST_NOTICE = 5_000_000
"""Bytes: a notice that links to the real message is small."""


@dataclass(frozen=True, slots=True)
class Conclusion(Entrance):
    """What reads the files of a message and decides what becomes of it."""

    def _read_and_concluded(self, delivery: Delivery, raw: bytes, lane: SlowLane | None) -> Delivery:
        """Read what has not been read, open what can be opened now, and conclude once everything was read."""
        for part in self._unread_parts(delivery):
            self._read(part, lane)
        if self._unread_parts(delivery):
            return delivery
        if self._unlocked(self.unlocking.opened_by_what_was_told(delivery)):
            for part in self._unread_parts(delivery):
                self._read(part)
        return self._concluded(delivery, raw)

    @property
    def unlocking(self) -> Unlocking:
        """What looks for passwords and tries them."""
        return Unlocking(self.store, self.originals)

    def _kept_again(self, delivery: Delivery, raw: bytes) -> None:
        """Put the parts back into the store where somebody has taken them out since."""
        with self.store.reading() as connection:
            parts = deliveries.parts_of(connection, delivery.id)
        if all(self.originals.holds(part.sha256) for part in parts):
            return
        with contextlib.suppress(UnsafeMessageError):
            self.kept(parts_in(raw, delivery.bare_name, mailbox_keys(self.settings)))

    def _unlocked(self, found: Sequence[Unlocked]) -> int:
        """Enter the contents of locked parts as parts of their messages, which are open again; how many were new."""
        return sum(self.enter_unlocked(each) for each in found)

    def enter_unlocked(self, each: Unlocked) -> bool:
        """Enter the contents of a locked part as parts of its message, which is open again; whether they were new."""
        rows = self.kept(files_in(each))
        with self.store.changing() as connection:
            if is_unlocked(connection, each.part, each.delivery.id):
                return False
            deliveries.add_parts(
                connection, each.delivery.id, [{**row, "unlocks": each.part.id} for row in rows], each.arrived_as
            )
            if each.teller is not None:
                told = f"It tells the password that opens message {each.delivery.id}."
                deliveries.set_state(connection, each.teller, "done", "password", (told,))
            record(connection, self.entry("file unlocked", each.delivery))
            return True

    def _unread_parts(self, delivery: Delivery) -> list[Part]:
        with self.store.reading() as connection:
            parts = deliveries.parts_of(connection, delivery.id)
        return [part for part in parts if part.reading is None and part.role in {"form", "body"}]

    def _read(self, part: Part, lane: SlowLane | None = None) -> None:
        """Read one part, or hand it to the lane; the attempt is on the books before a reader sees the file.

        Raises:
            ReaderError: no file can be read at present.
        """
        self.reader.start()
        with self.store.changing() as connection:
            deliveries.count_attempt(connection, part.id)
        if part.attempts >= _MOST_ATTEMPTS:
            self._keep_readings(part, (unreadable(_THREE_TIMES),))
            return
        try:
            path = self.originals.path(part.sha256)
        except FileNotFoundError:
            self._keep_readings(part, (unreadable(_TAKEN_AWAY),))
            return
        try:
            self._keep_readings(part, self._readings(part, path, lane))
        except NeedsTime:
            if lane is None:
                raise
            lane.begin(part, path)

    def _readings(self, part: Part, path: Path, lane: SlowLane | None) -> tuple[Reading, ...]:
        try:
            if is_transfer(part):
                return machine_readings(path.read_bytes())
            return self.reader.readings(path, part.source, part.media_type, patient=lane is None)
        except MaracError:
            with self.store.changing() as connection:
                deliveries.uncount_attempt(connection, part.id)
            raise

    def _keep_readings(self, part: Part, readings: Sequence[Reading]) -> None:
        with self.store.changing() as connection:
            deliveries.keep_readings(connection, part, readings)

    def _concluded(self, delivery: Delivery, raw: bytes) -> Delivery:
        """Decide what becomes of the message, and register it, in one transaction."""
        opens, link = self._opened_elsewhere(delivery), self._link(delivery, raw)
        arrived_at = self.arrived_at(delivery, raw)
        with self.store.changing() as connection:
            parts = self._that_count(connection, delivery)
            about = self._circumstances(connection, delivery, raw, link, opens)
            rest, never = without_letters(parts), is_never_read(parts, about)
            answered = None if never else answered_in(connection, delivery, rest, about, self.settings)
            verdict = outcome(rest, about, answered)
            registration = Registration(connection, delivery, self.settings, self.today, self.entry, arrived_at)
            handed = () if never else handed_over_in(parts, self.originals)
            verdict = registered(registration, verdict, rest, handed)
            verdict = receipted(connection, delivery, verdict, parts, about, self.settings, self.originals, self.entry)
            verdict = taken(connection, delivery, answered, verdict, self.entry)
            before = deliveries.delivery_numbered(connection, delivery.id).disposition
            on_arrival = "locked" if before == "locked" else verdict.disposition
            deliveries.set_state(connection, delivery.id, verdict.state, on_arrival, verdict.reasons)
            record(connection, self.entry("message concluded", delivery, on_arrival))
            return deliveries.delivery_numbered(connection, delivery.id)

    def _link(self, delivery: Delivery, raw: bytes) -> str | None:
        """The service that keeps what a message without a form only links to."""
        with self.store.reading() as connection:
            kinds = {part.reading.kind for part in deliveries.parts_of(connection, delivery.id) if part.reading}
        if delivery.bare_name or kinds & {"referral", "checklist"} or len(raw) > _LARGEST_NOTICE:
            return None
        try:
            return link_to_open(parts_in(raw))
        except UnsafeMessageError:
            return None

    def _opened_elsewhere(self, delivery: Delivery) -> Told:
        """What the passwords that this message tells have opened in others of its sender."""
        told = self.unlocking.told_in(delivery)
        self._unlocked(told.opened)
        return told

    def _that_count(self, connection: Connection, delivery: Delivery) -> list[Part]:
        """The parts that were read. What a reply to a message in the books repeats below its own words is not said again."""
        answers = deliveries.deliveries_called(connection, delivery.refers_to)
        parts = [part for part in deliveries.parts_of(connection, delivery.id) if part.reading is not None]
        return [part for part in parts if not (answers and part.source == FORWARDED)]

    def _circumstances(
        self, connection: Connection, delivery: Delivery, raw: bytes, link: str | None, told: Told
    ) -> Circumstances:
        if delivery.bare_name:
            return Circumstances()
        return circumstances(connection, delivery, envelope_of(raw), link, told, self.settings, self.now())
