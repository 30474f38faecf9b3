"""The story in: one message, taken in exactly once.

Each step is on the disk before the next begins, and the mailbox is touched last. Killed at any instant, the next pass
goes on where this one stopped: nothing is lost and nothing is entered twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from marac.errors import MaracError, StoreError
from marac.intake.entrance import Entrance
from marac.intake.opening.mail import opened_mail, parts_in
from marac.intake.outcome import Outcome, outcome
from marac.intake.reading.reader import unreadable
from marac.intake.reading.slow_lane import PutAside, SlowLane
from marac.intake.registration import registered
from marac.mailbox.protocol import Inbox, Item
from marac.parsers.blocks import NeedsTime
from marac.referral import Reading
from marac.register import deliveries
from marac.register.deliveries import Delivery, Part
from marac.register.trail import record

_MOST_ATTEMPTS = 3
"""How often a file may be begun and not finished, before a person is asked instead."""

_LOOK_AGAIN_SECONDS = 0.5
"""How often it is asked, while slow files are waited for, whether to stop."""

_THREE_TIMES = "Reading this file was begun three times and never finished. Open it by hand, with care."
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
class Intake(Entrance):
    """What takes messages in."""

    def sweep(self, inbox: Inbox, stopping: Callable[[], bool] = lambda: False) -> Sweep:
        """Take in every waiting message; one that cannot be taken in stays where it is and holds up no other.

        Args:
            inbox: the mailbox.
            stopping: whether to leave the rest for the next time; asked before each message.

        Raises:
            MailboxError: the mailbox itself cannot be listed.
            StoreError: the register cannot be written; nothing is half done.
        """
        taken, stuck, waiting = 0, list[str](), set[str]()
        with SlowLane(self.reader) as lane:
            try:
                for item in inbox.waiting():
                    if stopping():
                        break
                    waiting.add(item.id)
                    taken += _attempted(partial(self.take_in, inbox, item, lane), stuck)
                for put in lane.aside:
                    while not stopping() and not lane.finished(put, _LOOK_AGAIN_SECONDS):
                        pass
                    if stopping():
                        break
                    taken += _attempted(partial(self._take_in_later, inbox, put, lane), stuck)
            finally:
                self._give_up(lane)
        if stopping():  # then not everything that waits was listed, and what was not may look as if it had been moved
            return Sweep(taken, tuple(stuck), cut_short=True)
        self._finish_the_moved(inbox, waiting)
        return Sweep(taken, tuple(stuck))

    def take_in(self, inbox: Inbox, item: Item, lane: SlowLane) -> bool:
        """Store, enter, open, read, register, file: one message; whether it is at its end, or waits for slow files.

        Raises:
            MailboxError: the message could not be fetched whole, or not be filed.
            StoreError: the register cannot be written.
        """
        raw = inbox.raw(item)
        sha256 = self.originals.keep(raw, None if item.file_name else ".eml")
        delivery = self._entered(inbox, item, raw, sha256)
        if not delivery.terminal and lane.holds(sha256):
            lane.put_aside(item, delivery, ())
            return False
        delivery = self._through(delivery, raw, lane)
        if not delivery.terminal:
            lane.put_aside(item, delivery, self._unread_parts(delivery))
            return False
        self._file(inbox, item, delivery)
        return True

    def _take_in_later(self, inbox: Inbox, put: PutAside, lane: SlowLane) -> bool:
        """Enter what the slow lane read, and bring the message to its end."""
        for part in self._unread_parts(put.delivery):
            if readings := lane.readings(part):
                self._keep_readings(part, readings)
        try:
            raw = self.originals.path(put.delivery.sha256).read_bytes()
        except OSError:
            raw = inbox.raw(put.item)
        self._file(inbox, put.item, self._through(put.delivery, raw))
        return True

    def _give_up(self, lane: SlowLane) -> None:
        """Note that what the lane did not come to was not begun either: it is no file's fault that the sweep ended."""
        if unread := lane.unread:
            with self.store.changing() as connection:
                for part in unread:
                    deliveries.uncount_attempt(connection, part)

    def _file(self, inbox: Inbox, item: Item, delivery: Delivery) -> None:
        inbox.file(item, "processed" if delivery.state == "done" else "needs-a-person")
        with self.store.changing() as connection:
            deliveries.mark_filed(connection, delivery.id)

    def _through(self, delivery: Delivery, raw: bytes, lane: SlowLane | None = None) -> Delivery:
        """The delivery at its end, from wherever an earlier pass left it; or waiting for what the lane reads of it."""
        if delivery.state == "unpacked":
            self._kept(parts_in(raw, delivery.bare_name))  # somebody may have taken them out of the store since
        if delivery.state == "stored":
            delivery = self._unpacked(delivery, raw)
        if delivery.state == "unpacked":
            for part in self._unread_parts(delivery):
                self._read(part, lane)
            if not self._unread_parts(delivery):
                delivery = self._concluded(delivery, raw)
        return delivery

    def _unread_parts(self, delivery: Delivery) -> list[Part]:
        with self.store.reading() as connection:
            parts = deliveries.parts_of(connection, delivery.id)
        return [part for part in parts if part.reading is None and part.role != "picture"]

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
        envelope = None if delivery.bare_name else opened_mail(raw)
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


def _attempted(taking_in: Callable[[], bool], stuck: list[str]) -> bool:
    """Whether a message came to its end; what keeps it in the inbox is added to `stuck`, and holds up no other.

    Raises:
        StoreError: the register cannot be written.
    """
    try:
        return taking_in()
    except StoreError:
        raise
    except MaracError as error:
        stuck.append(str(error))
    except Exception as error:  # noqa: BLE001 - one message must not keep the others from being seen
        stuck.append(
            f"A message stays in the inbox, because marac stumbled over it ({type(error).__name__}). Open it by hand."
        )
    return False
