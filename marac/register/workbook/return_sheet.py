"""The sheet of the SafeLives return: a row for each meeting, what is not recorded beside what is counted."""

import datetime as dt
from collections.abc import Sequence
from statistics import median

from marac.figures.data_return import DataReturn, data_returns, heard_at
from marac.meetings.hearing import Hearing
from marac.register.workbook.contents import RegisterContents
from marac.register.workbook.sheet import Chart, Column, Sheet, Value

_NAME = "SafeLives return"
_CHARTED = ("Cases", "Repeats")
_WORDS = (
    "A row for each meeting, as the quarterly return asks. A number with gaps is the least that it can be: what no form says"
    " is not recorded, and never counted as no. Fill in what is missing on the sheet Cases, and the gap closes."
)


def return_sheet(contents: RegisterContents) -> Sheet:
    """The return of every meeting that heard a case, the earliest first."""
    cases = [each.case for each in contents.cases]
    *meetings, whole = data_returns(cases, contents.agencies, dt.date.min, dt.date.max, contents.verdicts)
    counted = tuple(whole.counts)
    columns = (
        Column("Meeting", 12, "date"),
        *(Column(title, 11, "number") for title in counted),
        Column("Days from referral, middle", 14, "number"),
        Column("Not recorded in", 60),
    )
    heard = heard_at(cases)
    rows = [_row(each, _days(heard[each.first], each.first)) for each in meetings]
    charts = (Chart("Cases and repeats, by meeting", "column", _NAME, "Meeting", _CHARTED, 0, len(rows) - 1),)
    return Sheet(_NAME, columns, rows, words=("The SafeLives return", _WORDS), charts=charts if rows else (), tallest=6)


def _row(each: DataReturn, days: int) -> tuple[Value, ...]:
    gaps = [f"{what}: {', '.join(count.gaps)}" for what, count in each.counts.items() if count.gaps]
    return (each.first, *(count.number for count in each.counts.values()), days, "\n".join(dict.fromkeys(gaps)) or None)


def _days(hearings: Sequence[Hearing], meeting: dt.date) -> int:
    """The days from referral to meeting: half of the cases waited no longer."""
    return round(median((meeting - min(case.received for case in each.cases)).days for each in hearings))
