"""The Word forms of the fortnight as people fill them in: boxes ticked, and words typed into cells."""

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TICKED = "\u2612"
_NOTHING = "Nothing known"


def filled_pack(pack: Path, answers: Mapping[str, Mapping[str, str]]) -> bytes:
    """A research pack with what an agency knows: case to the words beside each label; nothing known of the others."""
    document = docx.Document(io.BytesIO(pack.read_bytes()))
    for table in document.tables:
        rows = {row.cells[0].text.strip(): row.cells for row in table.rows if len(row.cells) > 1}
        case = rows["Case"][1].text.strip() if "Case" in rows else ""
        if _NOTHING not in rows:
            continue
        if case not in answers:
            tick(rows[_NOTHING][1])
        for label, words in answers.get(case, {}).items():
            next(cells for name, cells in rows.items() if name.startswith(label))[1].text = words
    return saved(document)


def filled_letter(letter: Path, answer_to: Callable[[str], tuple[str, str]]) -> bytes:
    """A letter of actions with what became of each: the words of an action to the box to tick, and the day."""
    document = docx.Document(io.BytesIO(letter.read_bytes()))
    for row, text in _actions(document):
        chosen, on = answer_to(text)
        for paragraph in row.cells[-1].paragraphs:
            if paragraph.text.replace("\u2610", "").strip() == chosen:
                tick(paragraph)
            elif paragraph.text.strip() == "On which day:":
                paragraph.add_run(f" {on}")
    return saved(document)


def actions_in(letter: Path) -> dict[int, str]:
    """The actions of a letter: each one's number, and its words."""
    document = docx.Document(io.BytesIO(letter.read_bytes()))
    found = {}
    for row, text in _actions(document):
        number = next(line for line in row.cells[0].text.split("\n") if line.startswith("Action "))
        found[int(number.removeprefix("Action "))] = text
    return found


def tick(place: Any, box: int | None = None) -> None:
    """Tick the boxes of a cell or a paragraph, or one of them, as a click in Word does."""
    boxes = list(place._element.iter(f"{_W14}checkbox"))  # noqa: SLF001 - python-docx names its XML no other way
    for each in boxes if box is None else [boxes[box]]:
        each.find(f"{_W14}checked").set(f"{_W14}val", "1")
        next(each.getparent().getparent().iter(qn("w:t"))).text = _TICKED


def saved(document: Any) -> bytes:
    """The document as a file."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _actions(document: Any) -> Iterator[tuple[Any, str]]:
    """Each row of a letter that asks about an action, with the action's words."""
    for table in document.tables:
        for row in table.rows:
            if "\nAction " in row.cells[0].text:
                yield row, row.cells[2].text.split("\n")[0].strip()
