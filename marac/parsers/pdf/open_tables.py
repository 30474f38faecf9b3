"""Tables of a PDF page whose cells have a line under them and none beside them: each line is the foot of one cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from marac.parsers.pdf.rows import Row, rows
from marac.parsers.pdf.rules import SNAP
from marac.parsers.pdf.shapes import Print, Shape

_SHORTEST = 20.0  # points: a shorter line is no foot of a cell
_WIDEST_GAP = 15.0  # points between the feet of two cells; what is further apart are lines to write on
_WIDE = 0.5  # of the page: a table is wider
_STEP = 1.9  # sizes of the letters: lines of one cell stand no further apart
_LARGER = 1.0  # points by which a heading is larger than the print of the table

Sides = tuple[float, float]
"""Left and right, in points."""


@dataclass(frozen=True, slots=True)
class _Level:
    """The feet of the cells of one row."""

    at: float
    feet: tuple[Sides, ...]

    @property
    def sides(self) -> Sides:
        return self.feet[0][0], self.feet[-1][1]

    @property
    def is_parted(self) -> bool:
        """Whether it is the foot of several cells, with a narrow gap between each two."""
        return len(self.feet) > 1

    def columns(self) -> list[Sides]:
        """Left and right of each cell; a cell ends where the next begins."""
        starts = [start for start, _ in self.feet]
        return list(zip(starts, [*starts[1:], self.feet[-1][1]], strict=True))

    def filled(self, row: Row) -> int:
        """In how many of its cells a line of print has words."""
        middles = [piece.x0 + min(piece.x1 - piece.x0, piece.size) / 2 for piece in row.pieces]
        return sum(any(x0 <= x <= x1 for x in middles) for x0, x1 in self.columns())


Cells = list[tuple[float, float, float, float]]
"""Left, top, right and bottom of each cell of a table."""


def open_tables(sheet: Print, taken: list[tuple[float, float, float, float]]) -> Iterator[Cells]:
    """The cells of each such table; `taken` are the rectangles of the tables that are ruled on all sides."""
    lines = [
        shape
        for shape in sheet.shapes
        if shape.is_across and shape.is_seen and shape.width > _SHORTEST and not _is_in(shape, taken)
    ]
    for levels in _alike(_levels(lines), sheet.width):
        x0, x1 = levels[0].sides
        loose = [piece for piece in sheet.pieces if x0 - SNAP <= piece.x0 <= x1]
        yield from _cut_at_headings(levels, rows(loose))


def _is_in(line: Shape, taken: list[tuple[float, float, float, float]]) -> bool:
    x, y = line.centre
    return any(x0 - SNAP <= x <= x1 + SNAP and top - SNAP <= y <= bottom + SNAP for x0, top, x1, bottom in taken)


def _levels(lines: Iterable[Shape]) -> Iterator[_Level]:
    group: list[Shape] = []
    for line in sorted(lines, key=lambda line: line.centre[1]):
        if group and line.centre[1] - group[0].centre[1] > SNAP:
            yield _level(group)
            group = []
        group.append(line)
    if group:
        yield _level(group)


def _level(lines: list[Shape]) -> _Level:
    feet: list[Sides] = []
    for line in sorted(lines, key=lambda line: line.x0):
        if feet and line.x0 - feet[-1][1] <= 1:
            feet[-1] = feet[-1][0], max(feet[-1][1], line.x1)
        else:
            feet.append((line.x0, line.x1))
    return _Level(lines[0].centre[1], tuple(feet))


def _alike(levels: Iterable[_Level], width: float) -> Iterator[list[_Level]]:
    """Levels that follow one another between the same two sides, some of them parted into cells."""
    group: list[_Level] = []
    for level in [*levels, None]:
        if level is not None and group and _have_same_sides(group[-1], level):
            group.append(level)
            continue
        if len(group) > 1 and any(each.is_parted for each in group) and _are_feet(group, width):
            yield group
        group = [] if level is None else [level]


def _have_same_sides(above: _Level, below: _Level) -> bool:
    return max(abs(a - b) for a, b in zip(above.sides, below.sides, strict=True)) <= SNAP


def _are_feet(levels: list[_Level], width: float) -> bool:
    """Whether they are as wide as a table, and parted by narrow gaps only."""
    x0, x1 = levels[0].sides
    gaps = [after[0] - before[1] for level in levels for before, after in pairwise(level.feet)]
    return x1 - x0 > _WIDE * width and max(gaps) < _WIDEST_GAP


def _cut_at_headings(levels: list[_Level], lines: list[Row]) -> Iterator[Cells]:
    """The cells of each row under its level; a heading above a row begins another table."""
    cells: Cells = []
    above: float | None = None
    for level in levels:
        band = [line for line in lines if (above is None or line.base > above) and line.base <= level.at + 1]
        inside = _without_headings(_near(band, level) if above is None else band, level)
        if above is None or len(inside) < len(band):
            if cells:
                yield cells
            cells, above = [], min([line.top for line in inside], default=level.at - _SHORTEST) - 1
        cells += [(x0, above, x1, level.at) for x0, x1 in level.columns()]
        above = level.at
    yield cells


def _near(band: list[Row], level: _Level) -> list[Row]:
    """The lines that belong to the first row, counted from its foot."""
    kept: list[Row] = []
    below = level.at
    for line in reversed(band):
        if below - line.base > _STEP * line.size:
            break
        kept.insert(0, line)
        below = line.base
    return kept


def _without_headings(band: list[Row], level: _Level) -> list[Row]:
    """The lines of a row of cells, less what stands above its labels and heads the rows that follow."""
    while len(band) > 1 and _is_heading(band[0], band[1], level):
        band = band[1:]
    return band


def _is_heading(first: Row, second: Row, level: _Level) -> bool:
    if first.size >= second.size + _LARGER:
        return True
    is_bold = all(piece.bold for piece in first.pieces if piece.text.strip())
    return is_bold and level.is_parted and level.filled(first) <= 1 < level.filled(second)
