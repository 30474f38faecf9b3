"""When something is due before a meeting or after it: so many working or calendar days, and until when on that day."""

import datetime as dt
from dataclasses import dataclass

from marac.meetings.closed_days import ClosedDays, working_day_after, working_day_before

END_OF_DAY = dt.time(23, 59)
"""What a deadline without a time of day runs to."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """So many days, and the time of the day; no time for the end of the day."""

    days: int
    working: bool = True
    at: dt.time | None = None

    def before(self, day: dt.date, closed: ClosedDays) -> dt.date:
        """The day so many days before this one."""
        if self.working:
            return working_day_before(day, self.days, closed)
        return day - dt.timedelta(days=self.days)

    def after(self, day: dt.date, closed: ClosedDays) -> dt.date:
        """The day so many days after this one."""
        if self.working:
            return working_day_after(day, self.days, closed)
        return day + dt.timedelta(days=self.days)

    def on(self, day: dt.date) -> dt.datetime:
        """The moment on that day."""
        return dt.datetime.combine(day, self.at or END_OF_DAY)


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """What an area sets: cut-off, agenda and research before the meeting; actions and updates after it."""

    cut_off: DeadlineRule
    agenda_out: DeadlineRule
    research_back: DeadlineRule
    actions_out: DeadlineRule
    updates_due: DeadlineRule


def in_words(moment: dt.datetime) -> str:
    """A deadline as people write it: `26 November 2026 17:00`, or the day alone where it runs to its end."""
    day = f"{moment.day} {moment:%B %Y}"
    return day if moment.time() >= END_OF_DAY else f"{day} {moment:%H:%M}"
