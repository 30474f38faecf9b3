"""On which days the council is closed, and working days counted forth and back between them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

_SATURDAY = 5
_DAY = dt.timedelta(days=1)


class ClosedDays(Protocol):
    """What knows the bank holidays and the council's own closed days."""

    def why_closed(self, day: dt.date) -> str:
        """Why the council is closed on this day, such as `Christmas Day`; empty where it is not, weekends included."""


@dataclass(frozen=True, slots=True)
class ListedClosedDays:
    """Closed days that are simply listed, each with why."""

    days: Mapping[dt.date, str] = field(default_factory=lambda: MappingProxyType({}))

    def why_closed(self, day: dt.date) -> str:
        """Why the council is closed on this day; empty where it is not."""
        return self.days.get(day, "")


def is_working_day(day: dt.date, closed: ClosedDays) -> bool:
    """Whether the council works on this day: no weekend, and not closed."""
    return day.weekday() < _SATURDAY and not closed.why_closed(day)


def working_day_after(day: dt.date, number: int, closed: ClosedDays) -> dt.date:
    """The n-th working day after this day; the day itself for 0."""
    return _counted(day, number, _DAY, closed)


def working_day_before(day: dt.date, number: int, closed: ClosedDays) -> dt.date:
    """The n-th working day before this day; the day itself for 0."""
    return _counted(day, number, -_DAY, closed)


def _counted(day: dt.date, number: int, step: dt.timedelta, closed: ClosedDays) -> dt.date:
    while number > 0:
        day += step
        number -= is_working_day(day, closed)
    return day
