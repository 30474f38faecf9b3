"""People of a new referral who stand in other couples' cases: for the coordinator and the chair only.

A counter-allegation that reaches a referrer or the other side can put somebody in danger, so every sentence says whom it
is for, and no document but the chair's agenda shows these flags.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from marac.case import Case, Flag, FlagCode
from marac.triage.history import came_before, carrier, verdict
from marac.triage.matching import couple_likeness, perpetrators_of, victim_of
from marac.triage.people import Comparison, Person, comparison
from marac.triage.wording import sentence

_ONLY = "For the coordinator and the chair only."


def linked_flags(case: Case, others: Sequence[Case], same_couple: Iterable[str]) -> tuple[Flag, ...]:
    """Flags for earlier cases that share a person with this one; `same_couple` names those already spoken of."""
    by_reference = {other.reference: other for other in (*others, case)}
    passed_over = {case.reference, *same_couple}
    flags: dict[str, Flag] = {}
    for other in came_before(case, others):
        carried = carrier(other, by_reference)
        if carried.reference in passed_over or _said_to_be_others(case, carried, other):
            continue
        for code, phrase, found in _shared(case, other, carried.reference):
            flags.setdefault(phrase, _flag(code, carried.reference, phrase, found))
    return tuple(flags.values())


def _said_to_be_others(case: Case, carried: Case, other: Case) -> bool:
    """Whether a person took apart what the forms put together: then the forms are not argued from again."""
    return verdict(case, (carried, other)) is not None and couple_likeness(case, other).level in {"same", "possible"}


def _shared(case: Case, other: Case, reference: str) -> Iterator[tuple[FlagCode, str, Comparison]]:
    victim, perpetrators = victim_of(case), perpetrators_of(case)
    other_victim, other_perpetrators = victim_of(other), perpetrators_of(other)
    now_accused = _best([other_victim], perpetrators)
    now_victim = _best([victim], other_perpetrators)
    if now_accused and now_victim:
        yield "role swap", f"the roles are reversed: {reference} names these two people the other way round", now_victim
        return
    if found := _best([victim], [other_victim]):
        yield "same victim", f"the same victim is in {reference} with another perpetrator", found
    if found := _best(perpetrators, other_perpetrators):
        yield "same perpetrator", f"the same perpetrator is in {reference} with another victim", found
    if now_victim:
        yield "role swap", f"the victim is named as a perpetrator in {reference}", now_victim
    if now_accused:
        yield "role swap", f"the perpetrator is named as the victim in {reference}", now_accused


def _best(ones: Sequence[Person], others: Sequence[Person]) -> Comparison | None:
    """The pair that is one person, or may well be; None where there is none.

    A name that many people bear, at another address, with no date of birth to compare, is no pair.
    """
    pairs = [comparison(one, other) for one, other in product(ones, others)]
    known_again = [pair for pair in pairs if pair.level == "same" or (pair.likely and not pair.only_a_name)]
    return max(known_again, key=lambda pair: (pair.level == "same", pair.reasons), default=None)


def _flag(code: FlagCode, reference: str, phrase: str, found: Comparison) -> Flag:
    opening = phrase if found.level == "same" else f"perhaps {phrase}"
    reason = sentence(f"{opening} ({', '.join(found.reasons)})")
    return Flag(code, f"{reason} {_ONLY}", evidence=reference, other_case=reference)
