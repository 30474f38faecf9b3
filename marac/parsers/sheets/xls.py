"""Old Excel workbooks (.xls): xlrd reads the cells and their look, and this package's own walk the boxes over them."""

from collections.abc import Iterable, Iterator
from typing import Any

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, UnreadableDocument
from marac.parsers.sheets.sheet_values import date_of, is_date_format, is_unseen_format, typed
from marac.parsers.sheets.spreadsheet import ERROR, NOTE, Filled, Font, Sheet, blocks_of, check_extent, filled, spans
from marac.parsers.sheets.xls_objects import add_objects, workbook_stream

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that holds streams, as Office wrote them before 2007."""

_DAMAGED = "The workbook is damaged: its sheets cannot be read."
_LOCKED = "The file is protected with a password. Ask the sender for the password, or for a copy without one."
_NO_PATTERN = 0
_SOLID = 1
_WHITE = (255, 255, 255)
_FEWEST_SHADES = 64  # between the strongest and the weakest of red, green and blue, from which a colour stands out
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)


class Xls:
    """Excel workbooks of the years before 2007 (BIFF)."""

    name = "Excel 97"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the file is a container with the stream of a workbook."""
        return document.content.startswith(OLE) and workbook_stream(document.content) is not None

    def blocks(self, document: Document) -> Iterable[Block]:
        """A table for each visible sheet with anything in it, and what floats over the sheets.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        return blocks_of(_sheets(document)[0])

    def blocks_again(self, document: Document) -> Iterable[Block] | None:
        """The same blocks, with the values of the cells as calamine reads them.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        from marac.parsers.sheets.calamine import with_values_of

        sheets, largest = _sheets(document)
        return with_values_of(document.content, sheets, largest)


def _sheets(document: Document) -> tuple[list[Sheet], int]:
    """The visible sheets, and how many cells the largest of all sheets spans."""
    stream = workbook_stream(document.content) or b""
    book = _opened(stream)
    sources = [book.sheet_by_index(number) for number in range(book.nsheets)]
    sheets = []
    try:
        for number, source in enumerate(sources):
            if source.visibility == 0:
                check_extent(source.nrows, source.ncols)
                sheet = _sheet(book, source)
                add_objects(stream, number, sheet)
                sheets.append(sheet)
    except (LookupError, ValueError, AttributeError, TypeError) as error:  # looks that the file names and does not have
        raise UnreadableDocument(_DAMAGED) from error
    return sheets, max((source.nrows * source.ncols for source in sources), default=0)


def _opened(stream: bytes) -> Any:
    """The workbook. xlrd gets the stream alone, because it goes round in damaged containers for ever."""
    import io

    from xlrd import XLRDError, open_workbook

    try:
        return open_workbook(file_contents=stream, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except XLRDError as error:
        raise UnreadableDocument(_LOCKED if "encrypted" in str(error) else _DAMAGED) from error
    except MemoryError:
        raise
    except Exception as error:  # xlrd raises whatever damaged bytes made it stumble over, assertions among it
        raise UnreadableDocument(_DAMAGED) from error


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name, columns=source.ncols)
    for top, bottom, left, right in source.merged_cells:
        check_extent(bottom, right, (bottom - top) * (right - left))
        sheet.merged[top, left] = bottom - top, right - left
        sheet.columns = max(sheet.columns, right)
    sheet.hidden_rows = {number for number, row in source.rowinfo_map.items() if row.hidden}
    sheet.hidden_columns = {number for number, column in source.colinfo_map.items() if column.hidden}
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            kind = source.cell_type(row, column)
            if kind == _EMPTY:
                continue
            if kind == _ERROR:
                sheet.misses(ERROR, (row, column))
            found = _filled(book, source, row, column, hidden=sheet.is_hidden(row, column))
            if found.spans or found.shaded:
                sheet.cells[row, column] = found
    for at, note in source.cell_note_map.items():
        if note.text.strip():
            sheet.misses(NOTE, at)
    return sheet


def _filled(book: Any, source: Any, row: int, column: int, *, hidden: bool) -> Filled:
    style = book.xf_list[source.cell_xf_index(row, column)]
    shown = book.format_map[style.format_key].format_str
    shaded = (
        style.background.fill_pattern == _SOLID and book.colour_map.get(style.background.pattern_colour_index) != _WHITE
    )
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    if kind in (_ERROR, _BLANK) or value == "":
        return Filled(shaded=shaded)
    face = book.font_list[style.font_index]
    unfilled = style.background.fill_pattern == _NO_PATTERN
    hidden = hidden or is_unseen_format(shown) or (unfilled and book.colour_map.get(face.colour_index) == _WHITE)
    if kind == _TEXT and (runs := source.rich_text_runlist_map.get((row, column))):
        return Filled(tuple(_runs(book, value, face, runs, hidden=hidden)), typed(None), shaded)
    if kind == _BOOLEAN:
        value = bool(value)
    elif kind == _DATE or (kind == _NUMBER and is_date_format(shown)):
        dated = date_of(value, since_1904=bool(book.datemode))
        value = value if dated is None else dated
    return filled(value, shown, _font(book, face), shaded=shaded, hidden=hidden)


def _runs(book: Any, text: str, face: Any, runs: list[tuple[int, int]], *, hidden: bool) -> Iterator[Any]:
    """The words of a cell in several looks: each run begins at a character and names a font."""
    starts = [0, *(start for start, _ in runs), len(text)]
    faces = [face, *(book.font_list[number] for _, number in runs)]
    for start, end, each in zip(starts, starts[1:], faces, strict=False):
        if start < end:
            yield from spans(text[start:end], _font(book, each), hidden=hidden, part=each is not face)


def _font(book: Any, face: Any) -> Font:
    colour = book.colour_map.get(face.colour_index) or (0, 0, 0)
    coloured = max(colour) - min(colour) >= _FEWEST_SHADES
    return Font(
        face.name, bool(face.bold) or face.weight >= 600, face.underline_type > 0, bool(face.struck_out), coloured
    )
