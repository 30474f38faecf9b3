"""The parts of a sheet that Excel works with: the table, its colours and its drop-downs, and the words above it."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from marac.errors import StoreError
from marac.register.workbook.choices import OPEN
from marac.register.workbook.looks import Looks, lines_of
from marac.register.workbook.sheet import Choices, Colour, Sheet
from marac.register.workbook.text import clean

LISTS = "Lists"

_CHARTS_HEIGHT = 300
"""Points."""

_QUESTION = "This is none of the words on the list. Is it meant so?"


def checked(code: int) -> None:
    """Let a written value pass.

    XlsxWriter says by a number alone that it wrote nothing: a text too long for its cell leaves the cell empty.

    Raises:
        StoreError: it was not written.
    """
    if code:
        raise StoreError(
            "A value did not go into the register workbook, so no workbook was written. The register is complete."
        )


def top_of(sheet: Sheet) -> int:
    """The row of the table's heading, from 0: below the words, the charts and an empty row, or below one line of advice."""
    if sheet.advice:
        return 1
    return len(sheet.words) + bool(sheet.charts) + 1 if sheet.words else 0


def add_words(page: Any, sheet: Sheet, looks: Looks) -> None:
    """Write what stands above the table."""
    if sheet.advice:
        page.set_row(0, 20, looks.advice())
        checked(page.write_string(0, 0, clean(sheet.advice), looks.advice()))
    last = min(len(sheet.columns), 6) - 1
    width = sum(column.width for column in sheet.columns[: last + 1])
    for row, words in enumerate(sheet.words):
        look = looks.words() if row else looks.title()
        page.set_row(row, 15 * lines_of(words, width) if row else 26, look)
        if row:
            page.merge_range(row, 0, row, last, "", look)
        checked(page.write_string(row, 0, clean(words), look))
    for row in range(len(sheet.words), top_of(sheet) if sheet.words else 0):
        charts = sheet.charts and row == len(sheet.words)
        page.set_row(row, _CHARTS_HEIGHT if charts else 12, looks.words())


def add_table(page: Any, sheet: Sheet, top: int, looks: Looks) -> None:
    """Make the rows a table of Excel's, with a heading, filters and widths. Without rows it has one that is empty."""
    page.set_row(top, 4 + 15 * max(2, *(lines_of(each.title, each.width - 1) for each in sheet.columns)))
    last_row, last = _last_row(sheet, top), len(sheet.columns) - 1
    columns = [{"header": each.title, "header_format": looks.heading(each.group)} for each in sheet.columns]
    options = {"name": sheet.name.replace(" ", "_"), "style": "Table Style Light 1", "columns": columns}
    checked(page.add_table(top, 0, last_row, last, options))
    page.table_cells.clear()  # a name for each cell, lest a second table overlaps it: as much memory as the cells take
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last_row, last)}"})


def add_colours(page: Any, sheet: Sheet, top: int, looks: Looks) -> None:
    """Colour cells by their words. The rules stay, so a changed word changes its colour."""
    places = {column.title: place for place, column in enumerate(sheet.columns)}
    last_row = _last_row(sheet, top)
    if sheet.grey_rows:
        condition = _condition(sheet.grey_rows, top + 1, 0, places)
        rule = {"type": "formula", "criteria": condition, "format": looks.hue("grey"), "stop_if_true": True}
        checked(page.conditional_format(top + 1, 0, last_row, len(places) - 1, rule))
    for place, column in enumerate(sheet.columns):
        for colour in column.colours:
            condition = _condition(colour, top + 1, place, places)
            rule = {"type": "formula", "criteria": condition, "format": looks.hue(colour.hue)}
            checked(page.conditional_format(top + 1, place, last_row, place, rule))


def set_columns(page: Any, sheet: Sheet, looks: Looks) -> None:
    """Give the columns their widths, and the look of cells in which nothing stands."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, looks.column(column.kind, programs=sheet.programs(column)))


def add_choices(page: Any, sheet: Sheet, top: int, choices: Mapping[Choices, Sequence[str]]) -> None:
    """Give the columns that have a list of words their drop-downs, from the sheet of lists."""
    columns = list(choices)
    for place, column in enumerate(sheet.columns):
        if column.choices is None or not choices.get(column.choices):
            continue
        at, count = columns.index(column.choices), len(choices[column.choices])
        rule = {
            "validate": "list",
            "source": f"={LISTS}!{_fixed(1, at)}:{_fixed(count, at)}",
            "error_type": "warning" if column.choices in OPEN else "stop",
            "error_title": "Not on the list",
            "error_message": _QUESTION if column.choices in OPEN else "Please choose one of the words on the list.",
        }
        checked(page.data_validation(top + 1, place, _last_row(sheet, top), place, rule))


def _condition(colour: Colour, row: int, place: int, places: Mapping[str, int]) -> str:
    """The formula that is true where the colour applies; a cell may hold several words, `; ` between them."""
    cell = xl_rowcol_to_cell(row, places[colour.where] if colour.where else place, col_abs=True)
    if colour.overdue_unless:
        done = xl_rowcol_to_cell(row, places[colour.overdue_unless], col_abs=True)
        return f'=AND({cell}<>"",{cell}<TODAY(),{done}="")'
    tests = ",".join(f'ISNUMBER(SEARCH("; {words};","; "&{cell}&";"))' for words in colour.words)
    return f"=OR({tests})"


def _last_row(sheet: Sheet, top: int) -> int:
    return top + max(len(sheet.rows), 1)


def _fixed(row: int, place: int) -> str:
    return str(xl_rowcol_to_cell(row, place, row_abs=True, col_abs=True))
