"""Two lists of people or couples against each other, or one against itself: who stands in both, or stands there twice.

Nothing is trained and nobody labels anything. How common a name is comes from the lists themselves, and how many matches
there are is estimated from how well the pairs agree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, Literal, TypeVar

from marac.matching.chains import Pair, through_a_third
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
_THIRD = "both agree with a third entry"
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
    """The couples that are the same, share a perpetrator, or have somebody in the other role, best first.

    Of each pair the likeliest of these is said, once. What agrees with a third couple counts too, in whichever list.
    """
    everybody = (*entries, *(others or ()))
    people = [(listed.entry.victim, *listed.entry.perpetrators) for listed in everybody]
    frequencies = CountedPeople(chain.from_iterable(people))
    among = len(entries) if others is None else len(others)

    def compared(pair: Pair) -> CoupleLikeness:
        return likeness(everybody[pair[1]].entry, everybody[pair[0]].entry, frequencies, among)

    all_found = ((pair, compared(pair)) for pair in _candidates(people, None))
    found = {pair: couples for pair, couples in all_found if max(couples.probability.values()) > 0}
    third = {(pair, relation): likely for pair, relation, likely in through_a_third(found, compared)}
    border = None if others is None else len(entries)
    matches = []
    for first, second in {*found, *(pair for pair, _ in third)}:
        if border is None or first < border <= second:
            couples = found.get((first, second)) or compared((first, second))
            through = {relation: third.get(((first, second), relation), 0.0) for relation in couples.probability}
            if match := _match(everybody[first].id, everybody[second].id, couples, through, at_least):
                matches.append((-match.probability, first, second, match))
    yield from (match for *_, match in sorted(matches, key=lambda each: each[:3]))


def _match(
    a: str, b: str, couples: CoupleLikeness, through: Mapping[CoupleRelation, float], at_least: float
) -> Match | None:
    """What two couples have to do with each other, if anything that is said of couples, by themselves or through a third."""
    indirect = max(through, key=through.__getitem__)
    room = 1 - through[indirect] if through[indirect] else 1.0
    likely = {
        relation: through[relation] if through[indirect] and relation == indirect else min(probability, room)
        for relation, probability in couples.probability.items()
    }
    sums = {relation: sum(likely[each] for each in hypotheses) for relation, hypotheses in _RELATIONS.items()}
    best = max(sums, key=sums.__getitem__)
    if sums[best] < at_least or not sums[best]:
        return None
    mainly = max(_RELATIONS[best], key=likely.__getitem__)
    third = (_THIRD,) if through[indirect] and mainly == indirect else ()
    return Match(a, b, best, min(sums[best], 1.0), (*couples.reasons[mainly], *third))


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
