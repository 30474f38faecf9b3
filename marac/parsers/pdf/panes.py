"""The parts of a page of a PDF, paragraphs and grids of panes, and what each is as a block."""

from collections import defaultdict
from dataclasses import dataclass, field

from marac.parsers.blocks import Cell, Line, Place, Table
from marac.parsers.pdf.rows import Row
from marac.parsers.pdf.shapes import Piece
from marac.parsers.pdf.spans import spans

_SAME = 3.0  # points between places that are meant as one


@dataclass(slots=True)
class Paragraph:
    """Lines of print outside tables that belong together."""

    lines: list[Row]
    page: int
    right: float
    """Where print on this page ends."""
    is_heading: bool = False
    from_next_page: int = 0
    """How many of its lines stand on the next page."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.lines[0].base - self.lines[0].size

    @property
    def x0(self) -> float:
        """Where its first line begins."""
        return self.lines[0].x0

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(line.text for line in self.lines)

    def block(self) -> Line:
        """The paragraph as a block."""
        here = self.lines[: len(self.lines) - self.from_next_page]
        place = Place(
            self.page,
            min(line.x0 for line in here),
            min(line.top for line in here),
            max(line.x1 for line in here),
            max(line.bottom for line in here),
        )
        return Line(spans(self.lines, self.right), f"page {self.page}", self.is_heading, place=place)


@dataclass(slots=True)
class Pane:
    """A cell of a table with its lines; a table may run over several pages, so heights are those of its first."""

    x0: float
    top: float
    x1: float
    bottom: float
    place: Place
    """Where it stands on its own page; of a cell that the page cut, the upper half."""
    lines: list[Row] = field(default_factory=list)
    shaded: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(line.text for line in self.lines)

    @property
    def boxes(self) -> list[Piece]:
        """Its tick boxes."""
        return [piece for line in self.lines for piece in line.pieces if piece.ticked is not None]


@dataclass(slots=True)
class Grid:
    """A ruled table."""

    panes: list[Pane]
    page: int
    number: int = 1
    """Of the tables on its page, from 1."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(pane.top for pane in self.panes)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(pane.bottom for pane in self.panes)

    @property
    def x0(self) -> float:
        """Its left side."""
        return min(pane.x0 for pane in self.panes)

    @property
    def x1(self) -> float:
        """Its right side."""
        return max(pane.x1 for pane in self.panes)

    def _cells(self) -> list[Pane]:
        """The panes without the empty margins between two frames."""
        if len(self.panes) == 1:
            return self.panes
        whole = (self.top, self.bottom)
        return [pane for pane in self.panes if pane.lines or (pane.top, pane.bottom) != whole]

    def block(self) -> Table:
        """The table as a block."""
        panes = self._cells()
        columns = _rulers([x for pane in panes for x in (pane.x0, pane.x1)])
        lines = _rulers([y for pane in panes for y in (pane.top, pane.bottom)])
        cells = []
        for pane in sorted(panes, key=lambda pane: (lines[pane.top], columns[pane.x0])):
            row, column = lines[pane.top], columns[pane.x0]
            cells.append(
                Cell(
                    row,
                    column,
                    spans(pane.lines, _right(pane)),
                    max(lines[pane.bottom] - row, 1),
                    max(columns[pane.x1] - column, 1),
                    pane.shaded,
                )
            )
        return Table(tuple(cells), f"page {self.page}, table {self.number}", _row_places(panes, lines))


Part = Grid | Paragraph


def _row_places(panes: list[Pane], lines: dict[float, int]) -> dict[int, Place]:
    rows = defaultdict[int, list[Pane]](list)
    for pane in panes:
        rows[lines[pane.top]].append(pane)
    return {number: _row_place(row) for number, row in rows.items()}


def _row_place(panes: list[Pane]) -> Place:
    """Where a row stands on the page on which it begins; `panes` are the cells that begin in it."""
    page = min(pane.place.page for pane in panes)
    here = [pane.place for pane in panes if pane.place.page == page]
    return Place(
        page,
        min(place.x0 for place in here),
        min(place.top for place in here),
        max(place.x1 for place in here),
        min(place.bottom for place in here),
    )


def _rulers(places: list[float]) -> dict[float, int]:
    """The number of the ruled line, from 0, that each place lies on."""
    numbers: dict[float, int] = {}
    number, before = -1, float("-inf")
    for place in sorted(set(places)):
        if place - before > _SAME:
            number += 1
        numbers[place] = number
        before = place
    return numbers


def _right(pane: Pane) -> float:
    """Where print in a cell ends: as far from its right side as it begins from its left."""
    padding = min((line.x0 - pane.x0 for line in pane.lines), default=0.0)
    return pane.x1 - min(max(padding, 0.0), 12.0)
