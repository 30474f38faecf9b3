"""Research packs and letters of actions that came back: what is read in them, and what is in doubt."""

import datetime as dt
import io
from pathlib import Path

import docx
import pytest

from marac.document import Document
from marac.parsers import readings
from marac.reply import Mark, Reply
from tests.answered_papers import LABELS, filled_letter, filled_pack, row_called, saved, section
from tests.asked_agencies import CASES, asked_folder, paper

SAVED = Path(__file__).parent / "answers"
FIRST, SECOND, THIRD = CASES
TOLD = {"factors": "3 May 2026: arrested for assault.", "assessment": "High."}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A research pack and a letter, as they left."""
    folder = asked_folder(tmp_path_factory.mktemp("asked"))
    return paper(folder, "research"), paper(folder, "letter")


def read(content: bytes) -> Reply:
    (found,) = readings(Document("file", "", content))
    assert found.reply is not None
    return found.reply


def one(content: bytes) -> tuple[bool, tuple[str, ...]]:
    (answer,) = read(content).cases
    return answer.nothing_known, answer.doubts


def changed(pack: bytes, label: str, words: str) -> bytes:
    """A pack with words in a row of the first case."""
    document = docx.Document(io.BytesIO(pack))
    table = section(document, FIRST)
    row = row_called(table, label)
    row.cells[1].text = words
    return saved(document)


def test_each_section_is_an_answer_about_its_case(papers: tuple[bytes, bytes]) -> None:
    found = read(filled_pack(papers[0], {FIRST: TOLD, SECOND: "nothing known"}))
    assert (found.source, found.marks) == ("research form", (Mark(dt.date(2026, 11, 26), "police"),))
    assert [(each.case, each.nothing_known, each.told[:2], each.doubts) for each in found.cases] == [
        (FIRST, False, tuple(TOLD.values()), ()),
        (SECOND, True, ("", ""), ()),
    ]
    assert (found.left_empty, found.rest, found.doubts) == ((THIRD,), (), ())


def test_a_pack_saved_by_another_program_says_the_same_as_the_pdf_made_of_it() -> None:
    word, pdf = (read((SAVED / f"research.{kind}").read_bytes()) for kind in ("docx", "pdf"))
    said = [
        [(each.case, each.nothing_known, [" ".join(words.split()) for words in each.told]) for each in form.cases]
        for form in (word, pdf)
    ]
    assert said[0] == said[1]
    assert [case for case, *_ in said[0]] == list(CASES)
    assert word.marks == pdf.marks
    assert not any(each.doubts for form in (word, pdf) for each in form.cases)
    last = word.cases[2].factors
    assert last.startswith("1 March 2026")
    assert "28 March 2026" in last


def test_a_form_with_nothing_filled_in_is_a_doubt_and_not_nothing_known(papers: tuple[bytes, bytes]) -> None:
    assert read(papers[0]).cases == ()
    assert read(papers[0]).doubts == ("The form came back with nothing filled in.",)
    assert read(papers[1]).doubts == ("The letter came back with nothing filled in.",)


def test_a_tick_at_nothing_known_beside_words_is_a_doubt(papers: tuple[bytes, bytes]) -> None:
    nothing, doubts = one(filled_pack(papers[0], {FIRST: {"nothing known": "", **TOLD}}))
    assert not nothing
    assert "ticked, and there are words" in doubts[0]


def test_a_tick_beside_not_applicable_is_nothing_known(papers: tuple[bytes, bytes]) -> None:
    assert one(filled_pack(papers[0], {FIRST: {"nothing known": "", "factors": "N/A", "not_shared": "-"}})) == (
        True,
        (),
    )


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "Yes",
        "\u2612",
        "Nothing known",
        "[x] We looked for everybody named above, and hold nothing on any of them.",
    ],
)
def test_a_tick_may_be_typed(papers: tuple[bytes, bytes], words: str) -> None:
    assert one(changed(papers[0], "Nothing known", words)) == (True, ())


@pytest.mark.parametrize("words", ["see below", "not sure", "x but ask the nurse"])
def test_other_words_beside_the_tick_are_a_doubt(papers: tuple[bytes, bytes], words: str) -> None:
    nothing, doubts = one(changed(papers[0], "Nothing known", words))
    assert not nothing
    assert any(words in doubt for doubt in doubts)


@pytest.mark.parametrize("words", ["None", "nothing known", "Not known to us"])
def test_nothing_under_a_heading_without_the_tick_is_a_doubt(papers: tuple[bytes, bytes], words: str) -> None:
    nothing, doubts = one(changed(papers[0], LABELS["factors"], words))
    assert not nothing
    assert doubts == ("The headings say that there is nothing, and “Nothing known” is not ticked.",)


def test_words_crossed_out_are_left_out_and_told(papers: tuple[bytes, bytes]) -> None:
    document = docx.Document(io.BytesIO(changed(papers[0], LABELS["factors"], "Arrested in May. ")))
    table = section(document, FIRST)
    row = row_called(table, LABELS["factors"])
    row.cells[1].paragraphs[0].add_run("He lives in Leeds.").font.strike = True
    (answer,) = read(saved(document)).cases
    assert answer.factors == "Arrested in May."
    assert answer.doubts == ("Words in this section are crossed out.",)


def test_words_written_below_a_section_are_not_lost(papers: tuple[bytes, bytes]) -> None:
    document = docx.Document(io.BytesIO(filled_pack(papers[0], {FIRST: TOLD})))
    table = section(document, FIRST)
    note = document.add_paragraph("She is moving on Friday.")
    table._tbl.addnext(note._p)
    assert read(saved(document)).rest == ("She is moving on Friday.",)


def test_a_reference_that_cannot_be_right_is_shown(papers: tuple[bytes, bytes]) -> None:
    document = docx.Document(io.BytesIO(filled_pack(papers[0], {FIRST: TOLD})))
    table = section(document, FIRST)
    table.cell(0, 1).text = "M26-001"
    (answer,) = read(saved(document)).cases
    assert answer.case == ""
    assert "M26-001" in answer.doubts[0]


def test_a_letter_tells_of_each_action(papers: tuple[bytes, bytes]) -> None:
    found = read(
        filled_letter(
            papers[1], {1: ("done", "Date: 3/11"), 2: ("could not be done", "she has moved"), 3: ("not done", "")}
        )
    )
    assert [(each.action, each.outcome, each.day, each.note, each.doubts) for each in found.actions] == [
        (1, "done", "3/11", "", ()),
        (2, "could not be done", "", "she has moved", ()),
        (3, "not done", "", "", ()),
    ]
    assert found.left_empty == ("action 4",)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_letter_saved_by_another_program_says_the_same(kind: str) -> None:
    found = read((SAVED / f"letter.{kind}").read_bytes())
    assert [(each.action, each.outcome, each.day, each.note) for each in found.actions] == [
        (1, "done", "3/11", ""),
        (2, "could not be done", "", "She has moved to another area"),
        (3, "not done", "", "Staff sick"),
    ]


@pytest.mark.parametrize(
    ("chosen", "words", "outcome", "in_doubt"),
    [
        ("", "done 3 November", "done", False),
        ("", "could not be done: she has moved", "could not be done", False),
        ("", "see my e-mail", None, True),
        ("done", "but not the marker", "done", True),
        ("done", "could not be done", "done", True),
        ("done", "Alarm fitted, spoke to her sister", "done", False),
    ],
)
def test_words_beside_the_boxes_are_weighed(
    papers: tuple[bytes, bytes], chosen: str, words: str, outcome: str | None, in_doubt: bool
) -> None:
    (answer,) = read(filled_letter(papers[1], {1: (chosen, words)})).actions
    assert (answer.outcome, bool(answer.doubts)) == (outcome, in_doubt)


def test_two_ticks_are_a_doubt(papers: tuple[bytes, bytes]) -> None:
    twice = filled_letter(filled_letter(papers[1], {1: ("done", "")}), {1: ("not done", "")})
    (answer,) = read(twice).actions
    assert (answer.outcome, answer.doubts) == (None, ("More than one box is ticked.",))


def test_a_line_that_was_changed_in_the_letter_itself_counts(papers: tuple[bytes, bytes]) -> None:
    document = docx.Document(io.BytesIO(papers[1]))
    line = next(each for each in document.paragraphs if each.text.startswith("Action 2:"))
    line.text = "Action 2: done 3/11"
    assert [(each.action, each.outcome) for each in read(saved(document)).actions] == [(2, "done")]


def test_other_papers_are_no_answers() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Case", "M26-0001"), ("Victim", "Somebody")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    assert readings(Document("file", "", saved(document)))[0].reply is None
