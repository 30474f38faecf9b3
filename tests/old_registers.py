"""Spreadsheets as coordinators have kept them: invented cases, a sheet a year or a meeting, and all that grows in such files."""

import csv
import datetime as dt
import io
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

TITLES = (
    "MARAC date", "Case No.", "Victim", "DOB", "Address", "Perpetrator", "DOB", "No of children", "Children", "Referring Agency",
    "Date referred", "Repeat Y/N", "Outcome", "Actions agreed", "Colour of folder",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldRow:
    """One case as such a spreadsheet has it."""

    meeting: Any = dt.date(2025, 3, 12)
    number: str = "25/001"
    victim: str = "MARLOWE, Kezia"
    victim_born: Any = dt.date(1988, 3, 12)
    address: str = "4 Gorse Bank, Carrowdale ZZ99 3AB"
    perpetrator: str = "Denzil Marlowe"
    perpetrator_born: Any = "4/5/85"
    count: Any = 2
    children: str = "Tilly 4/1/2014, Rowan 3.2.16"
    agency: str = "Police"
    referred: Any = dt.date(2025, 2, 27)
    repeat: str = "N"
    outcome: str = "Heard"
    actions: str = "Housing: fit new locks"
    folder: str = "blue"

    @property
    def cells(self) -> list[Any]:
        """The cells in the order of `TITLES`."""
        return [getattr(self, name) for name in self.__dataclass_fields__]


ROWS = (
    OldRow(),
    OldRow(
        "12/3/25", "25/002", "Ottoline Quayle dob 1.12.90", None, "", "Barnaby Finch; Silas Finch", "1.1.80 / 2.2.82", 0, "None", "IDVA",
        "1/3/25", "Yes", "Transferred to Westmoor MARAC", "",
    ),
    OldRow("12.03.2025", "25/003", "J.P.", 34, "", "unknown", None, None, "", "Health", 45_710, "N", "Not accepted - below threshold"),
    OldRow(None, "25/004", "Perpetua Vane", "30.2.91", "", "Corin Vane", None, "3", "", "Police", "14/3/25", "R", "Deferred"),
    OldRow("March 2025", "25/005", "Saffron Ludlow", "", "", "Ivo Ludlow", "", "", "", "Police", None, "", "", "", ""),
)  # fmt: skip


def year_sheet(sheet: Worksheet, rows: Sequence[OldRow] = ROWS) -> None:
    """A sheet of a year: a merged title, headings in the third row, headings again, a blank row, a note and totals."""
    sheet["A1"] = "CARROWDALE MARAC REGISTER"
    sheet.merge_cells("A1:O1")
    sheet.append([])
    sheet.append(list(TITLES))
    for row in rows[:2]:
        sheet.append(row.cells)
    sheet.append(list(TITLES))
    sheet.append([])
    sheet.append([None] * 13 + ["Remember to update the flags every month"])
    for row in rows[2:]:
        sheet.append(row.cells)
    sheet.append(["Total", len(rows)])
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["O"].hidden = True


def meeting_sheet(sheet: Worksheet) -> None:
    """A sheet of one meeting, named for it, with headings in two rows and both people in columns of their own."""
    sheet.append(["", "Victim", "", "Perpetrator", "", "", ""])
    sheet.append(["Ref", "Name", "DOB", "Name", "DOB", "Agency", "Outcome"])
    sheet.append(["25/020", "Rosalind Thorne", dt.date(1979, 6, 1), "Gareth Thorne", "aged 50", "Housing", "Heard"])
    sheet.append(["25/021", "see other list", "", "Osric Penn", "", "Housing", "Heard"])


def old_register(rows: Sequence[OldRow] = ROWS) -> bytes:
    """An .xlsx of three sheets: a year, a meeting, and one that is no list of cases."""
    book = Workbook()
    assert book.active is not None
    year: Any = book.active
    year.title = "2025"
    year_sheet(year, rows)
    meeting_sheet(book.create_sheet("MARAC 09.04.25"))
    telephone: Any = book.create_sheet("Contacts")
    telephone.append(["Switchboard", "01632 960100"])
    return saved(book)


def plain_register(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """An .xlsx of one sheet with headings in its first row."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Cases"
    for row in (titles, *rows):
        sheet.append(list(row))
    return saved(book)


def as_csv(rows: Sequence[Sequence[Any]], code: str = "cp1252", mark: str = ";") -> bytes:
    """The rows as separated values, as an Excel of this country or another saves them."""
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    return text.getvalue().encode(code)


def converted(content: bytes, kind: str, folder: Path) -> bytes:
    """The spreadsheet as LibreOffice saves it in another format (`ods`, `xls`)."""
    source = folder / "register.xlsx"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (folder / f"register.{kind}").read_bytes()


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
