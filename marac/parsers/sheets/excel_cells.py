"""The cells of one sheet of an Excel package, read from its XML: only what is in the file, and nothing is worked out."""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.sheets.excel_package import MAIN
from marac.parsers.sheets.excel_styles import Look, Styles, font_of
from marac.parsers.sheets.sheet_values import date_of, typed
from marac.parsers.sheets.spreadsheet import ERROR, LOST, Filled, Position, Sheet, check_extent, filled, spans

_CELL, _VALUE, _FORMULA, _TEXT, _RUN = MAIN + "c", MAIN + "v", MAIN + "f", MAIN + "t", MAIN + "r"
_INLINE = MAIN + "is"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_DIGITS = "0123456789"
_SHADED = Filled(shaded=True)
_YES = ("1", "true", "on")


class Cells:
    """Reads sheets with the strings and looks that a workbook shares."""

    def __init__(self, strings: etree._Element | None, styles: Styles, *, since_1904: bool) -> None:
        self._strings = [] if strings is None else list(strings)
        self._styles = styles
        self._since_1904 = since_1904
        self._letters: dict[str, int] = {}

    def sheet(self, title: str, root: etree._Element) -> Sheet:
        """One sheet with its cells, merged ranges, and hidden rows and columns.

        Raises:
            UnreadableDocument: it is far larger than any form.
        """
        sheet = Sheet(title)
        for merged in root.iter(MAIN + "mergeCell"):
            self._merge(sheet, merged.get("ref") or "")
        for column in root.iter(MAIN + "col"):
            if column.get("hidden") in _YES:
                first, last = int(column.get("min") or 1), int(column.get("max") or 1)
                sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
        data = root.find(MAIN + "sheetData")
        if data is not None:
            self._read(sheet, data)
        return sheet

    def _merge(self, sheet: Sheet, ref: str) -> None:
        corners = _RANGE.fullmatch(ref)
        if corners is None:
            return
        left, right = self._column(corners[1]), self._column(corners[3] or corners[1])
        top, bottom = int(corners[2]), int(corners[4] or corners[2])
        rows, columns = bottom - top + 1, right - left + 1
        check_extent(bottom, right + 1, rows * columns)
        if rows > 0 and columns > 0:
            sheet.merged[top - 1, left] = rows, columns
            sheet.columns = max(sheet.columns, right + 1)

    def _read(self, sheet: Sheet, data: etree._Element) -> None:
        looks, known, row = self._styles.look, self._letters, -1
        for each in data.iterchildren(MAIN + "row"):
            number = each.get("r")
            row = int(number) - 1 if number else row + 1
            check_extent(row + 1)
            column = -1
            if each.get("hidden") in _YES:
                sheet.hidden_rows.add(row)
            for cell in each.iterchildren(_CELL):
                if reference := cell.get("r"):
                    letters = reference.rstrip(_DIGITS)
                    column = known[letters] if letters in known else self._column(letters)
                else:
                    column += 1
                if column >= sheet.columns:
                    check_extent(columns=column + 1)
                    sheet.columns = column + 1
                look = looks(cell.get("s"))
                if len(cell):
                    self._fill(sheet, cell, (row, column), look)
                elif look.shaded:
                    sheet.cells[row, column] = _SHADED

    def _fill(self, sheet: Sheet, cell: etree._Element, at: Position, look: Look) -> None:
        kind = cell.get("t", "n")
        found = self._filled(cell, kind, look, hidden=look.hidden or sheet.is_hidden(*at))
        if found is not None:
            sheet.cells[at] = found
            return
        if look.shaded:
            sheet.cells[at] = _SHADED
        if kind == "e":
            sheet.misses(ERROR, at)
        elif cell[0].tag == _FORMULA and kind != "str":  # an empty text may well be the result
            sheet.misses(LOST, at)

    def _column(self, letters: str) -> int:
        found = self._letters.get(letters)
        if found is None:
            found = 0
            for letter in letters.upper():
                found = found * 26 + ord(letter) - 64
            found = self._letters[letters] = found - 1
        return found

    def _filled(self, cell: etree._Element, kind: str, look: Look, *, hidden: bool) -> Filled | None:
        if kind == "inlineStr":
            inline = next((each for each in cell if each.tag == _INLINE), None)
            return None if inline is None else self._rich(inline, look, hidden=hidden)
        written = next((each.text for each in cell if each.tag == _VALUE), None)
        if written is None or written == "" or kind == "e":
            return None
        if kind == "s":
            place = int(written)
            return self._rich(self._strings[place], look, hidden=hidden) if place < len(self._strings) else None
        if kind == "b" and look.boxed:
            return Filled((Span(ticked=written in _YES, hidden=hidden),), None, look.shaded)
        value = written if kind == "str" else self._value(written, kind, look)
        return filled(value, look.number_format, look.font, shaded=look.shaded, hidden=hidden)

    def _value(self, written: str, kind: str, look: Look) -> dt.date | dt.time | float | bool | str:
        if kind == "b":
            return written in _YES
        try:
            if kind == "d":
                return dt.datetime.fromisoformat(written)
            number = float(written)
        except ValueError:
            return written
        dated = date_of(number, since_1904=self._since_1904) if look.dated else None
        return number if dated is None else dated

    def _rich(self, string: etree._Element, look: Look, *, hidden: bool) -> Filled | None:
        """A string of the sheet, plain or in runs of several looks; how it is spoken (`rPh`) is left out."""
        if len(string) == 1 and (only := string[0]).tag == _TEXT:
            text = only.text
            return Filled(tuple(spans(text, look.font, hidden=hidden)), None, look.shaded) if text else None
        found = tuple(self._runs(string, look, hidden=hidden))
        return Filled(found, typed(None), look.shaded) if found else None

    def _runs(self, string: etree._Element, look: Look, *, hidden: bool) -> Iterator[Span]:
        for run in string:
            if run.tag == _TEXT:
                yield from spans(run.text or "", look.font, hidden=hidden)
            elif run.tag == _RUN:
                style = run.find(MAIN + "rPr")
                font = look.font if style is None else font_of(style)
                yield from spans(run.findtext(_TEXT) or "", font, hidden=hidden, part=style is not None)
