"""The sheet of cases: a row a case, and on its cells where the form says so and how sure the reader is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from marac.register.workbook.columns import COLUMNS
from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.notes import NotedColumns
from marac.register.workbook.sheet import Colour, Note, Sheet, Value
from marac.register.workbook.words import lines

_NOTED = NotedColumns(
    places={each.path: place for place, each in enumerate(COLUMNS) if each.path},
    keys=frozenset(place for place, each in enumerate(COLUMNS) if each.key),
    names=frozenset(place for place, each in enumerate(COLUMNS) if each.name),
)
_PRINTED = 1 + next(place for place, each in enumerate(COLUMNS) if each.column.title == "Why")


def cases_sheet(cases: Iterable[RegisteredCase]) -> Sheet:
    """The sheet of cases, in the order given."""
    rows: list[tuple[Value, ...]] = []
    notes: dict[tuple[int, int], Note] = {}
    for number, registered in enumerate(cases):
        row = tuple(_shown(each.value(registered)) for each in COLUMNS)
        rows.append(row)
        notes |= {(number, place): note for place, note in _NOTED.notes(registered.case, row)}
    columns = tuple(each.column for each in COLUMNS)
    done = Colour("grey", ("not heard", "joined"), where="State")
    return Sheet("Cases", columns, rows, notes=notes, printed=_PRINTED, sized_by=_PRINTED, grey_rows=done)


def _shown(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, dt.date)):
        return value
    return lines(value)
