"""Where the calendar and people's decisions put a case."""

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import LIVE, Case, CaseState, Decision, DecisionKind, Flag, MeetingDate
from marac.meetings.standing import DECIDED_FROM, can_be_deferred, decided, moved_on
from marac.referral import Reading

MEETINGS = tuple(
    MeetingDate(dt.date(2026, 11, 5) + dt.timedelta(weeks=weeks), dt.date(2026, 10, 29) + dt.timedelta(weeks=weeks))
    for weeks in (0, 2, 4)
)
FIRST, SECOND, THIRD = (each.date for each in MEETINGS)
QUESTION = Flag("below threshold", "Below the threshold.", needs_decision=True)


def case(state: CaseState = "listed", meeting: dt.date | None = FIRST, *kinds: DecisionKind) -> Case:
    decisions = tuple(Decision("M26-0001", kind, "Because.", "A. Chair", dt.date(2026, 11, 1)) for kind in kinds)
    return Case("M26-0001", state, dt.date(2026, 10, 20), Reading("referral"), meeting=meeting, decisions=decisions)


def after(found: Case, kind: DecisionKind, today: dt.date = dt.date(2026, 11, 1)) -> Case:
    decision = Decision(found.reference, kind, "Because.", "A. Chair", today)
    return decided(replace(found, decisions=(*found.decisions, decision)), decision, MEETINGS, today)


def test_a_received_case_is_listed_for_the_first_meeting_whose_cut_off_it_meets() -> None:
    assert moved_on(case("received", None), MEETINGS, dt.date(2026, 10, 21)) == case("listed", FIRST)


def test_a_listed_case_is_heard_once_its_meeting_has_been() -> None:
    assert moved_on(case(), MEETINGS, FIRST) == case()
    assert moved_on(case(), MEETINGS, FIRST + dt.timedelta(days=1)).state == "heard"


def test_a_case_that_waits_for_a_decision_is_never_taken_for_heard() -> None:
    waiting = replace(case(), flags=(QUESTION,))
    carried = moved_on(waiting, MEETINGS, FIRST + dt.timedelta(days=1))
    assert (carried.state, carried.meeting) == ("listed", SECOND)


def test_a_self_referral_is_on_no_list_before_a_person_has_decided() -> None:
    herself = Flag("self-referral", "The victim seems to refer herself.", needs_decision=True)
    waiting = moved_on(replace(case(), flags=(herself,)), MEETINGS, dt.date(2026, 10, 21))
    assert (waiting.state, waiting.meeting) == ("received", None)
    assert moved_on(waiting, MEETINGS, FIRST) == waiting
    agreed = moved_on(after(waiting, "hear"), MEETINGS, dt.date(2026, 10, 22))
    assert (agreed.state, agreed.meeting) == ("listed", FIRST)


def test_a_deferred_case_is_on_the_next_agenda_and_heard_there() -> None:
    deferred = after(case(), "defer")
    assert (deferred.state, deferred.meeting) == ("deferred", SECOND)
    assert moved_on(deferred, MEETINGS, FIRST + dt.timedelta(days=1)) == deferred
    assert moved_on(deferred, MEETINGS, SECOND + dt.timedelta(days=1)).state == "heard"


def test_a_case_that_the_calendar_took_for_heard_can_still_be_deferred() -> None:
    heard = moved_on(case(), MEETINGS, FIRST + dt.timedelta(days=1))
    deferred = after(heard, "defer", FIRST + dt.timedelta(days=1))
    assert (deferred.state, deferred.meeting) == ("deferred", SECOND)


def test_a_case_deferred_beyond_the_calendar_waits_for_a_meeting_and_gets_the_next_one() -> None:
    waiting = after(case("listed", THIRD), "defer")
    assert (waiting.state, waiting.meeting) == ("deferred", None)
    fourth = MeetingDate(THIRD + dt.timedelta(weeks=2), THIRD + dt.timedelta(weeks=1))
    assert moved_on(waiting, [*MEETINGS, fourth], THIRD + dt.timedelta(days=1)).meeting == fourth.date


@pytest.mark.parametrize("kind", ["transfer", "withdraw", "close"])
def test_what_a_person_ended_is_never_listed_again_by_the_calendar(kind: DecisionKind) -> None:
    ended = after(case(), kind)
    assert ended.meeting is None
    assert moved_on(ended, MEETINGS, SECOND) == ended


def test_a_case_closed_after_its_meeting_keeps_the_day_on_which_it_was_heard() -> None:
    assert after(case("heard", FIRST), "close", SECOND).meeting == FIRST


def test_a_case_opened_again_is_listed_as_if_nobody_had_decided() -> None:
    refused = after(case("listed", FIRST), "not-heard")
    assert (refused.state, refused.to_be_heard) == ("not heard", False)
    again = after(refused, "reopen")
    assert again.to_be_heard is None
    listed = moved_on(again, MEETINGS, dt.date(2026, 10, 21))
    assert (listed.state, listed.meeting) == ("listed", FIRST)


def test_a_draft_is_nobodys_case_until_a_person_accepts_it() -> None:
    draft = case("draft", None)
    assert moved_on(draft, MEETINGS, dt.date(2026, 10, 21)) == draft
    assert moved_on(after(draft, "accept"), MEETINGS, dt.date(2026, 10, 21)).state == "listed"


def test_not_heard_and_then_to_be_heard_is_listed_for_the_next_meeting() -> None:
    refused = replace(case("not heard", None, "not-heard", "hear"))
    heard = decided(refused, refused.decisions[-1], MEETINGS, FIRST)
    assert moved_on(heard, MEETINGS, FIRST + dt.timedelta(days=1)).state == "listed"


@given(
    st.sampled_from([state for state in get_args(CaseState) if state != "joined"]),
    st.sampled_from([kind for kind in get_args(DecisionKind) if not kind.endswith("same-as")]),
    st.dates(dt.date(2026, 10, 1), dt.date(2027, 1, 31)),
)
def test_no_decision_puts_a_case_where_the_calendar_would_undo_it(
    state: CaseState, kind: DecisionKind, today: dt.date
) -> None:
    if state not in DECIDED_FROM[kind]:
        return
    meeting = FIRST if state in {"listed", "heard", "deferred"} else None
    stands = after(case(state, meeting), kind, today)
    later = moved_on(stands, MEETINGS, today)
    if stands.state in LIVE:
        assert later.state in LIVE | {"heard"}
    else:
        assert later == stands


@given(st.sampled_from(get_args(CaseState)), st.dates(dt.date(2026, 10, 1), dt.date(2027, 1, 31)))
def test_moving_on_twice_is_moving_on_once(state: CaseState, today: dt.date) -> None:
    once = moved_on(case(state, FIRST if state in {"listed", "heard", "deferred"} else None), MEETINGS, today)
    assert moved_on(once, MEETINGS, today) == once


def test_a_deferred_case_follows_its_meeting_when_that_is_moved_in_the_calendar() -> None:
    deferred = after(case(), "defer")
    moved = [MEETINGS[0], MeetingDate(SECOND + dt.timedelta(days=1), MEETINGS[1].cut_off), MEETINGS[2]]
    assert moved_on(deferred, moved, dt.date(2026, 11, 2)).meeting == SECOND + dt.timedelta(days=1)
    earlier = [MEETINGS[0], MeetingDate(SECOND - dt.timedelta(days=2), MEETINGS[1].cut_off), MEETINGS[2]]
    assert moved_on(deferred, earlier, dt.date(2026, 11, 2)).meeting == SECOND - dt.timedelta(days=2)


def test_a_case_is_not_let_off_its_meeting_before_a_later_one_is_in_the_calendar() -> None:
    last = case("deferred", THIRD)
    assert not can_be_deferred(last, MEETINGS, THIRD)
    assert can_be_deferred(last, MEETINGS, THIRD + dt.timedelta(days=1)), "it was taken for heard, and was not"
    assert can_be_deferred(case("listed", SECOND), MEETINGS, FIRST)
    assert can_be_deferred(case("received", None), MEETINGS, FIRST)
