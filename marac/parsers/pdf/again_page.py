"""A page of a PDF as pdfplumber lays it out, turned into the same print that pdfium gives.

The layout objects are walked as they are: pdfplumber's own dictionaries of them cost as much as reading the page.
"""

from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfplumber.page import Page

from marac.parsers.pdf.fonts import Font, font
from marac.parsers.pdf.runs import JUMP, NEAR, WIDEST_SPACE, filler
from marac.parsers.pdf.shapes import WHITE, Letter, Piece, Print, Shape, brightness, plain
from marac.parsers.pdf.sight import UNKNOWN, seen
from marac.parsers.pdf.turned import TurnedLetter, turned

_GAP = 0.7  # of the size of the letters: a larger gap ends a run
_SPACE = 0.2  # of their size: a larger gap is a space that the file leaves out
_NUDGE = 0.05  # points between heights that are the same


def printed(page: Page, unseen: frozenset[int] = frozenset()) -> Print:
    """What stands on the page; `unseen` counts the letters that are in the file and painted in no colour."""
    left, top, right, bottom = _shown(page)
    high = float(page.height) - top
    shapes: list[Shape] = []
    items = list(_leaves(page.layout))
    texts = [item.get_text() for item in items if isinstance(item, LTChar)]
    gap = filler(sum(text == " " for text in texts), len(texts))
    runs, sideways = _Runs(left, high, unseen, gap), list[TurnedLetter]()
    number = 0
    for item in items:
        if isinstance(item, LTChar):
            if _is_turned(item):
                sideways.append(_sideways(item, left, high, number in unseen))
            else:
                runs.add(number, item)
            number += 1
        elif isinstance(item, (LTCurve, LTImage)):
            shapes.append(_shape(item, left, high))
    pieces = [*runs.pieces, *turned(sideways)]
    return seen(page.page_number, right - left, bottom - top, pieces, shapes)


def _shown(page: Page) -> tuple[float, float, float, float]:
    """The part of the page that is shown: left, top, right and bottom on the whole of it."""
    m, c = page.mediabox, page.cropbox
    both = (max(m[0], c[0]), max(m[1], c[1]), min(m[2], c[2]), min(m[3], c[3]))
    x0, top, x1, bottom = (float(side) for side in (both if both[0] < both[2] and both[1] < both[3] else m))
    return x0 - float(m[0]), top - float(m[1]), x1 - float(m[0]), bottom - float(m[1])


def _leaves(container: Any) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _shape(item: Any, left: float, high: float) -> Shape:
    place = (item.x0 - left, high - item.y1, item.x1 - left, high - item.y0)
    if isinstance(item, LTImage):
        return Shape("image", *place)
    kind = "rect" if isinstance(item, LTRect) else "line" if isinstance(item, LTLine) else "curve"
    return Shape(
        kind,
        *place,
        bool(item.stroke) and brightness(item.stroking_color) < WHITE,
        brightness(item.non_stroking_color) if item.fill else None,
        () if kind == "rect" else tuple((x - left, high - y) for x, y in item.pts),
        "" if kind == "rect" else "".join(step[0] for step in item.original_path or ()),
    )


class _Runs:
    """Joins letters that follow one another into runs of one look."""

    def __init__(self, left: float, high: float, unseen: frozenset[int], gap: str = " ") -> None:
        self.pieces: list[Piece] = []
        self._filler = gap
        self._left = left
        self._high = high
        self._unseen = unseen
        self._run: Piece | None = None
        self._last: LTChar | None = None

    def add(self, number: int, item: LTChar) -> None:
        """Adds a letter to the run that it follows, or begins a new one."""
        look, text, hidden = _font(item), _text(item), number in self._unseen
        x0, x1, base = item.x0 - self._left, item.x1 - self._left, self._high - item.matrix[5]
        ticked = look.ticked(text)
        if ticked is not None:
            room = (base - 0.8 * item.size, base + 0.2 * item.size)
            self.pieces.append(Piece(x0, x1, base, item.size, hidden=hidden, ticked=ticked, room=room))
            self._run = None
            return
        run = self._run
        if run is None or not self._follows(run, item, x0, base) or run.hidden != hidden:
            self._part_at_tab(run, item, x0, base)
            colour = item.graphicstate.ncolor
            shown = f"{look.family} {item.size:.1f} {colour}"
            run = Piece(x0, x1, base, item.size, [], shown, look.is_bold, colour, hidden=hidden)
            self.pieces.append(run)
        elif x0 - run.x1 > _SPACE * item.size and not text.isspace() and not run.letters[-1].text.isspace():
            is_wide = x0 - run.x1 > WIDEST_SPACE * item.size
            run.letters.append(Letter(self._filler if is_wide else " ", run.x1, x0))
        run.letters.append(Letter(plain(text), x0, x1))
        run.x1 = x1
        self._run, self._last = run, item

    def _part_at_tab(self, run: Piece | None, item: LTChar, x0: float, base: float) -> None:
        """Ends a run with the sign for a gap where the next one begins near it on its line, in the same look."""
        is_near = run is not None and abs(base - run.base) < _NUDGE and WIDEST_SPACE < (x0 - run.x1) / item.size < NEAR
        if run is None or not is_near or self._filler != JUMP or self._last is None:
            return
        is_alike = item.fontname == self._last.fontname and not run.letters[-1].text.isspace()
        if is_alike and not _text(item).isspace() and run.bold == _font(item).is_bold:
            run.letters.append(Letter(JUMP, run.x1, run.x1))

    def _follows(self, run: Piece, item: LTChar, x0: float, base: float) -> bool:
        last, size = self._last, item.size
        return (
            last is not None
            and -_NUDGE < base - run.base < _NUDGE
            and -0.3 * size < x0 - run.x1 < _GAP * size
            and item.fontname == last.fontname
            and -_NUDGE < size - run.size < _NUDGE
            and bool(item.graphicstate.ncolor == run.colour)
        )


def _is_turned(item: LTChar) -> bool:
    along, across, _, _, _, _ = item.matrix
    return bool(abs(across) > 0.3 * abs(along))


def _sideways(item: LTChar, left: float, high: float, hidden: bool) -> TurnedLetter:
    look = _font(item)
    place = (item.x0 - left, high - item.y1, item.x1 - left, high - item.y0)
    return TurnedLetter(plain(_text(item)), *place, look.family, look.is_bold, item.graphicstate.ncolor, hidden)


def _text(item: LTChar) -> str:
    text = str(item.get_text())
    return UNKNOWN if text.startswith("(cid:") else text


def _font(item: LTChar) -> Font:
    name = item.fontname
    return font(name if isinstance(name, str) else name.decode("latin-1"))
