"""`marac watch`: passes until somebody ends it, with signs of life.

One watcher a folder; several where the register is on a server. Of those, one takes in while the others read ahead.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from marac.commands.daily import tell, warnings_of
from marac.commands.working import now, office_for, reader_for
from marac.errors import BusyError, MaracError
from marac.heartbeat import MOST_WATCHERS, Heartbeat, HeartbeatState, heartbeat_path, write_heartbeat
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox import doorbell, open_inbox
from marac.mailbox.protocol import Inbox
from marac.office import Office
from marac.one_pass import Passed, one_pass
from marac.register.databases.lock_file import LockFile
from marac.register.turns import Turn

if TYPE_CHECKING:
    import datetime as dt

    from marac.settings import AnyMailbox

_BEAT_SECONDS = 30.0

_READ_AHEAD_SECONDS = 3.0
"""For how long a watcher reads ahead before it asks again whether the other one has ended."""

_MOMENT_SECONDS = 0.5
"""How long it pauses where there is nothing to read ahead."""


def watch(arguments: Namespace) -> int:
    """Make passes until Ctrl-C or a request to end, one whenever the mailbox rings and at least every so often."""
    from marac.mailbox.watcher import watch as watching

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with office_for(arguments) as office, _place_of_a_watcher(office) as heartbeat, reader_for(office) as reader:
        bell = doorbell(office.settings.mailbox, office.store.folder)
        print("Watching the mailbox. Stop with Ctrl-C.", flush=True)
        try:
            with SignsOfLife(heartbeat) as life:
                passes = _Passes(arguments, reader, stop, life)
                watching(passes.make_one, bell, stop, arguments.every, passes.report)
        finally:
            bell.close()
    print("Stopped watching. Nothing is half done.", flush=True)
    return 0


@contextlib.contextmanager
def _place_of_a_watcher(office: Office) -> Iterator[Path]:
    """Hold a watcher's place in the store folder; the file for its signs of life. Other commands go on beside it.

    Raises:
        BusyError: there is no place left: in a folder with a register of its own one watcher is enough.
        StoreError: this user may not write in the folder.
    """
    for number in range(1, MOST_WATCHERS + 1 if office.store.shared else 2):
        place = LockFile(office.store.folder / ("watch.lock" if number == 1 else f"watch-{number}.lock"))
        if place.take(0):
            try:
                yield heartbeat_path(office.settings.watching.heartbeat, number)
            finally:
                place.let_go()
            return
    raise BusyError(
        "Another marac watch is at work in this folder, and one is enough. Stop that one first, or leave it to it."
    )


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
        """Make one pass, with the settings as they are now; while another watcher makes one, read ahead for it."""
        while not self._stop.is_set() and not self._made():
            pass

    def _made(self) -> bool:
        """Whether it was this one's turn, so that a pass was made."""
        with office_for(self._arguments) as office, office.store.present() as name, contextlib.ExitStack() as held:
            if not office.store.shared:
                turn = held.enter_context(office.alone())
            else:
                try:
                    turn = held.enter_context(office.alone(0))
                except BusyError:
                    self._read_ahead(office, name)
                    return False
            self._make(office, held.enter_context(self._inbox_of(office)), turn, name)
        self._life.passed()
        return True

    def _make(self, office: Office, inbox: Inbox, turn: Turn, name: str) -> None:
        stopping = self._stop.is_set
        passed = one_pass(office, inbox, self._reader, stopping, partial(turn.step_aside, stopping), name)
        if _worth_telling(passed) or set(warnings_of(passed)) - self._said:
            tell(office, passed)
        self._said = set(warnings_of(passed))

    def _read_ahead(self, office: Office, name: str) -> None:
        """Read what another watcher has entered and not come to, for a few seconds; then it may be this one's turn."""
        until = time.monotonic() + _READ_AHEAD_SECONDS
        intake = Intake(
            office.store, office.originals, self._reader, office.settings, office.today, office.now, watcher=name
        )
        while time.monotonic() < until and not self._stop.is_set():
            if not intake.read_ahead(self._stop.is_set):
                self._stop.wait(_MOMENT_SECONDS)
                return

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
