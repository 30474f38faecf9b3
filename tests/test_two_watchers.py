"""One watcher a folder, with commands beside it; with a register on a server several, which share the work."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from marac.errors import BusyError
from marac.register.databases.postgresql_locks import lock_number
from tests.register_databases import DatabaseKind
from tests.watched_folder import wait_until, watching
from tests.what_must_hold import database_of, faults_in
from tests.working_folder import WorkingFolder, some_mail, working_folder

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    folder = working_folder(tmp_path)
    folder.post(some_mail("07-school-referral"))
    return folder


def filed(folder: WorkingFolder) -> list[str]:
    return [name for name, _ in folder.mail() if name != "inbox"]


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


@pytest.mark.parametrize("register_database", ["sqlite"], indirect=True, scope="module")
class TestInOneFolder:
    pytestmark = ()


