"""Days and months as the rules count them."""

import calendar
import datetime as dt


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many calendar months later, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def within_months(earlier: dt.date, later: dt.date, months: int) -> bool:
    """Whether `later` is no more than so many calendar months after `earlier`, the last day included."""
    return later <= months_after(earlier, months)


def age_on(day: dt.date, born: dt.date) -> int:
    """Age in whole years; somebody born on 29 February comes of age on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
