"""A page of a PDF as parts in reading order: ruled tables with their words in them, and paragraphs between them."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from marac.parsers.blocks import Place
from marac.parsers.pdf.columns import Columns, in_columns
from marac.parsers.pdf.grid import Box
from marac.parsers.pdf.panes import Grid, Pane, Paragraph, Part
from marac.parsers.pdf.rows import Row, rows
from marac.parsers.pdf.shapes import Piece, Print
from marac.parsers.pdf.wraps import is_wrapped, set_leading

_SAME = 3.0  # points between places that are meant as one
_RAGGED, _WIDE = 0.12, 0.7  # running print: how unequal its lines are, and how long, of the page
_ENOUGH, _MOST = 5, 0.75  # of its lines: how many there are, and the share of them that are so long


def parts(sheet: Print, tables: list[list[Box]]) -> list[Part]:
    """The page in reading order."""
    lines = rows(_put_into_cells(sheet.pieces, tables))
    ruled = [_ruled(table, sheet.number) for table in tables if any(box.pieces for box in table)]
    set_leading([*(pane.lines for grid in ruled for pane in grid.panes), lines])
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
    return Grid([_pane(box.x0, box.top, box.x1, box.bottom, page, rows(box.pieces), box.shaded) for box in table], page)


def _pane(x0: float, top: float, x1: float, bottom: float, page: int, lines: list[Row], shaded: bool = False) -> Pane:
    return Pane(x0, top, x1, bottom, Place(page, x0, top, x1, bottom), lines, shaded)


def _columned(table: Columns, page: int, right: float) -> Grid:
    """A table without lines; its rows and columns end where the next begin."""
    tops = [min(line.base - line.size for lines in row for line in lines) for row in table.rows]
    bottoms = [*tops[1:], table.last.base + table.last.size]
    ends = [*table.starts[1:], max(right, table.starts[-1] + 1)]
    return Grid(
        [
            _pane(start, top, end, bottom, page, lines)
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
            last = next((box for box in boxes if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom), None)
        if last is None:
            loose.append(piece)
        elif piece.room is None and piece.x1 > last.x1 + 1 and len(cut := piece.words_until(last.x1)) > 1:
            waiting.extend(reversed(cut))
        else:
            last.pieces.append(piece)
    return loose


def _paragraphs(lines: list[Row], page: int, right: float, usual: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for column in _columns(lines):
        edge = _edge(column, right)
        found.append(Paragraph(column[:1], page, edge))
        for last, line in pairwise(column):
            if is_wrapped(last, line, edge):
                found[-1].lines.append(line)
            else:
                found.append(Paragraph([line], page, edge))
    for paragraph in found:
        paragraph.is_heading = _is_heading(paragraph, usual)
    return found


def _columns(lines: list[Row]) -> Iterator[list[Row]]:
    """The lines in groups that begin at one place, in one size."""
    group: list[Row] = []
    for line in lines:
        if group and (abs(line.x0 - group[-1].x0) > _SAME or abs(line.size - group[-1].size) >= 0.6):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _edge(lines: list[Row], right: float) -> float:
    """Where running print under one another ends: at its longest line, where most of the others end close to it."""
    ends = max(line.x1 for line in lines)
    near = [line for line in lines[:-1] if line.x1 > ends - _RAGGED * (ends - line.x0)]
    is_running = len(lines) >= _ENOUGH and len(near) > _MOST * (len(lines) - 1) and ends - lines[0].x0 > _WIDE * right
    return min(right, ends + _SAME) if is_running else right


def _is_heading(paragraph: Paragraph, usual: float) -> bool:
    pieces = [piece for line in paragraph.lines for piece in line.pieces if piece.text.strip() or piece.room]
    if any(piece.room for piece in pieces) or len(paragraph.text) > 120 or paragraph.text.endswith((":", "?", ".")):
        return False
    return all(piece.bold for piece in pieces) or min(piece.size for piece in pieces) >= usual + 2
