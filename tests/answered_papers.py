"""Research packs and letters of actions as agencies send them back: the real papers, filled in with python-docx."""

import io
from collections.abc import Mapping
from typing import Any

import docx
from docx.oxml.ns import qn

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
LABELS = {
    "factors": "Factors that significantly affect the risk",
    "assessment": "Our assessment of the risk",
    "management": "How we manage it",
    "why_high_risk": "Why this is high risk",
    "not_shared": "Known and not shared",
}


def filled_pack(pack: bytes, answers: Mapping[str, Mapping[str, str] | str]) -> bytes:
    """A research pack with these answers: by case, `"nothing known"` or the words under each heading of `LABELS`."""
    document = docx.Document(io.BytesIO(pack))
    for table in document.tables:
        case = table.cell(0, 1).text.strip() if table.cell(0, 0).text.strip() == "Case" else ""
        answer = answers.get(case)
        if answer == "nothing known":
            tick(row_called(table, "Nothing known").cells[1])
        elif answer is not None and not isinstance(answer, str):
            for heading, words in answer.items():
                if heading == "nothing known":
                    tick(row_called(table, "Nothing known").cells[1])
                else:
                    row_called(table, LABELS[heading]).cells[1].text = words
    return saved(document)


def filled_letter(letter: bytes, answers: Mapping[int, tuple[str, str]]) -> bytes:
    """A letter of actions with these answers: by number, the box to tick (empty for none) and what is written below."""
    document = docx.Document(io.BytesIO(letter))
    for table in document.tables:
        for row in table.rows:
            number = next((each for each in answers if f"Action {each}" in row.cells[0].text.split("\n")), None)
            if number is None:
                continue
            chosen, words = answers[number]
            for paragraph in row.cells[-1].paragraphs:
                if chosen and paragraph.text.replace("\u2610", "").strip() == chosen:
                    tick(paragraph)
            if words:
                row.cells[-1].add_paragraph(words)
    return saved(document)


def section(document: Any, case: str) -> Any:
    """The table in which a pack asks about a case."""
    tables = (
        each for each in document.tables if len(each.columns) > 1 and each.rows[0].cells[0].text.strip() == "Case"
    )
    return next(each for each in tables if each.cell(0, 1).text.strip() == case)


def row_called(table: Any, label: str) -> Any:
    """The row with this label."""
    return next(row for row in table.rows if row.cells[0].text.startswith(label))


def tick(place: Any) -> None:
    """Tick the boxes of a cell or a paragraph, as a click in Word does."""
    for box in place._element.iter(
        f"{_W14}checkbox"
    ):  # python-docx shows the XML under its objects by private names only
        box.find(f"{_W14}checked").set(f"{_W14}val", "1")
        control = box.getparent().getparent()
        next(control.iter(qn("w:t"))).text = "\u2612"


def saved(document: Any) -> bytes:
    """The document as a file."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
