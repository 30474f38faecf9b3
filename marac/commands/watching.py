"""`marac watch`: passes until somebody ends it, one watcher a folder, with signs of life."""

import contextlib
import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from marac.commands.daily import tell, warnings_of
from marac.commands.working import now, office_for, reader_for
from marac.errors import BusyError, MaracError
from marac.heartbeat import Heartbeat, HeartbeatState, write_heartbeat
from marac.intake.reading.reader import Reader
from marac.mailbox import doorbell, open_inbox
from marac.mailbox.protocol import Inbox
from marac.office import Office
from marac.one_pass import Passed, one_pass

if TYPE_CHECKING:
    import datetime as dt

    from marac.settings import AnyMailbox

_BEAT_SECONDS = 30.0


def watch(arguments: Namespace) -> int:
    """Make passes until Ctrl-C or a request to end, one whenever the mailbox rings and at least every so often."""
    from marac.mailbox.watcher import watch as watching

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with office_for(arguments) as office, _the_only_watcher(office), reader_for(office) as reader:
        bell = doorbell(office.settings.mailbox, office.store.folder)
        print("Watching the mailbox. Stop with Ctrl-C.", flush=True)
        try:
            with SignsOfLife(office.settings.watching.heartbeat) as life:
                passes = _Passes(arguments, reader, stop, life)
                watching(passes.make_one, bell, stop, arguments.every, passes.report)
        finally:
            bell.close()
    print("Stopped watching. Nothing is half done.", flush=True)
    return 0


@contextlib.contextmanager
def _the_only_watcher(office: Office) -> Iterator[None]:
    """Hold the watcher's place; other commands go on beside it.

    Raises:
        BusyError: somebody watches this folder already.
    """
    lock = FileLock(office.store.folder / "watch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            "Another marac watch is at work in this folder, and one is enough. Stop that one first, or leave it to it."
        ) from None
    try:
        yield
    finally:
        lock.release()


class SignsOfLife:
    """Writes the heartbeat file every half minute from a thread of its own, however long a pass takes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ended = threading.Event()
        self._state: HeartbeatState = "watching"
        self._reason = ""
        self._passes = 0
        self._last_pass: dt.datetime | None = None
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._write()
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Say that the watcher was stopped, and end."""
        self._ended.set()
        self._thread.join()
        self._state = "stopped"
        self._write()

    def passed(self) -> None:
        """Note that a pass came to its end."""
        self._passes += 1
        self._last_pass = now()
        self._state, self._reason = "watching", ""
        self._write()

    def failed(self, error: MaracError) -> None:
        """Note that a pass failed, and that the next one is tried later."""
        self._state, self._reason = "backing off", str(error)
        self._write()

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT_SECONDS):
            self._write()

    def _write(self) -> None:
        """Write the file. Where that fails, its silence says so: no pass may end because of it."""
        beat = Heartbeat(now(), os.getpid(), self._state, self._passes, self._last_pass, self._reason)
        with contextlib.suppress(MaracError):
            write_heartbeat(self._path, beat)


class _Passes:
    """The passes of one watch, with the mailbox that they share."""

    def __init__(self, arguments: Namespace, reader: Reader, stop: threading.Event, life: SignsOfLife) -> None:
        self._arguments = arguments
        self._reader = reader
        self._stop = stop
        self._life = life
        self._mailbox: AnyMailbox | None = None
        self._inbox: Inbox | None = None
        self._said: set[str] = set()  # a warning that stands is said once, not at every pass

    def make_one(self) -> None:
        """Make one pass, with the settings as they are now."""
        with office_for(self._arguments, changes=True) as office, self._inbox_of(office) as inbox:
            passed = one_pass(office, inbox, self._reader, self._stop.is_set)
            if _worth_telling(passed) or set(warnings_of(passed)) - self._said:
                tell(office, passed)
            self._said = set(warnings_of(passed))
        self._life.passed()

    def report(self, error: MaracError) -> None:
        """Say why a pass failed."""
        self._life.failed(error)
        print(f"marac: {error}", file=sys.stderr, flush=True)

    def _inbox_of(self, office: Office) -> Inbox:
        """The mailbox of the pass before, which knows what was there; a new one where the settings name another."""
        if self._inbox is None or self._mailbox != office.settings.mailbox:
            self._mailbox = office.settings.mailbox
            self._inbox = open_inbox(self._mailbox, office.store.folder, pause=self._stop.wait)
        return self._inbox


def _worth_telling(passed: Passed) -> bool:
    sent = passed.sent.sent if passed.sent else 0
    return bool(passed.sweep.taken_in or passed.papers or passed.moved or passed.answered or sent)
