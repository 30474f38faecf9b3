"""The monthly list of every referral that was not heard: each with a reason and a name, or still waiting for one."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case, CaseState, Flag
from marac.triage.not_heard import NotHeard, not_heard
from tests.made_up_couples import couple, decision

SEPTEMBER = dt.date(2026, 9, 15)
BELOW = Flag("below threshold", "Below the threshold on the form: 8 ticks.", needs_decision=True)
URGENT = Flag("threats to kill", "Threats to kill: question 14 is answered yes.")


def case(reference: str, state: CaseState, received: dt.date, **changes: object) -> Case:
    made = couple(reference, received, state=state, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(made, flags=(URGENT, BELOW))


def listed(cases: Iterable[Case], month: dt.date = SEPTEMBER) -> list[str]:
    return [row.case for row in not_heard(list(cases), month)]


def test_a_referral_set_aside_is_listed_in_the_month_of_the_decision_with_reason_and_name() -> None:
    one = case(
        "M26-0001",
        "not heard",
        dt.date(2026, 8, 30),
        decisions=[decision("M26-0001", "not-heard", on=dt.date(2026, 9, 2))],
    )
    [row] = not_heard([one], SEPTEMBER)
    assert (row.reason, row.by, row.on) == ("I rang the referrer.", "Priya Raman", dt.date(2026, 9, 2))
    assert row.flags == (URGENT.reason, BELOW.reason)
    assert not row.waits
    assert listed([one], dt.date(2026, 8, 1)) == []


def test_a_referral_that_nobody_decided_about_stands_on_the_list_of_every_month_until_somebody_does() -> None:
    waiting = case("M26-0002", "received", dt.date(2026, 7, 3))
    assert listed([waiting], dt.date(2026, 6, 30)) == []
    for month in (7, 8, 9):
        [row] = not_heard([waiting], dt.date(2026, month, 28))
        assert row.waits
        assert (row.reason, row.by, row.on) == (None, None, None)


def test_what_was_heard_listed_or_decided_to_be_heard_is_not_on_it() -> None:
    heard = case("M26-0003", "heard", SEPTEMBER)
    to_be_heard = case("M26-0004", "listed", SEPTEMBER, decisions=[decision("M26-0004", "hear")])
    joined = case("M26-0005", "joined", SEPTEMBER, joined_to="M26-0003")
    assert listed([heard, to_be_heard, joined]) == []


def test_transferred_and_withdrawn_referrals_are_on_it_and_what_waits_stands_first() -> None:
    rows = [
        case("M26-0006", "transferred", dt.date(2026, 9, 1), decisions=[decision("M26-0006", "transfer")]),
        case("M26-0007", "withdrawn", dt.date(2026, 9, 3), decisions=[decision("M26-0007", "withdraw")]),
        case("M26-0008", "deferred", dt.date(2026, 9, 9)),
    ]
    assert listed(rows) == ["M26-0008", "M26-0006", "M26-0007"]


def test_without_a_recorded_decision_the_month_in_which_it_came_counts() -> None:
    assert listed([case("M26-0009", "not heard", SEPTEMBER)]) == ["M26-0009"]


def test_after_a_case_was_reopened_and_set_aside_again_the_last_decision_counts() -> None:
    decisions = [
        decision("M26-0010", "not-heard", on=dt.date(2026, 8, 5)),
        decision("M26-0010", "reopen", on=dt.date(2026, 8, 20)),
        decision("M26-0010", "not-heard", on=dt.date(2026, 9, 4)),
    ]
    one = case("M26-0010", "not heard", dt.date(2026, 8, 1), decisions=decisions)
    assert listed([one]) == ["M26-0010"]
    assert listed([one], dt.date(2026, 8, 31)) == []


def test_nothing_of_a_row_is_shown_by_accident() -> None:
    assert "Priya" not in repr(NotHeard("M26-0001", SEPTEMBER, "She asked", "Priya Raman", SEPTEMBER, ()))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["received", "listed", "heard", "deferred", "not heard", "transferred", "withdrawn"]),
            st.integers(0, 700),
        ),
        max_size=6,
    )
)
def test_over_all_months_no_referral_that_was_not_heard_is_lost(given_cases: list[tuple[CaseState, int]]) -> None:
    cases = [
        case(f"M26-{number:04}", state, dt.date(2025, 1, 1) + dt.timedelta(days=day))
        for number, (state, day) in enumerate(given_cases, start=1)
    ]
    months = [dt.date(2025 + month // 12, month % 12 + 1, 1) for month in range(24)]
    found = {reference for month in months for reference in listed(cases, month)}
    assert found == {each.reference for each in cases if each.state != "heard"}


def test_a_referral_that_was_closed_and_never_heard_is_on_it_and_one_closed_after_its_meeting_is_not() -> None:
    closing = [decision("M26-0011", "close")]
    unheard = case("M26-0011", "closed", SEPTEMBER, decisions=closing)
    assert listed([unheard]) == ["M26-0011"]
    assert listed([dataclasses.replace(unheard, meeting=dt.date(2026, 9, 10))]) == []


def test_a_case_of_the_old_register_stands_with_what_was_written_there_and_whoever_took_it_over() -> None:
    told = [decision("M26-0012", "accept", on=dt.date(2026, 11, 2))]
    old = dataclasses.replace(case("M26-0012", "withdrawn", SEPTEMBER, decisions=told), origin="import")
    [row] = not_heard([old], SEPTEMBER)
    assert (row.reason, row.by, row.on, row.waits) == ("I rang the referrer.", "Priya Raman", None, False)
