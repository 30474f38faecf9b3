"""Several watchers on one mailbox: one of them takes in and files, the others read the files of what it has entered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from marac.intake.conclusion import Conclusion
from marac.intake.reading.slow_lane import SlowLane
from marac.mailbox.protocol import Item
from marac.register import deliveries
from marac.register.claims import claimed, holder, let_go, to_be_read
from marac.register.deliveries import Delivery

_SLACK = dt.timedelta(minutes=2)
"""How long a claim stands beyond the longest reading of one file."""

_DEADLINES = 10
"""How many times the deadline of a file the longest reading takes: that of a file with scanned pages."""

LOOK_AGAIN_SECONDS = 0.5
"""How often it is asked, while slow files are waited for, whether to stop."""


@dataclass(frozen=True, slots=True)
class Sharing(Conclusion):
    """What takes messages in beside other watchers; alone it claims nothing."""

    watcher: str = ""
    """The name by which this watcher claims a message; empty where no other can be at work."""

    def read_ahead(self, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Read the files of one message that another watcher has entered and not come to yet; whether there was one.

        What becomes of the message is for the watcher that holds the mailbox.

        Raises:
            ReaderError: no file can be read at present.
            StoreError: the register cannot be written.
        """
        with self.store.reading() as connection:
            waiting = to_be_read(connection, self.now(), partial(self.store.absent, connection))
        for delivery in waiting:
            if stopping():
                return False
            if self._is_here(delivery) and self._is_mine(delivery):
                try:
                    if self._read_for_another(delivery, stopping):
                        return True
                finally:
                    with self.store.changing() as connection:
                        let_go(connection, delivery.id, self.watcher)
        return False

    def _is_here(self, delivery: Delivery) -> bool:
        """Whether the files stand in this computer's store too; the other watcher may keep them in a folder of its own."""
        return all(self.originals.holds(part.sha256) for part in self._unread_parts(delivery))

    def _read_for_another(self, delivery: Delivery, stopping: Callable[[], bool]) -> bool:
        """Read what has not been read since; whether there was anything. Slow files are given up when asked to stop."""
        unread = self._unread_parts(delivery)
        with SlowLane(self.reader) as lane:
            try:
                for part in unread:
                    if not stopping():
                        self._read(part, lane)
                lane.put_aside(Item(delivery.item), delivery, unread)
                while not lane.finished(lane.aside[0], LOOK_AGAIN_SECONDS):
                    if stopping():
                        return bool(unread)
                self._keep_what_was_read(delivery, lane)
            finally:
                self._give_up(lane)
        return bool(unread)

    def _keep_what_was_read(self, delivery: Delivery, lane: SlowLane) -> None:
        """Enter what the lane read of a message.

        Raises:
            ReaderError: no file can be read at present.
        """
        for part in self._unread_parts(delivery):
            if readings := lane.readings(part):
                self._keep_readings(part, readings)

    def _give_up(self, lane: SlowLane) -> None:
        """Note that what the lane did not come to was not begun either: it is no file's fault that the sweep ended."""
        if unread := lane.unread:
            with self.store.changing() as connection:
                for part in unread:
                    deliveries.uncount_attempt(connection, part)

    def _is_mine(self, delivery: Delivery) -> bool:
        """Whether no other watcher is at work on this message; from now on it is this one's for a while."""
        if not self.watcher:
            return True
        longest = dt.timedelta(seconds=_DEADLINES * self.settings.reading.deadline_seconds)
        with self.store.changing() as connection:
            before = holder(connection, delivery.id)
            if before and before != self.watcher and self.store.absent(connection, before):
                let_go(connection, delivery.id, before)
            return claimed(connection, delivery.id, self.watcher, self.now(), self.now() + longest + _SLACK)
