"""The sheet of cases: a row a case, and on its cells where the form says so and how sure the reader is."""

from collections.abc import Iterable
from typing import Any

from marac.case import LIVE, Case
from marac.register.workbook.columns import COLUMNS
from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.notes import NotedColumns
from marac.register.workbook.sheet import Colour, Note, Sheet, Value
from marac.register.workbook.text import too_long
from marac.register.workbook.words import lines

_NOTED = NotedColumns(
    places={each.path: place for place, each in enumerate(COLUMNS) if each.path},
    keys=frozenset(place for place, each in enumerate(COLUMNS) if each.key),
    names=frozenset(place for place, each in enumerate(COLUMNS) if each.name),
)
_PERPETRATORS = tuple(place for place, each in enumerate(COLUMNS) if (each.path or "").startswith("perpetrators."))
_ADVICE = (
    "White columns can be changed: save, and the next run takes your changes into the register and says so; grey ones are the"
    " program's, and an edit there is undone. Several perpetrators: on the sheet People. A new row at the end becomes a draft."
)
_VALUES = tuple(each.value for each in COLUMNS)
_WHY = next(place for place, each in enumerate(COLUMNS) if each.column.title == "Why")
_PRINTED = 1 + _WHY
_TALLEST = 12
"""Lines that a row shows at most: some cases have a page of reasons, and a screen should show more than two cases."""


def cases_sheet(cases: Iterable[RegisteredCase]) -> Sheet:
    """The sheet of cases, in the order given."""
    rows: list[tuple[Value, ...]] = []
    notes: dict[tuple[int, int], Note] = {}
    locked: set[tuple[int, int]] = set()
    for number, registered in enumerate(cases):
        row = tuple([_shown(value(registered)) for value in _VALUES])
        rows.append(row)
        for place, note in _NOTED.notes(registered.case, row):
            notes[number, place] = note
        if where := _where(registered.case):
            notes[number, _WHY] = Note(where)
        if len(registered.case.referral.perpetrators) > 1:
            locked |= {(number, place) for place in _PERPETRATORS}
    return Sheet(
        "Cases",
        tuple(each.column for each in COLUMNS),
        rows,
        notes=notes,
        printed=_PRINTED,
        sized_by=_PRINTED,
        tallest=_TALLEST,
        grey_rows=Colour("grey", ("not heard", "joined", "transferred", "withdrawn", "closed"), where="State"),
        keyed=True,
        locked=frozenset(locked.union(too_long(rows))),
        advice=_ADVICE,
    )


def _where(case: Case) -> str:
    """Where on the form the reasons of a live case stand."""
    evidence = (f"{flag.code}: {flag.evidence}" for flag in case.flags if flag.evidence)
    return "\n".join(dict.fromkeys(evidence)) if case.state in LIVE else ""


def _shown(value: Any) -> Value:
    return lines(value) if type(value) is tuple else value
