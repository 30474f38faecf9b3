"""Which meeting a case is for, in which order cases are heard, and whose twelve months have passed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case, Flag, MeetingDate
from marac.meetings.hearing import order_of_hearing, twelve_months_passed, with_joined
from marac.meetings.listing import due, meeting_before, meeting_for, next_meeting
from marac.referral import Child
from tests.made_up_couples import couple, decision

MEETING = dt.date(2026, 9, 10)
FIRST = MeetingDate(MEETING, dt.date(2026, 9, 1))
SECOND = MeetingDate(dt.date(2026, 9, 24), dt.date(2026, 9, 15))
MEETINGS = [SECOND, FIRST]
CHILDREN = (Child(name="Usman Hussain"),)
BELOW = Flag("below threshold", "Below the threshold on the form.", needs_decision=True)
MET = Flag("threshold met", "Threshold met.")


def listed(
    reference: str, day: int, *, meeting: dt.date = MEETING, flags: tuple[Flag, ...] = (), **changes: object
) -> Case:
    case = couple(reference, dt.date(2026, 8, day), state="listed", meeting=meeting, **changes)  # type: ignore[arg-type]
    return with_flags(case, *flags)


def with_flags(case: Case, *flags: Flag) -> Case:
    return Case(
        case.reference,
        case.state,
        case.received,
        case.reading,
        case.agency,
        case.meeting,
        flags,
        case.decisions,
        case.joined_to,
    )


def joined(reference: str, to: str, day: int = 30, *, flags: tuple[Flag, ...] = (), **changes: object) -> Case:
    case = couple(reference, dt.date(2026, 8, day), state="joined", joined_to=to, meeting=MEETING, **changes)  # type: ignore[arg-type]
    return with_flags(case, *flags)


@pytest.mark.parametrize(
    ("received", "meeting"),
    [
        (dt.date(2026, 8, 1), FIRST),
        (dt.date(2026, 9, 1), FIRST),
        (dt.date(2026, 9, 2), SECOND),
        (dt.date(2026, 9, 15), SECOND),
        (dt.date(2026, 9, 16), None),
    ],
)
def test_a_case_is_for_the_first_meeting_whose_cut_off_it_meets(received: dt.date, meeting: MeetingDate | None) -> None:
    assert meeting_for(received, MEETINGS) == meeting


def test_the_next_meeting_may_be_today() -> None:
    assert next_meeting(MEETING, MEETINGS) == FIRST
    assert next_meeting(MEETING + dt.timedelta(1), MEETINGS) == SECOND
    assert next_meeting(dt.date(2027, 1, 1), MEETINGS) is None
    assert meeting_before(MEETING, MEETINGS) is None
    assert meeting_before(SECOND.date, MEETINGS) == FIRST


@pytest.mark.parametrize(
    ("today", "meetings"),
    [
        (dt.date(2026, 9, 1), ()),
        (dt.date(2026, 9, 2), (FIRST,)),
        (dt.date(2026, 9, 10), (FIRST,)),
        (dt.date(2026, 9, 11), ()),
        (dt.date(2026, 9, 16), (SECOND,)),
    ],
)
def test_documents_are_due_from_the_day_after_the_cut_off_to_the_day_of_the_meeting(
    today: dt.date, meetings: tuple[MeetingDate, ...]
) -> None:
    assert due(dt.datetime.combine(today, dt.time(9)), MEETINGS) == meetings


meetings = st.builds(
    lambda day, before: MeetingDate(day, day - dt.timedelta(before)),
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    st.integers(0, 20),
)


@given(st.dates(dt.date(2025, 12, 1), dt.date(2026, 12, 31)), st.lists(meetings, max_size=6))
def test_no_earlier_meeting_would_have_taken_the_case(received: dt.date, calendar: list[MeetingDate]) -> None:
    found = meeting_for(received, calendar)
    for meeting in calendar:
        if meeting.cut_off >= received:
            assert found is not None
            assert found.date <= meeting.date


def test_cases_with_children_come_first_and_each_part_in_the_order_they_came() -> None:
    cases = [
        listed("M26-3", 20),
        listed("M26-10", 21),
        listed("M26-9", 21),
        listed("M26-4", 25, children=CHILDREN),
        listed("M26-5", 22, children=CHILDREN),
    ]
    assert [hearing.case.reference for hearing in order_of_hearing(cases, MEETING)] == [
        "M26-5",
        "M26-4",
        "M26-3",
        "M26-9",
        "M26-10",
    ]


def test_cases_of_other_meetings_and_cases_not_to_be_heard_are_left_out() -> None:
    cases = [
        listed("M26-1", 20, meeting=SECOND.date),
        couple("M26-2", state="not heard", meeting=MEETING),
        listed("M26-3", 20, decisions=[decision("M26-3", "not-heard")]),
        couple("M26-4", state="received"),
    ]
    assert order_of_hearing(cases, MEETING) == ()


def test_a_joined_case_is_folded_into_the_one_it_joined_and_brings_its_children() -> None:
    cases = [
        listed("M26-1", 20),
        listed("M26-2", 25),
        joined("M26-3", "M26-2", children=CHILDREN),
        joined("M26-4", "M26-3"),
    ]
    first, second = order_of_hearing(cases, MEETING)
    assert first.case.reference == "M26-2"
    assert [case.reference for case in first.joined] == ["M26-3", "M26-4"]
    assert second.joined == ()


def test_a_case_joined_to_nobody_known_is_heard_itself() -> None:
    cases = [joined("M26-1", "M25-99"), joined("M26-2", "M26-3"), joined("M26-3", "M26-2")]
    assert {hearing.case.reference for hearing in order_of_hearing(cases, MEETING)} == {"M26-1", "M26-2", "M26-3"}


def test_a_case_nobody_has_decided_about_stands_on_the_list_and_is_marked() -> None:
    undecided = listed("M26-1", 20, flags=(BELOW,))
    decided = listed("M26-2", 21, flags=(BELOW,), decisions=[decision("M26-2", "hear")])
    assert [hearing.undecided for hearing in order_of_hearing([undecided, decided], MEETING)] == [True, False]


def test_one_form_that_meets_the_threshold_is_enough_for_the_couple() -> None:
    cases = [listed("M26-1", 20, flags=(BELOW,)), joined("M26-2", "M26-1", flags=(MET,))]
    [hearing] = order_of_hearing(cases, MEETING)
    assert not hearing.undecided
    assert order_of_hearing(cases[:1], MEETING)[0].undecided


def test_a_question_about_a_case_that_is_folded_in_is_answered() -> None:
    asked = Flag("duplicate", "A second referral.", other_case="M26-1", needs_decision=True)
    cases = [listed("M26-1", 20, flags=(MET,)), joined("M26-2", "M26-1", flags=(asked, MET))]
    [hearing] = order_of_hearing(cases, MEETING)
    assert hearing.open_questions == ()


def test_with_joined_gathers_what_came_for_one_case() -> None:
    cases = [listed("M26-1", 20), joined("M26-3", "M26-1", 28), joined("M26-2", "M26-1", 27)]
    assert [case.reference for case in with_joined(cases[0], cases).cases] == ["M26-1", "M26-2", "M26-3"]


def heard(reference: str, meeting: dt.date) -> Case:
    return couple(reference, meeting - dt.timedelta(10), state="heard", meeting=meeting)


def test_cases_whose_twelve_months_end_between_the_two_meetings_are_named() -> None:
    cases = [
        heard("M25-1", dt.date(2025, 8, 27)),
        heard("M25-2", dt.date(2025, 8, 28)),
        heard("M25-3", dt.date(2025, 9, 10)),
        heard("M25-4", dt.date(2025, 9, 11)),
    ]
    found = twelve_months_passed(cases, MEETING, previous=dt.date(2026, 8, 27))
    assert [case.reference for case in found] == ["M25-2", "M25-3"]
    assert [case.reference for case in twelve_months_passed(cases, MEETING)] == ["M25-1", "M25-2", "M25-3"]
    assert [case.reference for case in twelve_months_passed(cases, MEETING, months=6)] == [
        case.reference for case in cases
    ]


def test_a_couple_who_came_back_and_were_heard_again_are_not_at_the_end_of_their_twelve_months() -> None:
    back = with_flags(heard("M26-7", dt.date(2026, 3, 5)), Flag("repeat", "A repeat of M25-2.", other_case="M25-2"))
    cases = [heard("M25-2", dt.date(2025, 9, 4)), back]
    assert twelve_months_passed(cases, MEETING, previous=dt.date(2026, 8, 27)) == ()


lists = st.lists(
    st.builds(
        lambda number, day, children, to: (
            joined(f"M26-{number}", f"M26-{to}", day, children=children)
            if to is not None
            else listed(f"M26-{number}", day, children=children)
        ),
        st.integers(0, 6),
        st.integers(1, 28),
        st.sampled_from([(), CHILDREN]),
        st.none() | st.integers(0, 7),
    ),
    max_size=7,
    unique_by=lambda case: case.reference,
)


@given(lists)
def test_every_case_of_a_meeting_is_heard_once_and_none_is_lost(cases: list[Case]) -> None:
    spoken_of = [case.reference for hearing in order_of_hearing(cases, MEETING) for case in hearing.cases]
    assert sorted(spoken_of) == sorted(case.reference for case in cases)
