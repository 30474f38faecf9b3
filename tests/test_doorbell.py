"""The doorbell of a folder: it may miss a ring, but it never rings for nothing, and is never silent for good."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.observers import Observer

from marac.mailbox.folder import FolderInbox
from marac.mailbox.protocol import Doorbell
from marac.mailbox.watcher import FolderBell, SilentBell
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
