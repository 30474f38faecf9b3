"""The second reading of an Excel workbook: openpyxl reads the cells, slowly and by another hand."""

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from marac.document import Document
from marac.parsers.blocks import Block, Span, UnreadableDocument
from marac.parsers.ooxml import package, part, refuse_declarations, tree
from marac.parsers.sheets.excel_controls import add_controls
from marac.parsers.sheets.excel_drawings import add_drawings
from marac.parsers.sheets.excel_package import MAIN, Package
from marac.parsers.sheets.excel_styles import Styles, is_white, stands_out
from marac.parsers.sheets.sheet_values import is_unseen_format, typed
from marac.parsers.sheets.spreadsheet import Filled, Font, Sheet, blocks_of, cell_name, check_extent, filled, spans

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'\br="[A-Z]{3,}\d+"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_NO_FILLS = frozenset((None, "00000000", "FFFFFFFF", "00FFFFFF"))


def blocks_by_openpyxl(document: Document) -> list[Block] | None:
    """The blocks of a workbook; None for a Strict one, which openpyxl cannot read.

    Raises:
        UnreadableDocument: damaged, locked or beyond the limits.
    """
    with package(document) as archive:
        if _STRICT in part(archive, "xl/workbook.xml")[:4000]:
            return None
        _check(archive)
        workbook = _workbook(document)
        parts = Package(archive)
        named = {each.title: each.name for each in parts.sheets() if each.visible}
        styles = Styles(parts.shared("styles"))
        return blocks_of(
            _sheet(parts, each, named[each.title], styles) for each in workbook.worksheets if each.title in named
        )


def _check(archive: zipfile.ZipFile) -> None:
    """Refuses sheets that are small in the file and vast when opened, and any document type declaration."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        data = part(archive, name)
        refuse_declarations(data)
        if _SHEET.fullmatch(name):
            rows = max((int(row) for row in _ROW.findall(data)), default=0)
            merged = sum(_area(*corners) for corners in _MERGED.findall(data))
            check_extent(rows, 1_000_000 if _WIDE.search(data) else 0, merged, len(data))


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _workbook(document: Document) -> Any:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # openpyxl speaks of styles and extensions that it leaves out; no words are lost
        try:
            return load_workbook(BytesIO(document.content), data_only=True, rich_text=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever its XML made it stumble over
            raise UnreadableDocument("The workbook is damaged: its sheets cannot be read.") from error


def _sheet(parts: Package, source: Any, name: str, styles: Styles) -> Sheet:
    sheet = Sheet(source.title)
    for each in source.merged_cells.ranges:
        sheet.merged[each.min_row - 1, each.min_col - 1] = (
            each.max_row - each.min_row + 1,
            each.max_col - each.min_col + 1,
        )
    sheet.hidden_rows = {number - 1 for number, row in source.row_dimensions.items() if row.hidden}
    for column in source.column_dimensions.values():
        if column.hidden:
            sheet.hidden_columns.update(range((column.min or 1) - 1, column.max or 1))
    for row in source.iter_rows():
        for cell in row:
            sheet.columns = max(sheet.columns, cell.column)
            found = _filled(cell, sheet)
            if found.spans or found.shaded:
                sheet.cells[cell.row - 1, cell.column - 1] = found
    if styles.have_boxes:
        _show_boxes(sheet, tree(parts.archive, name), styles)
    if parts.links(name):
        root = tree(parts.archive, name)
        add_controls(parts, name, root, sheet)
        add_drawings(parts, name, root, sheet)
    return sheet


def _show_boxes(sheet: Sheet, root: etree._Element, styles: Styles) -> None:
    """Turns truth values into the boxes that Excel shows them as, of which openpyxl does not know."""
    boxed = {each.get("r") for each in root.iter(MAIN + "c") if styles.look(each.get("s")).boxed}
    for (row, column), each in sheet.cells.items():
        if isinstance(each.value, bool) and cell_name(row, column) in boxed:
            box = Span(ticked=each.value, hidden=sheet.is_hidden(row, column))
            sheet.cells[row, column] = Filled((box,), None, each.shaded)


def _filled(cell: Any, sheet: Sheet) -> Filled:
    from openpyxl.cell.rich_text import CellRichText

    shaded = _is_shaded(cell)
    if cell.value is None or cell.data_type == "e":
        return Filled(shaded=shaded)
    hidden = sheet.is_hidden(cell.row - 1, cell.column - 1) or _is_unseen(cell)
    if not isinstance(cell.value, CellRichText):
        return filled(cell.value, cell.number_format or "", _font(cell.font), shaded=shaded, hidden=hidden)
    found = [
        span
        for piece in cell.value
        for span in (
            spans(piece, _font(cell.font), hidden=hidden)
            if isinstance(piece, str)
            else spans(piece.text, _font(piece.font), hidden=hidden, part=True)
        )
    ]
    return Filled(tuple(found), typed(None), shaded)


def _font(font: Any) -> Font:
    name = font.rFont if hasattr(font, "rFont") else font.name
    underlined = bool(font.u) and font.u != "none"
    return Font(name, bool(font.b), underlined, bool(font.strike), stands_out(*_colour(font)))


def _colour(font: Any) -> tuple[str | None, str | None]:
    colour = font.color
    return (None, None) if colour is None else (colour.type, str(colour.value))


def _is_unseen(cell: Any) -> bool:
    unfilled = getattr(cell.fill, "fill_type", "gradient") in (None, "none", "gray125")
    return is_unseen_format(cell.number_format or "") or (unfilled and is_white(*_colour(cell.font)))


def _is_shaded(cell: Any) -> bool:
    fill = getattr(cell, "fill", None)
    if fill is None or fill.fill_type != "solid":
        return False
    colour = fill.fgColor
    return colour.type != "rgb" or colour.rgb not in _NO_FILLS
