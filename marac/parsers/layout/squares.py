"""The cells of a table by what their writing is: headings, labels, labels with their answers, or other words. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from marac.parsers.blocks import Cell, Span, Table
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import Meaning, plain
from marac.parsers.layout.choices import Choice, is_truth, truths_in
from marac.parsers.layout.labels import Pair, pairs
from marac.parsers.layout.page import PEOPLE
from marac.parsers.layout.writing import Writing, written

Role = Literal["blank", "heading", "label", "pairs", "prompt", "choices", "text"]
Row = Sequence["Square"]
_OPTIONS = {
    "yes": "Yes", "y": "Yes", "yes tick": "Yes", "no": "No", "n": "No", "no tick": "No", "dont know": "Not known", "don t know": "Not known",
    "not known": "Not known", "dk": "Not known", "nk": "Not known", "n k": "Not known", "unknown": "Not known", "n a": "N/A", "na": "N/A",
}  # fmt: skip
_MOST_COMPARED = 200  # labels of one table that are compared with the whole dictionary; it takes a millisecond each
_MOST_REMEMBERED = 4_000
_LONGEST_HEADING = 90
_WORDY = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class Square:
    """A cell with what its writing is: a heading, a label, labels with their answers, or other words."""

    cell: Cell
    writing: Writing
    found: Sequence[Pair] = ()
    choices: Sequence[Choice] = ()
    role: Role = "blank"
    section: str | None = None

    @property
    def meaning(self) -> Meaning:
        """What the label asks for."""
        return self.found[0].meaning


@dataclass(frozen=True, slots=True)
class LabelLook:
    """How the labels of one table show that they are labels."""

    bold: bool
    shaded: bool
    closed: bool
    columns: tuple[int, ...]

    @property
    def plain(self) -> bool:
        """Whether labels look like any other words."""
        return not (self.bold or self.shaded or self.closed)

    def fits(self, square: Square) -> bool:
        """Whether a cell is bold or shaded where this table's labels are."""
        if not (self.bold or self.shaded):
            return True
        start = square.found[0].start if square.found else 0
        return (self.bold and square.writing.look_at(start).bold) or (self.shaded and square.cell.shaded)

    def marks(self, square: Square) -> bool:
        """Whether a cell with a label's words shows itself to be a label, as this table shows its labels."""
        first = square.found[0]
        if first.closed:
            return True
        if self.bold or self.shaded:
            return self.fits(square)
        if self.closed or not first.exact or square.role != "label":
            return False
        return self.columns.count(square.cell.column) >= 2 or len(self.columns) <= 2


def label_look(squares: Iterable[Square]) -> LabelLook:
    """How most labels of a table look."""
    labels = [square for square in squares if square.role in ("label", "pairs") and square.found[0].exact]
    return LabelLook(
        _mostly(square.writing.look_at(square.found[0].start).bold for square in labels),
        _mostly(square.cell.shaded for square in labels),
        _mostly(square.found[0].closed for square in labels),
        tuple(square.cell.column for square in labels),
    )


def rows_of(table: Table, vocabulary: Vocabulary, taken: Collection[int]) -> dict[int, list[Square]]:
    """The rows of a table, each from left to right, less those that were read already."""
    rows: dict[int, list[Square]] = {}
    nothing = written(())
    for cell in table.cells:
        if cell.row in taken:
            continue
        square = Square(cell, *_recognised(cell.spans, vocabulary)) if cell.spans else Square(cell, nothing)
        rows.setdefault(cell.row, []).append(square)
    for row in rows.values():
        row.sort(key=attrgetter("cell.column"))
    return rows


@lru_cache(maxsize=_MOST_REMEMBERED)
def _recognised(
    spans: tuple[Span, ...], vocabulary: Vocabulary
) -> tuple[Writing, tuple[Pair, ...], tuple[Choice, ...], Role, str | None]:
    """What the writing of a cell is, remembered, because forms repeat their print: see `Square` for the parts."""
    writing = written(spans)
    words = writing.words
    if not writing:
        return writing, (), (), "blank", None
    if not words or (writing.entered and not writing.turns()):
        return writing, (), (), "text", None
    choices, found = tuple(truths_in(writing, vocabulary)), pairs(writing, vocabulary)
    if choices:
        kept = tuple(pair for pair in found if pair.closed and pair.value and not is_truth(pair.meaning))
        return writing, kept, choices, "choices", None
    section = vocabulary.section(words) if not writing.boxed and len(words) < _LONGEST_HEADING else None
    if section == "other" and found and found[0].meaning.person is None:
        section = None
    return writing, found, (), _role(writing, found, section, vocabulary), section


def _role(writing: Writing, found: Sequence[Pair], section: str | None, vocabulary: Vocabulary) -> Role:
    if section and not any(pair.value for pair in found):
        if not found or section in PEOPLE or found[0].meaning.person == "":
            return "heading"
        return "heading" if vocabulary.person_word(writing.words) is None else "label"
    if not found:
        return "text"
    return "label" if len(found) == 1 and _leads(writing, found[0]) and not found[0].value else "pairs"


def _mostly(facts: Iterable[bool]) -> bool:
    counted = list(facts)
    return sum(counted) * 2 > len(counted)


def mark_prompts(squares: Iterable[Square], vocabulary: Vocabulary, look: LabelLook) -> None:
    """Finds labels that the dictionary lacks: cells that look like this table's labels."""
    compared = 0
    for square in squares:
        if square.role != "text":
            continue
        words = square.writing.words
        closed = words.endswith((":", "?"))
        styled = (look.bold and square.writing.bold) or (look.shaded and square.cell.shaded)
        if not (closed or styled) or len(words) > 200 or square.writing.boxed or not _WORDY.search(words):
            continue
        if plain(words) in _OPTIONS:
            continue
        compared += 1
        meaning = vocabulary.alike(words) if compared <= _MOST_COMPARED else None
        if meaning is not None:
            square.found = [Pair(words, meaning, Writing(), 0)]
            square.role = "label"
        else:
            square.role = "prompt"


def leads(square: Square) -> bool:
    """Whether the cell begins with a label."""
    return _leads(square.writing, square.found[0])


def _leads(writing: Writing, first: Pair) -> bool:
    text = writing.text
    return first.start <= len(text) - len(text.lstrip(" \t\n-–•*·"))


def choice_of(square: Square) -> str | None:
    """Which of yes, no and not known heads a column; None where the cell heads none."""
    return _OPTIONS.get(plain(square.writing.words))


def columns_of(cell: Cell) -> range:
    """The columns that a cell covers."""
    return range(cell.column, cell.column + cell.columns)
