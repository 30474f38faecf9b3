"""Which day is meant by "3/12" in a message that came on a certain day. Pure."""

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\.?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+),?(?:\s+(\d{4}))?", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?", re.IGNORECASE)


def day_meant(words: str, received: dt.date, since: dt.date = dt.date.min) -> dt.date | None:
    """The day, which is the last such day before the message came; None where there is none, or it is still to come.

    Args:
        words: the day as it was written, with a year or without.
        received: when the message came.
        since: the first day that can be meant.
    """
    text = words.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _FIGURES.fullmatch(text):
        day, month, year = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found[1], _month(found[2]), found[3]
    elif found := _MONTH_FIRST.fullmatch(text):
        day, month, year = found[2], _month(found[1]), found[3]
    else:
        return None
    if year is not None:
        named = _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        return named if named is not None and since <= named <= received else None
    candidates = (_day(each, int(month), int(day)) for each in (received.year, received.year - 1))
    return next((each for each in candidates if each is not None and since <= each <= received), None)


def _month(name: str) -> str:
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
