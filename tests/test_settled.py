"""A pass that finds everything standing does nothing; whatever a pass's work follows from, a change of it is noticed."""

import datetime as dt
import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from marac.cli import main
from marac.commands.working import now
from marac.errors import TemplateError
from marac.fortnight import Attendance, CalledMeeting, CaseMinutes, Interest, Presenter, VictimTold
from marac.office import Office, open_office
from marac.register.action_reports import add_report
from marac.register.actions import add_action
from marac.register.called_meetings import add_called_meeting
from marac.register.cases import add_case, case_named, set_standing
from marac.register.interests import add_interest, bar_name
from marac.register.minutes import set_attendances, set_case_minutes
from marac.register.presenters import add_presenter
from marac.register.research_returns import add_return, change_return
from marac.register.victims_told import add_told
from marac.settled import all_stands, mark_of
from tests.area_settings import name_contact, set_in
from tests.made_up_couples import couple
from tests.working_folder import AFTER_CUT_OFF, FIRST_DAY, MEETING, WorkingFolder, working_folder

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    """A folder in which a pass made everything that is due."""
    found = working_folder(tmp_path)
    with opened(found) as office, office.store.changing() as connection:
        add_case(connection, couple("M26-0001", FIRST_DAY, state="listed", meeting=MEETING))
    assert passed(found) == 0
    return found


def passed(folder: WorkingFolder) -> int:
    return main(["run", "--config", str(folder.path / "config.toml"), "--today", AFTER_CUT_OFF.isoformat()])


def opened(folder: WorkingFolder, on: dt.date = AFTER_CUT_OFF) -> AbstractContextManager[Office]:
    return open_office(folder.path / "config.toml", on, now)


def stands(folder: WorkingFolder, on: dt.date = AFTER_CUT_OFF) -> bool:
    with opened(folder, on) as office:
        return all_stands(office)


def test_after_a_pass_everything_stands_and_another_pass_leaves_it_so(folder: WorkingFolder) -> None:
    assert stands(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder.path / "meetings").rglob("*.docx")}
    assert passed(folder) == 0
    assert stands(folder)
    assert {path: path.stat().st_mtime_ns for path in (folder.path / "meetings").rglob("*.docx")} == before


def a_case_changed(folder: WorkingFolder) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        set_standing(connection, case_named(connection, "M26-0001"))


def the_workbook_saved(folder: WorkingFolder) -> None:
    with (folder.path / "register.xlsx").open("ab") as file:
        file.write(b"\0")


def the_workbook_removed(folder: WorkingFolder) -> None:
    (folder.path / "register.xlsx").unlink()


def an_agenda_removed(folder: WorkingFolder) -> None:
    next((folder.path / "meetings").rglob("agenda*.docx")).unlink()


def an_agency_named_otherwise(folder: WorkingFolder) -> None:
    path = folder.path / "agencies.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('\nname = "', '\nname = "New ', 1), encoding="utf-8")


def a_setting_changed(folder: WorkingFolder) -> None:
    path = folder.path / "config.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("# minimum_age = 16", "minimum_age = 18"), encoding="utf-8"
    )


def a_template_of_their_own(folder: WorkingFolder) -> None:
    (folder.path / "templates").mkdir(exist_ok=True)
    (folder.path / "templates" / "agenda.docx").write_bytes(b"not a template")


FRESH = "M26-0001"


def an_answer_came(connection: Connection) -> None:
    values = dict.fromkeys(("factors", "assessment", "management", "why_high_risk", "not_shared", "reason"), "")
    told = {"meeting": MEETING, "case": FRESH, "agency": "police", "received": AFTER_CUT_OFF, "nothing_known": True}
    add_return(connection, {**values, **told, "state": "taken"})


def an_answer_was_set_aside(connection: Connection) -> None:
    change_return(connection, 1, state="set aside")


def an_action_was_agreed(connection: Connection) -> None:
    add_action(connection, FRESH, "police", MEETING, "Place a marker.", AFTER_CUT_OFF)


def an_action_was_reported_on(connection: Connection) -> None:
    values = {"action": 1, "outcome": "done", "on": AFTER_CUT_OFF, "by": "police", "note": "", "reason": ""}
    add_report(connection, {**values, "state": "waiting"})


def somebody_attended(connection: Connection) -> None:
    set_attendances(connection, MEETING, [Attendance(MEETING, "police", "A. Reader", "present")])


def a_case_was_minuted(connection: Connection) -> None:
    set_case_minutes(connection, CaseMinutes(MEETING, FRESH, "He knows her work.", ""))


def another_presents(connection: Connection) -> None:
    add_presenter(connection, Presenter(FRESH, MEETING, "A. Reader", None, "A. Person", AFTER_CUT_OFF))


def a_conflict_became_known(connection: Connection) -> None:
    add_interest(connection, Interest(FRESH, "police", "held", "A. Person", AFTER_CUT_OFF, "A cousin."))


def a_name_was_barred(connection: Connection) -> None:
    bar_name(connection, FRESH, "A. Cousin", "A cousin.", "A. Person", AFTER_CUT_OFF)


def a_meeting_was_called(connection: Connection) -> None:
    add_called_meeting(
        connection, CalledMeeting(MEETING + dt.timedelta(1), "called", "A. Person", AFTER_CUT_OFF, "Why.")
    )


def a_victim_was_told(connection: Connection) -> None:
    add_told(connection, VictimTold(FRESH, MEETING, "A. Person", AFTER_CUT_OFF, "by telephone"))


def test_whatever_is_entered_in_a_fortnight_is_noticed(folder: WorkingFolder) -> None:
    entered = (
        *(an_answer_came, an_answer_was_set_aside, an_action_was_agreed, an_action_was_reported_on),
        *(somebody_attended, a_case_was_minuted, another_presents, a_conflict_became_known, a_name_was_barred),
        *(a_meeting_was_called, a_victim_was_told),
    )
    with opened(folder) as office:
        marks = [mark(office)]
        for enter in entered:
            with office.store.changing() as connection:
                enter(connection)
            marks.append(mark(office))
            assert marks[-1] != marks[-2], enter.__name__


def a_senior_contact_named(folder: WorkingFolder) -> None:
    name_contact(folder.path, "housing", "senior", "Ruth Adeyemi", "r.adeyemi@weirbankhomes.example")


def a_manager_named(folder: WorkingFolder) -> None:
    name_contact(folder.path, "housing", "manager", "Ada Long", "a.long@weirbankhomes.example")


def another_chase_day(folder: WorkingFolder) -> None:
    set_in(folder.path, "research", "chase_days = [1]")


def a_deadline_set(folder: WorkingFolder) -> None:
    set_in(folder.path, "deadlines", "research_back = { days = 1, at = 12:00:00 }")


def another_chair(folder: WorkingFolder) -> None:
    set_in(folder.path, "minutes", 'consider = ["MAPPA"]')


def test_whatever_is_said_of_agencies_deadlines_and_templates_is_noticed(folder: WorkingFolder) -> None:
    marks = []
    said = (a_senior_contact_named, a_manager_named, another_chase_day, a_deadline_set, another_chair)
    for say in (lambda _: None, *said, a_template_of_their_own):
        say(folder)
        with opened(folder) as office:
            marks.append(mark(office))
    assert len(set(marks)) == len(marks)


def test_the_hour_of_a_deadline_is_noticed_and_any_other_is_not(folder: WorkingFolder) -> None:
    set_in(folder.path, "deadlines", "research_back = { days = 1, at = 12:00:00 }")
    day = MEETING - dt.timedelta(days=1)

    def at(hour: int) -> str:
        moment = dt.datetime.combine(day, dt.time(hour)).astimezone()
        with open_office(folder.path / "config.toml", day, lambda: moment) as office:
            return mark(office)

    assert at(8) == at(11) != at(13) == at(14)


def test_who_only_looks_leaves_everything_standing(folder: WorkingFolder) -> None:
    for words in (("returns", "show", FRESH), ("meeting", "show", MEETING.isoformat()), ("case", "story", FRESH)):
        assert main([*words, "--config", str(folder.path / "config.toml"), "--today", AFTER_CUT_OFF.isoformat()]) == 0
    assert stands(folder)


def mark(office: Office) -> str:
    with office.store.reading() as connection:
        return mark_of(office, connection)


@pytest.mark.parametrize(
    "happens",
    [
        a_case_changed,
        the_workbook_saved,
        the_workbook_removed,
        an_agenda_removed,
        an_agency_named_otherwise,
        a_setting_changed,
        a_template_of_their_own,
    ],
)
def test_whatever_changes_is_noticed(folder: WorkingFolder, happens: Callable[[WorkingFolder], None]) -> None:
    happens(folder)
    assert not stands(folder)


def test_another_day_is_another_pass(folder: WorkingFolder) -> None:
    assert not stands(folder, AFTER_CUT_OFF + dt.timedelta(days=1))


def test_a_document_that_was_removed_is_made_again_by_the_next_pass(folder: WorkingFolder) -> None:
    an_agenda_removed(folder)
    assert passed(folder) == 0
    assert list((folder.path / "meetings").rglob("agenda*.docx"))


def test_a_pass_that_left_something_undone_leaves_no_mark(
    folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target.name == "register.xlsx":
            raise PermissionError(errno.EACCES, "somebody has it open")
        return replaced(path, target)

    an_agency_named_otherwise(folder)
    monkeypatch.setattr(Path, "replace", held)
    passed(folder)
    monkeypatch.undo()
    for copy in folder.path.glob("register (pending *"):
        copy.unlink()
    assert not stands(folder)


def test_a_pass_with_a_template_that_is_not_used_says_so_each_time(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    a_template_of_their_own(folder)
    for _ in range(2):
        capsys.readouterr()
        assert passed(folder) == TemplateError.exit_code
        assert "! Your template agenda.docx: It is not used" in capsys.readouterr().out
    assert stands(folder)


def test_the_mark_says_nothing_of_what_it_was_made_from(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        assert len(mark(office)) == 64
        assert mark(office) == mark(office)
