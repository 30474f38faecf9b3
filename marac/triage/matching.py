"""Whether two people, and two couples, are the same: a level, and the reasons in words.

Nothing here decides. A couple that looks the same is shown to a person, whose answer outranks it for ever. Reasons never
hold a name, an address or a number: they say what agrees and what differs.
"""

from dataclasses import dataclass
from itertools import product

from marac.case import Case
from marac.triage.names import names_in
from marac.triage.people import Comparison, Level, Person, comparison, person

__all__ = ["Level", "Likeness", "Person", "couple_likeness", "likeness", "perpetrators_of", "victim_of"]

_BEST_LAST: tuple[Level, ...] = ("unknown", "different", "possible", "same")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two people or two couples are, and why; no reason names anybody."""

    level: Level
    reasons: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The reasons as one phrase."""
        return "; ".join(self.reasons)


def likeness(a: Person, b: Person) -> Likeness:
    """How alike two people are; the same whichever comes first, and never `same` on the name alone."""
    found = comparison(a, b)
    return Likeness(found.level, found.reasons)


def victim_of(case: Case) -> Person:
    """The victim of a case."""
    return person(case.referral.victim)


def perpetrators_of(case: Case) -> tuple[Person, ...]:
    """The perpetrators of a case who are named; "not known" is no name."""
    people = (person(perpetrator) for perpetrator in case.referral.perpetrators)
    return tuple(somebody for somebody in people if names_in(somebody.names))


def couple_likeness(a: Case, b: Case) -> Likeness:
    """How alike two couples are: victim and perpetrator both, the best pairing where several perpetrators are named.

    Reasons are given where the couples are, or may be, the same.
    """
    victim = comparison(victim_of(a), victim_of(b))
    pairs = [comparison(one, other) for one, other in product(perpetrators_of(a), perpetrators_of(b))]
    if not pairs:
        return _without_perpetrator(victim)
    level = max((_couple_level(victim, pair) for pair in pairs), key=_BEST_LAST.index)
    if level not in {"same", "possible"}:
        return Likeness(level)
    best = max(pair.reasons for pair in pairs if _couple_level(victim, pair) == level)
    return Likeness(level, (f"victim: {', '.join(victim.reasons)}", f"perpetrator: {', '.join(best)}"))


def _without_perpetrator(victim: Comparison) -> Likeness:
    if victim.level == "same" or victim.likely:
        return Likeness("possible", (f"victim: {', '.join(victim.reasons)}", "perpetrator not stated"))
    return Likeness("unknown" if victim.level == "unknown" else "different")


def _couple_level(victim: Comparison, perpetrator: Comparison) -> Level:
    levels = {victim.level, perpetrator.level}
    if levels == {"same"}:
        return "same"
    if "same" in levels:
        other = perpetrator if victim.level == "same" else victim
        if other.likely:
            return "same"
        return "possible" if other.level in {"possible", "unknown"} or other.wrong_date else "different"
    if victim.likely and perpetrator.likely:
        return "possible"
    return "unknown" if "unknown" in levels and "different" not in levels else "different"
