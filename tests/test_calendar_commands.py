"""The calendar as people use it: shown, called, cancelled, a case put on a meeting, a pass after an absence."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path

import openpyxl
import pytest

from marac.cli import main
from marac.commands.setup import made_folder
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.office import Office, open_office
from marac.one_pass import Passed, one_pass
from marac.register.cases import add_case, case_named
from marac.register.documents import change_paper, papers_for
from marac.register.trail import trail
from marac.settled import all_stands
from tests.made_up_couples import couple
from tests.working_folder import some_mail

CALENDAR = """
[[calendar]]
first = 2026-11-26
at = 09:30:00
"""
DEADLINES = """[deadlines]
cut_off = { days = 8, at = 17:00:00 }
agenda_out = { days = 5, at = 17:00:00 }
"""
MONDAY = dt.date(2026, 11, 23)
MEETING = dt.date(2026, 12, 10)
"""Its cut-off is on Monday 30 November at 17:00, and its agenda is due on Thursday 3 December at 17:00."""
NEXT = dt.date(2026, 12, 24)

Command = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a fortnightly series and one agency, and one case listed for its second meeting."""
    made = made_folder(tmp_path / "marac")
    config = made / "config.toml"
    text = config.read_text(encoding="utf-8").replace("[deadlines]", DEADLINES + "# ", 1)
    config.write_text(text + CALENDAR, encoding="utf-8")
    (made / "agencies.toml").write_text(
        '[police]\nname = "Police"\nemail = "p@police.example"\nsigned = 2026-01-01\n', encoding="utf-8"
    )
    with opened(made, at(20)) as office, office.store.changing() as connection:
        add_case(connection, couple("M26-0001", dt.date(2026, 11, 19), state="listed", meeting=MEETING))
    return made


def opened(folder: Path, moment: dt.datetime):  # type: ignore[no-untyped-def] # noqa: ANN201 - a context manager
    return open_office(folder / "config.toml", None, lambda: moment)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> dt.datetime:
    """A moment by this computer's clock."""
    return dt.datetime(2026, month, day, hour, minute).astimezone()


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in the folder on a day; what it says. One that fails says why on its last line."""

    def typed(*words: str, on: dt.date = MONDAY, code: int = 0) -> str:
        capsys.readouterr()
        assert main([*words, "--config", str(folder / "config.toml"), "--today", on.isoformat()]) == code
        said = capsys.readouterr()
        return said.err if code else said.out

    return typed


def passed(office: Office, *messages: bytes) -> Passed:
    inbox = MemoryInbox()
    for raw in messages:
        inbox.deliver(raw)
    with Reader() as reader:
        return one_pass(office, inbox, reader)


def meeting_of(folder: Path, reference: str = "M26-0001") -> dt.date | None:
    with opened(folder, at(23)) as office, office.store.reading() as connection:
        return case_named(connection, reference).meeting


def said_by(name: str) -> tuple[str, ...]:
    return ("--reason", "The room is flooded.", "--by", name)


def test_the_calendar_shows_each_meeting_with_its_deadlines_and_the_closed_days(run: Command) -> None:
    said = run("calendar", "--until", "2027-01-10")
    (line,) = [line for line in said.splitlines() if line.startswith("Thu 10 Dec")]
    assert line.split("  ")[0] == "Thu 10 Dec 2026 09:30"
    for moment in ("Mon 30 Nov 2026 17:00", "Thu 3 Dec 2026 17:00", "Wed 9 Dec 2026", "Mon 14 Dec 2026"):
        assert moment in line
    assert "Friday 25 December 2026: Christmas Day" in said


def test_a_meeting_that_is_called_takes_referrals_and_an_urgent_one_does_not(folder: Path, run: Command) -> None:
    assert "an urgent meeting on Wednesday 25 November" in run(
        "meeting", "call", "2026-11-25", "--urgent", "--at", "14:00", *said_by("J. Marsh")
    )
    run("run")
    assert meeting_of(folder) == MEETING
    said = run("calendar", "--until", "2026-11-30")
    assert "Wed 25 Nov 2026 14:00 *" in said
    assert "called by J. Marsh: The room is flooded." in said
    said = run("meeting", "call", "2026-12-01", "--cut-off", "2026-11-24", *said_by("J. Marsh"))
    assert "Referrals until Tuesday 24 November 2026 are listed for it." in said
    with opened(folder, at(23)) as office, office.store.changing() as connection:
        add_case(connection, couple("M26-0002", MONDAY, state="received"))
    run("run")
    assert meeting_of(folder, "M26-0002") == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("call", "2026-12-10"), "There is a meeting on 2026-12-10 already."),
        (("call", "2026-11-20"), "is over"),
        (("call", "2026-12-01", "--cut-off", "2026-12-02"), "must not be later"),
        (("cancel", "2026-12-09"), "There is no meeting on 2026-12-09."),
        (("cancel", "2026-11-12"), "is over"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(run: Command, words: tuple[str, ...], why: str) -> None:
    assert why in run("meeting", *words, *said_by("J. Marsh"), code=2)


def test_a_cancelled_meeting_lets_its_cases_go_on_and_withdraws_its_papers(folder: Path, run: Command) -> None:
    run("run", on=dt.date(2026, 12, 1))
    with opened(folder, at(1, month=12)) as office, office.store.changing() as connection:
        papers = papers_for(connection, MEETING)
        assert {paper.kind for paper in papers} >= {"agenda", "research"}
        sent = next(paper for paper in papers if paper.kind == "research")
        change_paper(connection, sent.id, state="sent")
    said = run("meeting", "cancel", "2026-12-10", *said_by("J. Marsh"), on=dt.date(2026, 12, 1))
    assert "1 case goes to the meeting of Thursday 24 December 2026: M26-0001." in said
    assert "Papers of this meeting have gone to: Police." in said
    assert meeting_of(folder) == NEXT
    with opened(folder, at(1, month=12)) as office, office.store.reading() as connection:
        states = {paper.kind: paper.state for paper in papers_for(connection, MEETING)}
        events = [(entry.event, entry.actor) for entry, _ in trail(connection)]
    assert (states["research"], states["agenda"]) == ("sent", "superseded")
    assert ("meeting cancelled", "J. Marsh") in events
    assert "There is no meeting on 2026-12-10" in run("release", "2026-12-10", code=8)


def test_a_late_case_is_put_on_a_meeting_whose_papers_are_made_anew(folder: Path, run: Command) -> None:
    after = dt.date(2026, 12, 1)
    with opened(folder, at(1, month=12)) as office, office.store.changing() as connection:
        late = dataclasses.replace(
            couple("M26-0002", dt.date(2026, 11, 30), state="received"), received_at=dt.time(17, 1)
        )
        add_case(connection, late)
    run("run", on=after)
    assert meeting_of(folder, "M26-0002") == NEXT
    decide = ("case", "decide", "M26-0002", "list", *said_by("J. Marsh"))
    assert "list needs --meeting DATE" in run(*decide, on=after, code=2)
    assert "There is no meeting on 2026-12-11" in run(*decide, "--meeting", "2026-12-11", on=after, code=2)
    said = run(*decide, "--meeting", "2026-12-10", on=after)
    assert "M26-0002 is put on the meeting of Thursday 10 December 2026. It came after the cut-off" in said
    run("run", on=after)
    assert meeting_of(folder, "M26-0002") == MEETING
    with opened(folder, at(1, month=12)) as office, office.store.reading() as connection:
        agendas = [paper for paper in papers_for(connection, MEETING) if paper.kind == "agenda"]
    assert [paper.version for paper in agendas] == [1, 2]


@pytest.mark.parametrize(("hour", "meeting"), [(dt.time(16, 59), MEETING), (dt.time(17, 1), NEXT)])
def test_the_hour_at_which_the_mail_server_took_a_referral_in_decides(
    folder: Path, hour: dt.time, meeting: dt.date
) -> None:
    (message,) = some_mail("07-school-referral")
    local = dt.datetime.combine(dt.date(2026, 11, 30), hour).astimezone()
    raw = message.raw.replace(b"Thu, 12 Nov 2026 10:44:04 +0000", format_datetime(local).encode(), 1)
    with opened(folder, at(1, month=12)) as office:
        passed(office, raw)
        with office.store.reading() as connection:
            case = case_named(connection, "M26-0002")
    assert (case.received, case.received_at, case.meeting) == (dt.date(2026, 11, 30), hour, meeting)


def test_the_papers_are_made_at_the_hour_of_the_cut_off_and_only_once(folder: Path) -> None:
    with opened(folder, at(30, 16)) as office:
        assert not [paper for paper in passed(office).papers if paper.meeting == MEETING]
        assert all_stands(office)
    with opened(folder, at(30, 17, 5)) as office:
        assert not all_stands(office)
        assert {paper.kind for paper in passed(office).papers if paper.meeting == MEETING} >= {"agenda", "research"}
        assert all_stands(office)
        assert not passed(office).papers


def test_after_three_weeks_away_a_pass_says_what_was_missed_and_makes_what_still_helps(folder: Path) -> None:
    with opened(folder, at(23)) as office:
        passed(office)
        with office.store.changing() as connection:
            add_case(connection, couple("M26-0002", dt.date(2026, 12, 1), state="listed", meeting=NEXT))
    back = dt.datetime(2026, 12, 16, 8, 30).astimezone()
    with opened(folder, back) as office:
        found = passed(office)
        assert (
            "The agenda of 10 December 2026 was due on 3 December 2026 17:00 and did not go out. The meeting is over."
            in found.missed
        )
        assert NEXT in {paper.meeting for paper in found.papers if paper.kind in {"agenda", "research"}}
        assert not passed(office).missed


def test_a_deadline_that_is_near_or_missed_stands_in_the_status_and_on_the_first_sheet(
    folder: Path, run: Command
) -> None:
    assert "Deadlines" not in run("status", on=dt.date(2026, 11, 30))
    run("run", on=dt.date(2026, 12, 4))
    words = "The agenda of 10 December 2026 was due on 3 December 2026 17:00: "
    assert words in run("status", on=dt.date(2026, 12, 4))
    first = openpyxl.load_workbook(folder / "register.xlsx").worksheets[0]
    assert [cell for row in first.iter_rows() for cell in row if str(cell.value).startswith(words)]


def test_the_next_meeting_in_the_status_says_the_hour_of_its_cut_off(run: Command) -> None:
    said = run("status", on=dt.date(2026, 11, 27))
    assert "Next meeting: Thursday 10 December 2026. Referrals until Monday 30 November 2026 at 17:00" in said
