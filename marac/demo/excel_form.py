"""Referral forms as Excel workbooks: labels with their answers beside them, dates as real dates."""

import datetime as dt
import io
from typing import Any

import xlsxwriter

from marac.demo.form_layout import standard_form
from marac.demo.form_parts import CHECKLIST, INSTRUCTIONS, MARKING, PARTNERSHIP, TITLE, Answer, Choice, Grid, Rows
from marac.referral import Referral

MADE = dt.datetime(2020, 1, 1)
COLUMNS = 6
LINE = 16
WIDTHS = (32, 16, 20, 32, 18, 22)


def excel_form(referral: Referral) -> bytes:
    """A filled-in referral form; the checklist, where there is one, is a sheet of its own."""
    saved = io.BytesIO()
    workbook = xlsxwriter.Workbook(saved, {"in_memory": True})
    workbook.set_properties({"title": TITLE, "author": PARTNERSHIP, "created": MADE})
    looks = _looks(workbook)
    sheets: dict[str, Any] = {}
    rows: dict[str, int] = {}
    for part in standard_form(referral):
        name = "Checklist" if part.title == CHECKLIST else "Referral"
        if name not in sheets:
            sheets[name], rows[name] = _sheet(workbook, looks, name), 4
        sheets[name].write(rows[name], 0, part.title, looks["heading"])
        first = rows[name] + 1
        after = (
            _rows(sheets[name], first, part, looks)
            if isinstance(part, Rows)
            else _grid(sheets[name], first, part, looks)
        )
        rows[name] = after + 1
    workbook.close()
    return saved.getvalue()


def _looks(workbook: Any) -> dict[str, Any]:
    cell = {"border": 1, "text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16, "font_color": "#6B2E1F"}),
        "note": workbook.add_format({"italic": True}),
        "heading": workbook.add_format({"bold": True, "font_size": 12, "font_color": "#6B2E1F"}),
        "label": workbook.add_format({**cell, "bold": True, "bg_color": "#F3E6DC"}),
        "answer": workbook.add_format({**cell, "align": "left"}),
        "date": workbook.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "left"}),
    }


def _sheet(workbook: Any, looks: dict[str, Any], name: str) -> Any:
    sheet = workbook.add_worksheet(name)
    widths = WIDTHS if name == "Referral" else (80, 10, 10, 12, 10, 10)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write(0, 0, MARKING, looks["note"])
    sheet.write(1, 0, TITLE, looks["title"])
    sheet.write(2, 0, INSTRUCTIONS, looks["note"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def _rows(sheet: Any, row: int, part: Rows, looks: dict[str, Any]) -> int:
    for entries in part.rows:
        if entries[0].long:
            sheet.merge_range(row, 0, row, COLUMNS - 1, entries[0].label, looks["label"])
            row += 1
            sheet.set_row(row, LINE * (2 + len(str(entries[0].answer)) // (sum(WIDTHS) - 10)))
            _merged(sheet, row, (0, COLUMNS - 1), entries[0].answer, looks)
        elif entries[0].wide:
            sheet.write(row, 0, entries[0].label, looks["label"])
            sheet.set_row(row, LINE * (1 + len(entries[0].label) // (WIDTHS[0] - 6)))
            _merged(sheet, row, (1, COLUMNS - 1), entries[0].answer, looks)
        else:
            for entry, (label, first, last) in zip(entries, ((0, 1, 2), (3, 4, 5)), strict=True):
                sheet.write(row, label, entry.label, looks["label"])
                _merged(sheet, row, (first, last), entry.answer, looks)
            longest = max(len(entry.label) for entry in entries)
            sheet.set_row(row, LINE * (1 + longest // (WIDTHS[0] - 6)))
        row += 1
    return row


def _merged(sheet: Any, row: int, columns: tuple[int, int], answer: Answer, looks: dict[str, Any]) -> None:
    sheet.merge_range(row, columns[0], row, columns[1], "", looks["answer"])
    _write(sheet, row, columns[0], answer, looks)


def _grid(sheet: Any, row: int, part: Grid, looks: dict[str, Any]) -> int:
    for column, heading in enumerate(part.header):
        sheet.write(row, column, heading, looks["label"])
    for offset, answers in enumerate(part.rows, start=1):
        for column, answer in enumerate(answers):
            _write(sheet, row + offset, column, answer, looks)
    return row + len(part.rows) + 1


def _write(sheet: Any, row: int, column: int, answer: Answer, looks: dict[str, Any]) -> None:
    if isinstance(answer, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(answer, dt.time()), looks["date"])
    elif isinstance(answer, int):
        sheet.write_number(row, column, answer, looks["answer"])
    else:
        sheet.write_string(row, column, _words(answer), looks["answer"])


def _words(answer: Choice | str | None) -> str:
    if not isinstance(answer, Choice):
        return answer or ""
    if answer.options == ("",):
        return "x" if answer.chosen else ""
    if answer.many:
        return "   ".join(f"{'☒' if option in answer.chosen else '☐'} {option}" for option in answer.options)
    return " / ".join(answer.chosen)
