"""When actions are overdue, and on which day an agency is reminded of them: never twice for the same day."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from marac.action import Action
from marac.case import MeetingDate
from marac.meetings.outstanding import agreed_on
from marac.triage.wording import counted
from marac.triage.wording import in_words as day_in_words

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open action that nobody has reported in time."""

    action: Action
    since: dt.date
    """The first day on which it was overdue."""


def overdue_actions(
    actions: Iterable[Action], updates_due: Mapping[dt.date, dt.date], day: dt.date
) -> tuple[Overdue, ...]:
    """The open actions that are overdue on a day, the longest overdue first.

    An action is overdue from the day after it was due; where its meeting asks for updates by a later day, from the day
    after that one: nobody is chased before the answer was due.

    Args:
        actions: any actions; closed ones are passed over.
        updates_due: day of a meeting to the day on which its updates are due, where the area sets one.
        day: the day that it is looked at.
    """
    found = (Overdue(each, _overdue_from(each, updates_due)) for each in actions if each.is_open)
    return tuple(
        sorted((each for each in found if each.since <= day), key=lambda each: (each.since, each.action.number))
    )


def escalated(overdue: Iterable[Overdue], after_days: int, day: dt.date) -> tuple[Overdue, ...]:
    """Those which have been overdue for so many days that more than the agency itself is told."""
    return tuple(each for each in overdue if escalated_from(each, after_days) <= day)


def escalated_from(overdue: Overdue, after_days: int) -> dt.date:
    """The first day on which an overdue action is one that more than the agency itself is told of."""
    return overdue.since + dt.timedelta(days=after_days) - _DAY


def reminder_day(
    since: Collection[dt.date], reminded: Collection[dt.date], every_days: int, today: dt.date
) -> dt.date | None:
    """The day of the one reminder that a reader needs now; None where none is due.

    The first is due on the day on which the first of the actions is overdue, the next so many days after the last that
    left. Whoever was away finds one, not one for each that was missed.

    Args:
        since: the first day of each overdue action that is still open.
        reminded: the days of the reminders that left.
        every_days: how many days lie between two reminders.
        today: the day that it is.
    """
    if not since:
        return None
    step = dt.timedelta(days=every_days)
    first = max(min(since), max(reminded) + step) if reminded else min(since)
    return first + (today - first) // step * step if today >= first else None


def times_reminded(since: dt.date, reminded: Collection[dt.date], before: dt.date) -> int:
    """How many reminders of an action left before a day."""
    return sum(since <= each < before for each in reminded)


def in_words(overdue: Overdue, reminded: int, *, manager_told: bool) -> str:
    """What the chair reads of an action that is long overdue.

    Args:
        overdue: the action.
        reminded: how many reminders of it left to its agency.
        manager_told: whether the agency's manager is told as well.
    """
    times = f"was reminded {counted(reminded, 'time')}" if reminded else "was not reminded yet"
    alone = "" if manager_told else ", and no manager of it is told"
    return f"overdue since {day_in_words(overdue.since)}, the agency {times}{alone}"


def updates_due_on(meetings: Iterable[MeetingDate]) -> Mapping[dt.date, dt.date]:
    """Day of a meeting to the day on which its updates are due, where the area sets one."""
    return {each.date: each.updates_due.date() for each in meetings if each.updates_due is not None}


def _overdue_from(action: Action, updates_due: Mapping[dt.date, dt.date]) -> dt.date:
    return max(action.due, updates_due.get(agreed_on(action), action.due)) + _DAY
