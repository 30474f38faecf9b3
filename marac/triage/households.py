"""What two cases have in common beside their couples: children, and homes. No name and no address is ever said."""

import datetime as dt
from collections.abc import Iterator
from itertools import product

from marac.case import Case
from marac.matching.couples import Couple
from marac.matching.keys import in_use
from marac.matching.people import KnownPerson
from marac.matching.spelling import may_be_brother_and_sister, word_likeness
from marac.triage.couples import children_in
from marac.triage.history import Before, Degree

Home = tuple[str, str]
"""House numbers and postcode, folded."""


def homes(couple: Couple) -> frozenset[Home]:
    """The homes of the victim and of those named as perpetrators, as far as number and postcode are both stated."""
    return frozenset(
        (somebody.house, postcode)
        for somebody in (couple.victim, *couple.perpetrators)
        if somebody.house
        for postcode in somebody.postcodes
    )


def children_in_common(case: Case, before: Before) -> Degree | None:
    """Whether a child of the new case is one of the earlier case's, by first name and date of birth.

    What a person said about two children outranks it. Twins share a date of birth, and are two.
    """
    if not case.referral.children:
        return None
    found = {degree for form in before.referrals for degree in _pairs(case, form, before)}
    return "certain" if "certain" in found else "possible" if found else None


def _pairs(case: Case, form: Case, before: Before) -> Iterator[Degree]:
    said = {(each.here.place, each.there.place): each.verdict.same for each in before.said_of_children(form.reference)}
    if not said and _birthdays(case).isdisjoint(_birthdays(form)):
        return
    ours, theirs = children_in(case), children_in(form)
    for (i, one), (j, other) in product(enumerate(ours), enumerate(theirs)):
        verdict = said.get((i, j))
        if verdict or (verdict is None and _one_child(one, other)):
            yield "certain" if verdict or _same_first_name(one, other) else "possible"


def _birthdays(case: Case) -> set[dt.date]:
    return {child.date_of_birth for child in case.referral.children if child.date_of_birth}


def _one_child(one: KnownPerson, other: KnownPerson) -> bool:
    return not set(one.born).isdisjoint(other.born) and any(
        likeness in {"same", "form"}
        or (likeness in {"spelling", "sound"} and not may_be_brother_and_sister(first, second))
        for first, second in product(_firsts(one), _firsts(other))
        for likeness in (word_likeness(first, second),)
    )


def _same_first_name(one: KnownPerson, other: KnownPerson) -> bool:
    return any(
        word_likeness(first, second) in {"same", "form"} for first, second in product(_firsts(one), _firsts(other))
    )


def _firsts(child: KnownPerson) -> list[str]:
    return [in_use(name.first) for name in child.names if name.first]
