"""By when an action is to be done, as it was typed into minutes; where that is not sure, a day is offered, not assumed."""

import datetime as dt
import re
from dataclasses import dataclass

from marac.parsers.filling.values import dates_in
from marac.taking_minutes.known import Known

_NEXT = re.compile(r"(?:(?:by|at|before|for)\s+)?(?:the\s+)?next\s+(?:marac(?:\s+meeting)?|meeting)", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?:\s?[/.\-]\s?(?P<number>\d{1,2})|(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<name>[a-z]{3,9})\.?)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?:by|on|due|before|the|no later than)?", re.IGNORECASE)
_MONTHS_AHEAD = dt.timedelta(days=183)
"""A day without a year is the one that comes within so many days after the meeting."""
_LONGEST = dt.timedelta(days=366)
"""An action that is due later is a slip of the pen rather than a plan."""


@dataclass(frozen=True, slots=True)
class Due:
    """The day, or why it cannot be told, as a sentence that offers one."""

    day: dt.date | None
    doubt: str = ""


def due_in(text: str, known: Known) -> Due:
    """The day by which something is to be done.

    Args:
        text: as typed: `3/12/26`, `3 Dec`, `Thursday 3 December 2026`, `next meeting`, `ASAP`.
        known: the meeting that agreed it, and the calendar.
    """
    words = " ".join(text.split()).rstrip(".")
    if not words:
        return Due(None, f"no date is written. {offered(known)}")
    if _NEXT.fullmatch(words):
        return Due(known.following) if known.following else Due(None, "the calendar has no next meeting. Write a date.")
    weekday, rest = _without_weekday(words)
    day = _with_year(rest) or _without_year(rest, known.meeting.date)
    doubt = _doubt_about(day, weekday, known.meeting.date)
    return Due(None, f"“{words}” {doubt} {offered(known)}") if doubt else Due(day)


def _doubt_about(day: dt.date | None, weekday: int | None, meeting: dt.date) -> str:
    """Why a day cannot be meant; empty where it can."""
    if day is None:
        return "is no date that can be read."
    if weekday is not None and weekday != day.weekday():
        return f"does not fit: {in_words(day)} is another day of the week."
    if day < meeting:
        return "is before the meeting."
    return "is more than a year after the meeting." if day - meeting > _LONGEST else ""


def offered(known: Known) -> str:
    """The area's own day, offered and not assumed."""
    if known.meeting.updates_due is not None:
        return f"The area's day is {in_words(known.meeting.updates_due.date())}: write it in if it holds."
    if known.following is not None:
        return f"The next meeting is on {in_words(known.following)}: write it in if it holds."
    return "Write a date."


def in_words(day: dt.date) -> str:
    """`Thursday 3 December 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _without_weekday(words: str) -> tuple[int | None, str]:
    for number, name in enumerate(_DAYS):
        found = re.search(rf"\b(?:{name}|{name[:3]}|{name[:4]})\b\.?,?", words, re.IGNORECASE)
        if found:
            return number, " ".join((words[: found.start()] + words[found.end() :]).split())
    return None, words


def _with_year(words: str) -> dt.date | None:
    found = dates_in(words)
    if len(found) != 1 or not found[0].certain or not _BESIDE.fullmatch(words[: found[0].start].strip()):
        return None
    return found[0].date if not words[found[0].end :].strip() else None


def _without_year(words: str, meeting: dt.date) -> dt.date | None:
    found = _NO_YEAR.search(words)
    if not found or words[found.end() :].strip() or not _BESIDE.fullmatch(words[: found.start()].strip()):
        return None
    if found["name"] and found["name"][:3].casefold() not in _MONTHS:
        return None
    month = int(found["number"]) if found["number"] else _MONTHS.index(found["name"][:3].casefold()) + 1
    for year in (meeting.year, meeting.year + 1):
        try:
            day = dt.date(year, month, int(found["day"]))
        except ValueError:
            continue
        if meeting <= day <= meeting + _MONTHS_AHEAD:
            return day
    return None
