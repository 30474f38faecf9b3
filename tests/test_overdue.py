"""When actions are overdue, and on which day a reader is reminded: never twice for a day, and once after an absence."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from marac.action import Action
from marac.case import MeetingDate
from marac.meetings.overdue import (
    escalated,
    overdue_actions,
    reminder_day,
    times_reminded,
    updates_due_on,
)

MEETING = dt.date(2026, 12, 3)
DUE = dt.date(2026, 12, 10)
ACTION = Action(1, "M26-0001", "housing", DUE, "Fit new locks.", MEETING, meeting=MEETING)
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
every = st.integers(1, 30)


def test_an_action_is_overdue_from_the_day_after_it_was_due() -> None:
    assert overdue_actions([ACTION], {}, DUE) == ()
    (overdue,) = overdue_actions([ACTION], {}, DUE + DAY)
    assert overdue.since == DUE + DAY


def test_nobody_is_chased_before_the_meetings_updates_are_due() -> None:
    meeting = MeetingDate(MEETING, MEETING, updates_due=dt.datetime(2026, 12, 15, 17))
    due = updates_due_on([meeting])
    assert overdue_actions([ACTION], due, dt.date(2026, 12, 15)) == ()
    assert [each.since for each in overdue_actions([ACTION], due, dt.date(2026, 12, 16))] == [dt.date(2026, 12, 16)]
    later = dataclasses.replace(ACTION, due=dt.date(2027, 1, 15))
    assert overdue_actions([later], due, dt.date(2027, 1, 15)) == ()


def test_a_closed_action_is_never_overdue_and_one_reported_as_not_done_is() -> None:
    closed = dataclasses.replace(ACTION, done=DUE + DAY, outcome="could not be done")
    refused = dataclasses.replace(ACTION, outcome="not done")
    assert overdue_actions([closed], {}, DUE + 30 * DAY) == ()
    assert len(overdue_actions([refused], {}, DUE + 30 * DAY)) == 1


def test_more_than_the_agency_is_told_from_the_named_day_on() -> None:
    def told(day: dt.date) -> bool:
        return bool(escalated(overdue_actions([ACTION], {}, day), 14, day))

    assert not told(DUE + 13 * DAY)
    assert told(DUE + 14 * DAY)


def test_the_first_reminder_is_due_at_once_and_the_next_after_the_interval() -> None:
    since = [DUE + DAY]
    assert reminder_day(since, [], 7, DUE) is None
    assert reminder_day(since, [], 7, DUE + DAY) == DUE + DAY
    assert reminder_day(since, [DUE + DAY], 7, DUE + 7 * DAY) is None
    assert reminder_day(since, [DUE + DAY], 7, DUE + 8 * DAY) == DUE + 8 * DAY


def test_one_reminder_follows_an_absence() -> None:
    assert reminder_day([DUE + DAY], [], 7, DUE + 24 * DAY) == DUE + 22 * DAY


@given(st.lists(days, max_size=5), st.lists(days, max_size=5), every, days)
def test_no_reader_is_reminded_twice_within_the_interval(
    since: list[dt.date], reminded: list[dt.date], step: int, today: dt.date
) -> None:
    found = reminder_day(since, reminded, step, today)
    if found is None:
        return
    assert since
    assert min(since) <= found <= today
    assert today - found < dt.timedelta(days=step)
    assert all(abs(found - each) >= dt.timedelta(days=step) for each in reminded)


@given(st.lists(days, min_size=1, max_size=4), every, days, st.integers(1, 90))
def test_a_run_every_day_reminds_at_every_interval_and_a_run_now_and_then_no_more_often(
    since: list[dt.date], step: int, first: dt.date, pause: int
) -> None:
    def reminders(stride: int) -> list[dt.date]:
        left: list[dt.date] = []
        for number in range(0, 120, stride):
            day = reminder_day(since, left, step, first + number * DAY)
            if day is not None:
                left.append(day)
        return left

    daily, rare = reminders(1), reminders(pause)
    assert len(set(rare)) == len(rare) <= len(daily)
    if daily:
        assert daily == [daily[0] + number * step * DAY for number in range(len(daily))]


def test_a_reminder_counts_for_an_action_from_the_day_on_which_it_was_overdue() -> None:
    reminded = [dt.date(2026, 12, 11), dt.date(2026, 12, 18), dt.date(2026, 12, 25)]
    assert times_reminded(dt.date(2026, 12, 11), reminded, dt.date(2026, 12, 25)) == 2
    assert times_reminded(dt.date(2026, 12, 20), reminded, dt.date(2026, 12, 25)) == 0
