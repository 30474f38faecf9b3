"""Sheets as the bytes of an .xlsx file: every text as text, every value in it, and the same bytes for the same sheets."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from marac.errors import StoreError
from marac.register.workbook.contents import GENERATION
from marac.register.workbook.looks import Looks, lines_of, note_look, set_height, set_up
from marac.register.workbook.sheet import Choices, Column, Sheet, Value
from marac.register.workbook.tables import LISTS, add_choices, add_colours, add_table, add_words, checked
from marac.register.workbook.text import clean, fits, pieces

_CREATED = dt.datetime(2000, 1, 1)
"""The same in every workbook, so that the same contents are the same bytes."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel's days before this are one off, or do not exist: such dates are written as text."""

_PIECE = 30_000
"""UTF-16 units in one piece of a text that its cell could only begin."""

_LINKS = 65_530
"""Links that Excel takes on one sheet."""

_LONG = "Long texts"


def xlsx(sheets: Sequence[Sheet], choices: Mapping[Choices, Sequence[str]], generation: str) -> bytes:
    """The workbook.

    Raises:
        StoreError: a value could not be put into it; a workbook that lacks something is not handed out.
    """
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(held, options)
    book.set_properties({"title": "MARAC register", "created": _CREATED})
    book.set_custom_property(GENERATION, generation)
    writer = _Writer(book, choices)
    for sheet in sheets:
        writer.add(sheet)
    writer.add_long_texts()
    _add_lists(book, writer.looks, choices)
    _add_sync(book, generation)
    try:
        book.close()
    except (XlsxWriterException, OSError, ValueError):
        raise StoreError("The register workbook could not be made. The register itself is complete.") from None
    return held.getvalue()


class _Writer:
    """A workbook being written, with the texts that were too long for their cells."""

    def __init__(self, book: Any, choices: Mapping[Choices, Sequence[str]]) -> None:
        self.book = book
        self.looks = Looks(book)
        self.choices = choices
        self.long_texts: list[tuple[Value, ...]] = []
        self.links = 0

    def add(self, sheet: Sheet) -> None:
        """Write one sheet: its words, its table, and how they look on screen and on paper."""
        page = self.book.add_worksheet(sheet.name)
        top = add_words(page, sheet, self.looks)
        looks = [self.looks.cell(column.kind) for column in sheet.columns]
        for number, row in enumerate(sheet.rows):
            self._row(page, sheet, (top, number), row, looks)
        add_table(page, sheet, top, self.looks)
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

    def _row(
        self, page: Any, sheet: Sheet, where: tuple[int, int], row: tuple[Value, ...], looks: Sequence[Any]
    ) -> None:
        top, number = where
        at, lines, notes = top + 1 + number, 1, sheet.notes
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            look, note = looks[place], notes.get((number, place))
            if note:
                checked(page.write_comment(at, place, clean(note.text), note_look(note.text)))
                look = self.looks.cell(column.kind, doubtful=note.doubtful)
            if isinstance(value, str):
                text = self._held(clean(value), row[0], column.title)
                self._text(page, (at, place), column, text, look)
                if sheet.sized_by is None or place < sheet.sized_by:
                    lines = max(lines, lines_of(text, column.width))
            else:
                self._value(page, at, place, value, look)
        set_height(page, at, lines)

    def _held(self, text: str, row: Value, column: str) -> str:
        """The text, or its beginning with words on where the whole of it stands."""
        if fits(text):
            return text
        parts = pieces(text, _PIECE)
        name = clean(str(row))[:50]
        self.long_texts += [(name, column, part, len(parts), words) for part, words in enumerate(parts, 1)]
        return f"{parts[0]}\n[The text goes on. All of it is on the sheet {_LONG}, row {name}, column {column}.]"

    def _text(self, page: Any, cell: tuple[int, int], column: Column, text: str, look: Any) -> None:
        if column.kind == "link" and self.links < _LINKS:
            self.links += 1
            checked(page.write_url(*cell, f"external:{text}", self.looks.link(), "open the form"))
        else:
            checked(page.write_string(*cell, text, look))

    def _value(self, page: Any, at: int, place: int, value: int | dt.date | None, look: Any) -> None:
        if value is None:
            checked(page.write_blank(at, place, None, look))
        elif isinstance(value, bool):
            checked(page.write_string(at, place, "yes" if value else "no", look))
        elif isinstance(value, int):
            checked(page.write_number(at, place, value, look))
        elif value < _FIRST_DAY:
            checked(page.write_string(at, place, f"{value.day:02}/{value.month:02}/{value.year:04}", look))
        else:
            checked(page.write_datetime(at, place, value, look))


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
