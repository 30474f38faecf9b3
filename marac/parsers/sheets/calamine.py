"""What python-calamine reads: the values of cells. For .xls and .ods that is the second reading, in the look of the first."""

import datetime as dt
import zipfile
from dataclasses import replace
from io import BytesIO

from marac.parsers.blocks import Block, UnreadableDocument
from marac.parsers.sheets.sheet_values import shown
from marac.parsers.sheets.spreadsheet import Filled, Font, Position, Sheet, blocks_of, filled

_MOST_CELLS = 2_000_000  # calamine lays a sheet out whole, and ends the process where the memory does not suffice
_DAMAGED = "The workbook is damaged: its sheets cannot be read."


def with_values_of(content: bytes, sheets: list[Sheet], largest: int) -> list[Block] | None:
    """The blocks of these sheets with the values that calamine finds; None where a sheet is too large for it.

    Args:
        content: the file.
        sheets: its visible sheets as they were read first.
        largest: how many cells the largest of all its sheets spans, hidden ones among them.

    Raises:
        UnreadableDocument: calamine cannot read the file.
    """
    if largest > _MOST_CELLS:
        return None
    values = values_of(content, [each.title for each in sheets])
    return blocks_of(replace(each, cells=_cells(each, found)) for each, found in zip(sheets, values, strict=True))


def values_of(content: bytes, titles: list[str]) -> list[dict[Position, object]]:
    """The values on the sheets with these titles. The caller has made sure that no sheet spans too many cells.

    Raises:
        UnreadableDocument: calamine cannot read the file.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [_values(workbook.get_sheet_by_name(title)) for title in titles]
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError) as error:
        raise UnreadableDocument(_DAMAGED) from error


def _values(source: object) -> dict[Position, object]:
    top, left = getattr(source, "start", None) or (0, 0)
    return {
        (top + row, left + column): value
        for row, values in enumerate(source.to_python())  # type: ignore[attr-defined]  # the stubs hide the sheet
        for column, value in enumerate(values)
        if value != ""
    }


def _cells(sheet: Sheet, values: dict[Position, object]) -> dict[Position, Filled]:
    cells = {at: replace(each, spans=(), value=None) for at, each in sheet.cells.items()}
    for at, value in values.items():
        first = sheet.cells.get(at, Filled())
        if _is_same(first, value):
            cells[at] = first
        else:
            cells[at] = filled(value, "", Font(), shaded=first.shaded, hidden=sheet.is_hidden(*at))
    return cells


def _is_same(first: Filled, value: object) -> bool:
    """Whether the first reading has this value; its look is then kept, and how it is shown."""
    if any(span.ticked is not None for span in first.spans):
        return True
    if isinstance(value, dt.datetime):
        value = value.date()
    if first.value is not None and first.value == value:
        return True
    words = "".join(span.text for span in first.spans)
    return "".join(words.split()) == "".join(shown(value).split())  # calamine drops tabs
