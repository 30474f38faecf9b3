"""The cells of an OpenDocument spreadsheet: rows and cells that are repeated by count, covered cells, typed values."""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.sheets.ods_controls import Floating, controls_of
from marac.parsers.sheets.ods_names import CALC, DRAW, OFFICE, TABLE, TEXT
from marac.parsers.sheets.ods_styles import Look, Styles
from marac.parsers.sheets.sheet_values import Value, shown
from marac.parsers.sheets.spreadsheet import (
    ERROR,
    LOST,
    MOST_COLUMNS,
    MOST_ROWS,
    NOTE,
    Filled,
    Position,
    Sheet,
    check_extent,
    spans,
)

_COLUMN, _ROW, _CELL, _COVERED = (
    TABLE + name for name in ("table-column", "table-row", "table-cell", "covered-table-cell")
)
_GROUPS = tuple(
    TABLE + name
    for name in (
        "table-row-group",
        "table-header-rows",
        "table-rows",
        "table-column-group",
        "table-header-columns",
        "table-columns",
    )
)
_HIDDEN = ("collapse", "filter")
_NUMBERS = ("float", "currency")
_TELEPHONE = re.compile(r"[0+][0-9 ()+-]*")
_MOST_SPACES = 200
_MOST_DEPTH = 20


class Reader:
    """Reads the sheets of one spreadsheet."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.largest = 0
        """How many cells the largest sheet so far spans."""

    def sheet(self, table: etree._Element) -> tuple[Sheet, bool]:
        """One sheet, and whether it is visible.

        Raises:
            UnreadableDocument: it is far larger than any form.
        """
        sheet = Sheet(table.get(TABLE + "name") or "")
        floating = Floating(sheet, controls_of(table))
        defaults = self._columns(sheet, table, floating)
        row = 0
        for element in _flat(table, _ROW):
            repeated = _count(element, "number-rows-repeated")
            self._measure(element, range(row, min(row + repeated, MOST_ROWS)), floating)
            column = 0
            for cell in element.iterchildren(_CELL, _COVERED):
                times = _count(cell, "number-columns-repeated")
                if cell.tag == _CELL:
                    usual = defaults[column] if column < len(defaults) else ""
                    self._fill(sheet, cell, (row, column), (repeated, times), usual)
                    floating.add(cell, (row, column))
                column += times
            row += repeated
        shapes = table.find(TABLE + "shapes")
        floating.add_loose(shapes if shapes is not None else ())
        floating.settle()
        rows = max((at[0] + 1 for at in sheet.cells), default=0)
        self.largest = max(self.largest, rows * max((at[1] + 1 for at in sheet.cells), default=0))
        return sheet, not self._styles.is_hidden_sheet(table.get(TABLE + "style-name") or "")

    def _columns(self, sheet: Sheet, table: etree._Element, floating: Floating) -> list[str]:
        """The styles that columns give to cells without one; hidden columns are noted on the way."""
        defaults: list[str] = []
        for element in _flat(table, _COLUMN):
            repeated = min(_count(element, "number-columns-repeated"), MOST_COLUMNS - len(defaults))
            if hidden := element.get(TABLE + "visibility") in _HIDDEN:
                sheet.hidden_columns.update(range(len(defaults), len(defaults) + repeated))
            width = 0.0 if hidden else self._styles.width(element.get(TABLE + "style-name") or "")
            floating.widths.update(dict.fromkeys(range(len(defaults), len(defaults) + repeated), width))
            defaults += [element.get(TABLE + "default-cell-style-name") or ""] * repeated
        return defaults

    def _measure(self, element: etree._Element, rows: range, floating: Floating) -> None:
        """Notes whether these rows are hidden, and how high they are."""
        hidden = element.get(TABLE + "visibility") in _HIDDEN
        if hidden:
            floating.sheet.hidden_rows.update(rows)
        height = 0.0 if hidden else self._styles.height(element.get(TABLE + "style-name") or "")
        floating.heights.update(dict.fromkeys(rows, height))

    def _fill(self, sheet: Sheet, cell: etree._Element, at: Position, times: tuple[int, int], usual: str) -> None:
        """Fills the cells that this one stands for; `times` are rows and columns, `usual` is its column's style."""
        look = self._styles.look("table-cell", cell.get(TABLE + "style-name") or usual)
        self._merge(sheet, cell, at)
        if cell.get(TABLE + "style-name") and at[1] + times[1] <= MOST_COLUMNS // 4:
            sheet.columns = max(sheet.columns, at[1] + times[1])
        found = self._filled(cell, look, hidden=look.hidden or sheet.is_hidden(*at))
        if found.spans or found.shaded:
            self._repeat(sheet, found, at, *times)
        if cell.find(OFFICE + "annotation") is not None:
            sheet.misses(NOTE, at)
        if cell.get(CALC + "value-type") == "error":
            sheet.misses(ERROR, at)
        elif not found.spans and cell.get(TABLE + "formula") and not cell.get(OFFICE + "value-type"):
            sheet.misses(LOST, at)

    def _merge(self, sheet: Sheet, cell: etree._Element, at: Position) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows * columns > 1:
            check_extent(at[0] + rows, at[1] + columns, rows * columns)
            sheet.merged[at] = rows, columns
            sheet.columns = max(sheet.columns, at[1] + columns)

    def _repeat(self, sheet: Sheet, found: Filled, at: Position, rows: int, columns: int) -> None:
        """Fills the cells that this one stands for; what is only shaded to the edge of the sheet ends with the words."""
        if not found.spans:
            rows, columns = (1 if rows > MOST_COLUMNS else rows), (1 if columns > MOST_COLUMNS // 4 else columns)
            if at[0] + rows > MOST_ROWS or at[1] + columns > MOST_COLUMNS:
                return
        check_extent(at[0] + rows, at[1] + columns, cells=len(sheet.cells) + rows * columns)
        sheet.columns = max(sheet.columns, at[1] + columns)
        for row in range(at[0], at[0] + rows):
            for column in range(at[1], at[1] + columns):
                sheet.cells[row, column] = found

    def _filled(self, cell: etree._Element, look: Look, *, hidden: bool) -> Filled:
        kind = cell.get(OFFICE + "value-type")
        paragraphs = cell.findall(TEXT + "p")
        if cell.get(CALC + "value-type") == "error" or (kind is None and not paragraphs):
            return Filled(shaded=look.shaded)
        if kind in (None, "string"):
            found = tuple(self._words(paragraphs, look, hidden=hidden))
            if not found and (text := cell.get(OFFICE + "string-value")):
                found = tuple(spans(text, look.font, hidden=hidden))
            return Filled(found, None, look.shaded)
        written = "\n".join("".join(map(str, paragraph.itertext())) for paragraph in paragraphs)
        value = _value(cell, kind)
        text = written if value is None or (kind in _NUMBERS and _TELEPHONE.fullmatch(written)) else shown(value)
        if kind == "percentage" and isinstance(value, float):
            text = shown(value, "0%")
        return Filled(tuple(spans(text, look.font, hidden=hidden)), value, look.shaded)

    def _words(self, paragraphs: list[etree._Element], look: Look, *, hidden: bool) -> Iterator[Span]:
        """The words of a cell; neighbouring pieces of one look are one piece."""
        joined: list[tuple[str, Look]] = []
        for number, paragraph in enumerate(paragraphs):
            pieces = [("\n", joined[-1][1] if joined else look)] if number else []
            pieces += [
                (text, self._styles.look("text", style, over=look) if style else look)
                for text, style in _pieces(paragraph, "")
            ]
            for text, own in pieces:
                if joined and joined[-1][1] == own:
                    joined[-1] = joined[-1][0] + text, own
                else:
                    joined.append((text, own))
        for text, own in joined:
            yield from spans(text, own.font, hidden=hidden or own.hidden, part=len(joined) > 1)


def _pieces(element: etree._Element, style: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The words of a paragraph, each piece with the name of its own style."""
    if element.text:
        yield element.text, style
    for each in element:
        if each.tag == TEXT + "s":
            yield " " * min(int(each.get(TEXT + "c") or 1), _MOST_SPACES), style
        elif each.tag == TEXT + "tab":
            yield "\t", style
        elif each.tag == TEXT + "line-break":
            yield "\n", style
        elif each.tag in (TEXT + "span", TEXT + "a") and depth < _MOST_DEPTH:
            yield from _pieces(each, each.get(TEXT + "style-name") or style, depth + 1)
        elif not str(each.tag).startswith((OFFICE, DRAW)) and each.text:
            yield each.text, style
        if each.tail:
            yield each.tail, style


def _value(cell: etree._Element, kind: str) -> Value:
    if kind == "date":
        return dt.date.fromisoformat((cell.get(OFFICE + "date-value") or "")[:10])
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value") == "true"
    written = cell.get(OFFICE + "value")
    return float(written) if written and kind in (*_NUMBERS, "percentage") else None


def _flat(table: etree._Element, wanted: str, depth: int = 0) -> Iterator[etree._Element]:
    """The rows or columns of a table, also those in groups."""
    for each in table:
        if each.tag == wanted:
            yield each
        elif each.tag in _GROUPS and depth < _MOST_DEPTH:
            yield from _flat(each, wanted, depth + 1)


def _count(element: etree._Element, name: str) -> int:
    return max(1, int(element.get(TABLE + name) or 1))
