"""Which meeting a referral is for, which comes next, and which need their documents now.

An urgent meeting hears only what a person puts on it: no rule here lists a case for one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from marac.case import Case, MeetingDate


def meeting_for(
    received: dt.date, meetings: Sequence[MeetingDate], received_at: dt.time | None = None
) -> MeetingDate | None:
    """The first ordinary meeting whose cut-off the referral meets; None where there is none.

    Args:
        received: the day on which it arrived; the day of the cut-off is in time.
        meetings: the calendar.
        received_at: the time of that day. One that is not known is in time: nothing is put off on a guess.
    """
    return _first(
        meeting
        for meeting in meetings
        if not meeting.urgent and received <= meeting.date and meets_cut_off(received, received_at, meeting)
    )


def meets_cut_off(received: dt.date, received_at: dt.time | None, meeting: MeetingDate) -> bool:
    """Whether what arrived then is in time for a meeting."""
    if received != meeting.cut_off or meeting.cut_off_at is None or received_at is None:
        return received <= meeting.cut_off
    return received_at <= meeting.cut_off_at


def late(case: Case, meeting: MeetingDate) -> bool:
    """Whether a person put a case on a meeting whose cut-off it did not meet: shown there as a late addition."""
    return case.meeting == meeting.date and not meets_cut_off(case.received, case.received_at, meeting)


def next_meeting(today: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The next meeting, today's included; None where the calendar has no more."""
    return _first(meeting for meeting in meetings if meeting.date >= today)


def meeting_before(day: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The last meeting before this day; None where there was none."""
    return max((meeting for meeting in meetings if meeting.date < day), key=_date, default=None)


def regular_before(day: dt.date, meetings: Sequence[MeetingDate]) -> MeetingDate | None:
    """The last meeting before this day that everybody knows of: an urgent one is no such, where there was another."""
    return meeting_before(day, [meeting for meeting in meetings if not meeting.urgent]) or meeting_before(day, meetings)


def cut_off_passed(meeting: MeetingDate, now: dt.datetime) -> bool:
    """Whether nothing more is listed for a meeting by itself: after the time of its cut-off, else after the day."""
    today = now.date()
    if today == meeting.cut_off and meeting.cut_off_at is not None:
        return now.time() > meeting.cut_off_at
    return meeting.cut_off < today


def due(now: dt.datetime, meetings: Sequence[MeetingDate]) -> tuple[MeetingDate, ...]:
    """Meetings that need their documents: the cut-off has passed and the meeting is not over, the earliest first.

    A referral may arrive until the cut-off, so a meeting without a time of day is due from the day after. An urgent
    one has no list to wait for, and is due as soon as it is called.
    """
    ahead = (each for each in meetings if now.date() <= each.date)
    return tuple(sorted((each for each in ahead if each.urgent or cut_off_passed(each, now)), key=_date))


def _first(meetings: Iterable[MeetingDate]) -> MeetingDate | None:
    return min(meetings, key=_date, default=None)


def _date(meeting: MeetingDate) -> dt.date:
    return meeting.date
