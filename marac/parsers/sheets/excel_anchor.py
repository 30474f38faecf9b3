"""Where something that floats over the cells of an Excel sheet stands: the cell that its middle is over."""

import re
from dataclasses import dataclass

from lxml import etree

from marac.parsers.sheets.excel_package import MAIN
from marac.parsers.sheets.spreadsheet import MOST_COLUMNS, MOST_ROWS, Position, Sheet

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_EMU = 12_700  # English Metric Units in a point
_PIXEL = 0.75  # points in a pixel of VML
_DEFAULT_HEIGHT = 15.0  # points of a row
_DEFAULT_WIDTH = 8.43  # characters of a column
_CHARACTER = 5.25  # points of a character
_SLIVER = 6.0  # points of a column that a control may begin in by accident, when it belongs to the next one


@dataclass(frozen=True, slots=True)
class Anchor:
    """The two corners of something that floats: cells from 0, and points from their top left."""

    row: int
    column: int
    down: float = 0.0
    right: float = 0.0
    last_row: int | None = None
    last_down: float = 0.0

    @property
    def left(self) -> int:
        """Where it begins, for the order of several in one cell; hundredths of a point after whole columns."""
        return self.column * 1_000_000 + int(100 * self.right)

    def cell(self, sheet: Sheet, root: etree._Element) -> Position:
        """The cell it belongs to: the row under its middle, the column of its left edge."""
        row = min(self.row, MOST_ROWS)
        if self.last_row is not None and row < self.last_row <= row + 50:
            row = self._middle_row(_heights(root, row, self.last_row))
        column = min(self.column, MOST_COLUMNS)
        return row, column + (_width(root, column) - self.right < _SLIVER and not self._is_merged(sheet, row, column))

    def _middle_row(self, heights: list[float]) -> int:
        middle = (self.down + sum(heights[:-1]) + self.last_down) / 2
        for index, height in enumerate(heights):
            if middle < height:
                return self.row + index
            middle -= height
        return self.row

    def _is_merged(self, sheet: Sheet, row: int, column: int) -> bool:
        """Whether the next column is a part of the same merged range."""
        return any(
            top <= row < top + rows and left <= column < left + columns - 1
            for (top, left), (rows, columns) in sheet.merged.items()
        )


def anchor_of(element: etree._Element) -> Anchor | None:
    """The anchor of a control or drawing; None where it has none."""
    start = next((each for each in element.iter() if each.tag in (MAIN + "from", _DRAWING + "from")), None)
    end = next((each for each in element.iter() if each.tag in (MAIN + "to", _DRAWING + "to")), None)
    numbers = _numbers(start)
    if numbers is None:
        return None
    column, right, row, down = numbers
    last = _numbers(end)
    if last == numbers:
        return None  # LibreOffice gives controls an anchor without a size, and their true place in the VML alone
    return Anchor(
        row, column, down / _EMU, right / _EMU, last[2] if last else None, last[3] / _EMU if last is not None else 0.0
    )


def vml_anchor(text: str) -> Anchor | None:
    """The anchor in VML's notation: left column and pixels, top row and pixels, the same for right and bottom."""
    numbers = [int(each) for each in re.findall(r"-?\d+", text)]
    if len(numbers) != 8 or min(numbers[::2]) < 0:
        return None
    left, right, top, down, _, _, bottom, last_down = numbers
    return Anchor(top, left, down * _PIXEL, right * _PIXEL, bottom, last_down * _PIXEL)


def _numbers(corner: etree._Element | None) -> tuple[int, int, int, int] | None:
    if corner is None:
        return None
    found = [corner.findtext(_DRAWING + name) or "" for name in ("col", "colOff", "row", "rowOff")]
    if not found[0].isdecimal() or not found[2].isdecimal():
        return None
    offsets = [int(each) if re.fullmatch(r"-?\d{1,9}", each) else 0 for each in found]
    return offsets[0], offsets[1], offsets[2], offsets[3]


def _heights(root: etree._Element, first: int, last: int) -> list[float]:
    """Points of the rows from `first` to `last`, both from 0."""
    layout = root.find(MAIN + "sheetFormatPr")
    usual = float(layout.get("defaultRowHeight") or _DEFAULT_HEIGHT) if layout is not None else _DEFAULT_HEIGHT
    heights = dict.fromkeys(range(first, last + 1), usual)
    for row in root.iter(MAIN + "row"):
        number = int(row.get("r") or 0) - 1
        if number in heights and (height := row.get("ht")):
            heights[number] = float(height)
    return [heights[number] for number in range(first, last + 1)]


def _width(root: etree._Element, column: int) -> float:
    """Points of a column, near enough."""
    for each in root.iter(MAIN + "col"):
        if int(each.get("min") or 1) <= column + 1 <= int(each.get("max") or 1):
            return float(each.get("width") or _DEFAULT_WIDTH) * _CHARACTER
    return _DEFAULT_WIDTH * _CHARACTER
