"""A register workbook, written and opened again: its sheets, the rows of their tables, and the stories of its cases."""

import io
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from marac.register.workbook.contents import RegisterContents
from marac.register.workbook.place import workbook


def opened(register: RegisterContents) -> Any:
    """The workbook of a register, as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(workbook(register)))


def cells(page: Any) -> list[dict[str, Any]]:
    """The rows of a sheet's table, each cell under its title."""
    (table,) = page.tables.values()
    heading, *rows = page[table.ref]
    return [dict(zip([cell.value for cell in heading], row, strict=True)) for row in rows]


def values(page: Any) -> list[dict[str, Any]]:
    """The rows of a sheet's table, each value under its title."""
    return [{title: cell.value for title, cell in row.items()} for row in cells(page)]


def stories_in(file: bytes) -> list[str]:
    """The reasons for referral on the sheet of cases, as calamine reads them."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Cases").to_python()
    heading = next(number for number, row in enumerate(rows) if row[0] == "Case")
    place = rows[heading].index("Reason for referral")
    return [str(row[place]) for row in rows[heading + 1 :]]
