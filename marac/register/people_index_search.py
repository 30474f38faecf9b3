"""Finds the cases in the register that could be of the same people: by the keys they share, the most promising first."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from marac.case import Case
from marac.matching.couples import Couple, CoupleLikeness, likeness
from marac.matching.of_cases import couple_of
from marac.matching.people import KnownPerson
from marac.register.people_index_counts import register_frequencies
from marac.register.people_index_statements import FIND, READ, READ_OF_MARAC, run

ROOM = 64
"""Numbers that are kept free for the people of one case, so that a person's number tells the case."""

_MOST_OF_A_KEY = 400
"""People that are looked at by one key; of those who share a common name and nothing else, the newest."""

_MOST_CASES = 40
"""Cases that are compared with one referral, and more of them where they share much with it."""

_MUCH, _MOST_THAT_SHARE_MUCH = 60.0, 200
"""What a case shares with a referral that names one of its people: about five keys of few bearers; and how many such
cases are compared, so that a couple of fifty referrals does not hide the case with another victim."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case in the register whose people share a key with those asked for."""

    reference: str
    couple: Couple = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How a case in the register is like the one asked for."""

    reference: str
    likeness: CoupleLikeness = field(repr=False)


def candidates(connection: Connection, couple: Couple, *, marac: str | None = None) -> tuple[Candidate, ...]:
    """The cases, of one MARAC or of every one, that share a key with this couple, the most promising first.

    A key counts the more, the fewer people bear it. At most 40 cases come back, or 200 where that many share much.
    """
    scores = _scores(connection, couple)
    much = sum(score >= _MUCH for score in scores.values())
    most = max(_MOST_CASES, min(much, _MOST_THAT_SHARE_MUCH))
    numbers = sorted(scores, key=scores.__getitem__, reverse=True)
    found = list[Candidate]()
    for at in range(0, len(numbers), most):
        found += _read_back(connection, numbers[at : at + most], marac)
        if marac is None or len(found) >= most:
            break
    return tuple(found[:most])


def resemblances(
    connection: Connection, case: Case, *, marac: str | None = None, least: float = 0.01
) -> tuple[Resemblance, ...]:
    """The cases in the register that are tied to this one with a probability of at least `least`, the likest first.

    The case itself is left out, whether or not it has been indexed.
    """
    couple = couple_of(case)
    others = candidates(connection, couple, marac=marac)
    frequencies = register_frequencies(connection, terms_of(couple))
    found = [
        Resemblance(other.reference, likeness(couple, other.couple, frequencies, frequencies.couples))
        for other in others
        if other.reference != case.reference
    ]
    likely = [(max(each.likeness.probability.values(), default=0.0), each) for each in found]
    return tuple(each for most, each in sorted(likely, key=lambda one: -one[0]) if most >= least)


def people_of(couple: Couple) -> tuple[KnownPerson, ...]:
    """Everybody of a case, the victim first."""
    return (couple.victim, *couple.perpetrators, *couple.children)


def terms_of(couple: Couple) -> set[int]:
    """The counts that are sure to be needed when the couple is compared; few others are."""
    return set[int]().union(*(known.terms() for known in people_of(couple)))


def _scores(connection: Connection, couple: Couple) -> dict[int, float]:
    """How promising the cases are that share keys with the couple, by their numbers."""
    keys = set[int]().union(*(known.keys() for known in people_of(couple)))
    bearers: defaultdict[int, list[int]] = defaultdict(list)
    for key, person in run(connection, FIND, keys, most=_MOST_OF_A_KEY).all():
        bearers[key].append(person)
    scores: defaultdict[int, float] = defaultdict(float)
    for people in bearers.values():
        worth = 16 - math.log2(len(people))
        for person in people:
            scores[person - person % ROOM] += worth
    return scores


def _read_back(connection: Connection, numbers: Sequence[int], marac: str | None) -> Iterable[Candidate]:
    """The cases with these numbers, in their order."""
    wanted = {"room": ROOM} if marac is None else {"room": ROOM, "marac": marac}
    rows = run(connection, READ if marac is None else READ_OF_MARAC, numbers, **wanted).all()
    people: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        people[row[0] - row[0] % ROOM].append(row)
    return [_candidate(people[number]) for number in numbers if number in people]


def _candidate(rows: Sequence[Row[*tuple[Any, ...]]]) -> Candidate:
    known: dict[str, list[KnownPerson]] = {"victim": [], "perpetrator": [], "child": []}
    for _number, _case, role, facts in rows:
        known[role].append(KnownPerson.from_text(facts))
    [victim] = known["victim"]
    return Candidate(rows[0][1], Couple(victim, tuple(known["perpetrator"]), tuple(known["child"])))
