"""How one question of a risk checklist is answered: by the column of a mark, by boxes, or in words. Pure."""

import re
from collections.abc import Iterable, Sequence

from marac.checklist import ChecklistAnswer
from marac.parsers.blocks import Cell
from marac.parsers.dictionary.wordings import plain
from marac.parsers.layout.sides import printed_choice, side_of
from marac.parsers.layout.writing import OFF, ON, Writing, written

ANSWERS: dict[str, ChecklistAnswer] = {
    "yes": "yes", "y": "yes", "true": "yes", "yes tick": "yes", "ticked": "yes", "no": "no", "n": "no", "false": "no", "no tick": "no",
    "dont know": "unknown", "not known": "unknown", "dk": "unknown", "d k": "unknown", "nk": "unknown", "n k": "unknown",
    "unknown": "unknown", "unsure": "unknown", "not sure": "unknown", "dont know dk": "unknown", "dont know tick": "unknown",
    "present": "yes", "not present": "no", "absent": "no", "u": "unknown", "n a": "unknown", "na": "unknown", "not applicable": "unknown", "do not know": "unknown", "not asked": "unknown",
}  # fmt: skip
_TICKS = frozenset(("✓", "✔", "√", "tick", "ticked"))
_CROSSES = frozenset(("x", "✗", "✘", "×"))
_MARKS = _TICKS | {"x", "1", ON, "/"}
_TYPED = {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}
_UNKNOWN = ("don't know", "don’t know", "not known", "unknown", "dk", "d/k", "nk", "n/k")
_LED = re.compile(rf"(?:\b(?:yes|y)\b[ :]*)?[{ON}{OFF}]", re.IGNORECASE)
_SAYS = frozenset(("yes", "no", "unknown"))
BY_YES = -1
"""The place among the columns that says of a list that its word for a tick is Yes, in whatever column it stands."""
_FEWEST_BY_YES = 3
_BEGINS = re.compile(
    r"(?P<yes>yes|y)(?![\w/’'])|(?P<unknown>n\s?/\s?[ak]|not (?:known|sure|applicable|asked)|don[’']?t know|unknown|unsure)(?![\w’'])|(?P<no>no|n)(?![\w/’'])(?! (?:longer|one)\b)",
    re.IGNORECASE,
)
_LONGEST_ANSWER = 60
_LONGEST_MARK = 12
_MOST_WORDS = 4  # beside a box; more are a remark, whatever it begins with


def shown(cell: Cell) -> str:
    """The words of a cell with its boxes, as a person would see them."""
    return "" if not cell.spans else shown_words(written(cell.spans))


def shown_words(writing: Writing) -> str:
    """Words with their boxes, as a person would see them."""
    return writing.text.replace(ON, "☒").replace(OFF, "☐").strip()


def cell_answer(cell: Cell, columns: dict[int, str], *, next_to: bool = False) -> ChecklistAnswer | None:
    """The answer in one cell beside a question, by the column it stands in or by its own words.

    `next_to` says that the cell is the first after the question: there an answer may go on with a remark.
    """
    headed = meaning = columns.get(cell.column)
    if meaning == "remarks" or (not cell.spans and cell.value is None):
        return None
    if meaning is None and not _SAYS.isdisjoint(columns.values()):
        meaning = "unnamed"  # a mark beside the columns for answers says nothing
    writing = written(cell.spans)
    text = writing.text.strip()
    number = _number(cell, text)
    if number is not None:
        return _by_number(number, meaning)
    if not text:
        return None
    words = plain(text.replace(ON, "").replace(OFF, ""))
    mark = text.casefold()
    if mark in _MARKS or mark in _CROSSES or (not words and ON in text):
        return _by_mark(mark, meaning)
    if writing.boxed:
        return _boxed(writing)
    said = _worded(writing, text, words, begun=headed is not None or next_to)
    by_yes = _by_column(meaning) if said == "yes" and BY_YES in columns else None
    return said if meaning not in _SAYS or said == meaning else by_yes


def is_marked(cell: Cell, columns: dict[int, str]) -> bool:
    """Whether something stands in a cell for an answer that is more than boxes and choices left as printed."""
    writing = written(cell.spans)
    text = writing.text.strip()
    if columns.get(cell.column) == "remarks" or not text or _number(cell, text) == 0.0:
        return False
    choice = printed_choice(text)
    if choice is not None:
        return not choice.clear
    return writing.ticked or (not writing.boxed and len(text) <= _LONGEST_MARK)


def marked_by_yes(rows: Iterable[Sequence[Cell]], columns: dict[int, str]) -> bool:
    """Whether Yes is the one word that stands in the columns for yes and for no, one to a row: it is the list's tick."""
    counts = dict.fromkeys(_SAYS, 0)
    for row in rows:
        beside = [(columns.get(cell.column), plain(cell.text)) for cell in row if cell.spans and cell.text.strip()]
        filled = [(head, words) for head, words in beside if head in _SAYS and head != words]
        same = sum(head == words == "yes" for head, words in beside)
        if any(words != "yes" for _, words in filled) or len(filled) + same > 1:
            return False
        for head in [head for head, _ in filled] + ["yes"] * same:
            counts[head or "yes"] += 1
    return counts["yes"] >= _FEWEST_BY_YES and counts["no"] >= _FEWEST_BY_YES


def bare_columns(rows: Iterable[Sequence[Cell]]) -> set[int]:
    """The columns in which a mark stands alone; two of them without headings may as well mean yes as no."""
    return {cell.column for row in rows for cell in row if is_bare(cell)}


def is_bare(cell: Cell) -> bool:
    """Whether a mark or a ticked box stands alone in a cell."""
    text = written(cell.spans).text.strip() if cell.spans else ""
    return bool(text) and (text == ON or text.casefold() in _MARKS)


def _number(cell: Cell, text: str) -> float | None:
    """1 or 0 where the cell holds a truth value or a score, typed or in a spreadsheet's own way."""
    if isinstance(cell.value, bool) or cell.value in (0, 1):
        return float(cell.value)  # type: ignore[arg-type]
    return _TYPED.get(text.casefold())


def _by_number(number: float, meaning: str | None) -> ChecklistAnswer | None:
    """What a 1 or a 0 says: in a column for one answer, 0 is an empty box; in a column for scores, it is a no."""
    if meaning in _SAYS:
        return _by_column(meaning) if number else None
    if meaning == "unnamed":
        return None
    return "yes" if number else "no"


def _by_mark(mark: str, meaning: str | None) -> ChecklistAnswer | None:
    """What a mark says; an X in a column for answers may as well be a no, and a cross beside ticks is one."""
    if meaning == "crossed":
        return "yes" if mark in _TICKS else None
    if meaning == "answer":
        return "yes" if mark in _TICKS or ON in mark else None
    return None if mark in _CROSSES - {"x"} and meaning not in _SAYS else _by_column(meaning)


def crossed_columns(rows: Iterable[Sequence[Cell]], columns: dict[int, str]) -> set[int]:
    """The columns in which some cells are ticked and others crossed: a cross is no tick there."""
    seen: dict[int, set[str]] = {}
    for row in rows:
        for cell in row:
            if cell.spans and len(text := cell.text.strip()) <= 4 and columns.get(cell.column) != "remarks":
                seen.setdefault(cell.column, set()).add(text.casefold())
    return {column for column, marks in seen.items() if marks & _TICKS and marks & _CROSSES}


def _by_column(meaning: str | None) -> ChecklistAnswer | None:
    """What a mark says: what heads its column; in a column without a heading, that the question is answered yes."""
    return "yes" if not meaning else ANSWERS.get({"unknown": "not known"}.get(meaning, meaning))


def _worded(writing: Writing, text: str, words: str, *, begun: bool) -> ChecklistAnswer | None:
    """A typed answer; in a column for answers, one that goes on with a remark (`Yes - twice`)."""
    if not text.strip("? "):
        return "unknown"
    choice = printed_choice(text)
    if choice is not None:
        chosen = writing.chosen(("yes", "no", *_UNKNOWN)) or writing.chosen(("y", "n", *_UNKNOWN))
        return ANSWERS[plain(chosen)] if chosen else choice.side
    if words in ANSWERS:
        return ANSWERS[words]
    found = _BEGINS.match(text) if begun and len(text) < _LONGEST_ANSWER else None
    return found.lastgroup if found else None  # type: ignore[return-value]


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
    end = question.text.rfind("?")
    if question.boxed:
        led = _LED.search(question.text, end + 1)
        start = led.start() if led else end + 1
        if question.text.count(ON) + question.text.count(OFF) == 1 and question.text.lstrip()[:1] in (ON, OFF):
            return "yes" if ON in question.text else None
        return _boxed(question.part(start, len(question.text)))
    tail_text = question.text[end + 1 :]
    return line_answer(question.part(end + 1, len(question.text))) if end >= 0 and tail_text.strip(" .:–-\n") else None


def line_answer(writing: Writing) -> ChecklistAnswer | None:
    """The answer that a line is, or that its last line is; None where it says more than an answer."""
    text = writing.text.strip()
    if not text or len(text) > _LONGEST_ANSWER:
        return None
    if writing.boxed:
        return _boxed(writing)
    choice = printed_choice(text)
    if choice is not None and not choice.rest:
        return _worded(writing, text, plain(text), begun=False)
    words = text.strip(" .:–-\n")
    return ANSWERS.get(plain(words)) or ANSWERS.get(plain(words.split("\n")[-1]))
