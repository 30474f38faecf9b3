"""The letter of evidence for legal aid: two names and when it was discussed, and nothing else of the case."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from marac.case import Case, Flag
from marac.register.cases import add_case
from marac.register.documents import Paper, papers_about
from marac.register.trail import entries_about
from tests.handed_over_cases import told
from tests.invented_cases import PERPETRATOR, case, children, referral
from tests.prepared_meetings import opened
from tests.word_templates import words_of
from tests.working_folder import CUT_OFF, MEETING, WorkingFolder, working_folder

HEARD = dt.date(2026, 9, 3)
REFERENCE = "M26-0001"


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return working_folder(tmp_path)


def enter(folder: WorkingFolder, entered: Case) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        add_case(connection, entered)


def ask(folder: WorkingFolder, *more: str) -> int:
    return told(folder, "case", "evidence", REFERENCE, "--by", "H. Shah", *more)


def letters(folder: WorkingFolder) -> list[Path]:
    return sorted((folder.path / "meetings").glob("letters of evidence/*.docx"))


def papers(folder: WorkingFolder) -> list[Paper]:
    with opened(folder) as office, office.store.reading() as connection:
        return list(papers_about(connection, REFERENCE))


def heard(**changes: object) -> Case:
    values = {"state": "heard", "meeting": HEARD, "received": dt.date(2026, 8, 20), **changes}
    return dataclasses.replace(case(form=referral(children=children())), **values)  # type: ignore[arg-type]


def test_the_letter_names_the_two_and_the_meeting_and_nothing_else(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(folder, heard())
    assert ask(folder) == 0
    [path] = letters(folder)
    said = capsys.readouterr().out
    assert str(path) in said
    assert "Before the chair signs it" in said
    words = words_of(path.read_bytes())
    for expected in ("Siân Gwynfryn-Hughes", "3 April 1991", "Łukasz Żółć", "3 September 2026", "Carrowdale MARAC"):
        assert expected in words
    for kept_back in (
        "Larch",
        "Mill Row",
        "07700",
        REFERENCE,
        "Cerys",
        "waited outside",
        "Helen",
        "Homes",
        "1988",
        "Luke",
    ):
        assert kept_back not in words
    [paper] = papers(folder)
    assert (paper.kind, paper.agency, paper.state, paper.subject) == ("evidence", "", "made", REFERENCE)
    with opened(folder) as office, office.store.reading() as connection:
        events = {entry.event: entry for entry in entries_about(connection, {REFERENCE})}
    assert events["evidence letter made"].detail == ""
    assert events["evidence letter made"].actor == "H. Shah"


def test_the_letter_leaves_with_no_release_and_no_pass(folder: WorkingFolder) -> None:
    enter(folder, heard())
    ask(folder)
    told(folder, "release", "--case", REFERENCE, "--by", "H. Shah")
    told(folder, "run")
    assert folder.letters() == []
    assert [paper.state for paper in papers(folder)] == ["made"]


def test_the_same_letter_twice_is_one_and_another_perpetrator_a_new_version(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    brother = dataclasses.replace(PERPETRATOR, name="Marek Żółć", aliases=(), relationship="brother-in-law")
    enter(folder, heard(reading=case(form=referral(perpetrators=(PERPETRATOR, brother))).reading))
    assert ask(folder) == 8
    refused = capsys.readouterr().err
    assert "names 2 people" in refused
    assert "Marek" not in refused
    assert ask(folder, "--perpetrator", "marek  żółć") == 0
    assert ask(folder, "--perpetrator", "Marek Żółć") == 0
    assert "was made before" in capsys.readouterr().out
    assert "Łukasz" not in words_of(letters(folder)[0].read_bytes())
    assert ask(folder, "--perpetrator", "Łukasz Żółć") == 0
    assert "put aside" in capsys.readouterr().out
    assert [paper.state for paper in papers(folder)] == ["superseded", "made"]
    assert ask(folder, "--perpetrator", "Nobody Known") == 8


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "draft", "meeting": None}, "is draft"),
        ({"state": "not heard", "meeting": None}, "is not heard"),
        ({"state": "withdrawn", "meeting": None}, "is withdrawn"),
        ({"state": "received", "meeting": None}, "no meeting has discussed it"),
        ({"state": "closed", "meeting": None}, "no meeting has discussed it"),
        (
            {"state": "listed", "received": CUT_OFF, "meeting": MEETING,
             "flags": (Flag("below threshold", "Nine ticks.", needs_decision=True),)},
            "Nobody has decided yet",
        ),
    ],
)  # fmt: skip
def test_a_case_that_the_marac_has_not_taken_on_gets_no_letter(
    folder: WorkingFolder, changes: dict[str, object], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(folder, heard(**changes))
    assert ask(folder) == 2
    assert words in capsys.readouterr().err
    assert letters(folder) == []


def test_a_listed_case_gets_one_that_says_that_it_was_not_discussed_yet(folder: WorkingFolder) -> None:
    enter(folder, heard(state="listed", received=CUT_OFF, meeting=MEETING))
    assert ask(folder) == 0
    assert "has not discussed the case yet" in words_of(letters(folder)[0].read_bytes())


def test_a_case_without_a_known_perpetrator_gets_none(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(folder, heard(reading=case(form=referral(perpetrators=())).reading))
    assert ask(folder) == 8
    assert "marac case correct" in capsys.readouterr().err
    assert letters(folder) == []
