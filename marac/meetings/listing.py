"""Which meeting a referral is for, which comes next, and which need their documents now."""

import datetime as dt
from collections.abc import Iterable, Sequence

from marac.case import MeetingDate


def meeting_for(received: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The first meeting whose cut-off the referral meets, the day of the cut-off included; None where there is none."""
    return _first(meeting for meeting in meetings if received <= meeting.cut_off and received <= meeting.date)


def next_meeting(today: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The next meeting, today's included; None where the calendar has no more."""
    return _first(meeting for meeting in meetings if meeting.date >= today)


def meeting_before(day: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The last meeting before this day; None where there was none."""
    return max((meeting for meeting in meetings if meeting.date < day), key=_date, default=None)


def due(today: dt.date, meetings: Sequence[MeetingDate]) -> tuple[MeetingDate, ...]:
    """Meetings that need their documents: the cut-off has passed and the meeting is not over, the earliest first.

    A referral may arrive until the end of the day of the cut-off, so a meeting is due from the day after.
    """
    return tuple(sorted((each for each in meetings if each.cut_off < today <= each.date), key=_date))


def _first(meetings: Iterable[MeetingDate]) -> MeetingDate | None:
    return min(meetings, key=_date, default=None)


def _date(meeting: MeetingDate) -> dt.date:
    return meeting.date
