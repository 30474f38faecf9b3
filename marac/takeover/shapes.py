"""What a column holds, told without showing it: how many cells could be read, and their shapes. Pure."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marac.takeover.cells import born_in, day_in, named_in, plain_value
from marac.takeover.columns import Column
from marac.takeover.register_words import CHILDREN, COUPLE, COUPLE_REVERSED, MEETING, OUTCOME
from marac.takeover.rows import sorted_rows
from marac.takeover.several import children_in, couple_in, number_in, people_in
from marac.takeover.sheets import Value, words_of
from marac.takeover.understanding import UnderstoodSheet

_LONGEST = 22
_EXAMPLES = 3
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ColumnInWords:
    """A column of the whole spreadsheet: what it is taken for, its filled cells, those that were read, and their shapes."""

    column: Column
    sheets: tuple[int, ...]
    filled: int
    read: int
    shapes: tuple[str, ...]


def columns_in_words(sheets: Sequence[UnderstoodSheet], today: dt.date) -> list[ColumnInWords]:
    """Each column, those with the same title and field on several sheets together."""
    cells: dict[tuple[str, str], tuple[Column, set[int], list[Value]]] = {}
    for sheet in sheets:
        if sheet.headings is None:
            continue
        rows = [each.row for each in sorted_rows(sheet.sheet, sheet.headings, today) if each.kind == "filled"]
        for column in sheet.columns:
            _, numbers, values = cells.setdefault((column.title, column.field), (column, set(), []))
            numbers.add(sheet.sheet.number)
            values += [row.cells[column.place] for row in rows if column.place in row.cells]
    return [_in_words(column, numbers, values, today) for column, numbers, values in cells.values()]


def _in_words(column: Column, sheets: set[int], values: Sequence[Value], today: dt.date) -> ColumnInWords:
    common = Counter(map(shape, values)).most_common(_EXAMPLES)
    read = sum(is_read(column.field, value, today) for value in values) if column.taken else 0
    return ColumnInWords(column, tuple(sorted(sheets)), len(values), read, tuple(each for each, _ in common))


def is_read(field: str, value: Value, today: dt.date) -> bool:
    """Whether a cell can be read as what its column holds, or says that it holds nothing."""
    if field.endswith("date_of_birth"):
        return all(each.value is not None for each in born_in(value, today))
    if field in _READS:
        return _READS[field](value, today)
    return field.startswith("register.") or not plain_value(field, value).doubt


def _is_day(value: Value, today: dt.date) -> bool:
    found = day_in(value, today)
    return found.value is not None or not found.doubt


def _is_couple(value: Value, _today: dt.date) -> bool:
    return couple_in(words_of(value)) is not None


def _are_children(value: Value, today: dt.date) -> bool:
    text = words_of(value)
    return number_in(text) is not None or children_in(text, today) is not None


_READS: Mapping[str, Callable[[Value, dt.date], bool]] = {
    MEETING: _is_day,
    "date": _is_day,
    COUPLE: _is_couple,
    COUPLE_REVERSED: _is_couple,
    CHILDREN: _are_children,
    "victim.name": lambda value, today: named_in(words_of(value), today) is not None,
    "perpetrator.name": lambda value, today: people_in(words_of(value), today) is not None,
}


def shape(value: Value) -> str:
    """The look of a value with its words and figures covered: `99/99/9999`, `Xx Xx`."""
    text = " ".join(words_of(value).split())
    covered = _WORDS.sub(lambda found: _covered(found[0]), re.sub(r"\d", "9", text))
    return covered if len(covered) <= _LONGEST else f"{covered[: _LONGEST - 1]}…"


def _covered(word: str) -> str:
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    return "Xx" if word[:1].isupper() else "x"


def outcomes_in(sheets: Sequence[UnderstoodSheet], today: dt.date) -> Counter[str]:
    """The outcomes of the register in their words, and how many cases have each."""
    found: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.headings is None:
            continue
        places = [column.place for column in sheet.columns if column.field == OUTCOME]
        rows = [each.row for each in sorted_rows(sheet.sheet, sheet.headings, today) if each.kind == "filled"]
        found.update(row.text(place) for row in rows for place in places if place in row.cells)
    return found


def is_short(outcome: str) -> bool:
    """Whether an outcome is a word or two; a longer one may tell of people, and is not shown."""
    return len(outcome) <= _LONGEST and "\n" not in outcome
