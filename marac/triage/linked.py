"""People of a new referral who stand in other couples' cases: for the coordinator and the chair only.

A counter-allegation that reaches a referrer or the other side can put somebody in danger, so every sentence says whom it
is for, and no document but the chair's agenda shows these flags.
"""

from collections.abc import Iterator, Sequence

from marac.case import Case, Flag, FlagCode
from marac.matching.frequencies import Frequencies
from marac.triage.couples import couple_in
from marac.triage.history import Before, Degree
from marac.triage.households import Home, children_in_common, homes
from marac.triage.victims import victims_of_one
from marac.triage.wording import counted, listed, sentence

ONLY = "For the coordinator and the chair only."
"""The last sentence of whatever ties a case to other people's cases."""
_ASK = "Compare the two forms; `marac case person` keeps whether it is one person or two."
_COUNTER_ALLEGATION = (
    "It may be a counter-allegation: agree who is the primary victim before either is heard, and tell no referrer."
)
_NAMED_SINGLY = 3
"""How many cases at one address are named each for itself; more than that is a hostel, a refuge or a large house."""


def linked_flags(case: Case, befores: Sequence[Before], frequencies: Frequencies) -> tuple[Flag, ...]:
    """Flags for earlier cases of other couples that have somebody, a child or a home in common with this one.

    Args:
        case: the new case.
        befores: the earlier cases beside it, the latest first.
        frequencies: how rare names and dates are in the register.
    """
    others = [before for before in reversed(befores) if before.degree("same couple") is None]
    of_one = [before for before in others if _of_the_same_perpetrator(before)]
    victims = victims_of_one(of_one, frequencies)
    flags, neighbours = list[Flag](), list[Before]()
    here = homes(couple_in(case))
    for before in others:
        found = tuple(_shared(case, before, victims))
        flags += found
        if not found and here and _argued_from(before) and not here.isdisjoint(_homes_of(before)):
            neighbours.append(before)
    return (*dict.fromkeys(flags), *_at_one_address(case, neighbours))


def _shared(case: Case, before: Before, victims: int) -> Iterator[Flag]:
    children = children_in_common(case, before) if _argued_from(before) else None
    if before.strangers and not children:
        return
    where = _named(case, before)
    yield from _roles(before, where)
    if degree := before.tied(("victim", "victim")):
        words = f"the same victim is in {where} with another perpetrator"
        why = (*before.reasons("same victim"), *(["a child in common"] if children else []))
        yield _flag("same victim", before, degree, words, why)
    elif children:
        yield _flag(
            "same children", before, children, f"a child is named in {where} too", ("first name and date of birth",)
        )
    if degree := before.tied(("perpetrator", "perpetrator")):
        words = f"the same perpetrator is in {where} with another victim"
        more = _serial(victims) if degree == "certain" else ""
        yield _flag("same perpetrator", before, degree, words, before.reasons("same perpetrator"), more)


def _roles(before: Before, where: str) -> Iterator[Flag]:
    """A counter-allegation: somebody stands on the other side of an earlier case."""
    now_victim, now_accused = before.tied(("victim", "perpetrator")), before.tied(("perpetrator", "victim"))
    if now_victim and now_accused:
        degree: Degree = "certain" if {now_victim, now_accused} == {"certain"} else "possible"
        words = f"the roles are reversed: {where} names these two people the other way round"
        yield _flag("role swap", before, degree, words, before.reasons("roles reversed"), _COUNTER_ALLEGATION)
    elif now_victim:
        words, why = f"the victim is named as a perpetrator in {where}", before.reasons("victim was perpetrator")
        yield _flag("role swap", before, now_victim, words, why, _COUNTER_ALLEGATION)
    elif now_accused:
        words, why = f"the perpetrator is named as the victim in {where}", before.reasons("perpetrator was victim")
        yield _flag("role swap", before, now_accused, words, why, _COUNTER_ALLEGATION)


def _serial(victims: int) -> str:
    return f"That makes {victims + 1} victims in the register: consider what the area has for serial perpetrators."


def _at_one_address(case: Case, neighbours: Sequence[Before]) -> Iterator[Flag]:
    """The same home with other people in it: a household, or a house that many people pass through."""
    why = "house number and postcode agree"
    if len(neighbours) <= _NAMED_SINGLY:
        for before in neighbours:
            words = f"somebody in {_named(case, before)} has the same address, and the people are others"
            yield _flag("same address", before, "certain", words, (why,))
        return
    latest = neighbours[-1].case.reference
    names = listed([before.case.reference for before in neighbours[-_NAMED_SINGLY:]])
    yield Flag(
        "same address",
        f"{counted(len(neighbours), 'earlier case')} of other people have the same address, at last {names} ({why}). Is it a "
        f"refuge, a hostel or a shared house? {ONLY}",
        evidence=latest,
        other_case=latest,
    )


def _homes_of(before: Before) -> frozenset[Home]:
    return frozenset(home for each in before.resemblances for home in homes(each.there))


def _argued_from(before: Before) -> bool:
    """Whether nobody took the two cases apart: then the forms are not argued from again."""
    return before.decision is None


def _of_the_same_perpetrator(before: Before) -> bool:
    return not before.strangers and before.tied(("perpetrator", "perpetrator")) == "certain"


def _named(case: Case, before: Before) -> str:
    """The earlier case's reference, with what a reader must know of it."""
    other = before.case
    notes = ["a draft"] if other.state == "draft" else []
    if other.marac != case.marac:
        notes.append(f"of the MARAC {other.marac}")
    return f"{other.reference} ({', '.join(notes)})" if notes else other.reference


def _flag(code: FlagCode, before: Before, degree: Degree, words: str, reasons: Sequence[str], more: str = "") -> Flag:
    opening = words if degree == "certain" else f"perhaps {words}"
    ask = _ASK if degree == "possible" else ""
    said = [sentence(f"{opening} ({'; '.join(reasons)})" if reasons else opening), more, ask, ONLY]
    return Flag(code, " ".join(filter(None, said)), evidence=before.case.reference, other_case=before.case.reference)
