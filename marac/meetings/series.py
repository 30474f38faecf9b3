"""A series of meetings by its rhythm: on which days it falls, whatever the council's closed days."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Rhythm = Literal["daily", "weekly", "fortnightly", "every three weeks", "monthly"]

_WEEKS: dict[Rhythm, int] = {"daily": 1, "weekly": 1, "fortnightly": 2, "every three weeks": 3}
_WORKING_WEEK = frozenset(range(5))
_DAY = dt.timedelta(days=1)
_LAST = -1


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings that repeat: from which day on, until when, how often, and on which days of the week (0 is Monday)."""

    first: dt.date
    last: dt.date | None = None
    rhythm: Rhythm = "fortnightly"
    weekdays: frozenset[int] = frozenset()
    """None for the weekday of `first`, or Monday to Friday where the rhythm is daily."""
    which: frozenset[int] = frozenset()
    """Of a monthly rhythm: the first to fourth of these weekdays in a month, -1 for the last; none for as `first` is."""
    at: dt.time | None = None
    venue: str = ""

    def days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days between two, both included, on which it falls."""
        day, end = max(first, self.first), min(last, self.last or last)
        begun = self._begins()
        while day <= end:
            if day.weekday() in self._weekdays and self._is_its_week(day, begun):
                yield day
            day += _DAY

    @property
    def _weekdays(self) -> frozenset[int]:
        if self.weekdays:
            return self.weekdays
        return _WORKING_WEEK if self.rhythm == "daily" else frozenset({self.first.weekday()})

    def _begins(self) -> dt.date:
        """The first of its weekdays: its week is the first one that counts, so that `first` may be any day before it."""
        return next(day for after in range(7) if (day := self.first + after * _DAY).weekday() in self._weekdays)

    def _is_its_week(self, day: dt.date, begun: dt.date) -> bool:
        if self.rhythm == "monthly":
            return bool(self._ordinals & {_ordinal(day), _LAST if _is_last(day) else 0})
        return (_monday(day) - _monday(begun)).days // 7 % _WEEKS[self.rhythm] == 0

    @property
    def _ordinals(self) -> frozenset[int]:
        if self.which:
            return self.which
        ordinal = _ordinal(self._begins())
        return frozenset({ordinal if ordinal < 5 else _LAST})


def _ordinal(day: dt.date) -> int:
    """The how manieth of its weekday in its month."""
    return (day.day - 1) // 7 + 1


def _is_last(day: dt.date) -> bool:
    return (day + dt.timedelta(weeks=1)).month != day.month


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * _DAY
