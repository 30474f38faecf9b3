"""The ruled tables of a PDF page: cells between drawn lines, and which of them belong together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from marac.parsers.pdf.open_tables import open_tables
from marac.parsers.pdf.rules import SNAP, Rule, cells_between
from marac.parsers.pdf.shapes import WHITE, Piece, Print, Shape

_ONE_LINE = 26.0  # points: a lower frame holds one line
_NARROWEST = 20.0  # points: a table at the foot of a page is wider
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
    shades = [shape for shape in sheet.shapes if shape.fill is not None and shape.fill < WHITE and not shape.is_thin]
    for table in found:
        for cell in table:
            level = [shape for shape in shades if shape.top < cell.bottom and shape.bottom > cell.top]
            cell.shaded = any(_is_behind(shape, cell) for shape in level)
        if _is_comb(table):
            _join_digits(sheet, table)
        elif not _is_frame(table, found) or _is_rest(table, sheet):
            tables.append(table)
    around = [_around(table) for table in tables]
    tables += [[Box(*cell) for cell in cells] for cells in open_tables(sheet, around)]
    return sorted(tables, key=lambda table: min((cell.top, cell.x0) for cell in table))


def _around(table: list[Box]) -> tuple[float, float, float, float]:
    return (
        min(cell.x0 for cell in table),
        min(cell.top for cell in table),
        max(cell.x1 for cell in table),
        max(cell.bottom for cell in table),
    )


def _tables(shapes: list[Shape]) -> list[list[Box]]:
    across, upright = _rules(shapes)
    cells = cells_between([*across, *_closing(across, upright)], upright)
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


def _rules(shapes: Iterable[Shape]) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines among the shapes, and the sides of frames."""
    across: list[Rule] = []
    upright: list[Rule] = []
    for shape in shapes:
        x, y = shape.centre
        if shape.kind == "image" or max(shape.width, shape.height) < _LEAST:
            continue
        if shape.is_across:
            across.append(Rule(y, shape.x0, shape.x1))
        elif shape.is_upright:
            upright.append(Rule(x, shape.top, shape.bottom))
        elif shape.kind == "rect" or _is_rounded(shape):
            across += (Rule(each, shape.x0, shape.x1) for each in (shape.top, shape.bottom))
            upright += (Rule(each, shape.top, shape.bottom) for each in (shape.x0, shape.x1))
        elif shape.is_stroked:
            _add_straight_sides(shape, across, upright)
    return across, upright


def _is_rounded(shape: Shape) -> bool:
    """A frame with round corners."""
    return shape.operators.count("c") >= 4 and shape.operators.count("l") >= 3


def _add_straight_sides(shape: Shape, across: list[Rule], upright: list[Rule]) -> None:
    for (x0, y0), (x1, y1) in pairwise(shape.points):
        if abs(y0 - y1) < 1 and abs(x0 - x1) > _LEAST:
            across.append(Rule(y0, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) > _LEAST:
            upright.append(Rule(x0, min(y0, y1), max(y0, y1)))


def _closing(across: list[Rule], upright: list[Rule]) -> list[Rule]:
    """Lines to add where the sides of a table end together in the open, as at a page break."""
    sides = [rule for rule in upright if rule.end - rule.start > 2 * SNAP]
    added: list[Rule] = []
    for ends in ([side.start for side in sides], [side.end for side in sides]):
        for y in sorted({round(end) for end in ends}):
            here = [side.at for side, end in zip(sides, ends, strict=True) if abs(end - y) <= SNAP]
            x0, x1 = min(here), max(here)
            if x1 - x0 < _NARROWEST or any(side.start < y - SNAP and side.end > y + SNAP for side in sides):
                continue
            if not any(abs(rule.at - y) <= 2 * SNAP and rule.end > x0 and rule.start < x1 for rule in across + added):
                added.append(Rule(y, x0, x1))
    return added


def _connected(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners are one table."""
    tables: list[list[Box]] = []
    corners: dict[tuple[float, float], list[Box]] = {}
    for cell in cells:
        around = _corners(cell)
        table = [cell]
        for corner in around:
            other = corners.get(corner)
            if other is not None and other is not table:
                small, large = sorted((table, other), key=len)
                large += small
                for each in small:
                    corners.update(dict.fromkeys(_corners(each), large))
                tables = [known for known in tables if known is not small]
                table = large
        if not any(known is table for known in tables):
            tables.append(table)
        corners.update(dict.fromkeys(around, table))
    return tables


def _corners(cell: Box) -> list[tuple[float, float]]:
    return [(cell.x0, cell.top), (cell.x0, cell.bottom), (cell.x1, cell.top), (cell.x1, cell.bottom)]


def _is_frame(table: list[Box], tables: list[list[Box]]) -> bool:
    """Whether a table is only the frame of a field, or of the page around its tables."""
    if len(table) > 1:
        return False
    others = [cell for other in tables if other is not table for cell in other]
    is_low = table[0].bottom - table[0].top < _ONE_LINE and not table[0].shaded
    return is_low or any(cell.surrounds(table[0]) or table[0].surrounds(cell) for cell in others)


def _is_rest(table: list[Box], sheet: Print) -> bool:
    """Whether a low cell is as wide as the page and stands first on it: the rest of a table of the page before."""
    (cell, *others), top = table, min((piece.base - piece.size for piece in sheet.pieces), default=0.0)
    is_first = cell.top <= top + SNAP and cell.bottom < sheet.height / 4
    return not others and is_first and sheet.number > 1 and cell.x1 - cell.x0 > sheet.width / 2


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
    width = min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
    height = min(shape.bottom, cell.bottom) - max(shape.top, cell.top)
    return width > 0 and height > 0 and width * height >= 0.8 * cell.area
