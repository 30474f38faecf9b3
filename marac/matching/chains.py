"""What two couples of a list have to do with each other by way of a third that both agree with, well enough to be sure.

One form gives no date of birth, another has an old surname: each agrees with a third form, and hardly with the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from marac.matching.couples import PRIORS, CoupleLikeness, Relation, bits_of

Pair = tuple[int, int]
"""Two couples by their places in the list, the lower one first; a relation is what the second has to do with the first."""

SURE = 0.99
"""From which probability on two couples are a link of a chain: nothing that a person would be asked about."""
_NOTHING_AFTER_ALL = 0.5
"""How much of the rest goes to "nothing at all", should a link have been wrong."""
_MOST_BITS = 500.0
_ROLES: Mapping[Relation, Mapping[str, str]] = MappingProxyType(
    {
        "same couple": {"victim": "victim", "perpetrator": "perpetrator"},
        "same victim": {"victim": "victim"},
        "same perpetrator": {"perpetrator": "perpetrator"},
        "roles reversed": {"victim": "perpetrator", "perpetrator": "victim"},
        "victim was perpetrator": {"victim": "perpetrator"},
        "perpetrator was victim": {"perpetrator": "victim"},
    }
)
"""Which role those of the second couple have in the first."""
_BOTH_PEOPLE = frozenset({"same couple", "roles reversed"})
_TURNED: Mapping[Relation, Relation] = MappingProxyType(
    {"victim was perpetrator": "perpetrator was victim", "perpetrator was victim": "victim was perpetrator"}
)
_Links = Mapping[int, Mapping[int, tuple[Relation, float]]]


def through_a_third(
    found: Mapping[Pair, CoupleLikeness], compared: Callable[[Pair], CoupleLikeness]
) -> Iterator[tuple[Pair, Relation, float]]:
    """Pairs that are likelier by way of a third couple than by themselves, what they have to do, and how likely that is.

    `compared` compares a pair that was not compared before. Where the two contradict each other, the chain gives way.
    """
    for (pair, relation), probability in _chains(_links(found)).items():
        direct = found.get(pair)
        if direct is None or direct.probability[relation] < probability:
            direct = direct or compared(pair)
            likely = _in_the_light(direct, relation, probability)
            if likely > direct.probability[relation]:
                yield pair, relation, likely


def _links(found: Mapping[Pair, CoupleLikeness]) -> _Links:
    """What is sure, from both ends: for each couple the others, and what they have to do with it."""
    links: defaultdict[int, dict[int, tuple[Relation, float]]] = defaultdict(dict)
    for (first, second), likeness in found.items():
        relation = likeness.best
        if (probability := likeness.probability[relation]) >= SURE:
            links[first][second] = relation, probability
            links[second][first] = _TURNED.get(relation, relation), probability
    return links


def _chains(links: _Links) -> Mapping[tuple[Pair, Relation], float]:
    """The likeliest way from one couple to another by a third that is the same couple, or the same with roles reversed."""
    chains: dict[tuple[Pair, Relation], float] = {}
    for ends in links.values():
        for one, (to_one, likely) in ends.items():
            if to_one not in _BOTH_PEOPLE:
                continue
            for other, (to_other, also_likely) in ends.items():
                if other == one or (other < one and to_other in _BOTH_PEOPLE):
                    continue
                key = _joined(one, other, to_one, to_other)
                chains[key] = max(chains.get(key, 0.0), likely * also_likely)
    return chains


def _joined(one: int, other: int, to_one: Relation, to_other: Relation) -> tuple[Pair, Relation]:
    """The pair at the ends of a chain, and what its second couple has to do with its first."""
    back = {then: now for now, then in _ROLES[to_one].items()}
    roles = {now: back[then] for now, then in _ROLES[to_other].items()}
    relation = next(each for each, of_it in _ROLES.items() if of_it == roles)
    return ((one, other), relation) if one < other else ((other, one), _TURNED.get(relation, relation))


def _in_the_light(direct: CoupleLikeness, relation: Relation, probability: float) -> float:
    """How likely a chain is when its two ends are laid side by side; never likelier than its links make it."""
    bits = {each: min(weight, _MOST_BITS) for each, weight in bits_of(direct).items()}
    if relation not in bits:
        return 0.0
    others = {each: PRIORS[each] for each in bits if each != relation}
    against = sum(share * 2.0 ** bits[each] for each, share in others.items()) + _NOTHING_AFTER_ALL
    against /= sum(others.values()) + _NOTHING_AFTER_ALL
    odds: float = probability / max(1 - probability, 1e-12) * 2.0 ** bits[relation] / against
    return min(probability, odds / (1 + odds))
