"""What a case answers to the questions that are counted: yes, no, or not recorded, which is never counted as no."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from marac.case import Case
from marac.meetings.hearing import Hearing
from marac.meetings.same_people import children_once
from marac.referral import Referral, Victim

Answer = Literal["yes", "no", "not recorded"]

_NOT_STATED = re.compile(
    r"\b(?:ns|not stated|not known|unknown|n/?k|n/?a|prefer not|declined|refused|other)\b", re.IGNORECASE
)
_WHITE_BRITISH = re.compile(
    r"\bW1\b|\bwhite\b.*\b(?:british|uk|english|welsh|scottish|northern irish|cornish)\b|\bIC1\b", re.IGNORECASE
)
_MINORITISED = re.compile(
    r"\b(?:[MAB][1-9]|O[1-9]|IC[3-6])\b|\b(?:asian|black|african|caribbean|mixed|arab|chinese|indian|pakistani|bangladeshi|nigerian|"
    r"somali|ghanaian|afghan|kurdish|iranian|iraqi|syrian|sri lankan|filipin[ao]|vietnamese|roma|gypsy|traveller)\b",
    re.IGNORECASE,
)
_NONE_STATED = re.compile(r"(?:no|none|nil|no disabilit(?:y|ies)|not disabled|n)\.?", re.IGNORECASE)


def minoritised(hearing: Hearing) -> Answer:
    """Whether the victim is Black, Asian or racially minoritised, by the tick on a form or by an ethnicity that leaves no doubt.

    White people who are not white British are counted as the form ticks them, and otherwise not recorded: areas differ.
    """
    victims = _victims(hearing)
    if (ticked := _ticked(victim.bme for victim in victims)) != "not recorded":
        return ticked
    for text in (victim.ethnicity for victim in victims if victim.ethnicity):
        if _MINORITISED.search(text):
            return "yes"
        if _WHITE_BRITISH.search(text) and not _NOT_STATED.search(text):
            return "no"
    return "not recorded"


def lgbt(hearing: Hearing) -> Answer:
    """Whether the victim is LGBT+, as a form ticks it."""
    return _ticked(victim.lgbt for victim in _victims(hearing))


def disabled(hearing: Hearing) -> Answer:
    """Whether the victim is disabled, by the tick on a form or by what it names."""
    victims = _victims(hearing)
    if (ticked := _ticked(victim.disabled for victim in victims)) != "not recorded":
        return ticked
    for text in (victim.disability.strip() for victim in victims if victim.disability):
        if _NONE_STATED.fullmatch(text):
            return "no"
        if not _NOT_STATED.search(text):
            return "yes"
    return "not recorded"


def male(hearing: Hearing) -> Answer:
    """Whether the victim is male."""
    gender = next((victim.gender for victim in _victims(hearing) if victim.gender), None)
    return "not recorded" if gender is None else _yes_or_no(gender == "male")


def sixteen_or_seventeen(hearing: Hearing) -> Answer:
    """Whether the victim was 16 or 17 years old when referred."""
    ages = [age for case in hearing.cases if (age := _victims_age(case)) is not None]
    return _yes_or_no(ages[0] in {16, 17}) if ages else "not recorded"


def young_perpetrator(hearing: Hearing) -> Answer:
    """Whether somebody who causes the harm was 17 or younger; not recorded unless a date of birth says so of each."""
    born = [(person.date_of_birth, case.received) for case in hearing.cases for person in case.referral.perpetrators]
    ages = [_age(date, on) for date, on in born if date is not None]
    if any(age <= 17 for age in ages):
        return "yes"
    return "no" if ages and len(ages) == len(born) else "not recorded"


def repeat(hearing: Hearing) -> Answer:
    """Whether it is a repeat by the register or by a form; the register always knows what it holds itself."""
    flagged = any(flag.code == "repeat" for flag in hearing.flags)
    return _yes_or_no(flagged or any(form.criteria.repeat for form in hearing.referrals))


def children(hearing: Hearing) -> int | None:
    """How many children are named, each once; None where a form leaves its question about children unread or empty."""
    named = children_once(hearing)
    if not named and all(_children_in_doubt(case) for case in hearing.cases):
        return None
    return len(named)


def _children_in_doubt(case: Case) -> bool:
    return any(problem.path.startswith("children") for problem in case.reading.problems)


def _victims(hearing: Hearing) -> tuple[Victim, ...]:
    forms: tuple[Referral, ...] = hearing.referrals
    return tuple(form.victim for form in forms)


def _victims_age(case: Case) -> int | None:
    born = case.referral.victim.date_of_birth
    return case.referral.victim.age if born is None else _age(born, case.received)


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _ticked(answers: Iterable[bool | None]) -> Answer:
    """Yes where any form says so; the forms of other agencies may not have asked."""
    said = [answer for answer in answers if answer is not None]
    return _yes_or_no(any(said)) if said else "not recorded"


def _yes_or_no(true: bool) -> Answer:
    return "yes" if true else "no"
