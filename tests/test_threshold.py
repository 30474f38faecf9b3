"""Whether a referral is high risk, and what the program says about it."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case, Flag
from marac.checklist import Checklist, Grade
from marac.referral import Criteria, Evidence
from marac.triage import flags
from marac.triage.rules import Rules, ThresholdRules
from marac.triage.threshold import threshold_flags
from tests.made_up_couples import checklist, couple, decision, same_couple_before

RULES = ThresholdRules()
MERIT = ThresholdRules(merit=72)
NO_CHECKLIST = Checklist()


def first(case: Case, rules: ThresholdRules = RULES) -> Flag:
    return threshold_flags(case, rules)[0]


def codes(case: Case, rules: ThresholdRules = RULES) -> list[str]:
    return [flag.code for flag in threshold_flags(case, rules)]


@pytest.mark.parametrize(
    ("kind", "ticks", "code"),
    [
        ("dash", 14, "threshold met"),
        ("dash", 13, "below threshold"),
        ("dash-police", 17, "threshold met"),
        ("dash-police", 16, "below threshold"),
        (None, 10, "threshold met"),
        (None, 9, "below threshold"),
    ],
)
def test_ticks_are_held_against_the_threshold_of_their_own_kind_of_checklist(
    kind: str | None, ticks: int, code: str
) -> None:
    rules = ThresholdRules(ticks={"dash": 14, "dash-police": 17, "other": 10})
    flag = first(couple(checklist=checklist(ticks, kind=kind)), rules)  # type: ignore[arg-type]
    assert flag.code == code
    assert f"{ticks} ticks counted on the checklist" in flag.reason


def test_a_kind_of_checklist_without_a_threshold_of_its_own_takes_that_of_other_lists() -> None:
    assert first(couple(checklist=checklist(12, kind="dash-police")), ThresholdRules(ticks={"other": 12})).code == (
        "threshold met"
    )


def test_with_no_threshold_at_all_for_a_checklist_the_program_says_so() -> None:
    found = threshold_flags(couple(checklist=checklist(20, kind="dash")), ThresholdRules(ticks={"dash-police": 14}))
    assert [flag.code for flag in found] == ["unclear", "unclear"]
    assert "No threshold is set" in found[1].reason


def test_below_the_threshold_is_left_to_a_person_and_never_called_a_no() -> None:
    flag = first(couple(checklist=checklist(9)))
    assert flag.needs_decision
    assert flag.reason == (
        "Below the threshold on the form: 9 ticks counted on the checklist (threshold 14); professional judgement not "
        "ticked; escalation and repeat not ticked. A person decides whether the case is heard."
    )


def test_below_the_threshold_says_how_many_questions_are_not_answered() -> None:
    flag = first(couple(checklist=checklist(12, noes=6)))
    assert "6 questions of 24 not answered" in flag.reason


def test_a_score_without_a_checklist_is_taken_and_said_to_be_without_one() -> None:
    flag = first(couple(checklist=NO_CHECKLIST, criteria=Criteria(score=15)))
    assert flag.code == "threshold met"
    assert flag.reason == "Threshold met: stated score 15 (threshold 14), no checklist to count."


def test_every_reason_that_meets_the_threshold_is_named_with_its_place() -> None:
    evidence = {
        "checklist.ticks": Evidence("16", "table 4", 1.0),
        "criteria.score": Evidence("16", "table 3, row 2", 1.0),
        "criteria.professional_judgement": Evidence("Y", "table 3, row 5", 0.95),
        "criteria.escalation": Evidence("X", "table 3, row 6", 0.95),
    }
    criteria = Criteria(professional_judgement=True, escalation=True, score=16)
    flag = first(couple(criteria=criteria, evidence=evidence))
    assert flag.reason == (
        "Threshold met: 16 ticks counted on the checklist (threshold 14); stated score 16 (threshold 14); "
        "professional judgement; escalation ticked by the referrer."
    )
    assert 'table 3, row 5: "Y"' in flag.evidence
    assert 'table 3, row 6: "X"' in flag.evidence
    assert "ticked: 1, 2, 3" in flag.evidence


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(score=3, professional_judgement=True),
        Criteria(score=3, escalation=True),
        Criteria(score=3, repeat=True),
    ],
)
def test_any_one_criterion_meets_the_threshold_however_low_the_score(criteria: Criteria) -> None:
    assert first(couple(checklist=checklist(3), criteria=criteria)).code == "threshold met"


def test_what_does_not_reach_the_threshold_is_told_beside_what_meets_it() -> None:
    flag = first(couple(checklist=checklist(11), criteria=Criteria(professional_judgement=True)))
    assert flag.reason == (
        "Threshold met: professional judgement. Below it: 11 ticks counted on the checklist (threshold 14)."
    )


def test_where_professional_judgement_alone_does_not_count_that_is_said() -> None:
    rules = ThresholdRules(professional_judgement=False)
    flag = first(couple(checklist=checklist(10), criteria=Criteria(professional_judgement=True)), rules)
    assert flag.code == "below threshold"
    assert "professional judgement is ticked, but does not meet the threshold in this area" in flag.reason


def test_a_tick_that_was_hard_to_read_is_said_to_be() -> None:
    evidence = {"criteria.professional_judgement": Evidence("/", "page 1", 0.5)}
    criteria = Criteria(professional_judgement=True)
    assert "hard to read" in first(couple(checklist=NO_CHECKLIST, criteria=criteria, evidence=evidence)).reason


def test_visible_high_risk_without_score_or_checklist_is_met_by_the_referrers_word_and_the_score_is_asked_for() -> None:
    case = couple(checklist=NO_CHECKLIST, criteria=Criteria(visible_high_risk=True))
    assert first(case).reason == "Threshold met: visible high risk, by the referrer's word, with no score given."
    found = {flag.code for flag in flags(case, [], Rules())}
    assert {"checklist missing", "high risk without score"} <= found


def test_visible_high_risk_over_a_low_score_is_a_contradiction_for_a_person() -> None:
    found = threshold_flags(couple(checklist=checklist(9), criteria=Criteria(visible_high_risk=True)), RULES)
    assert [flag.code for flag in found] == ["below threshold", "unclear"]
    assert "ticks visible high risk, but the form shows 9 ticks" in found[1].reason
    assert all(flag.needs_decision for flag in found)


def test_score_and_ticks_on_different_sides_of_the_threshold_need_a_person() -> None:
    found = threshold_flags(couple(checklist=checklist(12), criteria=Criteria(score=15)), RULES)
    assert [flag.code for flag in found] == ["threshold met", "score and ticks disagree"]
    assert found[1].needs_decision
    assert "states a score of 15, but 12 ticks were counted" in found[1].reason


def test_score_and_ticks_on_one_side_of_the_threshold_are_only_noted() -> None:
    found = threshold_flags(couple(checklist=checklist(17), criteria=Criteria(score=18)), RULES)
    assert [(flag.code, flag.needs_decision) for flag in found] == [
        ("threshold met", False),
        ("score and ticks disagree", False),
    ]


def test_a_total_above_the_number_of_questions_is_no_count_of_ticks() -> None:
    found = threshold_flags(couple(checklist=NO_CHECKLIST, criteria=Criteria(score=75)), RULES)
    assert [flag.code for flag in found] == ["unclear", "unclear"]
    assert "75, which is no count of ticks on a list of 27 questions" in found[1].reason
    assert all(flag.needs_decision for flag in found)


def test_a_total_of_25_is_no_count_on_the_list_of_24() -> None:
    found = threshold_flags(couple(checklist=checklist(5), criteria=Criteria(score=25)), RULES)
    assert [flag.code for flag in found] == ["below threshold", "unclear"]


@pytest.mark.parametrize(("score", "code"), [(72, "threshold met"), (71, "below threshold"), (20, "below threshold")])
def test_in_a_merit_area_the_stated_score_is_a_merit_total(score: int, code: str) -> None:
    flag = first(couple(checklist=NO_CHECKLIST, criteria=Criteria(score=score)), MERIT)
    assert flag.code == code
    assert "MeRIT total" in flag.reason
    assert "(threshold 72)" in flag.reason


def test_in_a_merit_area_a_merit_total_is_not_compared_with_ticks() -> None:
    case = couple(checklist=checklist(15), criteria=Criteria(score=40))
    assert codes(case, MERIT) == ["threshold met"]


@given(score=st.integers(0, 200))
def test_a_merit_total_never_meets_a_threshold_for_ticks(score: int) -> None:
    case = couple(checklist=Checklist("merit"), criteria=Criteria(score=score))
    assert "threshold met" not in codes(case, RULES)
    assert ("threshold met" in codes(case, MERIT)) == (score >= 72)


def test_in_a_merit_area_a_stated_count_of_the_ticks_stays_one() -> None:
    found = threshold_flags(couple(checklist=checklist(18), criteria=Criteria(score=18)), MERIT)
    assert [flag.code for flag in found] == ["threshold met"]
    assert "stated score 18 (threshold 14)" in found[0].reason
    assert "MeRIT" not in found[0].reason


@given(score=st.integers(0, 24))
def test_a_total_that_the_form_calls_merit_is_no_count_though_a_dash_list_stands_beside(score: int) -> None:
    dash = dataclasses.replace(checklist(5), merit_total=True)
    found = threshold_flags(couple(checklist=dash, criteria=Criteria(score=score)), RULES)
    assert "threshold met" not in {flag.code for flag in found}
    assert any(f"MeRIT total of {score}" in flag.reason and flag.needs_decision for flag in found)


@pytest.mark.parametrize("criteria", [Criteria(), Criteria(visible_high_risk=False, professional_judgement=False)])
def test_a_merit_total_where_no_threshold_is_set_for_it_is_never_below(criteria: Criteria) -> None:
    case = couple(checklist=Checklist("merit"), criteria=dataclasses.replace(criteria, score=30))
    assert codes(case) == ["unclear", "unclear"]


def test_the_band_of_a_merit_total_that_is_not_given_is_enough_where_it_is_gold() -> None:
    gold = couple(checklist=Checklist("merit", grade="gold"))
    assert first(gold, MERIT).reason == "Threshold met: graded gold by MeRIT."
    assert codes(gold, RULES) == ["unclear"]
    assert codes(couple(checklist=Checklist("merit", grade="silver")), MERIT) == ["unclear"]


def test_a_dara_graded_high_meets_the_threshold_by_the_officers_grade() -> None:
    evidence = {"checklist.grade": Evidence("High", "table 3, row 2", 0.95)}
    flag = first(couple(checklist=Checklist(dara=True, grade="high"), evidence=evidence))
    assert flag.reason == "Threshold met: graded high risk by DARA."
    assert 'table 3, row 2: "High"' in flag.evidence


@pytest.mark.parametrize("grade", ["standard", "medium", None])
@pytest.mark.parametrize("criteria", [Criteria(), Criteria(visible_high_risk=False, professional_judgement=False)])
def test_a_dara_is_never_nought_ticks_and_never_below_the_threshold(grade: Grade | None, criteria: Criteria) -> None:
    found = threshold_flags(couple(checklist=Checklist(dara=True, grade=grade), criteria=criteria), RULES)
    assert [flag.code for flag in found] == ["unclear"]
    assert found[0].needs_decision
    assert "DARA" in found[0].reason
    assert "A person decides" in found[0].reason
    assert not any("0 ticks" in flag.reason or "no yes" in flag.reason for flag in found)


def test_the_grade_of_a_dara_that_is_high_risk_is_a_setting() -> None:
    medium, high = (couple(checklist=Checklist(dara=True, grade=grade)) for grade in ("medium", "high"))
    assert codes(medium, ThresholdRules(dara="medium")) == ["threshold met"]
    assert codes(high, ThresholdRules(dara=None)) == ["unclear"]


def test_a_score_beside_a_dara_is_held_against_nothing() -> None:
    found = threshold_flags(couple(checklist=Checklist(dara=True, grade="medium"), criteria=Criteria(score=20)), MERIT)
    assert [flag.code for flag in found] == ["unclear", "unclear"]
    assert "beside a DARA" in found[1].reason


def test_a_dara_with_its_grade_is_no_missing_checklist() -> None:
    found = flags(couple(checklist=Checklist(dara=True, grade="high")), [], Rules())
    assert "checklist missing" not in {flag.code for flag in found}


def test_nothing_on_the_form_is_unclear_and_left_to_a_person() -> None:
    flag = first(couple(checklist=NO_CHECKLIST))
    assert flag.code == "unclear"
    assert flag.needs_decision
    assert "does not say how high the risk is" in flag.reason


def test_a_referrer_who_says_no_to_the_criteria_and_gives_no_score_is_below_the_threshold() -> None:
    criteria = Criteria(visible_high_risk=False, professional_judgement=False, escalation=False)
    assert first(couple(checklist=NO_CHECKLIST, criteria=criteria)).code == "below threshold"


def test_a_checklist_without_a_single_yes_is_not_taken_for_a_score_of_nought() -> None:
    found = threshold_flags(couple(checklist=checklist(0)), RULES)
    assert [flag.code for flag in found] == ["unclear", "unclear"]
    assert "shows no yes at all" in found[1].reason


def test_more_ticks_than_questions_are_not_believed() -> None:
    found = threshold_flags(couple(checklist=checklist(26, kind="dash")), RULES)
    assert [flag.code for flag in found] == ["unclear", "unclear"]
    assert "26 ticks were read on a list of 24 questions" in found[1].reason


@given(ticks=st.integers(0, 24), score=st.none() | st.integers(0, 100), judgement=st.sampled_from([None, True, False]))
def test_something_is_always_said_and_only_a_met_threshold_goes_without_a_person(
    ticks: int, score: int | None, judgement: bool | None
) -> None:
    case = couple(checklist=checklist(ticks), criteria=Criteria(score=score, professional_judgement=judgement))
    flag = first(case)
    assert flag.code in {"threshold met", "below threshold", "unclear"}
    assert flag.needs_decision == (flag.code != "threshold met")
    assert (flag.code == "threshold met") == (
        ticks >= 14 or bool(judgement) or (score is not None and 14 <= score <= 24)
    )


def closed(reference: str, day: dt.date) -> Case:
    return couple(reference, day, state="not heard", decisions=[decision(reference, "not-heard")])


def test_the_third_referral_of_a_couple_in_twelve_months_is_escalation_by_our_own_register() -> None:
    case = couple(received=dt.date(2026, 9, 1), checklist=checklist(8))
    register = [closed("M25-0070", dt.date(2025, 9, 1)), closed("M26-0002", dt.date(2026, 3, 3))]
    [flag] = threshold_flags(case, RULES, same_couple_before(case, register))
    assert flag.code == "threshold met"
    assert "the third referral of this couple in 12 months (after M25-0070 of 1 September 2025" in flag.reason
    assert "M26-0002" in flag.evidence


def test_a_referral_a_day_before_the_months_of_escalation_does_not_count() -> None:
    case = couple(received=dt.date(2026, 9, 1), checklist=checklist(8))
    register = [closed("M25-0070", dt.date(2025, 8, 31)), closed("M26-0002", dt.date(2026, 3, 3))]
    assert threshold_flags(case, RULES, same_couple_before(case, register))[0].code == "below threshold"


def test_a_second_form_about_a_case_that_is_still_open_is_no_further_event() -> None:
    case = couple(received=dt.date(2026, 9, 1), checklist=checklist(8))
    register = [couple("M26-0008", dt.date(2026, 8, 30)), closed("M26-0002", dt.date(2026, 3, 3))]
    assert threshold_flags(case, RULES, same_couple_before(case, register))[0].code == "below threshold"


def test_a_repeat_by_our_own_register_meets_the_threshold_though_the_referrer_did_not_tick_it() -> None:
    case = couple(received=dt.date(2026, 9, 1), checklist=checklist(8))
    heard = couple("M26-0002", dt.date(2026, 3, 3), state="heard", meeting=dt.date(2026, 3, 19))
    found = {flag.code: flag for flag in flags(case, [heard], Rules())}
    assert "repeat of M26-0002 by our own register" in found["threshold met"].reason
    assert "below threshold" not in found
