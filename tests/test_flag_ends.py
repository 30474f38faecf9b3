"""Until when files stay flagged, and in whose list an ended flag stands."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case, CaseState, Flag, MeetingDate
from marac.meetings.flag_ends import FlagRules, flag_of, flags_that_end, months_carried
from marac.meetings.items import Items
from tests.invented_cases import case, joined_pair

RECEIVED, HEARD = dt.date(2025, 11, 28), dt.date(2025, 12, 11)
REFERRAL, MEETING = FlagRules(12, "last referral"), FlagRules(12, "last meeting")


def heard(reference: str = "M25-0001", **changes: object) -> Case:
    values = {"state": "heard", "received": RECEIVED, "meeting": HEARD, **changes}
    return dataclasses.replace(case(reference), **values)  # type: ignore[arg-type]


def came_back(state: CaseState, meeting: dt.date | None = dt.date(2026, 6, 11)) -> Case:
    repeat = Flag("repeat", "The same two people.", "", "M25-0001")
    again = heard("M26-0007", state=state, received=dt.date(2026, 5, 30), meeting=meeting)
    return dataclasses.replace(again, flags=(repeat,))


def ending(cases: tuple[Case, ...], rules: FlagRules) -> dict[str, list[str]]:
    months = (dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 5, 1), dt.date(2027, 6, 1))
    found = {f"{month:%Y-%m}": flags_that_end(cases, month, rules) for month in months}
    return {
        month: [each.hearing.case.reference for each in each_month] for month, each_month in found.items() if each_month
    }


def test_the_day_is_counted_as_the_areas_repeats_are() -> None:
    (item,) = Items((heard(),)).every
    assert flag_of(item, REFERRAL).on == dt.date(2026, 11, 28)
    assert flag_of(item, MEETING).on == dt.date(2026, 12, 11)
    assert ending((heard(),), REFERRAL) == {"2026-11": ["M25-0001"]}
    assert ending((heard(),), MEETING) == {"2026-12": ["M25-0001"]}


def test_of_joined_cases_the_last_referral_counts() -> None:
    first, second = joined_pair()
    later = dataclasses.replace(second, received=first.received + dt.timedelta(days=3))
    (item,) = Items((first, later)).every
    assert flag_of(item, REFERRAL).on == dt.date(2027, 11, 23)


def test_a_flag_knows_from_which_day_it_is_counted_and_of_what() -> None:
    (item,) = Items((heard(),)).every
    assert (flag_of(item, REFERRAL).since, flag_of(item, REFERRAL).by_referral) == (RECEIVED, True)
    assert (flag_of(item, MEETING).since, flag_of(item, MEETING).by_referral) == (HEARD, False)
    (ended,) = flags_that_end((heard(), came_back("received", None)), dt.date(2027, 5, 1), MEETING)
    assert ended.hearing.case.reference == "M25-0001"
    assert (ended.since, ended.by_referral) == (dt.date(2026, 5, 30), True)


def test_who_came_back_and_was_heard_stands_once_in_the_later_month() -> None:
    cases = (heard(), came_back("heard"))
    assert ending(cases, REFERRAL) == {"2027-05": ["M26-0007"]}
    assert ending(cases, MEETING) == {"2027-06": ["M26-0007"]}


def test_who_came_back_and_is_still_to_be_heard_keeps_the_flag() -> None:
    assert ending((heard(), came_back("listed")), REFERRAL) == {"2027-05": ["M25-0001"]}
    assert ending((heard(), came_back("received", None)), MEETING) == {"2027-05": ["M25-0001"]}


def test_a_referral_that_was_not_heard_counts_where_referrals_do() -> None:
    assert ending((heard(), came_back("not heard", None)), REFERRAL) == {"2027-05": ["M25-0001"]}
    assert ending((heard(), came_back("not heard", None)), MEETING) == {"2026-12": ["M25-0001"]}


def test_a_referral_that_was_taken_back_moves_nothing() -> None:
    assert ending((heard(), came_back("withdrawn", None)), REFERRAL) == {"2026-11": ["M25-0001"]}


def test_cases_that_no_meeting_heard_have_no_flags() -> None:
    assert ending((heard(state="listed"), heard("M25-0002", state="transferred")), REFERRAL) == {}


def test_the_first_meeting_of_a_month_carries_its_list_and_those_of_months_without_one() -> None:
    days = (dt.date(2026, 9, 24), dt.date(2026, 12, 3), dt.date(2026, 12, 17))
    dates = tuple(MeetingDate(day, day) for day in days)
    urgent = MeetingDate(dt.date(2026, 12, 1), dt.date(2026, 12, 1), urgent=True)
    months = {
        date.date: [f"{each:%Y-%m}" for each in months_carried(date, (*dates, urgent))] for date in (*dates, urgent)
    }
    assert months == {
        days[0]: ["2026-09"],
        days[1]: ["2026-10", "2026-11", "2026-12"],
        days[2]: [],
        urgent.date: [],
    }


@given(st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), min_size=2, max_size=9))
def test_every_month_between_two_meetings_stands_in_exactly_one_list(days: set[dt.date]) -> None:
    dates = [MeetingDate(day, day) for day in sorted(days)]
    carried = [month for date in dates for month in months_carried(date, dates)]
    first, last = min(days).month, max(days).month
    assert [month.month for month in carried] == list(range(first, last + 1))
