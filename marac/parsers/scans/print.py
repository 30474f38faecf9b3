"""Words, boxes and lines of a scan, in dots, as the pieces and shapes of a page, in points."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from marac.parsers.pdf.grid import Box
from marac.parsers.pdf.rows import TAB
from marac.parsers.pdf.shapes import Letter, Piece, Shape
from marac.parsers.scans.boxes import TickBox
from marac.parsers.scans.look import brightness, ground_of
from marac.parsers.scans.marks import UNSURE
from marac.parsers.scans.paper import Area
from marac.parsers.scans.rules import Rule
from marac.parsers.scans.words import Word, lines_of

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_WIDE = 0.52  # sizes of the letters: a gap of two spaces
_SHADE = 6.0  # steps of brightness by which a shaded cell is darker than the page
_SURE = 0.75  # of Tesseract's own sureness: usual print has 0.9 and more
_SURE_OF_NAME = 0.88  # of a name or number, which no dictionary helps to read


def pieces(found: list[Word], scale: float, *, is_hard: bool = False) -> Iterator[Piece]:
    """The words; a wide gap after one is kept, because forms part a question and its answer by it.

    Where the page `is_hard` to read, none of them is sure.
    """
    for words in lines_of(found):
        for number, word in enumerate(words):
            letters = [Letter(text, x0 / scale, x1 / scale) for text, x0, x1 in word.letters]
            after = words[number + 1] if number + 1 < len(words) else None
            if after is not None and (gap := (after.x0 - word.x1) / word.size) < TAB:
                letters.append(Letter("  " if gap > _WIDE else " ", word.x1 / scale, word.x1 / scale))
            yield Piece(
                word.x0 / scale, word.x1 / scale, word.base / scale, word.size / scale, letters, bold=word.bold,
                highlighted=word.highlighted,
                sureness=min(word.sureness, UNSURE) if is_hard or word.sureness < _least(word.text) else 1.0,
            )  # fmt: skip


def _least(text: str) -> float:
    """How sure Tesseract must be of a word to have read it."""
    is_free = any(each.isdigit() or each in "@_" for each in text) or text[:1].isupper()
    return _SURE_OF_NAME if is_free else _SURE


def box(found: TickBox, scale: float) -> Piece:
    """A tick box; one with a faint mark, or with dirt in it, is unsure."""
    area = (found.x0, found.top, found.x1, found.bottom)
    return _box(area, scale, found.ticked, UNSURE if found.is_doubtful else 1.0)


def mark(area: Area, scale: float) -> Piece:
    """A tick or cross without a box."""
    return _box(area, scale, ticked=True, sureness=1.0)


def _box(area: Area, scale: float, ticked: bool, sureness: float) -> Piece:
    x0, top, x1, bottom = (edge / scale for edge in area)
    high = bottom - top
    return Piece(x0, x1, bottom - 0.2 * high, high, ticked=ticked, room=(top, bottom), sureness=sureness)


def line(rule: Rule, scale: float) -> Shape:
    """A ruled line, made quite straight."""
    if rule.is_across:
        return stroke(rule.x0, rule.middle, rule.x1, scale)
    x = rule.middle / scale
    return Shape("line", x, rule.top / scale, x, rule.bottom / scale, is_stroked=True)


def stroke(x0: float, y: float, x1: float, scale: float) -> Shape:
    """A level line."""
    return Shape("line", x0 / scale, y / scale, x1 / scale, y / scale, is_stroked=True)


def shades(paper: "Picture", cells: Iterable[Box], scale: float) -> Iterator[Shape]:
    """The cells of ruled tables whose paper is darker than the paper of the page."""
    ground = ground_of(paper)
    usual = brightness(ground, 0, 0, paper.shape[1], paper.shape[0])
    for cell in cells:
        inner = (cell.x0 + 3, cell.top + 3, cell.x1 - 3, cell.bottom - 3)
        here = brightness(ground, *(edge * scale for edge in inner))
        if here < usual - _SHADE:
            yield Shape("rect", cell.x0, cell.top, cell.x1, cell.bottom, fill=min(here / usual, 0.96))
