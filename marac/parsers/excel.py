"""Excel: the cells of the visible sheets of a .xlsx or .xlsm, with merged ranges, dates, numbers and tick boxes."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Cell, Span, Table, UnreadableDocument
from marac.parsers.excel_controls import boxes
from marac.parsers.marks import is_symbol_font, pieces, symbol_box
from marac.parsers.ooxml import holds, package, part, refuse_declarations

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET_BYTES = 8_000_000
_MOST_ROWS = 20_000
_MOST_MERGED = 20_000
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'\br="[A-Z]{3,}\d+"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_NO_FILLS = frozenset((None, "00000000", "FFFFFFFF", "00FFFFFF"))
_ZEROS = re.compile(r"0{5,}")


class Excel:
    """Excel workbooks that are zip packages."""

    name = "Excel"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package has a workbook."""
        return holds(document, "xl/")

    def blocks(self, document: Document) -> Iterable[Block]:
        """One table for each visible sheet with anything in it.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        with package(document) as archive:
            _check(archive)
            workbook = _workbook(document)
            ticks = boxes(archive)
            found = [
                table
                for sheet in workbook.worksheets
                if sheet.sheet_state == "visible" and (table := _table(sheet, ticks.get(sheet.title, {}))) is not None
            ]
        if not found:
            raise UnreadableDocument("The workbook has no filled cell on a visible sheet.")
        return found

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - one way so far
        """There is no second way yet."""
        return None


def _check(archive: zipfile.ZipFile) -> None:
    """Refuses sheets that are small in the file and vast when opened, and any document type declaration."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        data = part(archive, name)
        refuse_declarations(data)
        if not _SHEET.fullmatch(name):
            continue
        rows = max((int(row) for row in _ROW.findall(data)), default=0)
        merged = sum(_area(*corners) for corners in _MERGED.findall(data))
        if len(data) > _SHEET_BYTES or rows > _MOST_ROWS or merged > _MOST_MERGED or _WIDE.search(data):
            raise UnreadableDocument("The workbook is far larger than any form, so it was not opened.")


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _workbook(document: Document) -> Any:
    import warnings
    from io import BytesIO

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # openpyxl speaks of styles and extensions that it leaves out; no words are lost
        try:
            return load_workbook(BytesIO(document.content), data_only=True, rich_text=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever its XML made it stumble over
            raise UnreadableDocument("The workbook is damaged: its sheets cannot be read.") from error


def _table(sheet: Any, ticks: dict[tuple[int, int], list[bool]]) -> Table | None:
    merged = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    covered = {place for each in merged.values() for place in _places(each)} - set(merged)
    cells: list[Cell] = []
    for row in sheet.iter_rows():
        made = [_cell(cell, merged, ticks) for cell in row if (cell.row, cell.column) not in covered]
        if any(each.spans for each in made):
            cells.extend(made)
    return Table(tuple(cells), f"sheet {sheet.title}") if cells else None


def _places(area: Any) -> Iterator[tuple[int, int]]:
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            yield row, column


def _cell(cell: Any, merged: dict[tuple[int, int], Any], ticks: dict[tuple[int, int], list[bool]]) -> Cell:
    area = merged.get((cell.row, cell.column))
    rows = area.max_row - area.min_row + 1 if area else 1
    columns = area.max_col - area.min_col + 1 if area else 1
    spans = [Span(ticked=ticked) for ticked in ticks.get((cell.row, cell.column), ())]
    if cell.value is not None:
        spans.extend(_spans(cell))
    return Cell(cell.row - 1, cell.column - 1, tuple(spans), rows, columns, _is_shaded(cell), _typed(cell.value))


def _is_shaded(cell: Any) -> bool:
    fill = getattr(cell, "fill", None)
    if fill is None or fill.fill_type != "solid":
        return False
    colour = fill.fgColor
    return colour.type != "rgb" or colour.rgb not in _NO_FILLS


def _typed(value: object) -> dt.date | float | bool | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date | bool):
        return value
    return float(value) if isinstance(value, int | float) else None


def _spans(cell: Any) -> Iterator[Span]:
    from openpyxl.cell.rich_text import CellRichText

    hidden = _is_hidden(cell)
    if isinstance(cell.value, CellRichText):
        for piece in cell.value:
            font = None if isinstance(piece, str) else piece.font
            yield from _boxed(
                str(piece if isinstance(piece, str) else piece.text),
                font or cell.font,
                hidden,
                getattr(font, "rFont", None),
            )
        return
    yield from _boxed(_shown(cell), cell.font, hidden, cell.font.name)


def _is_hidden(cell: Any) -> bool:
    sheet = cell.parent
    return bool(sheet.row_dimensions[cell.row].hidden or sheet.column_dimensions[cell.column_letter].hidden)


def _shown(cell: Any) -> str:
    """A value as the sheet shows it: dates day first, whole numbers without a point, leading zeros of the format."""
    value = cell.value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and float(value).is_integer():
        zeros = _ZEROS.match(str(cell.number_format or ""))
        return str(int(value)).zfill(len(zeros[0]) if zeros else 1)
    return str(value)


def _boxed(text: str, font: Any, hidden: bool, name: str | None) -> Iterator[Span]:
    bold, underlined, struck = bool(font.b), bool(font.u), bool(font.strike)
    symbols = is_symbol_font(name)
    for piece in text if symbols else pieces(text):
        ticked = symbol_box(name or "", piece) if symbols and isinstance(piece, str) else piece
        if isinstance(ticked, bool):
            yield Span(ticked=ticked, hidden=hidden)
        elif isinstance(piece, str) and not symbols:
            yield Span(piece, None, bold, underlined, struck, hidden=hidden)
