"""The watch: woken by a bell, kept going by the clock, and ended by nothing but its stop."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from watchdog.observers import Observer

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


def quiet(bell: Doorbell) -> None:
    """Let what has happened so far ring out."""
    while bell.wait(0.2):
        pass


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


def test_a_saved_file_rings(bell: FolderBell, inbox: Path) -> None:
    (inbox / "one.eml").write_bytes(message())
    assert bell.wait(LONG)


def test_a_file_moved_in_rings(bell: FolderBell, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(message())
    (tmp_path / "one.eml").rename(inbox / "one.eml")
    assert bell.wait(LONG)


def test_mail_delivered_into_a_maildir_rings(inbox: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (inbox / part).mkdir()
    bell = FolderBell(inbox)
    quiet(bell)
    (inbox / "tmp" / "1").write_bytes(message())
    quiet(bell)
    (inbox / "tmp" / "1").rename(inbox / "new" / "1")
    assert bell.wait(LONG)
    bell.close()


def test_nothing_rings_when_nothing_comes(bell: FolderBell) -> None:
    quiet(bell)
    assert not bell.wait(0.05)


def test_what_the_program_itself_does_with_messages_does_not_ring(bell: FolderBell, inbox: Path) -> None:
    (inbox / "one.eml").write_bytes(message())
    quiet(bell)
    with FolderInbox(inbox, settling_seconds=0) as mailbox:
        for item in mailbox.waiting():
            mailbox.raw(item)
            mailbox.file(item, "processed")
    assert not bell.wait(0.3)


def test_a_folder_that_was_removed_and_made_again_rings_again(bell: FolderBell, inbox: Path) -> None:
    shutil.rmtree(inbox)
    quiet(bell)
    inbox.mkdir()
    quiet(bell)
    (inbox / "one.eml").write_bytes(message())
    assert bell.wait(LONG)


def test_a_folder_that_comes_back_with_files_in_it_rings(bell: FolderBell, inbox: Path, tmp_path: Path) -> None:
    inbox.rename(tmp_path / "elsewhere")
    quiet(bell)
    (tmp_path / "elsewhere" / "one.eml").write_bytes(message())
    (tmp_path / "elsewhere").rename(inbox)
    assert bell.wait(LONG)


def test_a_bell_for_a_folder_that_is_not_there_yet_waits_for_it(tmp_path: Path) -> None:
    bell = FolderBell(tmp_path / "inbox")
    assert not bell.wait(0.05)
    (tmp_path / "inbox").mkdir()
    assert bell.wait(LONG)
    bell.close()


def test_a_bell_whose_threads_have_died_rings_and_listens_anew(bell: FolderBell, inbox: Path) -> None:
    assert bell._observer is not None
    bell._observer.stop()
    bell._observer.join(LONG)
    (inbox / "missed.eml").write_bytes(message())
    assert bell.wait(LONG)
    quiet(bell)
    (inbox / "heard.eml").write_bytes(message())
    assert bell.wait(LONG)


def test_where_nobody_can_listen_the_bell_stays_silent(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_watches(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", no_more_watches)
    bell = FolderBell(inbox)
    quiet(bell)
    (inbox / "one.eml").write_bytes(message())
    assert not bell.wait(0.05)
    bell.close()


def test_closing_a_bell_wakes_whoever_waits(bell: FolderBell) -> None:
    quiet(bell)
    timer = threading.Timer(0.05, bell.close)
    timer.start()
    assert bell.wait(LONG)
    timer.join()


def test_the_names_of_files_do_not_come_into_a_log(
    bell: FolderBell, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    (inbox / "Jane Example.docx").write_bytes(b"form")
    quiet(bell)
    assert "Jane" not in caplog.text


def test_a_silent_bell_lets_the_time_pass_until_it_is_closed() -> None:
    bell = SilentBell()
    assert not bell.wait(0.01)
    bell.close()
    assert not bell.wait(LONG)


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


def test_a_failure_that_stays_is_tried_again_after_longer_and_longer_pauses() -> None:
    waits: list[float] = []

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            if len(waits) == 6:
                self.set()
            return self.is_set()

    watch(Sweeps(*[MailboxError()] * 6), SilentBell(), Clock(), 60, lambda _: None)
    assert waits == [60, 120, 240, 300, 300, 300]


def test_a_success_ends_the_longer_pauses() -> None:
    waits: list[float] = []

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            if len(waits) == 4:
                self.set()
            return self.is_set()

    bell = SilentBell()
    bell.close()
    watch(Sweeps(MailboxError(), MailboxError(), None, MailboxError()), bell, Clock(), 0.01, lambda _: None)
    assert [waits[0], waits[1], waits[3]] == [0.01, 0.02, 0.01]


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
