"""Taking turns: one marac changes the register at a time, and one that works for long lets another go first."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from marac.errors import BusyError
from marac.register.store import Store
from tests.register_databases import new_database
from tests.watched_folder import wait_until, watching
from tests.what_must_hold import database_of, faults_in
from tests.working_folder import some_mail, working_folder

LONG = 30.0
"""Seconds that no test waits for."""


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """The same register, opened twice."""
    database = new_database()
    one, other = Store(tmp_path / "store", database), Store(tmp_path / "store", database)
    yield one, other
    one.close()
    other.close()


@contextmanager
def waiting(store: Store, seen: list[str], leave: threading.Event) -> Iterator[None]:
    """Somebody who wants a turn, notes when it is theirs, and keeps it until they may leave."""

    def take() -> None:
        with store.alone(LONG, lambda: None):
            seen.append("the other one's turn")
            leave.wait(LONG)
        seen.append("the other one left")

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        leave.set()
        thread.join(LONG)
        assert not thread.is_alive()


@pytest.mark.both_databases
def test_where_nobody_waits_a_turn_goes_on(offices: tuple[Store, Store]) -> None:
    one, other = offices
    with one.alone(LONG, lambda: None) as turn:
        assert not turn.step_aside()
        for wait_seconds in (0, 0.1):
            with pytest.raises(BusyError), other.alone(wait_seconds, lambda: None):
                pass
        assert not turn.step_aside()
    with other.alone(0, lambda: None):
        pass


@pytest.mark.both_databases
def test_whoever_waits_goes_first_and_is_through_before_the_first_one_goes_on(offices: tuple[Store, Store]) -> None:
    one, other = offices
    seen, leave = list[str](), threading.Event()
    leave.set()
    with one.alone(LONG, lambda: None) as turn, waiting(other, seen, leave):
        seen.append("at work")
        wait_until(turn.step_aside)
        seen.append("back again")
        with pytest.raises(BusyError), other.alone(0, lambda: None):
            pass
    order = [each for each in seen if each != "the other one left"]
    assert order == ["at work", "the other one's turn", "back again"]


@pytest.mark.both_databases
def test_asked_to_stop_while_another_has_its_turn_it_comes_back_no_more(offices: tuple[Store, Store]) -> None:
    one, other = offices
    seen, leave = list[str](), threading.Event()
    with one.alone(LONG, lambda: None) as turn, waiting(other, seen, leave):
        with pytest.raises(BusyError, match="Nothing is half done"):
            wait_until(lambda: turn.step_aside(lambda: bool(seen)))
        assert seen == ["the other one's turn"]
    with one.alone(LONG, lambda: None):
        pass


@pytest.mark.both_databases
def test_whoever_asked_in_vain_does_not_stand_in_the_way(offices: tuple[Store, Store]) -> None:
    one, other = offices
    with one.alone(LONG, lambda: None) as turn:
        with pytest.raises(BusyError), other.alone(0.2, lambda: None):
            pass
        assert not turn.step_aside()


def test_commands_come_through_while_a_watcher_takes_in_a_long_mornings_mail(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    mail = [each for each in some_mail() if each.name != "21-mental-health-password"]  # it opens what was filed before
    again = [replace(each, name=f"{each.name}-twice", raw=b"X-Copy: 1\r\n" + each.raw) for each in mail[:6]]
    folder.post([*mail, *again])
    put = [sha256 for _, sha256 in folder.mail()]

    def cases() -> int:
        with database_of(folder) as database:
            return int(database.execute("select count(*) from cases").fetchone()[0])

    def left() -> int:
        return len(list((folder.path / "inbox").iterdir()))

    with watching(folder):
        wait_until(lambda: left() < len(put))
        wait_until(cases)
        decided = folder.marac("case", "decide", "M26-0001", "not-heard", "--reason", "moved away", "--by", "J. Odell")
        assert decided.returncode == 0, decided.stderr
        undertaken = folder.marac(
            "action", "add", "M26-0001", "--agency", "housing", "--due", "2026-12-10", "Fit new locks."
        )
        assert undertaken.returncode == 0, undertaken.stderr
        with database_of(folder) as database:
            assert not database.execute("select id from passes where finished is not null").fetchall()
        assert left(), "the pass was over before the commands were"
        assert folder.marac("run").returncode == 0
        wait_until(lambda: not left())
    assert folder.marac("run").returncode == 0
    assert faults_in(folder, put) == []
    with database_of(folder) as database:
        assert database.execute("select state from cases where reference = 'M26-0001'").fetchall() == [("not heard",)]
        assert database.execute('select "case", text from actions').fetchall() == [("M26-0001", "Fit new locks.")]
