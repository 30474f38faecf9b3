"""Taking turns: who may change the register now, and how one that works for long lets another go first.

A turnstile of two locks. Whoever wants a turn takes the queue first, waits there for the register, and leaves the queue
once the register is theirs. So one at work for long sees by the queue that somebody waits, and comes back through it,
behind the one who waited.
"""

import time
from collections.abc import Callable
from typing import Protocol

from marac.errors import BusyError

_COME_BACK_SECONDS = 600.0
"""How long one that stepped aside waits to come back: longer than a command, because half of its work lies behind it."""

_LISTENING_SECONDS = 1.0
"""How long, in that time, a request to stop may go unheard."""

_NOT_BACK = (
    "Another marac was let go first, and has kept the register for ten minutes. The rest of the mail waits for the next "
    "pass. Nothing is half done."
)
_STOPPED = "It was asked to stop while another marac was let go first. The next pass goes on. Nothing is half done."


class Lock(Protocol):
    """A lock between programs, which ends with the program that holds it."""

    def take(self, wait_seconds: float) -> bool:
        """Whether it could be taken within this time; 0 for at once or not at all.

        Raises:
            StoreError: it cannot be had at all.
        """
        ...

    def let_go(self) -> None:
        """Give it up.

        Raises:
            StoreError: the server that keeps it cannot be reached.
        """
        ...

    def free(self) -> bool:
        """Whether nobody has it at this moment. Whoever asks has not got it either.

        Raises:
            StoreError: it cannot be told.
        """
        ...


class Turn:
    """One program's turn at the register."""

    def __init__(self, register: Lock, queue: Lock) -> None:
        """A turn that has not begun."""
        self._register = register
        self._queue = queue

    def begin(self, wait_seconds: float) -> None:
        """Wait for the register, in the queue; with 0 seconds, take it only if nobody has it.

        Raises:
            BusyError: another one kept it for longer.
            StoreError: it cannot be taken.
        """
        if wait_seconds <= 0:
            if not self._register.take(0):
                raise BusyError
            return
        until = time.monotonic() + wait_seconds
        if not self._queue.take(wait_seconds):
            raise BusyError
        try:
            if not self._register.take(max(until - time.monotonic(), 0)):
                raise BusyError
        finally:
            self._queue.let_go()

    def step_aside(self, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Let whoever waits go first, and come back behind them; whether somebody did, so that all may be changed.

        Args:
            stopping: whether to come back no more; asked every second.

        Raises:
            BusyError: it did not come back. Nothing may be changed after that.
            StoreError: the register's server cannot be reached; the same holds.
        """
        if stopping() or self._queue.free():
            return False
        self._register.let_go()
        until = time.monotonic() + _COME_BACK_SECONDS
        while True:
            try:
                self.begin(_LISTENING_SECONDS)
            except BusyError:
                if stopping():
                    raise BusyError(_STOPPED) from None
                if time.monotonic() > until:
                    raise BusyError(_NOT_BACK) from None
            else:
                return True

    def end(self) -> None:
        """Give the register up."""
        self._register.let_go()
