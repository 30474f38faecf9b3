"""Duplicates, repeats and linked cases, counted from the day a referral came."""

import dataclasses
import datetime as dt
import random
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import LINKS, Case, Flag
from marac.referral import Criteria, Evidence, Perpetrator, Victim
from marac.triage import flags
from marac.triage.days import age_on, months_after, within_months
from marac.triage.history import arrival, came_before
from marac.triage.rules import Anchor, RepeatRules, Rules
from tests.made_up_couples import (
    OTHER_PERPETRATOR,
    OTHER_VICTIM,
    PERPETRATOR,
    VICTIM,
    checklist,
    couple,
    decision,
    same_couple_before,
)

RECEIVED = dt.date(2026, 9, 1)
COUPLE_CODES = {"duplicate", "possible duplicate", "repeat", "possible repeat", "heard before", *LINKS}
POORLY_STATED = Perpetrator(name="Zee")
AS_PERPETRATOR = Perpetrator(name=VICTIM.name, date_of_birth=VICTIM.date_of_birth, postcode=VICTIM.postcode)
AS_VICTIM = Victim(
    name=PERPETRATOR.name,
    date_of_birth=PERPETRATOR.date_of_birth,
    postcode=PERPETRATOR.postcode,
    safe_to_call=True,
)


def couple_flags(
    case: Case,
    *register: Case,
    counted_from: Anchor = "last referral",
    counts: Literal["any abuse", "criminal only"] = "any abuse",
    area: Literal["this", "any"] = "any",
) -> list[Flag]:
    rules = Rules(repeat=RepeatRules(counted_from=counted_from, counts=counts, area=area))
    return [flag for flag in flags(case, register, rules) if flag.code in COUPLE_CODES]


def heard(reference: str, received: dt.date, meeting: dt.date, **changes: object) -> Case:
    return couple(reference, received, state="heard", meeting=meeting, **changes)  # type: ignore[arg-type]


HEARD_IN_FEBRUARY = heard("M26-0001", dt.date(2026, 1, 26), dt.date(2026, 2, 5))


def test_a_couple_never_seen_before_has_no_flag() -> None:
    assert couple_flags(couple(), couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR])) == []


def test_a_second_referral_for_the_same_couple_is_flagged_with_its_twin() -> None:
    case = couple(
        received=RECEIVED,
        agency="Northbridge Police",
        victim=dataclasses.replace(VICTIM, name="HUSSEIN, Shabnam"),
        perpetrators=[dataclasses.replace(PERPETRATOR, name="Zishan Iqball")],
    )
    [flag] = couple_flags(case, couple("M26-0009", dt.date(2026, 8, 28), state="listed", meeting=dt.date(2026, 9, 10)))
    assert (flag.code, flag.other_case, flag.needs_decision) == ("duplicate", "M26-0009", True)
    assert flag.reason == (
        "A second referral for the same couple as M26-0009 (last referred 28 August 2026 by Northbridge Homes, listed for "
        "10 September 2026, not heard yet): victim: same first name, surname is another form of the same name, same date "
        "of birth, same postcode, same telephone number; perpetrator: first name sounds alike, surname spelled "
        "differently, same date of birth, same postcode. Say whether the two are the same case; until then both stand."
    )


def test_a_couple_heard_seven_months_ago_is_a_repeat() -> None:
    [flag] = couple_flags(couple(received=RECEIVED), HEARD_IN_FEBRUARY)
    assert (flag.code, flag.other_case, flag.needs_decision) == ("repeat", "M26-0001", False)
    assert (
        "A repeat of M26-0001 (last referred 26 January 2026 by Northbridge Homes, heard 5 February 2026)"
        in flag.reason
    )
    assert flag.reason.endswith("Within 12 months of the last referral.")


@pytest.mark.parametrize(
    ("received", "anchor", "code"),
    [
        (dt.date(2027, 1, 26), "last referral", "repeat"),
        (dt.date(2027, 1, 27), "last referral", "heard before"),
        (dt.date(2027, 2, 5), "last meeting", "repeat"),
        (dt.date(2027, 2, 6), "last meeting", "heard before"),
    ],
)
def test_the_last_day_of_the_twelve_months_counts(received: dt.date, anchor: Anchor, code: str) -> None:
    [flag] = couple_flags(couple(received=received), HEARD_IN_FEBRUARY, counted_from=anchor)
    assert flag.code == code


@pytest.mark.parametrize(("anchor", "code"), [("last referral", "heard before"), ("last meeting", "repeat")])
def test_where_the_two_ways_of_counting_disagree_both_dates_are_shown(anchor: Anchor, code: str) -> None:
    [flag] = couple_flags(couple(received=dt.date(2027, 2, 1)), HEARD_IN_FEBRUARY, counted_from=anchor)
    assert flag.code == code
    assert "which this area counts from" in flag.reason
    assert "(26 January 2026)" in flag.reason
    assert "(5 February 2026)" in flag.reason


def test_after_more_than_twelve_months_the_case_is_new_and_its_past_is_told() -> None:
    [flag] = couple_flags(couple(received=dt.date(2028, 1, 1)), HEARD_IN_FEBRUARY)
    assert (flag.code, flag.needs_decision) == ("heard before", False)
    assert flag.reason.startswith("New, not a repeat. The same couple was previously heard as M26-0001")


def test_a_case_that_was_not_heard_makes_no_repeat() -> None:
    screened = couple(
        "M26-0001",
        dt.date(2026, 6, 1),
        state="not heard",
        decisions=[decision("M26-0001", "not-heard", on=dt.date(2026, 6, 4))],
    )
    [flag] = couple_flags(couple(received=RECEIVED), screened)
    assert flag.code == "heard before"
    assert "screened out on 4 June 2026 and never heard" in flag.reason


def test_a_case_still_marked_as_listed_for_a_meeting_that_has_been_is_no_duplicate() -> None:
    listed = couple("M26-0001", dt.date(2026, 1, 26), state="listed", meeting=dt.date(2026, 2, 5))
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED), listed)] == ["repeat"]


def test_possible_duplicates_and_repeats_wait_for_a_person() -> None:
    case = couple(received=RECEIVED, perpetrators=[POORLY_STATED])
    found = couple_flags(case, couple("M26-0009", dt.date(2026, 8, 28)), HEARD_IN_FEBRUARY)
    assert [(flag.code, flag.needs_decision) for flag in found] == [
        ("possible duplicate", True),
        ("possible repeat", True),
    ]
    assert found[0].reason.startswith("Perhaps a second referral for the couple of M26-0009")
    assert found[1].reason.startswith("Perhaps a repeat of M26-0001")


def test_a_perpetrator_who_is_not_stated_leaves_it_possible() -> None:
    [flag] = couple_flags(couple(received=RECEIVED, perpetrators=()), couple("M26-0009", dt.date(2026, 8, 28)))
    assert flag.code == "possible duplicate"
    assert "perpetrator not stated" in flag.reason


@pytest.mark.parametrize("on_the_earlier_case", [True, False])
def test_a_person_who_said_not_the_same_is_right_for_ever(*, on_the_earlier_case: bool) -> None:
    earlier = couple("M26-0009", dt.date(2026, 8, 28))
    case = couple(received=RECEIVED)
    assert [flag.code for flag in couple_flags(case, earlier)] == ["duplicate"]
    if on_the_earlier_case:
        earlier = dataclasses.replace(earlier, decisions=(decision("M26-0009", "not-same-as", "M26-0010"),))
    else:
        case = dataclasses.replace(case, decisions=(decision("M26-0010", "not-same-as", "M26-0009"),))
    assert couple_flags(case, earlier) == []


@pytest.mark.parametrize("on_the_earlier_case", [True, False])
def test_a_person_who_said_the_same_is_right_for_ever(*, on_the_earlier_case: bool) -> None:
    earlier = heard(
        "M26-0001", dt.date(2026, 1, 26), dt.date(2026, 2, 5), victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR]
    )
    case = couple(received=RECEIVED)
    assert couple_flags(case, earlier) == []
    if on_the_earlier_case:
        earlier = dataclasses.replace(earlier, decisions=(decision("M26-0001", "same-as", "M26-0010"),))
    else:
        case = dataclasses.replace(case, decisions=(decision("M26-0010", "same-as", "M26-0001"),))
    [flag] = couple_flags(case, earlier)
    assert (flag.code, flag.needs_decision) == ("repeat", False)
    assert "Priya Raman said on 2 September 2026 that they are the same" in flag.reason


def test_the_latest_word_of_a_person_counts() -> None:
    said = (
        decision("M26-0010", "same-as", "M26-0009", dt.date(2026, 9, 2)),
        decision("M26-0010", "not-same-as", "M26-0009", dt.date(2026, 9, 3)),
    )
    earlier = couple("M26-0009", dt.date(2026, 8, 28))
    assert couple_flags(couple(received=RECEIVED, decisions=said), earlier) == []
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED, decisions=said[:1]), earlier)] == ["duplicate"]


def test_two_decisions_of_one_day_are_taken_in_the_order_in_which_they_were_made() -> None:
    said = (decision("M26-0010", "not-same-as", "M26-0009"), decision("M26-0010", "same-as", "M26-0009"))
    earlier = couple("M26-0009", dt.date(2026, 8, 28))
    [flag] = couple_flags(couple(received=RECEIVED, decisions=said), earlier)
    assert (flag.code, flag.needs_decision) == ("duplicate", False)


def test_a_joined_case_is_looked_through_to_the_one_that_carries_on() -> None:
    carries_on = heard(
        "M26-0001",
        dt.date(2026, 1, 20),
        dt.date(2026, 2, 5),
        victim=dataclasses.replace(VICTIM, name="S"),
        perpetrators=(),
    )
    joined = couple("M26-0002", dt.date(2026, 1, 26), state="joined", joined_to="M26-0001")
    [flag] = couple_flags(couple(received=dt.date(2027, 1, 26)), carries_on, joined)
    assert (flag.code, flag.other_case) == ("repeat", "M26-0001")
    assert "last referred 26 January 2026" in flag.reason


def test_joins_upon_joins_lead_to_one_case_and_a_circle_of_joins_loses_nobody() -> None:
    first = couple("M26-0001", dt.date(2026, 8, 1))
    second = couple("M26-0002", dt.date(2026, 8, 2), state="joined", joined_to="M26-0001")
    third = couple("M26-0003", dt.date(2026, 8, 3), state="joined", joined_to="M26-0002")
    assert [flag.other_case for flag in couple_flags(couple(received=RECEIVED), first, second, third)] == ["M26-0001"]
    circle = [
        couple("M26-0001", dt.date(2026, 8, 1), state="joined", joined_to="M26-0002"),
        couple("M26-0002", dt.date(2026, 8, 2), state="joined", joined_to="M26-0001"),
    ]
    assert {flag.code for flag in couple_flags(couple(received=RECEIVED), *circle)} == {"duplicate"}


def test_a_case_joined_to_this_one_is_no_duplicate_of_it() -> None:
    joined = couple("M26-0009", dt.date(2026, 8, 28), state="joined", joined_to="M26-0010")
    assert couple_flags(couple("M26-0010", RECEIVED), joined) == []


def test_the_referrers_word_that_it_is_a_repeat_is_shown_when_the_register_knows_of_none() -> None:
    criteria = Criteria(
        repeat=True, previous_date=dt.date(2026, 4, 16), previous_reference="244", other_marac="Croydon"
    )
    evidence = {"criteria.repeat": Evidence("Y", "table 3, row 7", 0.95)}
    flag, elsewhere = couple_flags(couple(criteria=criteria, evidence=evidence))
    assert (flag.code, elsewhere.code) == ("possible repeat", "transferred in")
    assert "another MARAC knows of them: Croydon. Ask its coordinator for the minutes" in elsewhere.reason
    assert "The form gives: last heard 16 April 2026, reference 244, other MARAC: Croydon." in flag.reason
    assert flag.evidence == 'table 3, row 7: "Y"'


def test_a_case_number_that_the_register_knows_under_other_names_is_compared_by_a_person() -> None:
    other = heard(
        "M26-0003", dt.date(2026, 3, 1), dt.date(2026, 3, 5), victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR]
    )
    [flag] = couple_flags(couple(criteria=Criteria(repeat=True, previous_reference="M26-0003")), other)
    assert (flag.code, flag.other_case, flag.needs_decision) == ("possible repeat", "M26-0003", True)
    assert "its people do not look the same" in flag.reason


def test_the_referrers_word_is_not_repeated_when_the_register_agrees() -> None:
    found = couple_flags(couple(received=RECEIVED, criteria=Criteria(repeat=True)), HEARD_IN_FEBRUARY)
    assert [flag.code for flag in found] == ["repeat"]


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (
            couple("M26-0001", perpetrators=[OTHER_PERPETRATOR]),
            "The same victim is in M26-0001 with another perpetrator",
        ),
        (couple("M26-0001", victim=OTHER_VICTIM), "The same perpetrator is in M26-0001 with another victim"),
        (
            couple("M26-0001", victim=AS_VICTIM, perpetrators=[AS_PERPETRATOR]),
            "The roles are reversed: M26-0001 names these two people the other way round",
        ),
        (
            couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[AS_PERPETRATOR]),
            "The victim is named as a perpetrator in M26-0001",
        ),
        (
            couple("M26-0001", victim=AS_VICTIM, perpetrators=[OTHER_PERPETRATOR]),
            "The perpetrator is named as the victim in M26-0001",
        ),
    ],
)
def test_people_who_stand_in_other_cases_are_for_the_coordinator_and_the_chair_only(earlier: Case, words: str) -> None:
    [flag] = couple_flags(couple("M26-0010"), earlier)
    assert flag.code in LINKS
    assert flag.reason.startswith(words)
    assert flag.reason.endswith("For the coordinator and the chair only.")
    assert flag.other_case == "M26-0001"


def test_a_name_alone_at_another_address_links_nobody() -> None:
    namesake = Perpetrator(name="Zeeshan Iqbal", postcode="ZZ97 1XX")
    assert couple_flags(couple("M26-0010"), couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[namesake])) == []


def test_a_hearing_that_the_form_dates_long_ago_is_said_to_be() -> None:
    [flag] = couple_flags(couple(received=RECEIVED, criteria=Criteria(repeat=True, previous_date=dt.date(2025, 8, 31))))
    assert "last heard 31 August 2025 (more than 12 months ago)" in flag.reason


def test_a_person_who_is_only_perhaps_the_same_is_said_to_be() -> None:
    undated = Perpetrator(name="Zeeshan Iqbal", postcode=PERPETRATOR.postcode)
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[undated])
    [flag] = couple_flags(couple("M26-0010"), earlier)
    assert flag.reason.startswith("Perhaps the same perpetrator is in M26-0001 with another victim")


def test_a_case_with_another_couple_is_not_called_linked_after_a_person_took_the_two_apart() -> None:
    earlier = couple("M26-0009", dt.date(2026, 8, 28), perpetrators=())
    case = couple(received=RECEIVED, decisions=[decision("M26-0010", "not-same-as", "M26-0009")])
    assert couple_flags(case, earlier) == []


def test_only_what_came_before_counts() -> None:
    later, same_day = couple("M26-0011", RECEIVED + dt.timedelta(1)), couple("M26-0012", RECEIVED)
    assert couple_flags(couple("M26-0010", RECEIVED), later, same_day, couple("M26-0010", RECEIVED)) == []


def test_references_of_one_day_are_told_apart_as_numbers() -> None:
    ninth, tenth = couple("M26-9", RECEIVED), couple("M26-10", RECEIVED)
    assert came_before(tenth, [ninth]) == (ninth,)
    assert came_before(ninth, [tenth]) == ()


def test_no_reason_prints_an_address_or_a_telephone_number() -> None:
    moved = dataclasses.replace(VICTIM, address="Flat 2, The Refuge", postcode="ZZ97 9QQ", phone="07700900555")
    case = couple(received=RECEIVED, victim=moved)
    said = " ".join(
        flag.reason for flag in couple_flags(case, couple("M26-0009", dt.date(2026, 8, 28)), HEARD_IN_FEBRUARY)
    )
    assert "address differs" in said
    for secret in ("Refuge", "ZZ97", "ZZ99", "Farm Hill", "07700"):
        assert secret not in said


def test_the_latest_of_several_earlier_cases_comes_first() -> None:
    older = heard("M25-0031", dt.date(2025, 10, 1), dt.date(2025, 10, 9))
    found = couple_flags(couple(received=RECEIVED), older, HEARD_IN_FEBRUARY)
    assert [flag.other_case for flag in found] == ["M26-0001", "M25-0031"]


def test_a_case_that_was_deferred_is_still_to_be_heard() -> None:
    deferred = couple("M26-0009", dt.date(2026, 8, 1), state="deferred", meeting=dt.date(2026, 9, 24))
    [flag] = couple_flags(couple(received=RECEIVED), deferred)
    assert flag.code == "duplicate"
    assert "deferred, listed for 24 September 2026, not heard yet" in flag.reason
    without_a_meeting = dataclasses.replace(deferred, meeting=None)
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED), without_a_meeting)] == ["duplicate"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "withdrawn"}, "withdrawn and never heard"),
        ({"state": "closed"}, "closed and never heard"),
    ],
)
def test_what_was_withdrawn_or_closed_unheard_makes_no_repeat(changes: dict[str, Any], words: str) -> None:
    [flag] = couple_flags(couple(received=RECEIVED), couple("M26-0001", dt.date(2026, 6, 1), **changes))
    assert (flag.code, flag.needs_decision) == ("heard before", False)
    assert words in flag.reason


def test_a_case_closed_after_its_hearing_still_makes_a_repeat() -> None:
    closed = dataclasses.replace(HEARD_IN_FEBRUARY, state="closed")
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED), closed)] == ["repeat"]


def test_a_draft_of_the_same_couple_is_found_and_called_a_draft() -> None:
    [flag] = couple_flags(couple(received=RECEIVED), couple("M26-0009", dt.date(2026, 8, 28), state="draft"))
    assert (flag.code, flag.other_case, flag.needs_decision) == ("possible duplicate", "M26-0009", True)
    assert "M26-0009, a draft of 28 August 2026 of which nobody has said yet that it is a referral" in flag.reason


HEARD_IN_AUGUST = heard("M26-0001", dt.date(2026, 8, 3), dt.date(2026, 8, 20))


@pytest.mark.parametrize(
    ("received", "form", "words"),
    [
        (dt.date(2026, 8, 24), {}, "It came soon after that meeting, and names no day after it."),
        (dt.date(2026, 8, 24), {"reason": "He hit her on 14 August 2026."}, "names no day after it"),
        (dt.date(2026, 11, 2), {"date": dt.date(2026, 8, 19)}, "Its form is dated before that meeting"),
        (dt.date(2026, 8, 19), {}, "It came before that meeting."),
    ],
)
def test_a_form_that_tells_of_nothing_since_the_hearing_may_be_a_late_duplicate(
    received: dt.date, form: dict[str, Any], words: str
) -> None:
    [flag] = couple_flags(couple(received=received, **form), HEARD_IN_AUGUST)
    assert (flag.code, flag.other_case, flag.evidence) == ("possible duplicate", None, "M26-0001")
    assert flag.needs_decision
    assert words in flag.reason
    assert "Say which: hear or not-heard." in flag.reason


@pytest.mark.parametrize(
    ("received", "form"),
    [
        (dt.date(2026, 8, 24), {"reason": "He hit her on 22/08/2026."}),
        (dt.date(2026, 8, 24), {"reason": "Yesterday he came to her work."}),
        (dt.date(2026, 9, 18), {}),
        (dt.date(2026, 8, 24), {"decisions": [decision("M26-0010", "hear", on=dt.date(2026, 8, 25))]}),
    ],
)
def test_what_tells_of_something_since_the_hearing_is_a_repeat(received: dt.date, form: dict[str, Any]) -> None:
    [flag] = couple_flags(couple(received=received, **form), HEARD_IN_AUGUST)
    assert (flag.code, flag.other_case) == ("repeat", "M26-0001")


def test_where_only_crimes_count_a_person_says_whether_it_would_be_one() -> None:
    case = couple(received=RECEIVED)
    [flag] = couple_flags(case, HEARD_IN_FEBRUARY, counts="criminal only")
    assert (flag.code, flag.other_case, flag.needs_decision) == ("possible repeat", None, True)
    assert "say whether the new incident would be" in flag.reason
    decided = dataclasses.replace(case, decisions=(decision("M26-0010", "hear"),))
    [flag] = couple_flags(decided, HEARD_IN_FEBRUARY, counts="criminal only")
    assert (flag.code, flag.needs_decision) == ("repeat", False)


def test_a_repeat_that_is_only_perhaps_a_crime_does_not_meet_the_threshold() -> None:
    below = couple(received=RECEIVED, checklist=checklist(5))
    criminal = Rules(repeat=RepeatRules(counts="criminal only"))
    assert "threshold met" in {flag.code for flag in flags(below, [HEARD_IN_FEBRUARY], Rules())}
    assert "below threshold" in {flag.code for flag in flags(below, [HEARD_IN_FEBRUARY], criminal)}


IN_CROYDON = dataclasses.replace(HEARD_IN_FEBRUARY, marac="croydon")


def test_the_same_couple_in_another_marac_is_transferred_in_and_a_repeat_where_any_area_counts() -> None:
    repeat, transferred = couple_flags(couple(received=RECEIVED), IN_CROYDON)
    assert (repeat.code, transferred.code) == ("repeat", "transferred in")
    assert "M26-0001, a case of the MARAC croydon" in transferred.reason
    assert "Ask its coordinator for the minutes and the action plan." in transferred.reason
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED), IN_CROYDON, area="this")] == [
        "transferred in"
    ]


def test_a_couple_that_another_marac_is_still_to_hear_is_no_duplicate_here() -> None:
    listed = couple("M26-0009", dt.date(2026, 8, 28), state="listed", meeting=dt.date(2026, 9, 10))
    [flag] = couple_flags(couple(received=RECEIVED), dataclasses.replace(listed, marac="croydon"))
    assert (flag.code, flag.needs_decision) == ("transferred in", False)
    assert "to be heard there 10 September 2026" in flag.reason
    assert "Agree which of the two MARACs hears it" in flag.reason


def test_a_couple_whose_case_was_handed_over_is_said_to_be() -> None:
    handed_over = couple("M26-0001", dt.date(2026, 6, 1), state="transferred")
    [flag] = couple_flags(couple(received=RECEIVED), dataclasses.replace(handed_over, transferred_to="Croydon MARAC"))
    assert flag.code == "transferred in"
    assert "was transferred to Croydon MARAC" in flag.reason
    heard_first = dataclasses.replace(HEARD_IN_FEBRUARY, state="transferred", transferred_to="Croydon MARAC")
    assert [flag.code for flag in couple_flags(couple(received=RECEIVED), heard_first)] == ["repeat", "transferred in"]


@pytest.mark.parametrize("nothing", ["No", "n/a", "None", " - ", "not known"])
def test_no_other_marac_is_no_transfer(nothing: str) -> None:
    assert couple_flags(couple(criteria=Criteria(other_marac=nothing))) == []


days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@given(days, days, st.integers(1, 60))
def test_months_are_calendar_months_with_the_last_day_included(earlier: dt.date, later: dt.date, months: int) -> None:
    end = months_after(earlier, months)
    assert (end.year * 12 + end.month) - (earlier.year * 12 + earlier.month) == months
    assert end.day <= earlier.day
    assert within_months(earlier, later, months) == (later <= end)


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert months_after(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert months_after(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)


def test_a_birthday_is_the_day_on_which_one_is_older() -> None:
    assert age_on(dt.date(2026, 9, 1), dt.date(2010, 9, 1)) == 16
    assert age_on(dt.date(2026, 8, 31), dt.date(2010, 9, 1)) == 15
    assert age_on(dt.date(2026, 2, 28), dt.date(2008, 2, 29)) == 17


states = st.sampled_from(
    ["draft", "received", "listed", "deferred", "heard", "not heard", "transferred", "withdrawn", "closed"]
)
persons = st.sampled_from([VICTIM, OTHER_VICTIM, AS_VICTIM])
accused = st.sampled_from([(), (PERPETRATOR,), (OTHER_PERPETRATOR,), (AS_PERPETRATOR,), (POORLY_STATED,)])
registers = st.lists(
    st.builds(
        couple,
        st.from_regex(r"M2[56]-[0-9]{2}", fullmatch=True),
        days,
        state=states,
        victim=persons,
        perpetrators=accused,
    ),
    max_size=5,
    unique_by=lambda case: case.reference,
)


@given(registers, st.randoms())
def test_the_order_in_which_the_register_is_read_changes_nothing(register: list[Case], chance: random.Random) -> None:
    case = couple("M26-99", RECEIVED)
    shuffled = chance.sample(register, len(register))
    assert flags(case, register, Rules()) == flags(case, shuffled, Rules())


@given(registers)
def test_every_earlier_case_of_the_couple_is_spoken_of(register: list[Case]) -> None:
    case = couple("M26-99", RECEIVED)
    spoken_of = {flag.other_case for flag in couple_flags(case, *register)}
    assert {before.case.reference for before in same_couple_before(case, register)} <= spoken_of
    assert all(arrival(each) < arrival(case) for each in register if each.reference in spoken_of)


def test_a_case_number_of_the_register_that_was_kept_before_is_recognised() -> None:
    other = dataclasses.replace(
        heard(
            "M25-0003", dt.date(2025, 3, 1), dt.date(2025, 3, 5), victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR]
        ),
        former_reference="MARAC/244",
    )
    [flag] = couple_flags(couple(criteria=Criteria(repeat=True, previous_reference="marac/244")), other)
    assert (flag.code, flag.other_case, flag.needs_decision) == ("possible repeat", "M25-0003", True)
