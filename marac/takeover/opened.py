"""The process that opens an old spreadsheet: its bytes in, one line of JSON out. No formula is worked out, nothing is run.

It is a process of its own because a library that reads spreadsheets can end its process on a damaged file.
"""

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from marac.takeover.hidden import Hidden, hidden_in

MOST_ROWS = 60_000
MOST_CELLS = 2_000_000
_LONGEST_CELL = 32_767
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (",", ";", "\t", "|")
_LARGEST_PROPERTIES = 100_000
DAMAGED = (
    "The spreadsheet is damaged: its sheets cannot be read. Open it in Excel, save it again as .xlsx, and try that."
)
TOO_LARGE = f"The spreadsheet is larger than any register: more than {MOST_ROWS:,} rows on a sheet. Nothing was read."
NO_SPREADSHEET = (
    "This is not a spreadsheet that can be read here (.xlsx, .xlsm, .xls, .ods, .csv). If a program exported it under such "
    "a name, open it in Excel or LibreOffice and save it as .xlsx."
)
LOCKED = "The spreadsheet is locked with a password."


class NotOpenedError(Exception):
    """The spreadsheet cannot be opened; the text is one sentence for the coordinator."""


def serve(memory_bytes: int) -> None:
    """Answer for the spreadsheet on standard input: `{sheets, ours}`, or `{refused}` with a sentence."""
    _limit(memory_bytes)
    content = sys.stdin.buffer.read()
    try:
        answer = answer_for(content)
    except NotOpenedError as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        answer = {"refused": TOO_LARGE}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def answer_for(content: bytes) -> dict[str, Any]:
    """The sheets of a spreadsheet, and whether marac wrote it.

    A sheet is `{title, rows, hidden, hidden_rows, hidden_columns}`; a row is a list of values, and begins in column A.

    Raises:
        NotOpenedError: it is damaged, locked, too large or no spreadsheet.
    """
    if content.startswith((b"PK\x03\x04", _OLE)):
        hidden, ours = _looked_into(content)
        return {"sheets": list(_sheets(content, hidden)), "ours": ours}
    rows = list(_lines(_text(content)))
    return {"sheets": [_told("", rows, Hidden(), unseen=False)] if rows else [], "ours": False}


def _looked_into(content: bytes) -> tuple[dict[str, Hidden], bool]:
    """What is hidden on each sheet, by its title, and whether the file is a register that marac wrote."""
    from marac.parsers.blocks import UnreadableDocument

    try:
        found = hidden_in(content)
    except UnreadableDocument as error:
        raise NotOpenedError(str(error)) from None
    except (ValueError, LookupError, AttributeError, TypeError):
        raise NotOpenedError(DAMAGED) from None
    if found is None:
        raise NotOpenedError(NO_SPREADSHEET)
    return found


def _sheets(content: bytes, hidden: dict[str, Hidden]) -> Iterator[dict[str, Any]]:
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for about in workbook.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(about.name)
                check_extent(sheet.total_height, sheet.total_width)
                rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
                _fill_merged(rows, sheet.merged_cell_ranges or ())
                unseen = about.visible != SheetVisibleEnum.Visible
                yield _told(about.name, rows, hidden.get(about.name, Hidden()), unseen=unseen)
    except PasswordError:
        raise NotOpenedError(LOCKED) from None
    except (CalamineError, ValueError, KeyError, OSError):
        raise NotOpenedError(DAMAGED) from None


def _fill_merged(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Put what stands in a cell that was merged downwards into each of its rows: one date for all cases of a meeting."""
    for (top, left), (bottom, right) in merged:
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = rows[top][left]


def check_extent(rows: int, columns: int) -> None:
    """Refuse a sheet that is small in the file and vast when opened.

    Raises:
        NotOpenedError: it is larger than any register.
    """
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise NotOpenedError(TOO_LARGE)


def _told(title: str, rows: Sequence[Sequence[Any]], hidden: Hidden, *, unseen: bool) -> dict[str, Any]:
    counts = {"hidden_rows": hidden.rows, "hidden_columns": hidden.columns}
    return {"title": title, "rows": rows, "hidden": unseen, **counts}


def _plain(value: object) -> object:
    """A value that JSON has: dates as `{"date": …}`, times of day as words."""
    if isinstance(value, dt.datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, bool | int | float):
        return value
    return str(value)[:_LONGEST_CELL]


def _text(content: bytes) -> str:
    """The text of a file of separated values, as Excel and other programs write them."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotOpenedError(NO_SPREADSHEET)
    codes = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if not text.lstrip().startswith(("<", "%PDF", "{\\rtf")):
            return text
        break
    raise NotOpenedError(NO_SPREADSHEET)


def _lines(text: str) -> Iterable[list[str]]:
    """The rows of separated values, with the mark that the first lines have most of."""
    head = text[:20_000]
    mark = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_LONGEST_CELL * 4)
    cells = 0
    try:
        for number, row in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=mark), 1):
            cells += len(row)
            check_extent(max(number, 1), max(cells // number, 1))
            yield row
    except csv.Error:
        raise NotOpenedError(DAMAGED) from None


def _limit(memory_bytes: int) -> None:
    """A limit on memory, and no core dumps, where the system has them (Windows has not: there the deadline stands alone)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
