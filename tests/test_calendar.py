"""The meetings between two days: rhythms, deadlines, closed days, and what people said."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import MeetingDate
from marac.fortnight import CalledMeeting
from marac.meetings.calendar import CalendarRules, ListedMeeting, closed_between, left_out, meetings_between
from marac.meetings.closed_days import ListedClosedDays, is_working_day, working_day_after, working_day_before
from marac.meetings.deadlines import DeadlineRule, DeadlineRules, in_words
from marac.meetings.series import Rhythm, Series
from marac.settings.bank_holidays import closed_days
from marac.settings.fortnight import ClosedDays, Nation

ENGLAND = closed_days(ClosedDays())
NEVER_CLOSED = ListedClosedDays()
DEADLINES = DeadlineRules(
    DeadlineRule(8, at=dt.time(17)), DeadlineRule(5, at=dt.time(17)), DeadlineRule(1), DeadlineRule(2), DeadlineRule(8)
)
THURSDAY, FRIDAY = 3, 4
DAY = dt.timedelta(days=1)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


FIRST, BEGIN, END = day(11, 26), day(11, 1), day(1, 31, 2027)


def fortnightly(first: dt.date = FIRST) -> CalendarRules:
    return CalendarRules((Series(first),), deadlines=DEADLINES)


def of(rules: CalendarRules, *called: CalledMeeting) -> tuple[MeetingDate, ...]:
    return meetings_between(day(11, 1), day(1, 31, 2027), rules, ENGLAND, called)


def days(series: Series, first: dt.date = BEGIN, last: dt.date = END) -> list[dt.date]:
    return list(series.days(first, last))


@pytest.mark.parametrize(
    ("series", "first_four"),
    [
        (Series(day(11, 26)), [day(11, 26), day(12, 10), day(12, 24), day(1, 7, 2027)]),
        (Series(day(11, 26), rhythm="weekly"), [day(11, 26), day(12, 3), day(12, 10), day(12, 17)]),
        (Series(day(11, 26), rhythm="every three weeks"), [day(11, 26), day(12, 17), day(1, 7, 2027), day(1, 28, 2027)]),
        (Series(day(11, 26), rhythm="daily"), [day(11, 26), day(11, 27), day(11, 30), day(12, 1)]),
        (Series(day(11, 3), rhythm="monthly", which=frozenset({1, 3})), [day(11, 3), day(11, 17), day(12, 1), day(12, 15)]),
        (Series(day(11, 1), rhythm="monthly", weekdays=frozenset({THURSDAY}), which=frozenset({-1})), [day(11, 26), day(12, 31), day(1, 28, 2027)]),
        (Series(day(11, 30), rhythm="monthly"), [day(11, 30), day(12, 28), day(1, 25, 2027)]),
        (Series(day(11, 27), weekdays=frozenset({1, THURSDAY})), [day(12, 1), day(12, 3), day(12, 15), day(12, 17)]),
        (Series(day(11, 26), last=day(12, 10), rhythm="weekly"), [day(11, 26), day(12, 3), day(12, 10)]),
    ],
)  # fmt: skip
def test_a_series_falls_on_the_days_of_its_rhythm(series: Series, first_four: list[dt.date]) -> None:
    assert days(series)[:4] == first_four


def test_each_meeting_has_its_deadlines_in_working_days_with_their_times() -> None:
    meeting = next(each for each in of(fortnightly()) if each.date == day(1, 7, 2027))
    assert (meeting.cut_off, meeting.cut_off_at) == (day(12, 23), dt.time(17))  # three closed days lie between
    assert meeting.agenda_out == dt.datetime(2026, 12, 30, 17)
    assert meeting.research_back == dt.datetime(2027, 1, 6, 23, 59)
    assert meeting.actions_out == dt.datetime(2027, 1, 11, 23, 59)
    assert meeting.updates_due == dt.datetime(2027, 1, 19, 23, 59)
    assert in_words(meeting.agenda_out) == "30 December 2026 17:00"
    assert in_words(meeting.research_back) == "6 January 2027"


def test_calendar_days_count_weekends_and_closed_days_too() -> None:
    calendar = DeadlineRule(7, working=False)
    rules = CalendarRules((Series(day(11, 26)),), (), DeadlineRules(calendar, calendar, calendar, calendar, calendar))
    meeting = next(each for each in of(rules) if each.date == day(1, 7, 2027))
    assert meeting.cut_off == day(12, 31)
    assert meeting.updates_due == dt.datetime(2027, 1, 14, 23, 59)


def test_a_meeting_on_christmas_day_moves_to_the_next_working_day_and_says_so() -> None:
    moved = next(each for each in of(fortnightly(day(11, 27))) if each.moved_from)
    assert (moved.date, moved.moved_from) == (day(12, 29), day(12, 25))
    assert moved.why == "moved from 25 December 2026: Christmas Day"
    assert moved.cut_off == working_day_before(moved.date, 8, ENGLAND)


def test_a_meeting_on_a_closed_day_moves_back_or_is_left_out_where_the_area_says_so() -> None:
    back = CalendarRules((Series(day(11, 27)),), move="working day before")
    assert day(12, 24) in {each.date for each in of(back)}
    out = CalendarRules((Series(day(11, 27)),), move="leave out")
    assert not {day(12, 24), day(12, 25), day(12, 29)} & {each.date for each in of(out)}
    (said,) = left_out(day(11, 1), day(12, 31), out, ENGLAND)
    assert said.why == "no meeting on 25 December 2026: Christmas Day"


def test_a_moved_meeting_that_lands_on_another_is_one_with_it_and_both_are_named() -> None:
    daily = CalendarRules((Series(day(11, 26), rhythm="daily"),))
    after_christmas = next(each for each in of(daily) if each.date == day(12, 29))
    assert after_christmas.moved_from is None
    assert "held together with the meeting of 25 December 2026: Christmas Day" in after_christmas.why
    assert "28 December 2026: Boxing Day (observed)" in after_christmas.why


def test_two_series_on_one_day_are_one_meeting_that_says_when_the_other_would_be() -> None:
    both = CalendarRules((Series(day(11, 26), at=dt.time(9, 30)), Series(day(11, 26), rhythm="weekly", at=dt.time(14))))
    first, second, *_ = of(both)
    assert (first.at, first.why) == (dt.time(9, 30), "held together with another series of the calendar at 14:00")
    assert (second.date, second.why) == (day(12, 3), "")


def test_the_councils_own_closed_days_count_and_the_nations_differ() -> None:
    own = closed_days(ClosedDays(also=(day(12, 29), day(12, 30))))
    moved = meetings_between(day(12, 20), day(1, 5, 2027), fortnightly(day(11, 27)), own)
    assert [each.date for each in moved] == [day(12, 31)]
    assert own.why_closed(day(12, 29)) == "the council is closed"
    nations: tuple[Nation, ...] = ("England", "Wales", "Scotland", "Northern Ireland")
    closed = {nation: closed_days(ClosedDays(nation=nation)) for nation in nations}
    assert [nation for nation in nations if closed[nation].why_closed(day(11, 30))] == ["Scotland"]
    assert [nation for nation in nations if closed[nation].why_closed(day(7, 13))] == ["Northern Ireland"]
    none = closed_days(ClosedDays(bank_holidays=False))
    assert not list(closed_between(day(1, 1), day(12, 31), none))


def test_a_listed_meeting_stays_on_its_day_with_its_own_cut_off() -> None:
    rules = CalendarRules(
        listed=(ListedMeeting(day(12, 25), day(12, 1)), ListedMeeting(day(12, 3))), deadlines=DEADLINES
    )
    ordinary, christmas = of(rules)
    assert (christmas.date, christmas.cut_off, christmas.cut_off_at) == (day(12, 25), day(12, 1), None)
    assert christmas.why == "on a closed day: Christmas Day"
    assert (ordinary.cut_off, ordinary.cut_off_at) == (day(11, 23), dt.time(17))


def test_without_deadlines_a_listed_meeting_has_its_cut_off_alone() -> None:
    rules = CalendarRules(listed=(ListedMeeting(day(12, 3), day(11, 24)),))
    assert of(rules) == (MeetingDate(day(12, 3), day(11, 24)),)


def called(on: dt.date, **changes: object) -> CalledMeeting:
    words: dict[str, object] = {
        "kind": "called",
        "by": "A. Coordinator",
        "on": day(11, 23),
        "reason": "Ann is in danger.",
    }
    return CalledMeeting(on, **{**words, **changes})  # type: ignore[arg-type]


def test_an_urgent_meeting_has_no_deadline_before_it_and_prints_no_reason() -> None:
    urgent = next(each for each in of(fortnightly(), called(day(11, 24), urgent=True)) if each.urgent)
    assert (urgent.date, urgent.agenda_out, urgent.research_back) == (day(11, 24), None, None)
    assert urgent.actions_out == dt.datetime(2026, 11, 26, 23, 59)
    assert urgent.why == "called on 23 November 2026"


def test_a_meeting_called_at_short_notice_takes_what_came_until_that_day() -> None:
    short = next(each for each in of(fortnightly(), called(day(11, 30))) if each.date == day(11, 30))
    assert (short.cut_off, short.agenda_out) == (day(11, 23), dt.datetime(2026, 11, 23, 17))
    own = next(each for each in of(fortnightly(), called(day(11, 30), cut_off=day(11, 25))) if each.date == day(11, 30))
    assert (own.cut_off, own.cut_off_at) == (day(11, 25), None)


def test_the_last_word_about_a_day_counts() -> None:
    off = called(day(12, 10), kind="cancelled")
    assert day(12, 10) not in {each.date for each in of(fortnightly(), off)}
    again = next(each for each in of(fortnightly(), off, called(day(12, 10), urgent=True)) if each.date == day(12, 10))
    assert not again.urgent  # the calendar has it: ordinary referrals are listed for it


SERIES = st.builds(
    lambda first, rhythm, weekdays: Series(first, None, rhythm, frozenset(weekdays)),
    st.dates(day(1, 1), day(12, 31)),
    st.sampled_from(["daily", "weekly", "fortnightly", "every three weeks", "monthly"]),
    st.sets(st.integers(0, 4), max_size=3),
)
CLOSED = st.dictionaries(st.dates(day(1, 1), day(12, 31, 2027)), st.just("closed"), max_size=40).map(ListedClosedDays)
MOVES = st.sampled_from(["next working day", "working day before", "leave out"])


@given(SERIES, CLOSED, MOVES)
def test_no_meeting_of_a_series_is_on_a_closed_day(series: Series, closed: ListedClosedDays, move: str) -> None:
    rules = CalendarRules((series,), (), DEADLINES, move)  # type: ignore[arg-type]
    found = meetings_between(day(3, 1), day(12, 31), rules, closed)
    assert not [each for each in found if closed.why_closed(each.date)]
    assert all(one.date < other.date for one, other in pairwise(found))
    assert all(each.cut_off <= each.date and (not each.moved_from or each.why) for each in found)


@given(st.lists(SERIES, min_size=1, max_size=2), CLOSED, MOVES, st.dates(day(2, 1), day(11, 30)), st.integers(0, 60))
def test_every_window_shows_the_same_meetings(
    series: list[Series], closed: ListedClosedDays, move: str, first: dt.date, length: int
) -> None:
    rules = CalendarRules(tuple(series), (), DEADLINES, move)  # type: ignore[arg-type]
    last = first + length * DAY
    whole = meetings_between(day(1, 1), day(12, 31, 2027), rules, closed)
    assert meetings_between(first, last, rules, closed) == tuple(each for each in whole if first <= each.date <= last)


@given(st.dates(day(1, 1), day(12, 31)), st.integers(0, 30), CLOSED)
def test_working_days_counted_forth_and_back_come_to_the_same_day(
    start: dt.date, number: int, closed: ListedClosedDays
) -> None:
    begun = working_day_after(start, 1, closed)
    there = working_day_after(begun, number, closed)
    assert is_working_day(there, closed)
    assert working_day_before(there, number, closed) == begun
    between = [begun + step * DAY for step in range(1, (there - begun).days + 1)]
    assert sum(is_working_day(each, closed) for each in between) == number


@given(st.sampled_from(["weekly", "fortnightly", "every three weeks"]), st.dates(day(1, 1), day(6, 30)))
def test_a_rhythm_of_weeks_keeps_its_distance(rhythm: Rhythm, first: dt.date) -> None:
    weeks = {"weekly": 1, "fortnightly": 2, "every three weeks": 3}[rhythm]
    found = days(Series(first, rhythm=rhythm), first, day(12, 31))
    assert found[0] == first
    assert {later - earlier for earlier, later in pairwise(found)} == {dt.timedelta(weeks=weeks)}
