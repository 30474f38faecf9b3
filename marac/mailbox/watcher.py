"""Sweep, wait for the doorbell or the hour, sweep again; no single failure ends it."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from marac.errors import MaracError, UnforeseenError
from marac.mailbox.protocol import Doorbell

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

# The library writes the names of files to its log, and those are names of people.
logging.getLogger("watchdog").setLevel(logging.CRITICAL + 1)

LONGEST_BACK_OFF_SECONDS = 300.0
"""A folder that comes back, or a password that is put right, is noticed within five minutes."""

_LISTENING_SECONDS = 0.5  # how long a stop may go unheard
_BREATH_SECONDS = (
    1.0  # between two sweeps, however often it rings: on Windows it may ring for what the sweep itself reads
)


class SilentBell:
    """A doorbell that never rings, for mailboxes that are looked into by the clock."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Let the time pass, or return at once after `close`; never rings."""
        self._closed.wait(seconds)
        return False

    def close(self) -> None:
        """Stop waiting."""
        self._closed.set()


class FolderBell(FileSystemEventHandler):
    """Rings when something is written or moved into a folder.

    It may miss any of it: the operating system drops events when there are many, sends none from most network drives,
    and forgets a folder that is removed and made again. So the folder is looked for at every wait and listened to
    anew, and where listening is impossible the bell stays silent.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rung = threading.Event()
        self._observer: BaseObserver | None = None
        self._heard: tuple[int, int] | None = None
        self._listen()

    def wait(self, seconds: float) -> bool:
        """Wait until something is written into the folder, or the time has passed; whether it rang."""
        self._listen()
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def close(self) -> None:
        """Stop listening, and wake whoever waits."""
        self._hush()
        self._rung.set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ring for what may be an arrival. That files are opened, read or moved away is this program's own doing."""
        if event.event_type in {"created", "moved", "closed"} or (
            event.event_type == "modified" and not event.is_directory
        ):
            self._rung.set()

    def _listen(self) -> None:
        """Listen to the folder that is there now; rings where something may have been missed until now."""
        there = self._identity()
        if there == self._heard and (there is None or self._alive()):
            return
        self._hush()
        self._heard = there
        if there is None:
            return
        observer = Observer()
        with suppress(Exception):  # each system has its own errors for "no more watches" and "not on this drive"
            observer.schedule(self, str(self._path), recursive=(self._path / "cur").is_dir())
            observer.start()
            self._observer = observer
        self._rung.set()

    def _hush(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)

    def _alive(self) -> bool:
        """Whether it listens still, or never could here; its threads end where the folder ends."""
        if self._observer is None:
            return True
        return self._observer.is_alive() and all(emitter.is_alive() for emitter in self._observer.emitters)

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


def watch(
    sweep: Callable[[], object],
    bell: Doorbell,
    stop: threading.Event,
    every: float,
    report: Callable[[MaracError], object],
) -> None:
    """Sweep until `stop` is set: at once, whenever it rings, and after `every` seconds in which it did not.

    A sweep that fails is tried again, each time after a longer pause. What is reported is safe to show: an error of
    the program's own kind with its sentence, or, for anything unexpected, the kind of error and its place in the
    program; that once a kind, until a sweep has succeeded.

    Args:
        sweep: takes in what is waiting.
        bell: says that something may have arrived.
        stop: ends the watch, within about a second or as soon as the running sweep ends.
        every: seconds between sweeps when nothing rings.
        report: tells somebody. What it raises is passed over, so that a closed window does not end the watch.
    """
    failures, reported = 0, set[str]()
    while not stop.is_set():
        try:
            sweep()
        except Exception as error:  # noqa: BLE001 - no single failure may end the watch
            failures += 1
            told = error if isinstance(error, MaracError) else UnforeseenError(error)
            if isinstance(error, MaracError) or str(told) not in reported:
                reported.add(str(told))
                with suppress(Exception):
                    report(told)
            _await_the_end(stop, min(every * 2 ** min(failures - 1, 10), max(every, LONGEST_BACK_OFF_SECONDS)))
        else:
            failures = 0
            reported.clear()
            stop.wait(_BREATH_SECONDS)
            _await_a_ring(bell, stop, every)


def _await_the_end(stop: threading.Event, seconds: float) -> None:
    """Let the time pass in short waits: a long one does not hear Ctrl-C on Windows."""
    left = seconds
    while left > 0 and not stop.wait(min(left, _LISTENING_SECONDS)):
        left -= _LISTENING_SECONDS


def _await_a_ring(bell: Doorbell, stop: threading.Event, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not stop.is_set() and (left := end - time.monotonic()) > 0:
        if bell.wait(min(left, _LISTENING_SECONDS)):
            return
