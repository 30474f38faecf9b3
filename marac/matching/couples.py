"""Two couples side by side: whether they are the same couple, share one person, or have their roles reversed.

Every way in which a stored couple can have to do with a new one is a hypothesis with its own prior; the probabilities
are what remains of them in the light of both people, so that a victim with another perpetrator is no match, and a couple
with a wrong date of birth is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import log2
from types import MappingProxyType
from typing import Literal

from marac.matching.comparison import NOTHING_STATED, TOLD_APART, PersonLikeness, compare, compare_closely
from marac.matching.frequencies import Frequencies
from marac.matching.people import KnownPerson

Relation = Literal[
    "same couple",
    "same victim",
    "same perpetrator",
    "roles reversed",
    "victim was perpetrator",
    "perpetrator was victim",
]
"""What a new couple has to do with an earlier one; `victim was perpetrator`: the victim now was one then."""

PRIORS: Mapping[Relation, float] = {
    "same couple": 0.45,
    "same victim": 0.03,
    "same perpetrator": 0.07,
    "roles reversed": 0.02,
    "victim was perpetrator": 0.01,
    "perpetrator was victim": 0.01,
}
"""Of a hundred referrals, how many hundredths have an earlier one like this in the whole register."""

_COUPLES_AT_LEAST = 300
"""A new register has few couples, and yet a stranger is not likelier to be known."""
_RELATIVES = 0.05
"""How often the other person of a case that shares one is a relative, with the surname or address in common."""
_SECOND_TIME = 1.0
"""Bits of a surname or home that agrees for the second person too, where it is the first one's."""
_DOUBTED = 0.98
"""What remains of a probability where there may be a twin, a sister, a father or a namesake: never certain."""
_ALWAYS_ASKED = frozenset({"twins", "brother or sister"})
_WORTH_A_LOOK = 0.001
_AT_MOST = 900.0
"""Bits beyond which a number of floating point has no room."""
_OUT_OF_REACH = 9.0
"""Bits that both people together may lack to what tells two strangers apart; beyond, every hypothesis is below 0.002."""
_KNOWN_AGAIN = 10.0
"""Bits from which on one person of a couple is known well enough for the other to deserve a closer look."""
_NOTHING: Mapping[Relation, float] = MappingProxyType(dict.fromkeys(PRIORS, 0.0))


@dataclass(frozen=True, slots=True, repr=False)
class Couple:
    """A victim and the perpetrator or perpetrators of one case; only who is named. Children are kept beside them."""

    victim: KnownPerson
    perpetrators: tuple[KnownPerson, ...] = ()
    children: tuple[KnownPerson, ...] = ()


@dataclass(frozen=True, repr=False, eq=False)
class CoupleLikeness:
    """What two couples have to do with each other, as probabilities that leave room for "nothing"."""

    probability: Mapping[Relation, float]
    victim: PersonLikeness
    perpetrator: PersonLikeness
    """The best pairing of the perpetrators."""
    victim_was: PersonLikeness
    """The victim now beside the perpetrators then."""
    perpetrator_was: PersonLikeness
    """The perpetrators now beside the victim then."""

    @property
    def best(self) -> Relation:
        """The likeliest relation; how likely it is stands in `probability`."""
        return max(self.probability, key=self.probability.__getitem__)

    @cached_property
    def reasons(self) -> Mapping[Relation, tuple[str, ...]]:
        """Each relation's evidence in words that name nobody."""
        victim = f"victim: {', '.join(self.victim.reasons)}"
        perpetrator = _said("perpetrator", self.perpetrator)
        now_victim = _said("victim now, perpetrator then", self.victim_was)
        now_perpetrator = _said("perpetrator now, victim then", self.perpetrator_was)
        return {
            "same couple": (victim, perpetrator),
            "same victim": (victim, perpetrator),
            "same perpetrator": (perpetrator, victim),
            "roles reversed": (now_victim, now_perpetrator),
            "victim was perpetrator": (now_victim,),
            "perpetrator was victim": (now_perpetrator,),
        }


def _said(who: str, likeness: PersonLikeness) -> str:
    return f"{who}: {', '.join(likeness.reasons)}" if likeness.stated else "perpetrator not stated"


def likeness(one: Couple, other: Couple, frequencies: Frequencies, couples: int) -> CoupleLikeness:
    """What a couple has to do with an earlier one, out of so many couples in the register."""
    ones, others = (one.victim,), (other.victim,)
    victim, perpetrator = _two(ones, others, one.perpetrators, other.perpetrators, frequencies)
    victim_was, perpetrator_was = _two(ones, other.perpetrators, one.perpetrators, others, frequencies)
    among = max(couples, _COUPLES_AT_LEAST)
    now = max(victim.bits, 0.0) + max(perpetrator.bits, 0.0)
    crossed = max(victim_was.bits, 0.0) + max(perpetrator_was.bits, 0.0)
    if max(now, crossed) < log2(among) - _OUT_OF_REACH:
        probability = _NOTHING
    else:
        probability = _posterior(victim, perpetrator, victim_was, perpetrator_was, among)
    return CoupleLikeness(probability, victim, perpetrator, victim_was, perpetrator_was)


_People = tuple[KnownPerson, ...]


def _two(
    ones: _People, others: _People, counterparts: _People, other_counterparts: _People, frequencies: Frequencies
) -> tuple[PersonLikeness, PersonLikeness]:
    """Both people of a couple, the second looked at closely where the first is known again, and the other way round."""
    first = _best(ones, others, frequencies, compare)
    second = _best(counterparts, other_counterparts, frequencies, compare)
    if first.bits > _KNOWN_AGAIN and second is TOLD_APART:
        second = _best(counterparts, other_counterparts, frequencies, compare_closely)
    elif second.bits > _KNOWN_AGAIN and first is TOLD_APART:
        first = _best(ones, others, frequencies, compare_closely)
    return first, second


def _best(
    ones: _People,
    others: _People,
    frequencies: Frequencies,
    compared: Callable[[KnownPerson, KnownPerson, Frequencies], PersonLikeness],
) -> PersonLikeness:
    """The pair that is likeliest one person; several chances to agree are worth less than one."""
    if len(ones) == 1 == len(others):
        found = compared(ones[0], others[0], frequencies)
        return found if ones[0].names and others[0].names else found._replace(stated=False)
    if not ones or not others:
        return NOTHING_STATED
    best = max((compared(a, b, frequencies) for a, b in product(ones, others)), key=_bits)
    return best if best is TOLD_APART else best._replace(bits=best.bits - log2(max(len(ones), len(others))))


def _bits(found: PersonLikeness) -> float:
    return found.bits


def _together(one: PersonLikeness, other: PersonLikeness) -> float:
    """The bits of both people; a surname or a home that the two share counts once."""
    return one.bits + other.bits - _said_twice(one, other)


def _beside(one: PersonLikeness, other: PersonLikeness) -> float:
    """The bits of one person, whose counterpart is somebody else, but perhaps a relative with the same surname or home."""
    shared = other.household - _said_twice(one, other)
    return one.bits + (log2(1 - _RELATIVES + _RELATIVES * 2**shared) if shared > 0 else 0.0)


def _said_twice(one: PersonLikeness, other: PersonLikeness) -> float:
    """Bits of the other that the one has already: couples share a surname or a home, so the second says little."""
    twice = 0.0
    if one.names.shared_surname and one.names.shared_surname == other.names.shared_surname:
        twice += max(other.names.surname_bits - _SECOND_TIME, 0.0)
    if one.shared_place and one.shared_place == other.shared_place:
        twice += max(other.place_bits - _SECOND_TIME, 0.0)
    return twice


def bits_of(found: CoupleLikeness) -> Mapping[Relation, float]:
    """How much likelier the two couples would be as alike as they are by each relation than by chance, in bits."""
    return _by_relation(found.victim, found.perpetrator, found.victim_was, found.perpetrator_was)


def _by_relation(
    victim: PersonLikeness, perpetrator: PersonLikeness, victim_was: PersonLikeness, perpetrator_was: PersonLikeness
) -> Mapping[Relation, float]:
    bits: dict[Relation, float] = {"same couple": _together(victim, perpetrator)}
    if victim.stated:
        bits["same victim"] = _beside(victim, perpetrator)
    if perpetrator.stated:
        bits["same perpetrator"] = _beside(perpetrator, victim)
    if victim_was.stated and perpetrator_was.stated:
        bits["roles reversed"] = _together(victim_was, perpetrator_was)
    if victim_was.stated:
        bits["victim was perpetrator"] = _beside(victim_was, perpetrator_was)
    if perpetrator_was.stated:
        bits["perpetrator was victim"] = _beside(perpetrator_was, victim_was)
    return bits


def _posterior(
    victim: PersonLikeness,
    perpetrator: PersonLikeness,
    victim_was: PersonLikeness,
    perpetrator_was: PersonLikeness,
    among: int,
) -> Mapping[Relation, float]:
    """The hypotheses in the light of both people; what is left to 1 is that the couples have nothing to do."""
    found = (victim, perpetrator, victim_was, perpetrator_was)
    bits = _by_relation(*found)
    odds = {relation: PRIORS[relation] / among * 2.0 ** min(weight, _AT_MOST) for relation, weight in bits.items()}
    total = 1 - sum(PRIORS.values()) / among + sum(odds.values())
    return {
        relation: odds[relation] / total * (_trust(relation, found) if odds[relation] > _WORTH_A_LOOK * total else 1.0)
        if relation in odds
        else 0.0
        for relation in PRIORS
    }


def _trust(relation: Relation, found: tuple[PersonLikeness, PersonLikeness, PersonLikeness, PersonLikeness]) -> float:
    """What remains of a probability where a person has to look: never so much that it is certain."""
    victim, perpetrator, victim_was, perpetrator_was = found
    people = {
        "same couple": (victim, perpetrator),
        "same victim": (victim,),
        "same perpetrator": (perpetrator,),
        "roles reversed": (victim_was, perpetrator_was),
        "victim was perpetrator": (victim_was,),
        "perpetrator was victim": (perpetrator_was,),
    }[relation]
    if any(
        person.doubt in _ALWAYS_ASKED or (person.doubt == "parent or child" and person.born == "differs")
        for person in people
    ):
        return _DOUBTED
    stated = [person for person in people if person.stated]
    if len(stated) == 1:
        return _DOUBTED if stated[0].doubt else 1.0
    return 1.0 if any(person.beyond_the_name for person in stated) else _DOUBTED
