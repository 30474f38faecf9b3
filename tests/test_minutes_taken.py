"""Minutes of a meeting from the file that the program makes to the register that holds what was written in it."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from marac.errors import ConflictError, TemplateError, UsageError
from marac.meeting import prepare
from marac.office import Office, open_office
from marac.one_pass import move_cases_on
from marac.papers import Wanted, world_of
from marac.papers.minutes import minutes
from marac.register.actions import add_action, every_action
from marac.register.calendar import meetings
from marac.register.cases import add_case, case_named
from marac.register.minutes import every_attendance, every_case_minutes, minutes_taken
from marac.register.trail import trail
from marac.taking_minutes.story import confirm, show
from tests.filled_minutes import Minutes
from tests.invented_cases import case, repeat_case, undecided_case
from tests.word_templates import with_part
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, working_folder

DAY_AFTER = MEETING + dt.timedelta(days=1)
NEXT = MEETING + dt.timedelta(days=14)
BY = "Hilary Penrose"


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[tuple[Office, Minutes]]:
    """The office on the day after the meeting, and its minutes open in a word processor."""
    path = working_folder(tmp_path).path / "config.toml"
    moment = dt.datetime.combine(AFTER_CUT_OFF, dt.time(9), dt.UTC)
    with open_office(path, AFTER_CUT_OFF, lambda: moment) as office:
        with office.store.changing() as connection:
            for each in (case(), repeat_case(), undecided_case()):
                add_case(connection, dataclasses.replace(each, received=CUT_OFF, meeting=MEETING))
            add_action(connection, "M26-0001", "police", CUT_OFF, "Place a marker.", CUT_OFF)
        with office.store.reading() as connection:
            on = next(each for each in meetings(connection, office.settings, office.today) if each.date == MEETING)
            (wanted,) = minutes(world_of(office, on, connection))
        made = Minutes(wanted.made().content)
    with open_office(path, DAY_AFTER, lambda: moment + dt.timedelta(days=7)) as office:
        move_cases_on(office)
        yield office, made


def agencies(office: Office) -> list[str]:
    return [each.name for each in office.settings.agencies.values()]


def written(office: Office, made: Minutes) -> bytes:
    for name in agencies(office):
        made.attend(name, "present", "signed")
    made.came_to(1, 2, "The vehicle was off the road.")
    made.note("M26-0001", risks="He knows her new work.", heard="")
    made.note("M26-0002", deferred="The referrer was ill.")
    made.note("M26-0003", heard="")
    made.agree("M26-0001", 1, "Contact at work", "Visit her workplace.", "police", "PC Reese", "10/12/2026")
    made.agree("M26-0001", 2, "", "Ring the GP.", "Helth", "", "ASAP")
    return made.saved()


def test_what_is_confirmed_is_in_the_register_and_what_is_doubted_is_not(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    shown = show(office, content, None, BY)
    taken = confirm(office, content, MEETING, BY)
    assert taken.lines == shown.lines
    move_cases_on(office)
    with office.store.reading() as connection:
        first, action = every_action(connection)
        assert (first.outcome, first.note, first.is_open) == ("not done", "The vehicle was off the road.", True)
        assert (action.case, action.agency, action.due) == ("M26-0001", "police", dt.date(2026, 12, 10))
        assert (action.owner, action.risk, action.meeting) == ("PC Reese", "Contact at work", MEETING)
        assert [each.risks for each in every_case_minutes(connection)] == ["He knows her new work."]
        assert len(every_attendance(connection)) == len(agencies(office))
        heard, deferred, undecided = (case_named(connection, f"M26-000{number}") for number in (1, 2, 3))
        assert (heard.state, heard.meeting) == ("heard", MEETING)
        assert (deferred.state, deferred.meeting, deferred.decisions[-1].by) == ("deferred", NEXT, BY)
        assert (undecided.state, undecided.meeting, undecided.decisions[-1].kind) == ("heard", MEETING, "hear")
        assert minutes_taken(connection) == {taken.sha256: MEETING}
        told = [(entry.event, entry.actor) for entry, _ in trail(connection)]
    assert ("minutes taken", BY) in told
    assert office.originals.path(taken.sha256).read_bytes() == content


def test_nothing_is_written_before_it_is_confirmed(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    show(office, written(office, made), None, BY)
    with office.store.reading() as connection:
        assert len(every_action(connection)) == 1
        assert not every_attendance(connection)
        assert not every_case_minutes(connection)
        assert not minutes_taken(connection)


def test_what_was_not_shown_is_not_taken(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    with pytest.raises(UsageError, match="is not what you were shown"):
        confirm(office, content, None, BY)
    show(office, content, None, BY)
    made.agree("M26-0001", 3, "", "Ring the school.", "police", "", "10/12/2026")
    with pytest.raises(UsageError, match="is not what you were shown"):
        confirm(office, made.saved(), None, BY)
    with office.store.reading() as connection:
        assert len(every_action(connection)) == 1


def test_a_register_that_changed_in_between_is_shown_again_first(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    show(office, content, None, BY)
    with office.store.changing() as connection:
        add_action(
            connection, "M26-0001", "police", dt.date(2026, 12, 10), "Visit her workplace.", DAY_AFTER, meeting=MEETING
        )
    with pytest.raises(UsageError, match="is not what you were shown"):
        confirm(office, content, None, BY)


def test_the_same_file_is_taken_once_and_a_corrected_one_shows_what_differs(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    show(office, content, None, BY)
    confirm(office, content, None, BY)
    with pytest.raises(ConflictError, match="was taken into the register before"):
        show(office, content, None, BY)
    made.agree("M26-0001", 2, "", "Ring the GP.", "idva", "", "10/12/2026")
    corrected = made.saved()
    shown = show(office, corrected, None, BY)
    assert [each.text for each in shown.changes.new] == ["Ring the GP."]
    again = shown.changes
    assert (again.came, again.outcomes, again.decisions, again.minutes) == ((), (), (), ())
    confirm(office, corrected, None, BY)
    with office.store.reading() as connection:
        assert [each.text for each in every_action(connection)] == [
            "Place a marker.",
            "Visit her workplace.",
            "Ring the GP.",
        ]


def test_minutes_of_another_meeting_are_refused_with_both_days(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    with pytest.raises(UsageError, match="26 November 2026, and you asked for Thursday 10 December 2026"):
        show(office, made.saved(), NEXT, BY)


def test_minutes_without_a_mark_with_two_and_of_another_marac_are_refused(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting

    def marked(*marks: str) -> bytes:
        paragraph = made.document.sections[0].footer.paragraphs[0]
        made.row("MARAC", "Mark of this file")[1].text = marks[0]
        paragraph.text = marks[-1]
        return made.saved()

    with pytest.raises(UsageError, match="bears no mark of a meeting"):
        show(office, marked(""), None, BY)
    with pytest.raises(UsageError, match="marks of two meetings"):
        show(office, marked("minutes/marac/2026-11-26", "minutes/marac/2026-12-10"), None, BY)
    with pytest.raises(UsageError, match="mark of another MARAC"):
        show(office, marked("minutes/northtown/2026-11-26"), None, BY)
    with pytest.raises(UsageError, match="still to come"):
        show(office, marked("minutes/marac/2026-12-10"), None, BY)


def test_no_minutes_are_made_once_they_were_taken(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    show(office, content, None, BY)
    confirm(office, content, None, BY)
    with office.store.reading() as connection:
        on = next(each for each in meetings(connection, office.settings, office.today) if each.date == MEETING)
        world = world_of(dataclasses.replace(office, today=MEETING), on, connection)
        assert not list(minutes(world))


def test_unfinished_actions_are_carried_over_to_the_next_minutes(meeting: tuple[Office, Minutes]) -> None:
    office, made = meeting
    content = written(office, made)
    show(office, content, None, BY)
    confirm(office, content, None, BY)
    with office.store.reading() as connection:
        on = next(each for each in meetings(connection, office.settings, office.today) if each.date == NEXT)
        (wanted,) = minutes(world_of(office, on, connection))
    carried = Minutes(wanted.made().content).table("No.")
    assert [row.cells[0].text for row in carried.rows[1:]] == ["1", "2"]
    assert "reported as not done: The vehicle was off the road." in carried.cell(1, 3).text


def test_the_command_shows_then_takes_and_says_what_to_do(meeting: tuple[Office, Minutes], tmp_path: Path) -> None:
    office, made = meeting
    folder = WorkingFolder(office.settings_path.parent)
    path = tmp_path / "minutes.docx"
    path.write_bytes(written(office, made))
    shown = folder.marac("minutes", "read", str(path), on=DAY_AFTER)
    assert shown.returncode == 0, shown.stderr
    assert "In doubt, and NOT taken (1)" in shown.stdout
    assert "the same command again with --confirm --by NAME" in shown.stdout
    nobody = folder.marac("minutes", "read", str(path), "--confirm", on=DAY_AFTER)
    assert nobody.returncode == 2
    taken = folder.marac("minutes", "read", str(path), "--confirm", "--by", BY, on=DAY_AFTER)
    assert taken.returncode == 0, taken.stderr
    assert "Taken into the register, and the file is kept. 1 doubt was not taken: see above." in taken.stdout
    pdf = tmp_path / "minutes.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    refused = folder.marac("minutes", "read", str(pdf), on=DAY_AFTER)
    assert refused.returncode == 2
    assert "ask whoever wrote them for the Word file" in refused.stderr
    words = ("--agency", "police", "--due", "2026-12-10", "--owner", "PC Reese", "--meeting", "2026-11-27")
    unknown = folder.marac("action", "add", "M26-0001", "Ring her.", *words, on=DAY_AFTER)
    assert unknown.returncode == 8
    assert "The calendar has no meeting on Friday 27 November 2026." in unknown.stderr
    done = folder.marac("action", "outcome", "2", "could-not-be-done", "--note", "She moved.", "--by", BY, on=DAY_AFTER)
    assert "Action 2 in M26-0001: could not be done. It is closed as of Friday 27 November 2026." in done.stdout


def test_a_file_in_which_somebody_has_begun_to_write_is_not_replaced(tmp_path: Path) -> None:
    with before_the_meeting(tmp_path) as office:
        (paper,) = (paper for paper in prepare(office, MEETING) if paper.kind == "minutes")
        place = office.settings.folders.meetings / paper.path
        made = Minutes(place.read_bytes())
        place.write_bytes(made.saved())  # opened and saved, and nothing written
        assert len(wanted_minutes(office)) == 1
        made.note("M26-0001", risks="He knows her new work.")
        place.write_bytes(made.saved())
        assert wanted_minutes(office) == []


def test_a_template_by_which_nothing_could_be_read_back_is_refused(tmp_path: Path) -> None:
    shipped = (files("marac") / "templates" / "minutes.docx").read_bytes()
    own = with_part(shipped, "word/document.xml", ": actions agreed", ": what is to be done")
    with before_the_meeting(tmp_path) as office:
        office.settings.folders.templates.mkdir(exist_ok=True)
        (office.settings.folders.templates / "minutes.docx").write_bytes(own)
        (wanted,) = wanted_minutes(office)
        with pytest.raises(
            TemplateError, match="could not be read back, because marac does not find the table of actions"
        ):
            wanted.made()


@contextlib.contextmanager
def before_the_meeting(place: Path) -> Iterator[Office]:
    """The office on the day after the cut-off, with one case listed."""
    path = working_folder(place).path / "config.toml"
    with open_office(path, AFTER_CUT_OFF, lambda: dt.datetime.combine(AFTER_CUT_OFF, dt.time(9), dt.UTC)) as office:
        with office.store.changing() as connection:
            add_case(connection, dataclasses.replace(case(), received=CUT_OFF, meeting=MEETING))
        yield office


def wanted_minutes(office: Office) -> list[Wanted]:
    """The minutes that the meeting needs now."""
    with office.store.reading() as connection:
        on = next(each for each in meetings(connection, office.settings, office.today) if each.date == MEETING)
        return list(minutes(world_of(office, on, connection)))
