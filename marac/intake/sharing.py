"""Several watchers on one mailbox: one of them takes in and files, the others read the files of what it has entered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from marac.intake.conclusion import Conclusion
from marac.register.claims import claimed, let_go, unclaimed
from marac.register.deliveries import Delivery

_SLACK = dt.timedelta(minutes=2)
"""How long a claim stands beyond the longest reading of one file."""


@dataclass(frozen=True, slots=True)
class Sharing(Conclusion):
    """What takes messages in beside other watchers; alone it claims nothing."""

    watcher: str = ""
    """The name by which this watcher claims a message; empty where no other can be at work."""

    def read_ahead(self, stopping: Callable[[], bool] = lambda: False) -> int:
        """Read the files of messages that another watcher has entered and not come to yet; how many were read.

        What becomes of a message is for the watcher that holds the mailbox.

        Raises:
            ReaderError: no file can be read at present.
            StoreError: the register cannot be written.
        """
        read = 0
        with self.store.reading() as connection:
            waiting = unclaimed(connection, self.now())
        for delivery in waiting:
            for part in self._unread_parts(delivery):
                if stopping() or not self._is_mine(delivery):
                    break
                self._read(part)
                read += 1
            with self.store.changing() as connection:
                let_go(connection, delivery.id, self.watcher)
        return read

    def _is_mine(self, delivery: Delivery) -> bool:
        """Whether no other watcher is at work on this message; from now on it is this one's for a while."""
        if not self.watcher:
            return True
        until = self.now() + _SLACK + dt.timedelta(seconds=self.settings.reading.deadline_seconds)
        with self.store.changing() as connection:
            return claimed(connection, delivery.id, self.watcher, self.now(), until)
