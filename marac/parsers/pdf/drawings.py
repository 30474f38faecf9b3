"""The lines, rectangles, curves and pictures of a PDF page as pdfium knows them, those inside forms included."""

from collections.abc import Iterator
from functools import lru_cache

from marac.parsers.pdf import pdfium
from marac.parsers.pdf.doubled import Ink
from marac.parsers.pdf.shapes import WHITE, Shape, brightness
from marac.parsers.pdf.view import Matrix, View, times

_DEEPEST = 12  # forms inside forms
_SAME = 1e-3  # points
_OPERATORS = {pdfium.MOVE_TO: "m", pdfium.LINE_TO: "l", pdfium.CURVE_TO: "c"}
_Point = tuple[float, float]


class Drawings:
    """What is drawn on a page (pdfium's handle of it), in the order in which it is painted."""

    def __init__(self, page: int, view: View) -> None:
        self._texts: list[tuple[int, Matrix]] = []
        self._colour = pdfium.Colour()
        self._matrix = pdfium.Numbers(pdfium.FLOAT, 6)
        self._mode = pdfium.Numbers(pdfium.INT, 2)
        things = [pdfium.page_object(page, number) for number in range(max(pdfium.count_objects(page), 0))]
        self.shapes = [shape for thing in things for shape in self._drawn(thing, view.matrix, 0)]

    def texts_without(self, known: set[int]) -> list[Ink]:
        """Where text is drawn by objects other than these."""
        return [self._ink(thing, view) for thing, view in self._texts if thing not in known]

    def _ink(self, thing: int, view: Matrix) -> Ink:
        sides = pdfium.Numbers(pdfium.FLOAT, 4)
        pdfium.object_bounds(thing, *sides.at)
        left, low, right, high = sides.values
        a, b, c, d, e, f = view
        xs, ys = (a * left + c * low + e, a * right + c * high + e), (b * left + d * low + f, b * right + d * high + f)
        return Ink(min(xs), min(ys), max(xs), max(ys))

    def _drawn(self, thing: int, view: Matrix, depth: int) -> Iterator[Shape]:
        kind = pdfium.object_type(thing)
        if kind == pdfium.TEXT:
            self._texts.append((thing, view))
        elif kind == pdfium.PATH:
            yield from self._path(thing, view)
        elif kind == pdfium.IMAGE:
            yield self._image(thing, view)
        elif kind == pdfium.FORM and depth < _DEEPEST:
            inner = self._within(thing, view)
            for number in range(max(pdfium.count_inside(thing), 0)):
                yield from self._drawn(pdfium.inside_object(thing, number), inner, depth + 1)

    def _within(self, thing: int, view: Matrix) -> Matrix:
        pdfium.object_matrix(thing, self._matrix.at[0])
        a, b, c, d, e, f = self._matrix.values
        return times((a, b, c, d, e, f), view)

    def _image(self, thing: int, view: Matrix) -> Shape:
        a, b, c, d, e, f = self._within(thing, view)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return Shape("image", min(xs), min(ys), max(xs), max(ys))

    def _path(self, thing: int, view: Matrix) -> Iterator[Shape]:
        pdfium.draw_mode(thing, *self._mode.at)
        is_filled, is_drawn = self._mode.values
        if not (is_filled or is_drawn):
            return
        is_stroked = bool(is_drawn) and _shade(self._colour.of(pdfium.stroke_colour, thing)) not in {None, 1.0}
        fill = _shade(self._colour.of(pdfium.fill_colour, thing)) if is_filled else None
        a, b, c, d, e, f = self._within(thing, view)
        kinds, closes, ends = pdfium.segments_of(thing)
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(ends[::2], ends[1::2], strict=True)]
        for outline, operators in _outlines(points, kinds, closes):
            yield _shape(outline, operators, is_stroked, fill)


@lru_cache(maxsize=256)
def _shade(colour: tuple[int, ...]) -> float | None:
    """Brightness from 0 to 1, which stands for all that nobody sees on paper; None for what covers nothing."""
    *rgb, opacity = colour
    shade = brightness(tuple(part / 255 for part in rgb))
    return None if not opacity else 1.0 if shade >= WHITE else shade


def _outlines(points: list[_Point], kinds: list[int], closes: list[bool]) -> Iterator[tuple[list[_Point], str]]:
    """The outlines that a path is made of: their points, and how they were drawn."""
    outline: list[_Point] = []
    operators, curving = "", 0
    for point, kind, is_end in zip(points, kinds, closes, strict=True):
        if kind == pdfium.CURVE_TO:
            curving = (curving + 1) % 3
            if curving:
                continue  # two points by which a curve is bent come before the one where it ends
        elif kind == pdfium.MOVE_TO:
            if len(outline) > 1:
                yield outline, operators
            outline, operators = [], ""
        outline.append(point)
        operators += _OPERATORS.get(kind, "l")
        if is_end:
            outline, operators = _closed(outline, operators)
    if len(outline) > 1:
        yield outline, operators


def _closed(points: list[_Point], operators: str) -> tuple[list[_Point], str]:
    """An outline that goes back to where it began; pdfium draws that line itself."""
    if operators[-1] == "l" and _is_same(points[0], points[-1]):
        return [*points[:-1], points[0]], operators[:-1] + "h"
    return [*points, points[0]], operators + "h"


def _is_same(one: _Point, other: _Point) -> bool:
    return abs(one[0] - other[0]) < _SAME and abs(one[1] - other[1]) < _SAME


def _shape(points: list[_Point], operators: str, is_stroked: bool, fill: float | None) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    place = (min(xs), min(ys), max(xs), max(ys))
    if operators in {"mlllh", "mllll"} and _is_rectangle(points):
        return Shape("rect", *place, is_stroked, fill)
    kind = "line" if operators in {"ml", "mlh"} else "curve"
    return Shape(kind, *place, is_stroked, fill, tuple(points), operators)


def _is_rectangle(points: list[_Point]) -> bool:
    if not _is_same(points[0], points[4]):
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    lies = max(abs(x0 - x1), abs(y1 - y2), abs(x2 - x3), abs(y3 - y0)) < _SAME
    stands = max(abs(y0 - y1), abs(x1 - x2), abs(y2 - y3), abs(x3 - x0)) < _SAME
    return lies or stands
