"""A page of a PDF as pdfplumber lays it out, turned into runs of letters, boxes drawn as letters, and shapes.

The layout objects are walked as they are: pdfplumber's own dictionaries of them cost as much as reading the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfplumber.page import Page

from marac.parsers.marks import EMPTY, TICKED, symbol_box
from marac.parsers.pdf_shapes import WHITE, Letter, Piece, Print, Shape, brightness, plain

_GAP = 0.7  # of the size of the letters: a larger gap ends a run
_SPACE = 0.2  # of their size: a larger gap is a space that the file leaves out
_NUDGE = 0.05  # points between heights that are the same
_DINGBATS = dict.fromkeys("345678n", True) | dict.fromkeys("opqrm", False)  # letters that ZapfDingbats draws as marks
_SYMBOL_FONTS = {
    "wingdings2": "wingdings 2",
    "wingdings": "wingdings",
    "webdings": "webdings",
    "zapfdingbats": "zapfdingbats",
}
_BOLD = ("bold", "black", "heavy", "demi")


@dataclass(frozen=True, slots=True)
class _Font:
    family: str
    is_bold: bool
    symbols: str | None
    """The symbol font whose letters are drawings."""


def printed(page: Page, unseen: frozenset[int] = frozenset()) -> Print:
    """What stands on the page; `unseen` counts the letters that are in the file and painted in no colour."""
    height = float(page.height)
    letters: list[LTChar] = []
    shapes: list[Shape] = []
    for item in _leaves(page.layout):
        if isinstance(item, LTChar):
            letters.append(item)
        elif isinstance(item, (LTCurve, LTImage)):
            shapes.append(_shape(item, height))
    runs = _Runs(height, unseen)
    turned = []
    for number, item in enumerate(letters):
        if _is_turned(item):
            turned.append(item)
        else:
            runs.add(number, item)
    pieces = [*runs.pieces, *_turned(turned, height)]
    for piece in pieces:
        piece.hidden = piece.hidden or _is_out_of_sight(piece, page) or _is_white_on_white(piece, shapes)
    unreadable = sum(
        letter.text.startswith("(cid:") or letter.text == "\ufffd" for piece in pieces for letter in piece.letters
    )
    return Print(page.page_number, float(page.width), height, pieces, shapes, unreadable)


def _leaves(container: Any) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _shape(item: Any, height: float) -> Shape:
    place = (item.x0, height - item.y1, item.x1, height - item.y0)
    if isinstance(item, LTImage):
        return Shape("image", *place)
    kind = "rect" if isinstance(item, LTRect) else "line" if isinstance(item, LTLine) else "curve"
    return Shape(
        kind,
        *place,
        bool(item.stroke) and brightness(item.stroking_color) < WHITE,
        brightness(item.non_stroking_color) if item.fill else None,
        () if kind == "rect" else tuple((x, height - y) for x, y in item.pts),
        "" if kind == "rect" else "".join(step[0] for step in item.original_path or ()),
    )


class _Runs:
    """Joins letters that follow one another into runs of one look."""

    def __init__(self, height: float, unseen: frozenset[int]) -> None:
        self.pieces: list[Piece] = []
        self._height = height
        self._unseen = unseen
        self._run: Piece | None = None
        self._last: LTChar | None = None

    def add(self, number: int, item: LTChar) -> None:
        """Adds a letter to the run that it follows, or begins a new one."""
        font, text, hidden = _font(item.fontname), item.get_text(), number in self._unseen
        x0, x1, base = item.x0, item.x1, self._height - item.matrix[5]
        ticked = _ticked(font, text)
        if ticked is not None:
            room = (base - 0.8 * item.size, base + 0.2 * item.size)
            self.pieces.append(Piece(x0, x1, base, item.size, hidden=hidden, ticked=ticked, room=room))
            self._run = None
            return
        run = self._run
        if run is None or not self._follows(run, item, base) or run.hidden != hidden:
            colour = item.graphicstate.ncolor
            run = Piece(
                x0,
                x1,
                base,
                item.size,
                [],
                f"{font.family} {item.size:.1f} {colour}",
                font.is_bold,
                colour,
                hidden=hidden,
            )
            self.pieces.append(run)
        elif x0 - run.x1 > _SPACE * item.size and not text.isspace() and not run.letters[-1].text.isspace():
            run.letters.append(Letter(" ", run.x1, x0))
        run.letters.append(Letter(plain(text), x0, x1))
        run.x1 = x1
        self._run, self._last = run, item

    def _follows(self, run: Piece, item: LTChar, base: float) -> bool:
        last, size = self._last, item.size
        return (
            last is not None
            and -_NUDGE < base - run.base < _NUDGE
            and -0.3 * size < item.x0 - run.x1 < _GAP * size
            and item.fontname == last.fontname
            and -_NUDGE < size - run.size < _NUDGE
            and bool(item.graphicstate.ncolor == run.colour)
        )


def _is_turned(item: LTChar) -> bool:
    along, across, _, _, _, _ = item.matrix
    return bool(abs(across) > 0.3 * abs(along))


def _ticked(font: _Font, text: str) -> bool | None:
    """Whether the letter draws a ticked or an empty box; None where it is a letter."""
    if (font.symbols is None and text.isascii()) or len(text) != 1:
        return None
    if text in TICKED or text in EMPTY:
        return text in TICKED
    if font.symbols == "zapfdingbats":
        return _DINGBATS.get(text)
    is_private = "\uf020" <= text <= "\uf0ff"  # where symbol fonts keep their drawings
    return symbol_box(font.symbols or "wingdings", text) if font.symbols or is_private else None


@lru_cache(maxsize=256)
def _font(named: str | bytes) -> _Font:
    name = named if isinstance(named, str) else named.decode("latin-1")
    family = name.partition("+")[2] or name
    folded = family.casefold().replace(" ", "").replace("-", "")
    symbols = next((font for key, font in _SYMBOL_FONTS.items() if key in folded), None)
    is_bold = any(word in folded for word in _BOLD)
    return _Font(family.partition("-")[0].partition(",")[0], is_bold, symbols)


def _turned(letters: list[LTChar], height: float) -> Iterator[Piece]:
    """Words that run up or down the page, as if each column of letters were a line."""
    run: list[LTChar] = []
    for item in letters:
        if run and not _goes_on(run[-1], item):
            yield _laid(run, height)
            run = []
        run.append(item)
    if run:
        yield _laid(run, height)


def _goes_on(before: LTChar, after: LTChar) -> bool:
    near = max(before.size, before.width, before.height)
    return abs(before.x0 - after.x0) < near and min(abs(before.y1 - after.y0), abs(before.y0 - after.y1)) < near


def _laid(run: list[LTChar], height: float) -> Piece:
    x0, x1, top = min(item.x0 for item in run), max(item.x1 for item in run), height - max(item.y1 for item in run)
    font, size = _font(run[0].fontname), min(item.width for item in run) or 1.0
    letters = [Letter(plain(item.get_text()), x0, x1) for item in run]
    return Piece(x0, x1, top + size, size, letters, font.family, font.is_bold, run[0].graphicstate.ncolor)


def _is_out_of_sight(piece: Piece, page: Page) -> bool:
    outside = piece.x1 < 0 or piece.x0 > page.width or piece.base < 0 or piece.base - piece.size > page.height
    return outside or piece.size < 1


def _is_white_on_white(piece: Piece, shapes: list[Shape]) -> bool:
    if piece.colour is None or piece.ticked is not None or brightness(piece.colour) < WHITE:
        return False
    x, y = (piece.x0 + piece.x1) / 2, piece.middle
    behind = (shape for shape in shapes if shape.is_seen and not (shape.is_across or shape.is_upright))
    return not any((shape.fill is not None or shape.kind == "image") and shape.holds(x, y) for shape in behind)
