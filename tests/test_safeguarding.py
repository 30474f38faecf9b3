"""Children and adults at risk: when the safeguarding procedures are to be considered beside the meeting."""

import dataclasses
import datetime as dt

import pytest

from marac.case import CANNOT_WAIT, Case
from marac.checklist import Checklist
from marac.referral import Child, Victim
from marac.triage.safeguarding import adult_at_risk, children_concerned
from tests.made_up_couples import PERPETRATOR, VICTIM, couple

RECEIVED = dt.date(2026, 9, 1)


def told(reason: str | None = None, victim: Victim = VICTIM, **form: object) -> Case:
    return couple(victim=victim, **{"checklist": Checklist(), "reason": reason, **form})  # type: ignore[arg-type]


def victim(**changes: object) -> Victim:
    return dataclasses.replace(VICTIM, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (told(children=(Child(name="Amir"), Child(name="Sana"))), "the form names 2 children"),
        (told(children=(Child(name="Unborn"),)), "the form names 1 child"),
        (told(victim=victim(pregnant=True)), "the victim is pregnant"),
        (told(checklist=Checklist("dash", {"9": "yes"})), "question 9 of the checklist"),
        (told(victim=victim(date_of_birth=dt.date(2009, 3, 1))), "the victim is 17"),
        (told(victim=victim(date_of_birth=None, age=16)), "the victim is 16"),
        (
            told(perpetrators=(dataclasses.replace(PERPETRATOR, date_of_birth=dt.date(2010, 1, 1)),)),
            "the perpetrator is 16",
        ),
        (told("The school has no concerns for the children."), "speaks of children, though it names none"),
        (told("The children were upstairs and the eldest came down."), "speaks of children, though it names none"),
    ],
)
def test_a_child_who_lives_with_it_is_said_with_the_procedures_and_is_not_urgent(case: Case, words: str) -> None:
    [flag] = children_concerned(case)
    assert flag.code == "children concerned"
    assert flag.code not in CANNOT_WAIT
    assert words in flag.reason
    assert "safeguarding procedures for children" in flag.reason


@pytest.mark.parametrize(
    "case",
    [
        told(children=(Child(name="Grown up", date_of_birth=dt.date(2008, 9, 1)),)),
        told(victim=victim(pregnant=False), checklist=Checklist("dash", {"9": "yes"})),
        told(victim=victim(date_of_birth=dt.date(2008, 9, 1))),
        told("There are no children in the household."),
        told("She is not pregnant."),
        told("They met in 2017 and the abuse began when Kelly was first pregnant."),
        told("Children's social care closed the case."),
        told("She walks with a stick."),
    ],
)
def test_without_a_child_nothing_is_said(case: Case) -> None:
    assert children_concerned(case) == ()


def test_the_eighteenth_birthday_is_counted_from_the_day_the_referral_came() -> None:
    day_before = told(victim=victim(date_of_birth=RECEIVED.replace(year=2008, day=2)))
    assert "the victim is 17" in children_concerned(day_before)[0].reason


@pytest.mark.parametrize(
    ("case", "fires"),
    [
        (told("She has care and support needs and he is her carer."), True),
        (told("An adult safeguarding referral was made in March."), True),
        (told("She has dementia."), True),
        (told(victim=victim(disability="Learning difficulty")), True),
        (told("She relies on him for all her meals.", victim(disabled=True)), True),
        (told("She is in a wheelchair.", victim(disability="Multiple sclerosis")), True),
        (told("She relies on him for money."), False),
        (told("She walks with a stick.", victim(disability="Arthritis, uses a stick", disabled=True)), False),
        (told("Adult social care assessed on 3 May: no eligible needs, signposted to carers' centre.", victim(disabled=True)), False),
        (told("Philip is the care coordinator.", victim(disabled=True)), False),
        (told("She has no care and support needs."), False),
        (told("She relies on him for lifts.", victim(disability="None")), False),
    ],
)  # fmt: skip
def test_an_adult_at_risk_is_one_with_needs_for_care_and_not_everybody_with_a_disability(
    case: Case, fires: bool
) -> None:
    found = adult_at_risk(case)
    assert [flag.code for flag in found] == (["adult at risk"] if fires else [])
    assert all("safeguarding procedures for adults" in flag.reason for flag in found)
