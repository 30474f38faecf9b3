"""Two lists of people or couples against each other, or one against itself: who stands in both, or stands there twice.

Nothing is trained and nobody labels anything. How common a name is comes from the lists themselves, and how many matches
there are is estimated from how well the pairs agree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, Literal, TypeVar

from marac.matching.comparison import PersonLikeness, compare
from marac.matching.couples import Couple, CoupleLikeness, likeness
from marac.matching.couples import Relation as CoupleRelation
from marac.matching.frequencies import CountedPeople
from marac.matching.keys import key_texts
from marac.matching.people import KnownPerson
from marac.matching.priors import probability, shares_of

Relation = Literal["same_person", "same_couple", "same_perpetrator", "role_swap"]
Entry = TypeVar("Entry", KnownPerson, Couple)

_CROWDED = 150
"""Entries under one key from which on it tells too little to compare all of them; they share other keys, if they match."""
_FEW = 12
"""Entries that share a value of a further column, up to which that is reason enough to compare them."""
_WORTH_KEEPING = 4.0
"""Bits below which no list is so short that two entries would be a match."""
_RELATIONS: Mapping[Relation, tuple[CoupleRelation, ...]] = {
    "same_couple": ("same couple",),
    "same_perpetrator": ("same perpetrator",),
    "role_swap": ("roles reversed", "victim was perpetrator", "perpetrator was victim"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Listed(Generic[Entry]):
    """One entry of a list: the id that it has there, and the person or the couple."""

    id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Match:
    """Two entries that are, or share, the same people, how likely that is, and why in words that name nobody."""

    a: str
    b: str
    relation: Relation
    probability: float
    reasons: tuple[str, ...]


def matches(
    entries: Sequence[Listed[KnownPerson]], others: Sequence[Listed[KnownPerson]] | None = None, at_least: float = 0.5
) -> Iterator[Match]:
    """The people who stand twice in a list, or in both of two lists, best first.

    Each match is as likely as `at_least` (0 to 1) or more.
    """
    everybody = (*entries, *(others or ()))
    people = [listed.entry for listed in everybody]
    frequencies = CountedPeople(people)
    scored: list[tuple[int, int, PersonLikeness]] = []
    for first, second in _candidates([(person,) for person in people], None if others is None else len(entries)):
        found = compare(people[first], people[second], frequencies)
        if found.bits > _WORTH_KEEPING:
            scored.append((first, second, found))
    possible = len(entries) * (len(entries) - 1) // 2 if others is None else len(entries) * len(others)
    shares = shares_of([found for _, _, found in scored], possible)
    likely = ((probability(found, shares), first, second, found) for first, second, found in scored)
    best = sorted((match for match in likely if match[0] >= at_least), key=lambda match: (-match[0], *match[1:3]))
    for how_likely, first, second, found in best:
        yield Match(everybody[first].id, everybody[second].id, "same_person", how_likely, found.reasons)


def couple_matches(
    entries: Sequence[Listed[Couple]], others: Sequence[Listed[Couple]] | None = None, at_least: float = 0.5
) -> Iterator[Match]:
    """The couples that are the same, share a perpetrator, or have somebody in the other role, best first."""
    everybody = (*entries, *(others or ()))
    people = [(listed.entry.victim, *listed.entry.perpetrators) for listed in everybody]
    frequencies = CountedPeople(chain.from_iterable(people))
    among = len(entries) if others is None else len(others)
    found = []
    for first, second in _candidates(people, None if others is None else len(entries)):
        couples = likeness(everybody[second].entry, everybody[first].entry, frequencies, among)
        for relation, how_likely in _relations(couples, at_least):
            match = Match(everybody[first].id, everybody[second].id, relation, how_likely, _reasons(relation, couples))
            found.append((-how_likely, first, second, match))
    yield from (match for *_, match in sorted(found, key=lambda each: each[:3]))


def _relations(couples: CoupleLikeness, at_least: float) -> Iterator[tuple[Relation, float]]:
    for relation, hypotheses in _RELATIONS.items():
        how_likely = sum(couples.probability[each] for each in hypotheses)
        if how_likely >= at_least:
            yield relation, min(how_likely, 1.0)


def _reasons(relation: Relation, couples: CoupleLikeness) -> tuple[str, ...]:
    best = max(_RELATIONS[relation], key=couples.probability.__getitem__)
    return couples.reasons[best]


def _candidates(entries: Sequence[tuple[KnownPerson, ...]], border: int | None) -> Iterable[tuple[int, int]]:
    """Pairs of entries, by their places, that share a key; across the border only, where two lists are compared."""
    by_key: dict[object, list[int]] = {}
    by_value: dict[object, list[int]] = {}
    for place, people in enumerate(entries):
        for key in {key for person in people for key in key_texts(person)}:
            by_key.setdefault(key, []).append(place)
        for value in {other for person in people for other in person.others}:
            by_value.setdefault(value, []).append(place)
    pairs: set[tuple[int, int]] = set()
    for blocks, largest in ((by_key, _CROWDED), (by_value, _FEW)):
        for block in blocks.values():
            if 1 < len(block) <= largest:
                pairs.update(_across(block, border))
    return pairs


def _across(block: Sequence[int], border: int | None) -> Iterator[tuple[int, int]]:
    for number, first in enumerate(block):
        if border is not None and first >= border:
            return
        for second in block[number + 1 :]:
            if border is None or second >= border:
                yield first, second
