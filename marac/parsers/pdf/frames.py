"""Small squares and circles on a page: which of them may be tick boxes, and which are cells or squares for a digit."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from marac.parsers.pdf.shapes import Shape

SMALLEST, LARGEST = 5.0, 20.0  # points; smaller ones are bullets, larger ones cells
MOST = 400  # short lines on a page; more of them are a drawing
_ROUND = 16  # corners from which an outline is a circle


def is_small_square(width: float, height: float) -> bool:
    """Whether it has the size of a tick box, in points."""
    return SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST and 0.7 <= width / height <= 1.4


def frames(shapes: list[Shape]) -> tuple[list[Shape], list[Shape]]:
    """The small squares and circles, and the lines of those that are drawn as four lines."""
    across = [shape for shape in shapes if shape.is_across and SMALLEST - 1 <= shape.width <= LARGEST + 2]
    upright = [shape for shape in shapes if shape.is_upright and SMALLEST - 1 <= shape.height <= LARGEST + 2]
    found = [
        shape
        for shape in shapes
        if is_small_square(shape.width, shape.height)
        and (shape.kind == "rect" or (shape.kind == "curve" and is_closed(shape)))
    ]
    used: list[Shape] = []
    if 1 < len(across) <= MOST and 1 < len(upright) <= MOST:
        for top, bottom in combinations(sorted(across, key=lambda line: line.top), 2):
            sides = _sides(top, bottom, upright)
            if sides:
                found.append(Shape("rect", top.x0, top.top, top.x1, bottom.bottom, is_stroked=True))
                used += [top, bottom, *sides]
    return found, used


def _sides(top: Shape, bottom: Shape, upright: list[Shape]) -> list[Shape]:
    """The left and right line that make a small square of two level ones."""
    if abs(top.x0 - bottom.x0) > 1 or not is_small_square(top.width, bottom.top - top.top):
        return []
    sides = [line for line in upright if abs(line.top - top.top) <= 2 and abs(line.bottom - bottom.bottom) <= 2]
    left = next((line for line in sides if abs(line.x0 - top.x0) <= 1.5), None)
    right = next((line for line in sides if abs(line.x1 - top.x1) <= 1.5), None)
    return [left, right] if left and right else []


def is_closed(shape: Shape) -> bool:
    """Whether an outline is a circle, or a rectangle with or without round corners."""
    if not shape.points:
        return False
    (x0, y0), (x1, y1) = shape.points[0], shape.points[-1]
    is_round = shape.operators.count("c") >= 4 or len(shape.points) >= _ROUND
    is_square = levels(shape) >= 4
    return (is_round or is_square) and abs(x0 - x1) + abs(y0 - y1) < 1


def levels(shape: Shape) -> int:
    """How many straight sides of an outline are level or upright."""
    return sum(
        min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.3 < max(abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in zip(shape.points, shape.points[1:], strict=False)
    )


def outermost(frames: list[Shape]) -> Iterator[Shape]:
    """Frames without the second outlines and fills that some producers draw inside each."""
    kept: list[Shape] = []
    for frame in sorted(frames, key=lambda shape: -shape.width * shape.height):
        if not any(other.holds(*frame.centre) for other in kept):
            kept.append(frame)
    yield from sorted(kept, key=lambda shape: (shape.top, shape.x0))


def long_edges(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The lines, and the sides of rectangles, that are too long for a tick box."""
    for shape in shapes:
        if shape.is_across or shape.is_upright:
            if max(shape.width, shape.height) > LARGEST + 2:
                yield shape
        elif shape.kind == "rect" and max(shape.width, shape.height) > LARGEST + 2:
            for y in (shape.top, shape.bottom):
                yield Shape("line", shape.x0, y, shape.x1, y)
            for x in (shape.x0, shape.x1):
                yield Shape("line", x, shape.top, x, shape.bottom)


def is_cell(frame: Shape, frames: list[Shape], edges: list[Shape]) -> bool:
    """Whether a small square belongs to a table, or to a row of squares for one digit each."""
    for other in frames:
        if abs(other.top - frame.top) < 1.5 and min(abs(other.x0 - frame.x1), abs(other.x1 - frame.x0)) < 1.5:
            return True
    x, y = frame.centre
    sides = 0
    for edge in edges:
        if edge.is_across or edge.height == 0:
            sides += (
                edge.x0 - 1 <= x <= edge.x1 + 1 and min(abs(edge.top - frame.top), abs(edge.top - frame.bottom)) < 1
            )
        else:
            sides += edge.top - 1 <= y <= edge.bottom + 1 and min(abs(edge.x0 - frame.x0), abs(edge.x0 - frame.x1)) < 1
        if sides >= 2:
            return True
    return False
