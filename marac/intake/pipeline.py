"""The story in: one message, taken in exactly once.

Each step is on the disk before the next begins, and the mailbox is touched last. Killed at any instant, the next pass
goes on where this one stopped: nothing is lost and nothing is entered twice.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from marac.errors import MaracError, StoreError
from marac.intake.listing import Listing
from marac.intake.outcome import Outcome
from marac.intake.reading.slow_lane import PutAside, SlowLane
from marac.intake.sharing import LOOK_AGAIN_SECONDS, Sharing
from marac.mailbox.protocol import Inbox, Item
from marac.register import deliveries
from marac.register.deliveries import Delivery

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
class Intake(Sharing):
    """What takes messages in."""

    def sweep(
        self,
        inbox: Inbox,
        stopping: Callable[[], bool] = lambda: False,
        step_aside: Callable[[], bool] = lambda: False,
    ) -> Sweep:
        """Take in every waiting message; one that cannot be taken in stays where it is and holds up no other.

        Args:
            inbox: the mailbox.
            stopping: whether to leave the rest for the next time; asked before each message.
            step_aside: lets whoever waits for the register go first, and says whether somebody did; called between two
                messages.

        Raises:
            MailboxError: the mailbox itself cannot be listed.
            StoreError: the register cannot be written; nothing is half done.
            BusyError: somebody was let go first and did not come to an end; nothing is half done.
        """
        taken, stuck = 0, list[str]()
        listing = Listing(inbox, step_aside)
        with SlowLane(self.reader) as lane:
            try:
                entered = self._enter_ahead(inbox, listing, stopping) if self.watcher else {}
                for item in listing.items():
                    if stopping():
                        break
                    taken += _attempted(partial(self.take_in, inbox, item, lane, listing.ids, entered), stuck)
                    listing.step_aside()
                for put in lane.aside:
                    while not stopping() and not self._may_go_on(put, lane):
                        listing.step_aside()
                    if stopping():
                        break
                    taken += _attempted(partial(self._take_in_later, inbox, put, lane), stuck)
                    listing.step_aside()
            finally:
                self._give_up(lane)
        if stopping():  # then not everything that waits was listed, and what was not may look as if it had been moved
            return Sweep(taken, tuple(stuck), cut_short=True)
        self._finish_the_moved(inbox, listing.ids)
        return Sweep(taken, tuple(stuck))

    def take_in(
        self,
        inbox: Inbox,
        item: Item,
        lane: SlowLane,
        listed: Collection[str],
        entered: Mapping[str, int] = MappingProxyType({}),
    ) -> bool:
        """Store, enter, open, read, register, file: one message; whether it is at its end, or waits for slow files.

        Args:
            inbox: the mailbox.
            item: what waits there.
            lane: reads slow files beside the rest.
            listed: the ids of everything that waits.
            entered: the numbers of messages that this sweep has entered already, by their ids.

        Raises:
            MailboxError: the message could not be fetched whole, or not be filed.
            StoreError: the register cannot be written.
        """
        delivery, raw = (
            self._entered_before(entered.get(item.id)) or self._known(inbox, item) or self._fetched(inbox, item, listed)
        )
        if not delivery.terminal and lane.holds(delivery.sha256):
            lane.put_aside(item, delivery, ())
            return False
        delivery = self._through(delivery, raw, lane)
        if not delivery.terminal:
            lane.put_aside(item, delivery, self._unread_parts(delivery))
            return False
        self._file(inbox, item, delivery)
        return True

    def _fetched(self, inbox: Inbox, item: Item, listed: Collection[str]) -> tuple[Delivery, bytes]:
        raw = inbox.raw(item)
        return self._entered(inbox, item, raw, listed), raw

    def _enter_ahead(self, inbox: Inbox, listing: Listing, stopping: Callable[[], bool]) -> Mapping[str, int]:
        """Enter everything that waits, so that other watchers can read beside this one; the number of each by its id."""
        entered: dict[str, int] = {}
        for item in listing.items():
            if stopping():
                break
            _attempted(
                partial(self._enter, inbox, item, listing.ids, entered), []
            )  # what keeps it out is told in its turn
            listing.step_aside()
        return entered

    def _enter(self, inbox: Inbox, item: Item, listed: Collection[str], entered: dict[str, int]) -> bool:
        """Enter a message and its parts; one that was the same bytes as an earlier one waits for what becomes of that."""
        delivery, raw = self._known(inbox, item) or self._fetched(inbox, item, listed)
        entered[item.id] = delivery.id
        if delivery.state == "stored":
            with self.store.reading() as connection:
                first = deliveries.first_delivery_of(connection, delivery.sha256)
            if first.id == delivery.id or delivery.released:
                self._unpacked(delivery, raw)
        return True

    def _entered_before(self, number: int | None) -> tuple[Delivery, bytes] | None:
        """A message that this sweep has entered already, as it stands now, and its bytes."""
        if number is None:
            return None
        with self.store.reading() as connection:
            delivery = deliveries.delivery_numbered(connection, number)
        try:
            return delivery, self.originals.path(delivery.sha256).read_bytes()
        except OSError:
            return None

    def _may_go_on(self, put: PutAside, lane: SlowLane) -> bool:
        """Whether what a message waits for is there: its slow files, or another watcher's reading of them."""
        if not lane.finished(put, LOOK_AGAIN_SECONDS):
            return False
        if not self._is_mine(put.delivery):
            time.sleep(LOOK_AGAIN_SECONDS)
            return False
        return True

    def _take_in_later(self, inbox: Inbox, put: PutAside, lane: SlowLane) -> bool:
        """Enter what the slow lane read, and bring the message to its end."""
        self._keep_what_was_read(put.delivery, lane)
        with self.store.reading() as connection:
            delivery = deliveries.delivery_numbered(connection, put.delivery.id)  # others may have changed it since
        try:
            raw = self.originals.path(delivery.sha256).read_bytes()
        except OSError:
            raw = inbox.raw(put.item)
        delivery = self._through(delivery, raw)
        if delivery.terminal:
            self._file(inbox, put.item, delivery)
        return delivery.terminal

    def _file(self, inbox: Inbox, item: Item, delivery: Delivery) -> None:
        inbox.file(item, "processed" if delivery.state == "done" else "needs-a-person")
        with self.store.changing() as connection:
            deliveries.mark_filed(connection, delivery.id)

    def _through(self, delivery: Delivery, raw: bytes, lane: SlowLane | None = None) -> Delivery:
        """The delivery at its end, from wherever an earlier pass left it; or waiting for what the lane reads of it."""
        if delivery.state == "unpacked":
            self._kept_again(delivery, raw)
        if delivery.state == "stored":
            delivery = self._unpacked(delivery, raw)
        if delivery.state == "unpacked" and self._is_mine(delivery):
            delivery = self._read_and_concluded(delivery, raw, lane)
        return delivery

    def _finish_the_moved(self, inbox: Inbox, waiting: Collection[str]) -> None:
        """Bring to its end what is in the store and no longer in the inbox: moved by a person, or opened since."""
        with self.store.reading() as connection:
            unfinished = deliveries.unfinished_deliveries(connection)
        for delivery in unfinished:
            if delivery.filed or delivery.mailbox != inbox.name or delivery.item not in waiting:
                self.finish(delivery)
        with self.store.changing() as connection:
            for delivery in deliveries.unfiled_deliveries(connection, inbox.name):
                if delivery.terminal and delivery.item not in waiting:
                    deliveries.mark_filed(connection, delivery.id)

    def finish(self, delivery: Delivery) -> None:
        """Bring a stored message to its end, without the mailbox."""
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
