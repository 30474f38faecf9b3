"""Sheets as the bytes of an .xlsx file: every text as text, every value in it, and the same bytes for the same sheets."""

import datetime as dt
import gc
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from marac.errors import StoreError
from marac.register.workbook.charts import add_charts
from marac.register.workbook.choices import FIXED
from marac.register.workbook.contents import GENERATION
from marac.register.workbook.looks import Looks, in_one_line, lines_of, note_look, set_height, set_up
from marac.register.workbook.sheet import Choices, Column, Sheet, Value
from marac.register.workbook.tables import (
    LISTS,
    add_choices,
    add_colours,
    add_table,
    add_words,
    checked,
    set_columns,
    top_of,
)
from marac.register.workbook.text import CELL_LIMIT, clean, fits, link_target, pieces

_CREATED = dt.datetime(2000, 1, 1)
"""The same in every workbook, so that the same contents are the same bytes."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel's days before this are one off, or do not exist: such dates are written as text."""

_DAY_0 = dt.date(1899, 12, 30)
"""A day is a number to Excel, counted from here."""

_PIECE = 30_000
"""UTF-16 units in one piece of a text that its cell could only begin."""

_SURELY_FITS = CELL_LIMIT // 2
"""Characters that a cell holds whatever they are."""

_LINKS = 65_530
"""Links that Excel takes on one sheet."""

_LONG = "Long texts"


def xlsx(sheets: Sequence[Sheet], choices: Mapping[Choices, Sequence[str]], generation: str) -> bytes:
    """The workbook.

    Args:
        sheets: in the order in which they are to stand.
        choices: the lists of words that are not the same in every workbook.
        generation: which state of the register it shows.

    Raises:
        StoreError: a value could not be put into it; a workbook that lacks something is not handed out.
    """
    with _without_looking_for_rubbish():
        held = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(held, options)
        book.set_properties({"title": "MARAC register", "created": _CREATED})
        book.set_custom_property(GENERATION, generation)
        writer = _Writer(book, {**FIXED, **choices})
        for sheet in sheets:
            writer.add(sheet)
        writer.add_long_texts()
        add_charts(book, sheets)
        _add_lists(book, writer.looks, writer.choices)
        _add_sync(book, generation)
        try:
            book.close()
        except (XlsxWriterException, OSError, ValueError):
            raise StoreError("The register workbook could not be made. The register itself is complete.") from None
    return held.getvalue()


@contextmanager
def _without_looking_for_rubbish() -> Iterator[None]:
    """Millions of cells are made and none is dropped before the end: searching them again and again costs a fifth."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


class _Writer:
    """A workbook being written, with the texts that were too long for their cells."""

    def __init__(self, book: Any, choices: Mapping[Choices, Sequence[str]]) -> None:
        self.book = book
        self.looks = Looks(book)
        self.choices = choices
        self.long_texts: list[tuple[Value, ...]] = []

    def add(self, sheet: Sheet) -> None:
        """Write one sheet: its words, its table, and how they look on screen and on paper."""
        page = self.book.add_worksheet(sheet.name)
        top = top_of(sheet)
        set_columns(page, sheet, self.looks)
        add_words(page, sheet, self.looks)
        add_table(page, sheet, top, self.looks)
        self._add_rows(page, sheet, top + 1)
        add_colours(page, sheet, top, self.looks)
        add_choices(page, sheet, top, self.choices)
        set_up(page, sheet, top)

    def add_long_texts(self) -> None:
        """Write the sheet with every text that its cell could only begin, in pieces that join to the whole."""
        if self.long_texts:
            columns = (
                Column("Row", 18, "code"),
                Column("Column", 22),
                Column("Part", 7, "number"),
                Column("Of", 7, "number"),
                Column("Text", 120),
            )
            self.add(Sheet(_LONG, columns, self.long_texts, sized_by=4))

    def _add_rows(self, page: Any, sheet: Sheet, first: int) -> None:
        """Write the rows of a table. Cells in which nothing stands have the look of their column, and are not written."""
        usual = [self.looks.cell(each.kind, programs=sheet.programs(each)) for each in sheet.columns]
        unusual = self._unusual_looks(sheet)
        sized = len(sheet.columns) if sheet.sized_by is None else sheet.sized_by
        plain = [in_one_line(each.width) if place < sized else _SURELY_FITS for place, each in enumerate(sheet.columns)]
        for number, row in enumerate(sheet.rows):
            looks = usual
            if places := unusual.get(number):
                looks = [places.get(place, look) for place, look in enumerate(usual)]
                for place, look in places.items():
                    checked(page.write_blank(first + number, place, None, look))
            height = self._add_row(page, sheet, (first + number, row), looks, plain)
            set_height(page, first + number, height)
        self._add_links(page, sheet, first)
        for (number, place), note in sheet.notes.items():
            checked(page.write_comment(first + number, place, clean(note.text), note_look(note.text)))

    def _add_row(
        self, page: Any, sheet: Sheet, row: tuple[int, tuple[Value, ...]], looks: Sequence[Any], plain: Sequence[int]
    ) -> int:
        """Write the values of a row; how many lines high it is. Texts up to the length `plain` need no second look."""
        at, values = row
        lines, failed = 1, 0
        for place, (value, look, most) in enumerate(zip(values, looks, plain, strict=True)):
            if value is None:
                continue
            if not isinstance(value, str):
                failed |= _write_value(page, at, place, value, look)
                continue
            text = value
            if len(value) > most or not value.isprintable():
                column = sheet.columns[place]
                text = self._held(clean(value), values[0], column.title)
                if most != _SURELY_FITS:
                    lines = max(lines, lines_of(text, column.width))
            failed |= page.write_string(at, place, text, look)
        checked(failed)
        return lines

    def _add_links(self, page: Any, sheet: Sheet, first: int) -> None:
        """Turn places of files into links to them, as many as a sheet takes; of the others the place is to be read."""
        for place, column in enumerate(sheet.columns):
            if column.kind == "link":
                look = self.looks.link(programs=sheet.programs(column))
                linked = [(number, str(row[place])) for number, row in enumerate(sheet.rows) if row[place]]
                for number, target in linked[:_LINKS]:
                    link = f"external:{link_target(target)}"
                    checked(page.write_url(first + number, place, link, look, "open the form"))

    def _unusual_looks(self, sheet: Sheet) -> Mapping[int, Mapping[int, Any]]:
        """By row and column, the looks of cells that are not like the rest of their column."""
        unusual: defaultdict[int, dict[int, Any]] = defaultdict(dict)
        for number, place in sheet.locked:
            unusual[number][place] = self.looks.cell(sheet.columns[place].kind, programs=True)
        for (number, place), note in sheet.notes.items():
            if note.doubtful:
                unusual[number][place] = self.looks.cell(sheet.columns[place].kind, doubtful=True)
        return unusual

    def _held(self, text: str, row: Value, column: str) -> str:
        """The text, or its beginning with words on where the whole of it stands."""
        if fits(text):
            return text
        parts = pieces(text, _PIECE)
        name = clean(str(row))[:50]
        self.long_texts += [(name, column, part, len(parts), words) for part, words in enumerate(parts, 1)]
        return f"{parts[0]}\n[The text goes on. All of it is on the sheet {_LONG}, row {name}, column {column}.]"


def _write_value(page: Any, at: int, place: int, value: int | dt.date, look: Any) -> int:
    code: int
    if isinstance(value, dt.date):
        if value < _FIRST_DAY:
            code = page.write_string(at, place, f"{value.day:02}/{value.month:02}/{value.year:04}", look)
        else:
            code = page.write_number(at, place, (value - _DAY_0).days, look)
    elif isinstance(value, bool):
        code = page.write_string(at, place, "yes" if value else "no", look)
    else:
        code = page.write_number(at, place, value, look)
    return code


def _add_lists(book: Any, looks: Looks, choices: Mapping[Choices, Sequence[str]]) -> None:
    """What the drop-downs offer, on a hidden sheet: a list of more than 255 characters fits nowhere else."""
    page = book.add_worksheet(LISTS)
    for place, (name, words) in enumerate(choices.items()):
        checked(page.write_string(0, place, name, looks.cell("text")))
        for number, word in enumerate(words, 1):
            checked(page.write_string(number, place, clean(word), looks.cell("text")))
    page.hide()


def _add_sync(book: Any, generation: str) -> None:
    """The state of the register that this workbook shows, on a sheet that nobody sees."""
    page = book.add_worksheet("_sync")
    checked(page.write_string(0, 0, "generation"))
    checked(page.write_string(0, 1, generation))
    page.very_hidden()
