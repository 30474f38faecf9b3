"""The watch: woken by a bell, kept going by the clock, and ended by nothing but its stop."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from marac.errors import BusyError, MailboxError, MaracError
from marac.mailbox.folder import FolderInbox
from marac.mailbox.protocol import Doorbell
from marac.mailbox.watcher import FolderBell, SilentBell, watch
from tests.mailbox_contract import message

LONG = 30.0
"""Seconds that no test waits for; they only end a test that would otherwise hang."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def bell(inbox: Path) -> Iterator[FolderBell]:
    bell = FolderBell(inbox)
    bell.wait(LONG)  # it rings once when it begins to listen
    yield bell
    bell.close()


@contextmanager
def watching(
    sweep: Callable[[], object], bell: Doorbell | None = None, every: float = LONG
) -> Iterator[list[MaracError]]:
    """A watch in a thread; what it reports."""
    stop, reports = threading.Event(), list[MaracError]()
    thread = threading.Thread(target=watch, args=(sweep, bell or SilentBell(), stop, every, reports.append))
    thread.start()
    try:
        yield reports
    finally:
        stop.set()
        thread.join(LONG)
        assert not thread.is_alive(), "the watch did not stop"


class Sweeps:
    """Sweeps that fail as they are told, and count."""

    def __init__(self, *failures: Exception | None) -> None:
        self._failures = list(failures)
        self._count = 0
        self._turn = threading.Condition()

    def __call__(self) -> None:
        with self._turn:
            self._count += 1
            self._turn.notify_all()
        failure = self._failures.pop(0) if self._failures else None
        if failure is not None:
            raise failure

    def reach(self, count: int) -> bool:
        """Wait until there were so many."""
        with self._turn:
            return self._turn.wait_for(lambda: self._count >= count, LONG)


def test_the_first_sweep_does_not_wait() -> None:
    sweeps = Sweeps()
    with watching(sweeps):
        assert sweeps.reach(1)


def test_a_ring_starts_a_sweep(bell: FolderBell, inbox: Path) -> None:
    sweeps = Sweeps()
    with watching(sweeps, bell):
        assert sweeps.reach(1)
        (inbox / "one.eml").write_bytes(message())
        assert sweeps.reach(2)


def test_without_a_ring_the_clock_starts_a_sweep() -> None:
    sweeps = Sweeps()
    with watching(sweeps, every=0.05):
        assert sweeps.reach(2)


def test_files_saved_before_the_watch_and_during_it_are_all_found(bell: FolderBell, inbox: Path) -> None:
    found, all_found = set[str](), threading.Event()

    def sweep() -> None:
        with FolderInbox(inbox, settling_seconds=0.05) as mailbox:
            for item in mailbox.waiting():
                found.add(item.id)
                mailbox.file(item, "processed")
        if len(found) == 20:
            all_found.set()

    for number in range(10):
        (inbox / f"{number}.eml").write_bytes(message())
    with watching(sweep, bell, every=0.5):
        for number in range(10, 20):
            (inbox / f"{number}.eml").write_bytes(message())
        assert all_found.wait(LONG)


def test_a_failure_of_the_programs_own_kind_is_reported_and_tried_again() -> None:
    sweeps = Sweeps(MailboxError(), BusyError())
    with watching(sweeps, every=0.02) as reports:
        assert sweeps.reach(4)
    assert [type(report) for report in reports] == [MailboxError, BusyError]


class CountedPauses(threading.Event):
    """An event that nobody waits for: it adds up how long each pause between two sweeps would have been."""

    def __init__(self, sweeps: Sweeps, last: int) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self._sweeps, self._last = sweeps, last

    def sweep(self) -> None:
        self.pauses.append(0)
        self._sweeps()

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses[-1] += timeout or 0
        if len(self.pauses) > self._last:
            self.set()
        return self.is_set()


def test_a_failure_that_stays_is_tried_again_after_longer_and_longer_pauses() -> None:
    clock = CountedPauses(Sweeps(*[MailboxError()] * 7), last=6)
    watch(clock.sweep, SilentBell(), clock, 60, lambda _: None)
    assert clock.pauses[:6] == [60, 120, 240, 300, 300, 300]


def test_a_success_ends_the_longer_pauses() -> None:
    bell = SilentBell()
    bell.close()
    clock = CountedPauses(Sweeps(MailboxError(), MailboxError(), None, MailboxError(), None), last=4)
    watch(clock.sweep, bell, clock, 0.01, lambda _: None)
    assert [clock.pauses[0], clock.pauses[1], clock.pauses[3]] == [0.01, 0.02, 0.01]


def test_an_unexpected_failure_is_reported_once_and_tells_nothing_of_what_was_in_a_message() -> None:
    sweeps = Sweeps(*[ValueError("Jane Example, 1 High Street")] * 3)
    with watching(sweeps, every=0.02) as reports:
        assert sweeps.reach(4)
    assert len(reports) == 1
    assert "ValueError at test_watcher.py, line" in str(reports[0])
    assert "Jane" not in str(reports[0])
    assert reports[0].__cause__ is None


def test_each_kind_of_unexpected_failure_is_reported() -> None:
    sweeps = Sweeps(ValueError(), KeyError(), ValueError(), KeyError())
    with watching(sweeps, every=0.02) as reports:
        assert sweeps.reach(5)
    assert [str(report).split("(")[1].split(" ")[0] for report in reports] == ["ValueError", "KeyError"]


def test_an_unexpected_failure_that_comes_back_after_a_success_is_reported_again() -> None:
    sweeps = Sweeps(ValueError(), None, ValueError())
    with watching(sweeps, every=0.02) as reports:
        assert sweeps.reach(4)
    assert len(reports) == 2


def test_a_report_that_fails_does_not_end_the_watch() -> None:
    def closed_window(_: MaracError) -> None:
        raise BrokenPipeError

    sweeps, stop = Sweeps(MailboxError()), threading.Event()
    thread = threading.Thread(target=watch, args=(sweeps, SilentBell(), stop, 0.02, closed_window))
    thread.start()
    assert sweeps.reach(2)
    stop.set()
    thread.join(LONG)
    assert not thread.is_alive()


def test_a_folder_that_is_gone_is_reported_until_it_is_back(bell: FolderBell, inbox: Path) -> None:
    back = threading.Event()

    def sweep() -> None:
        with FolderInbox(inbox, settling_seconds=0) as mailbox:
            list(mailbox.waiting())
        back.set()

    shutil.rmtree(inbox)
    with watching(sweep, bell, every=0.05) as reports:
        while not reports:
            threading.Event().wait(0.01)
        inbox.mkdir()
        assert back.wait(LONG)
    assert {str(report) for report in reports} == {
        f"The inbox folder is not there. Make the folder {inbox}, or connect its drive, and run this again."
    }
