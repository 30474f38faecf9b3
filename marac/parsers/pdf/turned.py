"""Words that run up or down a page of a PDF, laid as if each column of letters were a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marac.parsers.pdf.shapes import Letter, Piece


@dataclass(frozen=True, slots=True)
class TurnedLetter:
    """A letter that lies on its side, and the rectangle that it takes, in points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    family: str = ""
    is_bold: bool = False
    colour: Any = None
    hidden: bool = False


def turned(letters: list[TurnedLetter]) -> Iterator[Piece]:
    """A piece of print for each run of letters."""
    run: list[TurnedLetter] = []
    for letter in letters:
        if run and not _goes_on(run[-1], letter):
            yield _laid(run)
            run = []
        run.append(letter)
    if run:
        yield _laid(run)


def _goes_on(before: TurnedLetter, after: TurnedLetter) -> bool:
    near = max(before.x1 - before.x0, before.bottom - before.top)
    steps = abs(before.top - after.bottom), abs(before.bottom - after.top)
    return before.hidden == after.hidden and abs(before.x0 - after.x0) < near and min(steps) < near


def _laid(run: list[TurnedLetter]) -> Piece:
    x0, x1, top = min(each.x0 for each in run), max(each.x1 for each in run), min(each.top for each in run)
    first, size = run[0], min(each.x1 - each.x0 for each in run) or 1.0
    letters = [Letter(each.text, x0, x1) for each in run]
    return Piece(x0, x1, top + size, size, letters, first.family, first.is_bold, first.colour, hidden=first.hidden)
