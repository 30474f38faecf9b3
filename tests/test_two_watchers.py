"""One watcher a folder: a second one says so and ends, and every other command goes on beside the first."""

from pathlib import Path

import pytest

from marac.errors import BusyError
from tests.watched_folder import wait_until, watching
from tests.working_folder import WorkingFolder, some_mail, working_folder

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    folder = working_folder(tmp_path)
    folder.post(some_mail("07-school-referral"))
    return folder


def filed(folder: WorkingFolder) -> list[str]:
    return [name for name, _ in folder.mail() if name != "inbox"]


def test_a_second_watcher_ends_with_a_sentence_and_the_first_goes_on(folder: WorkingFolder) -> None:
    with watching(folder) as first:
        second = folder.marac("watch")
        assert (second.returncode, second.stdout) == (BusyError.exit_code, "")
        assert "Another marac watch is at work in this folder" in second.stderr
        wait_until(lambda: len(filed(folder)) == 1)
        folder.post(some_mail("12-probation-reply"))
        wait_until(lambda: len(filed(folder)) == 2)
        assert first.poll() is None
    assert folder.status()["accounted_for"] == 2


def test_beside_a_watcher_the_coordinator_goes_on_working(folder: WorkingFolder) -> None:
    with watching(folder):
        wait_until(lambda: len(filed(folder)) == 1)
        assert folder.status()["arrived"] == 1
        decided = folder.marac("case", "decide", "M26-0001", "not-heard", "--reason", "moved away", "--by", "J. Odell")
        assert decided.returncode == 0, decided.stderr
        assert folder.marac("run").returncode == 0


def test_where_a_watcher_was_killed_the_next_one_takes_its_place(folder: WorkingFolder) -> None:
    with watching(folder) as first:
        first.kill()
        first.wait()
    with watching(folder):
        wait_until(lambda: len(filed(folder)) == 1)
