"""The periods over which figures are counted: twelve months, quarters of the calendar, and months."""

import calendar
import datetime as dt
from dataclasses import dataclass

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, the first and the last included, with a name."""

    name: str
    first: dt.date
    last: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Whether the day is one of them."""
        return day is not None and self.first <= day <= self.last


def twelve_months(last: dt.date) -> Period:
    """The twelve months that end with this day's month."""
    first = _month_after(last, -11)
    return Period(f"12 months to {_name(last)}", first, _end(last))


def quarters(last: dt.date, count: int) -> tuple[Period, ...]:
    """That many quarters of the calendar, the one with this day first."""
    start = last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1)
    starts = [_month_after(start, -3 * number) for number in range(count)]
    return tuple(Period(_quarter_name(first), first, _end(_month_after(first, 2))) for first in starts)


def months(last: dt.date, count: int) -> tuple[Period, ...]:
    """That many months, the one with this day last."""
    starts = [_month_after(last, number - count + 1) for number in range(count)]
    return tuple(Period(_name(first), first, _end(first)) for first in starts)


def _end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _month_after(day: dt.date, count: int) -> dt.date:
    """The first day of the month so many months after this day's; at the calendar's own ends, its first month."""
    number = max(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(number // 12, number % 12 + 1, 1)


def _name(day: dt.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _quarter_name(first: dt.date) -> str:
    return f"{_MONTHS[first.month - 1]} to {_name(_month_after(first, 2))}"
