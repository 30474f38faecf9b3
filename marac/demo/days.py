"""The days on which the demo plays: its meeting, what is due before and after it, and a meeting held long before."""

import datetime as dt
from dataclasses import dataclass

from marac.meetings.closed_days import ClosedDays
from marac.settings.bank_holidays import CouncilClosedDays

_THURSDAY = 3
_WEEK = dt.timedelta(days=7)


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the demo, all counted from its meeting, which is on a Thursday."""

    meeting: dt.date

    @property
    def cut_off(self) -> dt.date:
        """The last day for referrals, a week before the meeting."""
        return self.meeting - _WEEK

    @property
    def first_day(self) -> dt.date:
        """The Monday on which the fortnight's mail begins."""
        return self.meeting - _days(17)

    @property
    def heard_on(self) -> dt.date:
        """The day of the earlier meeting, seven months ago."""
        return self.meeting - 30 * _WEEK

    @property
    def after_the_earlier_meeting(self) -> dt.date:
        """The day on which the earlier meeting's letters go out."""
        return self.heard_on + _days(1)

    @property
    def after_the_cut_off(self) -> dt.date:
        """The day on which the meeting is prepared."""
        return self.cut_off + _days(1)

    @property
    def answered_on(self) -> dt.date:
        """The Monday on which most agencies answer, and the others are reminded."""
        return self.meeting - _days(3)

    @property
    def eve(self) -> dt.date:
        """The day before the meeting, on which the answers are due."""
        return self.meeting - _days(1)

    @property
    def after_the_meeting(self) -> dt.date:
        """The day on which letters, outcome notes and notices go out."""
        return self.meeting + _days(1)

    @property
    def next_meeting(self) -> dt.date:
        """The day of the meeting after it."""
        return self.meeting + 2 * _WEEK

    @property
    def reported_on(self) -> dt.date:
        """The day on which agencies report what they did."""
        return self.meeting + _days(8)

    @property
    def news_due(self) -> dt.date:
        """The day by which every agency was to report."""
        return self.meeting + _days(12)

    @property
    def overdue_on(self) -> dt.date:
        """The day after that."""
        return self.news_due + _days(1)


def calendar_around(today: dt.date) -> Calendar:
    """The calendar in which the meeting is on the next Thursday, or today if it is one.

    A week with a bank holiday is passed over: the demo shows an ordinary fortnight.
    """
    closed = CouncilClosedDays("England")
    found = Calendar(today + _days((_THURSDAY - today.weekday()) % 7))
    while _has_a_closed_day(found, closed):
        found = Calendar(found.meeting + _WEEK)
    return found


def _has_a_closed_day(days: Calendar, closed: ClosedDays) -> bool:
    """Whether the council is closed on a day between the cut-off and the day after the meeting."""
    return any(closed.why_closed(days.cut_off + _days(number)) for number in range(9))
