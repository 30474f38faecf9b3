"""One watcher a folder, with commands beside it; with a register on a server several, which share the work."""

import datetime as dt
import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from marac.errors import BusyError
from marac.heartbeat import Heartbeat, every_heartbeat, heartbeat_path, write_heartbeat
from tests.register_databases import DatabaseKind
from tests.watched_folder import wait_until, watching
from tests.what_must_hold import database_of, faults_in
from tests.working_folder import WorkingFolder, some_mail, working_folder

on_a_server = pytest.mark.parametrize("register_database", ["postgresql"], indirect=True, scope="module")


@pytest.fixture
def folder(tmp_path: Path, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - where its register is
    folder = working_folder(tmp_path)
    folder.post(some_mail("07-school-referral"))
    return folder


@pytest.fixture
def morning(tmp_path: Path, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - where its register is
    """A folder with twenty messages, most of them with forms."""
    folder = working_folder(tmp_path)
    folder.post(some_mail()[:20])
    return folder


def filed(folder: WorkingFolder) -> int:
    """How many messages have left the inbox."""
    return sum(len(list((folder.path / name).glob("*"))) for name in ("processed", "needs-a-person"))


def attempts(folder: WorkingFolder) -> list[int]:
    """How often each file was begun that has been read; a locked one never is."""
    question = "select attempts from parts where reading is not null and form = 1 and lock is null"
    with database_of(folder) as database:
        rows = database.execute(question).fetchall()
    return [times for (times,) in rows]


def with_settings_of_its_own(folder: WorkingFolder) -> WorkingFolder:
    """Another computer's folder: settings of its own, and the same mailbox, database and store."""
    place = folder.path.with_name("other computer")
    place.mkdir()
    text = (folder.path / "config.toml").read_text(encoding="utf-8").replace('"inbox"', f"'{folder.path / 'inbox'}'")
    names = {"register": "register.xlsx", "store": "store", "meetings": "meetings", "keyring": "keyring"}
    places = "".join(f"{key} = '{folder.path / name}'\n" for key, name in names.items())
    (place / "config.toml").write_text(text.replace("[folders]\n", f"[folders]\n{places}"), encoding="utf-8")
    shutil.copy(folder.path / "agencies.toml", place)
    return WorkingFolder(place)


def at_work(folder: WorkingFolder) -> list[str]:
    """The watchers that claim or claimed a message, each by its name."""
    with database_of(folder) as database:
        rows = database.execute("select distinct claimed_by from deliveries where claimed_by is not null").fetchall()
    return [name for (name,) in rows]


def test_a_second_watcher_in_a_folder_ends_with_a_sentence_and_the_first_goes_on(folder: WorkingFolder) -> None:
    with watching(folder) as first:
        second = folder.marac("watch")
        assert (second.returncode, second.stdout) == (BusyError.exit_code, "")
        assert "Another marac watch is at work in this folder" in second.stderr
        wait_until(lambda: filed(folder) == 1)
        folder.post(some_mail("12-probation-reply"))
        wait_until(lambda: filed(folder) == 2)
        assert first.poll() is None
    assert folder.status()["accounted_for"] == 2


@pytest.mark.both_databases
def test_beside_a_watcher_the_coordinator_goes_on_working(folder: WorkingFolder) -> None:
    with watching(folder):
        wait_until(lambda: filed(folder) == 1)
        assert folder.status()["arrived"] == 1
        decided = folder.marac("case", "decide", "M26-0001", "not-heard", "--reason", "moved away", "--by", "J. Odell")
        assert decided.returncode == 0, decided.stderr
        assert folder.marac("run").returncode == 0


@pytest.mark.both_databases
def test_where_a_watcher_was_killed_the_next_one_takes_its_place(folder: WorkingFolder) -> None:
    with watching(folder) as first:
        first.kill()
        first.wait()
    with watching(folder):
        wait_until(lambda: filed(folder) == 1)


@on_a_server
def test_two_watchers_share_the_work_and_read_each_file_once(morning: WorkingFolder) -> None:
    put = [sha256 for _, sha256 in morning.mail()]
    seen = set[str]()
    with watching(morning, every=1.0), watching(morning, every=1.0):

        def all_filed() -> bool:
            seen.update(at_work(morning))
            return filed(morning) == len(put)

        wait_until(all_filed)
        beats = [json.loads((morning.path / name).read_bytes()) for name in ("heartbeat.json", "heartbeat-2.json")]
    assert len({name.split(" ")[1] for name in seen} & {str(beat["process"]) for beat in beats}) == 2, seen
    assert set(attempts(morning)) == {1}
    assert morning.marac("run").returncode == 0
    assert faults_in(morning, put) == []


@on_a_server
@pytest.mark.parametrize("killed", [0, 1])
def test_where_one_of_two_watchers_is_killed_the_other_finishes_everything(killed: int, morning: WorkingFolder) -> None:
    put = [sha256 for _, sha256 in morning.mail()]
    with ExitStack() as ended:
        folders = morning, with_settings_of_its_own(morning)
        watchers = [ended.enter_context(watching(each, every=1.0)) for each in folders]
        wait_until(lambda: len(attempts(morning)) > len(put) // 4)
        watchers[killed].kill()
        watchers[killed].wait()
        assert filed(morning) < len(put)
        wait_until(lambda: filed(morning) == len(put))
    assert max(attempts(morning)) <= 2
    assert morning.marac("run").returncode == 0
    assert faults_in(morning, put) == []


def test_of_several_heartbeats_the_newest_comes_first_and_a_missing_one_is_none(tmp_path: Path) -> None:
    path, early = tmp_path / "heartbeat.json", dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    assert every_heartbeat(path) == ()
    for watcher, hours in ((1, 0), (3, 2), (2, 1)):
        beat = Heartbeat(early + dt.timedelta(hours=hours), watcher, "watching")
        write_heartbeat(heartbeat_path(path, watcher), beat)
    assert [beat.process for beat in every_heartbeat(path)] == [3, 2, 1]
