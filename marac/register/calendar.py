"""The meetings as the settings and people's words have them, for as far ahead and back as anything asks."""

import datetime as dt
from functools import lru_cache

from sqlalchemy import Connection

from marac.case import MeetingDate
from marac.fortnight import CalledMeeting
from marac.meetings.calendar import CalendarRules, meetings_between
from marac.register.called_meetings import every_called_meeting
from marac.settings import Settings
from marac.settings.bank_holidays import closed_days
from marac.settings.fortnight import ClosedDays

_YEARS_BACK = 2
"""Twelve-month lists, and the figures of the year before, look back as far."""


def meetings(connection: Connection, settings: Settings, today: dt.date) -> tuple[MeetingDate, ...]:
    """The meetings, the earliest first: from two years back to the end of next year, and those that are named by day.

    The span is of whole years, so that what shows the meetings does not change every day. Worked out once, until the
    settings, people's words or the year change.
    """
    return _meetings(settings.calendar_rules, settings.closed, tuple(every_called_meeting(connection)), today.year)


@lru_cache(maxsize=8)
def _meetings(
    rules: CalendarRules, table: ClosedDays, called: tuple[CalledMeeting, ...], year: int
) -> tuple[MeetingDate, ...]:
    first, last = dt.date(year - _YEARS_BACK, 1, 1), dt.date(year + 1, 12, 31)
    closed = closed_days(table)
    named = {*(each.date for each in rules.listed), *(each.date for each in called)}
    found = list(meetings_between(first, last, rules, closed, called))
    for day in named:
        if not first <= day <= last:
            found += meetings_between(day, day, rules, closed, called)
    return tuple(sorted(found, key=lambda meeting: meeting.date))
