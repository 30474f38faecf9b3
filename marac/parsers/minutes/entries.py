"""The cells of a filled-in table as a person left them: their words, and which of their boxes are ticked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.parsers.blocks import Cell, Span, Table

_SPACE = re.compile(r"[^\S\n]+")
_TICKS = frozenset({"x", "y", "yes", "✓", "✔", "√"})
_YES_AND_NO: Mapping[str, Literal["yes", "no"]] = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: its words less what is struck out or hidden, and its boxes, each with the words after it."""

    text: str = field(default="", repr=False)
    boxes: tuple[tuple[bool, str], ...] = ()
    before: str = field(default="", repr=False)
    """The words before its first box; all of them where it has none."""

    @property
    def line(self) -> str:
        """The words in one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of several printed choices are ticked, and what else was written beside them."""

    ticked: tuple[str, ...] = ()
    rest: str = field(default="", repr=False)
    clear: bool = True
    """False where a box is ticked that is none of the choices, or words stand where a tick should."""


def rows_of(table: Table) -> list[list[Entry]]:
    """The rows with their cells from left to right, however wide each was drawn."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [[entry_of(cell) for cell in sorted(rows[number], key=lambda each: each.column)] for number in sorted(rows)]


def entry_of(cell: Cell) -> Entry:
    """What stands in a cell."""
    pieces: list[str] = [""]
    ticks: list[bool] = []
    for span in cell.spans:
        if span.ticked is not None and not span.hidden:
            ticks.append(span.ticked)
            pieces.append("")
        else:
            pieces[-1] += _words(span)
    boxes = tuple(zip(ticks, map(_tidy, pieces[1:]), strict=True))
    return Entry(_tidy("".join(pieces)), boxes, _tidy(pieces[0]))


def is_ticked(entry: Entry) -> Literal["yes", "", "?"]:
    """Whether a cell that holds one box is ticked; a cross or a tick typed in its place counts."""
    words = entry.line.casefold()
    ticked = {box for box, _ in entry.boxes}
    if len(entry.boxes) > 1 or (words and words not in _TICKS | {"no", "n", "-", "–"}):
        return "?"
    if words in _TICKS:
        return "yes"
    if words:
        return "?" if True in ticked else ""
    return "yes" if True in ticked else ""


def chosen(entry: Entry, choices: Sequence[str]) -> Chosen:
    """Which of the choices are ticked, or typed in their place."""
    if not entry.boxes:
        return _typed(entry, choices)
    ticked: list[str] = []
    rest = [entry.before]
    clear = True
    for box, label in entry.boxes:
        choice, others = _choice_in(label, choices)
        rest.append(others)
        if box:
            ticked += [choice] if choice else []
            clear = clear and choice is not None
    words = "\n".join(filter(None, rest))
    return Chosen(tuple(ticked), words, clear and not (words and not ticked))


def yes_or_no(entry: Entry) -> tuple[Literal["yes", "no", "", "?"], str]:
    """The answer of a cell with a box for yes and one for no, and what was written beside them."""
    found = chosen(entry, ("yes", "no"))
    if not found.clear or len(found.ticked) > 1:
        return "?", found.rest
    if not found.ticked:
        return "", found.rest
    return ("yes" if found.ticked[0] == "yes" else "no"), found.rest


def _typed(entry: Entry, choices: Sequence[str]) -> Chosen:
    """Where no box is left, a choice that was typed, or was left standing alone, is chosen; nothing else is."""
    words = entry.line.casefold().rstrip(".")
    if not words:
        return Chosen()
    meant = _YES_AND_NO.get(words, words) if set(choices) == {"yes", "no"} else words
    if meant in choices:
        return Chosen((meant,))
    return Chosen((), entry.text, clear=False)


def _choice_in(label: str, choices: Sequence[str]) -> tuple[str | None, str]:
    """The choice that the words after a box begin with, and the words after that."""
    first, _, below = label.partition("\n")
    words = " ".join(first.split())
    for choice in sorted(choices, key=len, reverse=True):
        if re.match(rf"{re.escape(choice)}(?!\w)", words, re.IGNORECASE):
            rest = words[len(choice) :].strip(" .,;:-–—")
            return choice, "\n".join(filter(None, (rest, below.strip())))
    return None, label


def _words(span: Span) -> str:
    return "" if span.struck or span.hidden or span.placeholder else span.text


def _tidy(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)
