"""Tick boxes that a PDF draws with lines: small squares and circles, and what makes one of them ticked.

They are taken out of the page before its tables are looked for, or each box would split a column.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from marac.parsers.pdf.frames import (
    LARGEST,
    MOST,
    frames,
    is_cell,
    is_closed,
    is_small_square,
    levels,
    long_edges,
    outermost,
)
from marac.parsers.pdf.shapes import WHITE, Piece, Print, Shape

_MARK = frozenset("xX\u00d7✓✔✗✘✕✖√●•■/\\vV")
_DARK = 0.5  # brightness below which a fill is ink, not a background


def take_boxes(sheet: Print) -> None:
    """Turns the drawn boxes of the page into pieces, and takes their lines and letters out."""
    drawn, lines = frames([shape for shape in sheet.shapes if shape.is_seen])
    used: list[object] = [*lines]
    found: list[Piece] = []
    boxes = _boxes(sheet, drawn)
    are_hollow = any(not box.is_filled for box in boxes)
    for box in boxes:
        used += [box.frame, *box.inside]
        if box.is_box(are_hollow):
            used += box.letters
            found.append(_box(box.frame, box.is_ticked))
    taken = set(map(id, used))
    for cross in _lone_crosses([shape for shape in sheet.shapes if id(shape) not in taken and shape.is_seen]):
        taken.update(map(id, cross))
        found.append(_box(cross[0], ticked=True))
    sheet.pieces = [*(piece for piece in sheet.pieces if id(piece) not in taken), *found]
    sheet.shapes = [shape for shape in sheet.shapes if id(shape) not in taken and (shape.is_seen or shape.is_thin)]
    _tick_by_hand(sheet)


@dataclass(frozen=True, slots=True)
class _Box:
    """A frame, and what is drawn and printed in it, in the order in which it is painted."""

    frame: Shape
    inside: list[Shape]
    letters: list[Piece]

    def is_box(self, are_hollow: bool) -> bool:
        """Whether it is a box, and neither a square for a digit nor a bullet; `are_hollow` where others are not filled."""
        if any(piece.ticked is None and not set(piece.text.strip()) <= _MARK for piece in self.letters):
            return False
        return are_hollow or not self.is_filled or any(_is_white_mark(shape, self.frame) for shape in self.inside)

    @property
    def is_ticked(self) -> bool:
        """Whether there is a mark in it, or it is dark all over."""
        is_marked = any(piece.ticked or (piece.ticked is None and piece.text.strip()) for piece in self.letters)
        return is_marked or self.is_filled or self._has_ink

    @property
    def is_filled(self) -> bool:
        """Whether it is dark all over; some programs paint a dark square and a smaller white one over it."""
        return _is_dark(self.frame) and not any(_is_blank(shape, self.frame) for shape in self.inside)

    @property
    def _has_ink(self) -> bool:
        """Whether there is a tick, a cross or a blob in it that nothing white is painted over."""
        blank = max((number for number, shape in enumerate(self.inside) if _is_blank(shape, self.frame)), default=-1)
        return any(_is_ink(shape, self.frame) for shape in self.inside[blank + 1 :])


def _boxes(sheet: Print, drawn: list[Shape]) -> list[_Box]:
    edges = list(long_edges(shape for shape in sheet.shapes if shape.is_seen))
    small = [shape for shape in sheet.shapes if max(shape.width, shape.height) <= 2.5 * LARGEST]
    short = [piece for piece in sheet.pieces if len(piece.letters) <= 2]
    long = [piece for piece in sheet.pieces if len(piece.letters) > 2]
    return [
        _Box(
            frame,
            [shape for shape in small if shape is not frame and _is_within(shape, frame)],
            [piece for piece in short if frame.holds((piece.x0 + piece.x1) / 2, piece.middle)],
        )
        for frame in outermost(drawn)
        if not is_cell(frame, drawn, edges) and not any(_has_print(frame, piece) for piece in long)
    ]


def _has_print(frame: Shape, piece: Piece) -> bool:
    """Whether words run through a frame: it is the highlighting of a short one, or a ring around it, and no box."""
    if not (frame.top < piece.middle < frame.bottom and piece.x0 < frame.x1 and piece.x1 > frame.x0):
        return False
    inside = [each.text for each in piece.letters if frame.x0 < (each.x0 + each.x1) / 2 < frame.x1]
    return any(text.strip() and text not in _MARK for text in inside)


def _is_blank(shape: Shape, frame: Shape) -> bool:
    """Whether a frame is hollow there: painted over in white, or left out of a ring that is filled."""
    if shape.is_stroked or shape.fill is None or not (shape.kind == "rect" or is_closed(shape)):
        return False
    share = shape.width / frame.width
    is_hole = 0.78 < share < 0.97 and max(abs(a - b) for a, b in zip(shape.centre, frame.centre, strict=True)) < 0.7
    return (shape.fill >= WHITE and share > 0.6) or is_hole


def _is_white_mark(shape: Shape, frame: Shape) -> bool:
    """A white tick on a coloured box, as browsers print it."""
    is_white = shape.kind == "curve" and shape.fill is not None and shape.fill >= WHITE
    return is_white and shape.width > 0.3 * frame.width and not is_closed(shape)


def _tick_by_hand(sheet: Print) -> None:
    """Ticks drawn on top of the page: in a box, or where there is none."""
    for markup in sheet.markups:
        if markup.how == "ticked":
            mark = Shape("curve", markup.x0, markup.top, markup.x1, markup.bottom)
            box = next((piece for piece in sheet.pieces if piece.room and mark.holds(*_centre(piece), 2)), None)
            if box is None:
                sheet.pieces.append(_box(mark, ticked=True))
            elif box.ticked is not None:
                box.ticked = True


def _centre(piece: Piece) -> tuple[float, float]:
    return (piece.x0 + piece.x1) / 2, sum(piece.room) / 2 if piece.room else piece.middle


def _box(frame: Shape, ticked: bool) -> Piece:
    base = frame.bottom - 0.2 * frame.height
    return Piece(frame.x0, frame.x1, base, frame.height, ticked=ticked, room=(frame.top, frame.bottom))


def _is_within(shape: Shape, frame: Shape) -> bool:
    return frame.holds(*shape.centre, 1) and max(shape.width, shape.height) <= 2.5 * frame.width


def _is_dark(shape: Shape) -> bool:
    return shape.fill is not None and shape.fill < _DARK


def _is_ink(shape: Shape, frame: Shape) -> bool:
    """Whether something in a frame is a tick, a cross, a blob or a picture of one, and no second outline."""
    if not shape.is_seen or max(shape.width, shape.height) < 0.25 * frame.width:
        return False
    if shape.kind == "image":
        return True
    if shape.kind == "line":
        return min(shape.width, shape.height) > 1.5
    is_outline = min(shape.width, shape.height) > 0.6 * frame.width and (shape.kind == "rect" or is_closed(shape))
    if is_outline or shape.kind == "rect":
        return _is_dark(shape)
    return _is_dark(shape) or (shape.is_stroked and levels(shape) < len(shape.points) - 1)


def _lone_crosses(shapes: list[Shape]) -> Iterator[list[Shape]]:
    """Crosses of two lines, and ticks of two strokes, that stand without a box."""
    slanted = [shape for shape in shapes if shape.kind == "line" and is_small_square(shape.width, shape.height)]
    while slanted and len(slanted) <= MOST:
        first = slanted[0]
        here = [line for line in slanted if max(abs(line.centre[axis] - first.centre[axis]) for axis in (0, 1)) < 2]
        slanted = [line for line in slanted if not any(line is each for each in here)]
        if len({_rises(line) for line in here}) == 2:
            yield here
    for shape in shapes:
        if (
            shape.operators == "mll"
            and shape.is_stroked
            and is_small_square(shape.width, shape.height)
            and not levels(shape)
        ):
            yield [shape]


def _rises(line: Shape) -> bool:
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    return (x1 - x0) * (y1 - y0) < 0
