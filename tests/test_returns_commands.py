"""`marac returns` and `marac action reports`: what is back, what waits, and what a person decides about it."""

import signal
from pathlib import Path

import pytest

from marac.commands.returns import by_agency
from marac.intake.reading.reader import Reader
from marac.meetings.research_back import Back
from marac.register.actions import every_action
from marac.register.deliveries import every_delivery
from tests.answered_papers import filled_pack
from tests.asked_agencies import CASES, answer, asked_folder, deliver, intake_of, paper, reports_in, returns_in
from tests.prepared_meetings import opened
from tests.working_folder import MEETING, WorkingFolder, copied

FIRST, SECOND, THIRD = CASES
BY = ("--by", "A. Coordinator")
WHY = ("--reason", "Rang them.", *BY)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """Message 1: answers taken. Message 2: another that waits, and words. Message 3: a report that waits."""
    folder = asked_folder(tmp_path_factory.mktemp("asked"))
    pack = filled_pack(paper(folder, "research"), {FIRST: {"factors": "Arrested in May."}, SECOND: "nothing known"})
    with Reader() as reader, intake_of(folder, reader) as (intake, _):
        deliver(intake, answer("Attached.", {"research.docx": pack}))
        deliver(intake, answer(f"{THIRD}: nothing known but ask the nurse\n{FIRST}: nothing known", number=2))
        deliver(intake, answer("Action 1: done but not the marker", to="letter", number=3))
    return folder


@pytest.fixture
def folder(answered: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(answered, tmp_path / "marac")


def ran(folder: WorkingFolder, *words: str, code: int = 0) -> str:
    done = folder.marac(*words)
    assert done.returncode == code, done.stderr
    return done.stdout or done.stderr


def messages(folder: WorkingFolder) -> list[str]:
    with opened(folder) as office, office.store.reading() as connection:
        return [each.state for each in every_delivery(connection)]


def test_a_meeting_shows_what_is_back_and_what_is_not(folder: WorkingFolder) -> None:
    told = ran(folder, "returns", MEETING.isoformat())
    lines = {line.split()[0]: line.split() for line in told.splitlines() if line.strip()}
    assert lines["police"][:5] == ["police", "3", "2", "1", "1"]
    assert lines["housing"][1:5] == ["3", "0", "0", "0"]
    assert lines["housing"][5:] == [f"{FIRST},", f"{SECOND},", THIRD]
    assert f"{FIRST}: 1 of 8 answered" in told
    assert "Arrested" not in told


def test_a_long_list_of_what_is_not_back_is_counted_and_left_to_the_lines_by_case() -> None:
    cases = tuple(f"M26-00{number}" for number in range(10, 27))
    everything, most = Back("housing", cases, (), (), ()), Back("police", cases, cases[:2], (), ())
    told = list(by_agency([everything, most]))
    assert told[2].split()[5:] == ["all", "17"]
    assert told[3].endswith("15 of 17: see below")
    assert max(map(len, told)) < 100


def test_a_case_shows_every_answer_with_its_words_and_what_to_do(folder: WorkingFolder) -> None:
    told = ran(folder, "returns", "show", FIRST)
    assert "| Arrested in May." in told
    assert "marac returns decide 4 take" in told


def test_what_was_taken_of_a_message_is_no_reason_why_it_needs_a_person(folder: WorkingFolder) -> None:
    told = ran(folder, "message", "show", "2").splitlines()
    assert [line for line in told if line.startswith("Taken: ")] == []
    told = ran(folder, "message", "show", "1").splitlines()
    assert f"Taken: {FIRST}, {SECOND}." in told
    assert not [line for line in told if line.startswith("Why: Taken")]


def test_a_message_is_done_once_its_parts_are_decided(folder: WorkingFolder) -> None:
    assert messages(folder) == ["done", "needs_person", "needs_person"]
    refused = ran(folder, "message", "decide", "2", "set-aside", *WHY, code=2)
    assert "return 3, return 4" in refused
    ran(folder, "returns", "decide", "4", "set-aside", *WHY)
    assert messages(folder)[1] == "needs_person"
    ran(folder, "returns", "decide", "3", "take", *WHY)
    assert messages(folder)[1] == "done"
    with opened(folder) as office:
        assert [each.state for each in returns_in(office)] == ["taken", "taken", "taken", "set aside"]


def test_all_that_waits_in_a_message_is_taken_at_once_and_replaces_what_counted(folder: WorkingFolder) -> None:
    ran(folder, "returns", "decide", "take", "--message", "2", *WHY)
    with opened(folder) as office:
        assert [each.state for each in returns_in(office)] == ["replaced", "taken", "taken", "taken"]
    assert messages(folder)[1] == "done"
    assert "Nothing was changed" in ran(folder, "returns", "decide", "take", "--message", "2", *WHY, code=2)


def test_an_answer_by_telephone_is_entered_under_its_headings(folder: WorkingFolder) -> None:
    ran(
        folder,
        "returns",
        "enter",
        FIRST,
        "housing",
        "--factors",
        "Rent arrears since May.",
        "--assessment",
        "High.",
        *BY,
    )
    ran(folder, "returns", "enter", SECOND, "housing", "--nothing-known", *BY)
    with opened(folder) as office:
        told, nothing = returns_in(office)[-2:]
    assert (told.agency, told.factors, told.assessment, told.delivery, told.state) == (
        "housing", "Rent arrears since May.", "High.", None, "taken",
    )  # fmt: skip
    assert nothing.nothing_known
    for words in (("--nothing-known", "--factors", "x"), ()):
        ran(folder, "returns", "enter", FIRST, "housing", *words, *BY, code=2)


def test_a_report_that_waits_is_taken_by_a_person(folder: WorkingFolder) -> None:
    assert "To decide: marac action decide-report 1" in ran(folder, "action", "reports")
    ran(folder, "action", "decide-report", "1", "take", *BY)
    with opened(folder) as office:
        with office.store.reading() as connection:
            assert every_action(connection)[0].outcome == "done"
        assert [each.state for each in reports_in(office)] == ["taken"]
    assert messages(folder)[2] == "done"
    ran(folder, "action", "decide-report", "1", "set-aside", *BY, code=2)


def test_a_pass_that_is_killed_enters_each_answer_once(answered: WorkingFolder, tmp_path: Path) -> None:
    waiting = copied(answered, tmp_path / "waiting")
    (waiting.path / "inbox" / "answer.eml").write_bytes(
        answer(f"{THIRD}: nothing known\nM26-0099: x\nAction 2: done", number=9)
    )
    counted = copied(waiting, tmp_path / "counted")
    moments = int(counted.killed(0, "run").stderr.rpartition("MOMENTS ")[2].split()[0])
    expected = _books(counted)
    for part in (2, 3, 4):
        folder = copied(waiting, tmp_path / f"killed {part}")
        assert folder.killed(moments * part // 5, "run").returncode == -signal.SIGKILL
        ran(folder, "run")
        assert _books(folder) == expected


def _books(folder: WorkingFolder) -> object:
    with opened(folder) as office:
        returns = [(each.case, each.agency, each.state, each.delivery) for each in returns_in(office)]
        reports = [(each.action, each.outcome, each.state) for each in reports_in(office)]
    return returns, reports, messages(folder)
