"""A register whose workbook people edit: written by the program, changed as with a spreadsheet program, read back."""

import contextlib
import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from marac.audit import Entry
from marac.case import Case
from marac.office import Office, open_office
from marac.read_back import ReadBack, read_back
from marac.register.actions import add_action
from marac.register.cases import add_case, add_decision, case_named, every_case, set_reading
from marac.register.trail import trail
from marac.register.workbook.contents import Conflict
from marac.register.workbook.place import WorkbookOutcome
from marac.register_workbook import write_workbook
from tests.invented_register import fortnight
from tests.working_folder import working_folder

TODAY = dt.date(2026, 11, 27)
NOW = dt.datetime(2026, 11, 27, 9, 30, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class EditedRegister:
    """A register, its workbook in place, and what a person can do to it."""

    office: Office

    @property
    def path(self) -> Path:
        return self.office.settings.folders.register_workbook

    def read(self) -> ReadBack:
        return read_back(self.office)

    def write(self) -> WorkbookOutcome:
        return write_workbook(self.office)

    def case(self, reference: str) -> Case:
        with self.office.store.reading() as connection:
            return case_named(connection, reference)

    def cases(self) -> tuple[Case, ...]:
        with self.office.store.reading() as connection:
            return every_case(connection)

    def change(self, reference: str, changed: Callable[[Case], Case]) -> None:
        """Change a case in the register itself, as a message or a command does."""
        with self.office.store.changing() as connection:
            set_reading(connection, changed(case_named(connection, reference)))

    def trail(self) -> list[Entry]:
        with self.office.store.reading() as connection:
            return [entry for entry, _ in trail(connection)]

    def conflicts(self) -> tuple[Conflict, ...]:
        from marac.register.conflicts import open_conflicts

        with self.office.store.reading() as connection:
            return open_conflicts(connection)

    def edit(self, sheet: str, key: str, cells: Mapping[str, Any], path: Path | None = None) -> int:
        """Type into a row and save; the number of the row."""
        with self.opened(path) as book:
            page = book[sheet]
            row = row_of(page, key)
            for title, value in cells.items():
                page.cell(row, column_of(page, title)).value = value
        return row

    def add_row(self, sheet: str, cells: Mapping[str, Any]) -> int:
        """Type a new row below the table and save; the number of the row."""
        with self.opened() as book:
            page = book[sheet]
            row: int = page.max_row + 1
            for title, value in cells.items():
                page.cell(row, column_of(page, title)).value = value
        return row

    @contextlib.contextmanager
    def opened(self, path: Path | None = None) -> Iterator[Any]:
        """The workbook, saved at the end."""
        book = openpyxl.load_workbook(path or self.path)
        yield book
        book.save(path or self.path)

    def shown(self, sheet: str, key: str, title: str) -> Any:
        """What a cell of the workbook shows now."""
        page = openpyxl.load_workbook(self.path)[sheet]
        return page.cell(row_of(page, key), column_of(page, title)).value

    def names(self) -> list[str]:
        """The workbooks in the folder."""
        return sorted(each.name for each in self.path.parent.glob("*.xlsx"))


@contextlib.contextmanager
def edited_register(place: Path, *cases: Case) -> Iterator[EditedRegister]:
    """A register of these cases, or of an invented fortnight, with an action and a workbook that is just written."""
    folder = working_folder(place).path
    with open_office(folder / "config.toml", TODAY, lambda: NOW) as office:
        register = EditedRegister(office)
        with office.store.changing() as connection:
            for case in cases or fortnight():
                add_case(connection, case)
                for decision in case.decisions:
                    add_decision(connection, decision)
            first = (cases or fortnight())[0].reference
            add_action(connection, first, "police", dt.date(2026, 12, 10), "Ring the school.", TODAY)
        register.write()
        yield register


def heading_of(page: Worksheet) -> int:
    """The row of the titles."""
    titles = {"Case", "Person", "Child", "Action", "Conflict"}
    return next(row for row in range(1, 20) if page.cell(row, 1).value in titles)


def column_of(page: Worksheet, title: str) -> int:
    heading = page[heading_of(page)]
    return next(cell.column for cell in heading if cell.value == title)


def row_of(page: Worksheet, key: str) -> int:
    rows = range(heading_of(page) + 1, page.max_row + 1)
    return next(row for row in rows if str(page.cell(row, 1).value) == key)


def saved_by_libreoffice(path: Path) -> None:
    """Open the file in LibreOffice and save it, as somebody does who has no Excel."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        words = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*words, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=120)
        shutil.copyfile(Path(folder) / path.name, path)
