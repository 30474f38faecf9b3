"""Two readings of one file are held against each other in what decides a case."""

import datetime as dt
from dataclasses import replace

import pytest

from marac.checklist import Checklist
from marac.parsers.second import held_against
from marac.referral import Child, Criteria, Evidence, Perpetrator, Problem, Reading, Referral, Victim

VICTIM = Victim(name="Ann Moss", date_of_birth=dt.date(1990, 2, 1), address="4 Mill Lane", postcode="LS1 4AP")
REFERRAL = Referral(
    victim=VICTIM,
    perpetrators=(Perpetrator(name="Carl Moss"),),
    children=(Child(name="Tom Moss"),),
    criteria=Criteria(score=15),
    checklist=Checklist("dash", {"1": "yes", "2": "no"}, 1),
    reason="He threatened her.",
)
FIRST = Reading("referral", REFERRAL, {"victim.name": Evidence("Ann Moss", "page 1", 0.95)})


def test_readings_that_agree_leave_nothing_to_look_at() -> None:
    assert held_against(FIRST, FIRST) == FIRST


def test_spaces_and_punctuation_are_no_disagreement() -> None:
    second = Reading("referral", replace(REFERRAL, victim=replace(VICTIM, address="4  Mill Lane,")))
    assert held_against(FIRST, second).problems == ()


@pytest.mark.parametrize(
    ("path", "second"),
    [
        ("victim.date_of_birth", replace(REFERRAL, victim=replace(VICTIM, date_of_birth=dt.date(1990, 1, 2)))),
        ("victim.safe_to_call", replace(REFERRAL, victim=replace(VICTIM, safe_to_call=False))),
        ("perpetrators.0.name", replace(REFERRAL, perpetrators=(Perpetrator(name="Carl Moses"),))),
        ("children", replace(REFERRAL, children=(Child(name="Tom Moss"), Child(name="Eve Moss")))),
        ("criteria.score", replace(REFERRAL, criteria=Criteria(score=16))),
        (
            "checklist.answers.2",
            replace(REFERRAL, checklist=Checklist("dash", {"1": "yes", "2": "yes"}, 2)),
        ),
    ],
)
def test_a_disagreement_is_a_problem_at_its_leaf(path: str, second: Referral) -> None:
    (problem,) = held_against(FIRST, Reading("referral", second)).problems
    assert (problem.code, problem.path) == ("conflict", path)


def test_a_leaf_that_two_readings_dispute_is_no_longer_sure() -> None:
    second = Reading("referral", replace(REFERRAL, victim=replace(VICTIM, name="Ann Ross")))
    assert held_against(FIRST, second).evidence["victim.name"].confidence < 0.8


def test_what_only_the_first_way_sees_is_no_disagreement() -> None:
    second = Reading("referral", replace(REFERRAL, victim=Victim(name="Ann Moss"), checklist=Checklist()))
    assert held_against(FIRST, second) == FIRST


def test_the_words_of_a_story_are_not_compared() -> None:
    assert held_against(FIRST, Reading("referral", replace(REFERRAL, reason="He"))) == FIRST


def test_a_leaf_that_a_person_must_look_at_anyway_is_told_once() -> None:
    told = replace(FIRST, problems=(Problem("unclear", "victim", "Look."),))
    second = Reading("referral", replace(REFERRAL, victim=replace(VICTIM, name="Ann Ross")))
    assert held_against(told, second) == told


def test_a_second_way_that_takes_the_file_for_something_else_says_nothing() -> None:
    assert held_against(FIRST, Reading("other")) == FIRST
