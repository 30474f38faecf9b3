"""The ruled tables of a PDF page: cells between drawn lines, and which of them belong together.

pdfplumber finds the cells; which lines it sees, and what becomes of frames inside frames, is decided here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

from marac.parsers.pdf_shapes import WHITE, Piece, Print, Shape

_SNAP = 3.0  # points between lines that are meant as one
_ONE_LINE = 26.0  # points: a lower frame holds one line
_MOST = 3000  # crossings of lines on a page; more of them are graph paper, and would take minutes
_LEAST = 3.0  # points: shorter lines are no rules


@dataclass(slots=True)
class Box:
    """A cell on the page, and what stands in it."""

    x0: float
    top: float
    x1: float
    bottom: float
    pieces: list[Piece] = field(default_factory=list, repr=False)
    shaded: bool = False

    @property
    def area(self) -> float:
        """Square points."""
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def surrounds(self, other: "Box") -> bool:
        """Whether another cell lies inside this one."""
        return self.area > other.area and self.holds((other.x0 + other.x1) / 2, (other.top + other.bottom) / 2)


def grids(sheet: Print) -> list[list[Box]]:
    """The tables of a page from top to bottom, each as its cells.

    A frame around a field is no table, nor is a row of squares for one digit each: they are left out, and the digits
    become one piece of print.
    """
    ruled = [shape for shape in sheet.shapes if shape.is_seen and not _is_fill(shape)]
    found = _tables(ruled)
    bare = _outer([shape for shape in sheet.shapes if _is_fill(shape) and not _is_covered(shape, found)])
    if bare:
        white = [shape for shape in sheet.shapes if not shape.is_seen]
        found = _tables(ruled + bare + white)
    tables: list[list[Box]] = []
    for table in found:
        for cell in table:
            cell.shaded = any(_is_behind(shape, cell) for shape in sheet.shapes)
        if _is_comb(table):
            _join_digits(sheet, table)
        elif not _is_frame(table, found):
            tables.append(table)
    return sorted(tables, key=lambda table: min((cell.top, cell.x0) for cell in table))


def _tables(shapes: list[Shape]) -> list[list[Box]]:
    edges = merge_edges(_closed(list(_edges(shapes))), _SNAP, _SNAP, _SNAP, _SNAP)
    crossings = edges_to_intersections(edges, _SNAP, _SNAP)
    if len(crossings) > _MOST:
        return []
    cells = intersections_to_cells(crossings)
    return _connected([Box(*cell) for cell in cells])


def _is_fill(shape: Shape) -> bool:
    """Whether a shape is only a background; where there are lines, its edges are no rules."""
    return not shape.is_stroked and shape.fill is not None and not shape.is_thin


def _outer(fills: list[Shape]) -> list[Shape]:
    """Without fills inside others: Word shades a cell, and the paragraph in it once more."""
    kept: list[Shape] = []
    for fill in fills:
        if not any(each.holds(fill.x0, fill.top, 0.5) and each.holds(fill.x1, fill.bottom, 0.5) for each in kept[-3:]):
            kept.append(fill)
    return kept


def _is_covered(fill: Shape, tables: list[list[Box]]) -> bool:
    return any(cell.holds(*fill.centre) for table in tables for cell in table)


def _edge(x0: float, top: float, x1: float, bottom: float, is_across: bool) -> dict[str, Any]:
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top, "doctop": top,
        "orientation": "h" if is_across else "v",
    }  # fmt: skip


def _edges(shapes: Iterable[Shape]) -> Iterator[dict[str, Any]]:
    for shape in shapes:
        x, y = shape.centre
        if shape.kind == "image" or max(shape.width, shape.height) < _LEAST:
            continue
        if shape.is_across:
            yield _edge(shape.x0, y, shape.x1, y, is_across=True)
        elif shape.is_upright:
            yield _edge(x, shape.top, x, shape.bottom, is_across=False)
        elif shape.kind == "rect" or _is_rounded(shape):
            for each in (shape.top, shape.bottom):
                yield _edge(shape.x0, each, shape.x1, each, is_across=True)
            for each in (shape.x0, shape.x1):
                yield _edge(each, shape.top, each, shape.bottom, is_across=False)
        elif shape.is_stroked:
            yield from _straight_sides(shape)


def _is_rounded(shape: Shape) -> bool:
    """A frame with round corners."""
    return shape.operators.count("c") >= 4 and shape.operators.count("l") >= 3


def _straight_sides(shape: Shape) -> Iterator[dict[str, Any]]:
    for (x0, y0), (x1, y1) in zip(shape.points, shape.points[1:], strict=False):
        if abs(y0 - y1) < 1 and abs(x0 - x1) > _LEAST:
            yield _edge(min(x0, x1), y0, max(x0, x1), y0, is_across=True)
        elif abs(x0 - x1) < 1 and abs(y0 - y1) > _LEAST:
            yield _edge(x0, min(y0, y1), x0, max(y0, y1), is_across=False)


def _closed(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines, with one added where the sides of a table end together in the open, as at a page break."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > 2 * _SNAP]
    across = [edge for edge in edges if edge["orientation"] == "h"]
    added: list[dict[str, Any]] = []
    for end in ("top", "bottom"):
        for y in sorted({round(edge[end]) for edge in upright}):
            sides = [edge for edge in upright if abs(edge[end] - y) <= _SNAP]
            x0, x1 = min(edge["x0"] for edge in sides), max(edge["x0"] for edge in sides)
            if x1 - x0 < 20 or any(edge["top"] < y - _SNAP and edge["bottom"] > y + _SNAP for edge in upright):
                continue
            if not any(
                abs(edge["top"] - y) <= 2 * _SNAP and edge["x0"] < x1 and edge["x1"] > x0 for edge in across + added
            ):
                added.append(_edge(x0, float(y), x1, float(y), is_across=True))
    return edges + added


def _connected(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners are one table."""
    tables: dict[int, list[Box]] = {}
    corners: dict[tuple[float, float], int] = {}
    for number, cell in enumerate(cells):
        tables[number] = [cell]
        for corner in ((cell.x0, cell.top), (cell.x0, cell.bottom), (cell.x1, cell.top), (cell.x1, cell.bottom)):
            other = corners.setdefault(corner, number)
            if other != number:
                tables[number] += tables.pop(other)
                corners.update((known, number) for known, table in corners.items() if table == other)
    return list(tables.values())


def _is_frame(table: list[Box], tables: list[list[Box]]) -> bool:
    """Whether a table is only the frame of a field, or of the page around its tables."""
    if len(table) > 1:
        return False
    others = [cell for other in tables if other is not table for cell in other]
    is_low = table[0].bottom - table[0].top < _ONE_LINE and not table[0].shaded
    return is_low or any(cell.surrounds(table[0]) or table[0].surrounds(cell) for cell in others)


def _is_comb(table: list[Box]) -> bool:
    is_one_row = len({cell.top for cell in table}) == 1
    return (
        len(table) > 1 and is_one_row and all(cell.x1 - cell.x0 < 22 and cell.bottom - cell.top < 30 for cell in table)
    )


def _join_digits(sheet: Print, comb: list[Box]) -> None:
    """Makes one piece of the letters that stand in a row of squares."""
    inside = [
        piece for piece in sheet.pieces if piece.letters and any(cell.holds(piece.x0, piece.middle) for cell in comb)
    ]
    if inside:
        inside.sort(key=lambda piece: piece.x0)
        letters = [letter for piece in inside for letter in piece.letters if not letter.text.isspace()]
        joined = replace(inside[0], letters=letters, x1=inside[-1].x1)
        sheet.pieces = [piece for piece in sheet.pieces if not any(piece is each for each in inside)] + [joined]


def _is_behind(shape: Shape, cell: Box) -> bool:
    if shape.fill is None or shape.fill >= WHITE or shape.is_across or shape.is_upright:
        return False
    width = min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
    height = min(shape.bottom, cell.bottom) - max(shape.top, cell.top)
    return width > 0 and height > 0 and width * height >= 0.8 * cell.area
