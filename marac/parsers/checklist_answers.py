"""How one question of a risk checklist is answered: by the column of a mark, by boxes, or in words. Pure."""

from collections.abc import Iterable, Sequence

from marac.checklist import ChecklistAnswer
from marac.parsers.blocks import Cell
from marac.parsers.sides import printed_choice, side_of
from marac.parsers.wordings import plain
from marac.parsers.writing import OFF, ON, Writing

ANSWERS: dict[str, ChecklistAnswer] = {
    "yes": "yes", "y": "yes", "true": "yes", "yes tick": "yes", "ticked": "yes", "no": "no", "n": "no", "false": "no", "no tick": "no",
    "dont know": "unknown", "not known": "unknown", "dk": "unknown", "d k": "unknown", "nk": "unknown", "n k": "unknown",
    "unknown": "unknown", "unsure": "unknown", "not sure": "unknown", "dont know dk": "unknown", "dont know tick": "unknown",
}  # fmt: skip
_MARKS = frozenset(("x", "✓", "✔", "√", "1", ON, "tick", "/"))
_LONGEST_ANSWER = 60
_LONGEST_MARK = 12
_MOST_WORDS = 4  # beside a box; more are a remark, whatever it begins with


def shown(cell: Cell) -> str:
    """The words of a cell with its boxes, as a person would see them."""
    return "" if not cell.spans else Writing(cell.spans).text.replace(ON, "☒").replace(OFF, "☐").strip()


def cell_answer(cell: Cell, columns: dict[int, str]) -> ChecklistAnswer | None:
    """The answer in one cell beside a question, by the column it stands in or by its own words."""
    meaning = columns.get(cell.column)
    if meaning == "remarks":
        return None
    writing = Writing(cell.spans)
    text = writing.text.strip()
    if not text:
        return _typed_truth(cell, meaning)
    words = plain(text.replace(ON, "").replace(OFF, ""))
    if text.casefold() in _MARKS or (not words and ON in text):
        return _by_column(meaning)
    return _boxed(writing) if writing.boxed else _worded(writing, text, words, begun=meaning is not None)


def is_marked(cell: Cell, columns: dict[int, str]) -> bool:
    """Whether something stands in a cell for an answer that is more than boxes and choices left as printed."""
    writing = Writing(cell.spans)
    text = writing.text.strip()
    if columns.get(cell.column) == "remarks" or not text:
        return False
    choice = printed_choice(text)
    if choice is not None:
        return not choice.clear
    return writing.ticked or (not writing.boxed and len(text) <= _LONGEST_MARK)


def bare_columns(rows: Iterable[Sequence[Cell]]) -> set[int]:
    """The columns in which a mark stands alone; two of them without headings may as well mean yes as no."""
    return {
        cell.column
        for row in rows
        for cell in row
        if cell.spans and (text := Writing(cell.spans).text.strip()) and (text.casefold() in _MARKS or text == ON)
    }


def _by_column(meaning: str | None) -> ChecklistAnswer | None:
    """What a mark says: what heads its column; in a column without a heading, that the question is answered yes."""
    return "yes" if not meaning else ANSWERS.get({"unknown": "not known"}.get(meaning, meaning))


def _worded(writing: Writing, text: str, words: str, *, begun: bool) -> ChecklistAnswer | None:
    """A typed answer; in a column for answers, one that goes on with a remark (`Yes - twice`)."""
    if not text.strip("? "):
        return "unknown"
    choice = printed_choice(text)
    if choice is not None:
        chosen = writing.chosen(("yes", "no")) or writing.chosen(("y", "n"))
        return ANSWERS[chosen] if chosen else choice.side
    first = words.split(" ", maxsplit=1)[0] if begun and len(words) < _LONGEST_ANSWER else ""
    return ANSWERS.get(words) or (ANSWERS.get(first) if first[:1] in ("y", "n") else None)


def _typed_truth(cell: Cell, meaning: str | None) -> ChecklistAnswer | None:
    if cell.value is True:
        return _by_column(meaning)
    return None


def _boxed(writing: Writing) -> ChecklistAnswer | None:
    """The answer whose box is ticked (`☐ Yes ☒ No ☐ Don't know`); None where none is, or two are."""
    choice = printed_choice(writing.text)
    if choice is not None and not choice.rest:
        return choice.side if choice.clear else None
    ticked = {side for option in writing.options() if option.ticked and (side := _short_side(option.text))}
    return ticked.pop() if len(ticked) == 1 else None


def _short_side(words: str) -> ChecklistAnswer | None:
    return side_of(words) if len(words.split()) <= _MOST_WORDS else None


def answer_inside(question: Writing) -> ChecklistAnswer | None:
    """The answer that stands in the question's own cell or line, after its question mark."""
    if question.boxed:
        end = question.text.rfind("?")
        return _boxed(question.part(end + 1, len(question.text)))
    tail = question.text.rpartition("?")[2].strip(" .:–-\n")
    return ANSWERS.get(plain(tail)) or ANSWERS.get(plain(tail.split("\n")[-1])) if tail else None
