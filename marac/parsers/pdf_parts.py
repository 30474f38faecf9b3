"""A page of a PDF as parts in reading order: ruled tables with their words in them, and paragraphs between them."""

from collections import Counter
from dataclasses import dataclass, field

from marac.parsers.blocks import Cell, Line, Table
from marac.parsers.pdf_columns import Columns, in_columns
from marac.parsers.pdf_grid import Box
from marac.parsers.pdf_rows import Row, rows
from marac.parsers.pdf_shapes import Piece, Print
from marac.parsers.pdf_spans import spans
from marac.parsers.pdf_wraps import is_wrapped, set_leading

_SAME = 3.0  # points between places that are meant as one


@dataclass(slots=True)
class Paragraph:
    """Lines of print outside tables that belong together."""

    lines: list[Row]
    page: int
    right: float
    """Where print on this page ends."""
    is_heading: bool = False

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
        return Line(spans(self.lines, self.right), f"page {self.page}", self.is_heading)


@dataclass(slots=True)
class Place:
    """A cell of a table with its lines; a table may run over several pages, so heights are those of its first."""

    x0: float
    top: float
    x1: float
    bottom: float
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

    places: list[Place]
    page: int
    number: int = 1
    """Of the tables on its page, from 1."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(place.top for place in self.places)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(place.bottom for place in self.places)

    @property
    def x0(self) -> float:
        """Its left side."""
        return min(place.x0 for place in self.places)

    @property
    def x1(self) -> float:
        """Its right side."""
        return max(place.x1 for place in self.places)

    def _is_cell(self, place: Place) -> bool:
        """Whether a place is a cell, and not the empty margin between two frames."""
        is_margin = place.top == self.top and place.bottom == self.bottom and len(self.places) > 1
        return bool(place.lines) or not is_margin

    def block(self) -> Table:
        """The table as a block."""
        places = [place for place in self.places if self._is_cell(place)]
        columns = _rulers([x for place in places for x in (place.x0, place.x1)])
        lines = _rulers([y for place in places for y in (place.top, place.bottom)])
        cells = []
        for place in sorted(places, key=lambda place: (lines[place.top], columns[place.x0])):
            row, column = lines[place.top], columns[place.x0]
            cells.append(
                Cell(
                    row,
                    column,
                    spans(place.lines, _right(place)),
                    max(lines[place.bottom] - row, 1),
                    max(columns[place.x1] - column, 1),
                    place.shaded,
                )
            )
        return Table(tuple(cells), f"page {self.page}, table {self.number}")


Part = Grid | Paragraph


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


def _right(place: Place) -> float:
    """Where print in a cell ends: as far from its right side as it begins from its left."""
    padding = min((line.x0 - place.x0 for line in place.lines), default=0.0)
    return place.x1 - min(max(padding, 0.0), 12.0)


def parts(sheet: Print, tables: list[list[Box]]) -> list[Part]:
    """The page in reading order."""
    lines = rows(_put_into_cells(sheet.pieces, tables))
    ruled = [_ruled(table, sheet.number) for table in tables if any(box.pieces for box in table)]
    set_leading([*(place.lines for grid in ruled for place in grid.places), lines])
    right = max([line.x1 for line in lines] + [box.x1 for table in tables for box in table], default=sheet.width)
    loose: list[list[Row]] = [[]]
    found: list[Part] = list(ruled)
    for each in in_columns(lines):
        if isinstance(each, Columns):
            found.append(_columned(each, sheet.number, right))
            loose.append([])
        else:
            loose[-1].append(each)
    usual = _usual_size(sheet)
    found += [part for group in loose for part in _paragraphs(group, sheet.number, right, usual)]
    found.sort(key=lambda part: (round(part.top / _SAME), part.x0))
    for number, grid in enumerate((part for part in found if isinstance(part, Grid)), 1):
        grid.number = number
    return found


def _ruled(table: list[Box], page: int) -> Grid:
    return Grid([Place(box.x0, box.top, box.x1, box.bottom, rows(box.pieces), box.shaded) for box in table], page)


def _columned(table: Columns, page: int, right: float) -> Grid:
    """A table without lines; its rows and columns end where the next begin."""
    tops = [min(line.base - line.size for lines in row for line in lines) for row in table.rows]
    bottoms = [*tops[1:], table.last.base + table.last.size]
    ends = [*table.starts[1:], max(right, table.starts[-1] + 1)]
    return Grid(
        [
            Place(start, top, end, bottom, lines)
            for row, top, bottom in zip(table.rows, tops, bottoms, strict=True)
            for lines, start, end in zip(row, table.starts, ends, strict=True)
        ],
        page,
    )


def _usual_size(sheet: Print) -> int:
    """The size of most letters, in points."""
    sizes = Counter[int]()
    for piece in sheet.pieces:
        sizes[round(piece.size)] += len(piece.letters)
    return sizes.most_common(1)[0][0] if sizes else 0


def _put_into_cells(pieces: list[Piece], tables: list[list[Box]]) -> list[Piece]:
    """Puts each piece into the smallest cell around it; what is left stands outside tables."""
    boxes = sorted((box for table in tables for box in table), key=lambda box: box.area)
    loose: list[Piece] = []
    waiting = list(reversed(pieces))
    last: Box | None = None
    while waiting:
        piece = waiting.pop()
        y = piece.middle if piece.room is None else sum(piece.room) / 2
        x = piece.x0 + min(piece.x1 - piece.x0, piece.size) / 2
        if last is None or not last.holds(x, y) or len(tables) > 1:
            last = next((box for box in boxes if box.holds(x, y)), None)
        if last is None:
            loose.append(piece)
        elif piece.room is None and piece.x1 > last.x1 + 1 and len(cut := piece.words_until(last.x1)) > 1:
            waiting.extend(reversed(cut))
        else:
            last.pieces.append(piece)
    return loose


def _paragraphs(lines: list[Row], page: int, right: float, usual: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for line in lines:
        last = found[-1].lines[-1] if found else None
        is_alike = last is not None and abs(line.x0 - last.x0) <= _SAME and abs(line.size - last.size) < 0.6
        if last is not None and is_alike and is_wrapped(last, line, right):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line], page, right))
    for paragraph in found:
        paragraph.is_heading = _is_heading(paragraph, usual)
    return found


def _is_heading(paragraph: Paragraph, usual: float) -> bool:
    pieces = [piece for line in paragraph.lines for piece in line.pieces if piece.text.strip() or piece.room]
    if any(piece.room for piece in pieces) or len(paragraph.text) > 120 or paragraph.text.endswith((":", "?", ".")):
        return False
    return all(piece.bold for piece in pieces) or min(piece.size for piece in pieces) >= usual + 2
