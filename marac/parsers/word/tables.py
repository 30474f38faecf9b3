"""Rows and cells of a Word table: what stands in them through controls, and how far each cell reaches."""

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from marac.parsers.blocks import Cell, Span
from marac.parsers.word.look import PLAIN, Look, around
from marac.parsers.word.xml import SDT, TC, TR, VAL, WRAPPERS, Control, W, count

Merged = Literal["", "above", "beside"]
"""Which cell a cell continues: none, the one above it, or the one at its left."""
_CELL_MERGE = W + "cellMerge"
_FILL = W + "fill"
_GRIDSPAN = W + "gridSpan"
_HMERGE = W + "hMerge"
_MERGED_AS_TRACKED = W + "vMerge"
_SHD = W + "shd"
_TCPR = W + "tcPr"
_VMERGE = W + "vMerge"
_PLAIN_FILLS = frozenset((None, "auto", "FFFFFF", "ffffff"))


def rows_of_table(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table."""
    for child in table:
        tag = child.tag
        if tag == TR:
            yield child
        elif tag == SDT:
            content = Control(child).content
            if content is not None:
                yield from rows_of_table(content)
        elif tag in WRAPPERS:
            yield from rows_of_table(child)


def cells_of_row(row: etree._Element, look: Look = PLAIN) -> Iterator[tuple[etree._Element, Look, Control | None]]:
    """The cells of a row, what a control around each says of its words, and the control that makes it a box."""
    for child in row:
        tag = child.tag
        if tag == TC:
            yield child, look, None
        elif tag == SDT:
            yield from _controlled(Control(child), look)
        elif tag in WRAPPERS:
            yield from cells_of_row(child, look)


def _controlled(control: Control, look: Look) -> Iterator[tuple[etree._Element, Look, Control | None]]:
    if control.content is None:
        return
    shown = control.shows_prompt
    typed = not shown and control.has_prompt and control.is_entry
    inside = around(entered=look.entered or typed, placeholder=look.placeholder or shown, hidden=look.hidden)
    for cell, own, box in cells_of_row(control.content, inside):
        yield cell, own, control if box is None and control.ticked is not None else box


def spread(cell: etree._Element) -> tuple[int, Merged, bool]:
    """How many columns a cell covers, whether it continues another, and whether it is shaded."""
    width, shaded = 1, False
    merged: Merged = ""
    if len(cell) and (properties := cell[0]).tag == _TCPR:
        for each in properties:
            tag = each.tag
            if tag == _GRIDSPAN:
                width = count(each)
            elif tag == _VMERGE:
                merged = merged if each.get(VAL) == "restart" else "above"
            elif tag == _SHD:
                shaded = each.get(_FILL) not in _PLAIN_FILLS
            elif tag == _HMERGE:
                merged = merged if each.get(VAL) == "restart" else "beside"
            elif tag == _CELL_MERGE and each.get(_MERGED_AS_TRACKED) == "cont":
                merged = "above"
    return width, merged, shaded


def grown(above: Cell, below: Cell) -> Cell:
    """The upper cell with the lower one merged into it."""
    rows = below.row - above.row + 1
    return Cell(above.row, above.column, _both(above, below), rows, above.columns, above.shaded)


def widened(left: Cell, right: Cell) -> Cell:
    """The left cell with the one at its right merged into it."""
    columns = right.column + right.columns - left.column
    return Cell(left.row, left.column, _both(left, right), left.rows, columns, left.shaded)


def _both(first: Cell, second: Cell) -> tuple[Span, ...]:
    return (*first.spans, Span("\n"), *second.spans) if second.spans else first.spans
