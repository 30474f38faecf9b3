"""How many of all possible pairs of two lists are one person, estimated from how well the pairs agree, without labels."""

from collections.abc import Sequence
from typing import NamedTuple

from marac.matching.comparison import PersonLikeness

_ROUNDS = 12
_AT_MOST = 900.0
"""Bits beyond which a number of floating point has no room."""
_DOUBTED = 0.98
"""What remains of a probability where there may be a twin, a sister, a father or a namesake: never certain."""
_MATCH_IN_MIND, _HOUSEHOLD_IN_MIND = 0.5, 0.1
"""Matches and housemates that are assumed before anything was seen, so that a list without any finds none."""


class Shares(NamedTuple):
    """The shares of all possible pairs that are one person, and that are two people of one household (0 to 1)."""

    same: float
    household: float


def shares_of(found: Sequence[PersonLikeness], possible: int) -> Shares:
    """The shares among so many possible pairs, by expectation and maximisation over nothing but these two numbers.

    `found` are the pairs worth looking at; every other possible pair is taken to be two strangers.
    """
    odds = [_odds(pair) for pair in found]
    possible = max(possible, 2)
    shares = Shares(max(1.0, sum(same > possible for same, _ in odds)) / possible / 2, 0.5 / possible)
    for _ in range(_ROUNDS):
        same, household = _MATCH_IN_MIND, _HOUSEHOLD_IN_MIND
        for pair in odds:
            one, two = pair[0] * shares.same, pair[1] * shares.household
            same += one / (one + two + 1)
            household += two / (one + two + 1)
        shares = Shares(min(same / possible, 0.5), min(household / possible, 0.25))
    return shares


def probability(found: PersonLikeness, shares: Shares) -> float:
    """How likely it is that two entries are one person, rather than two of one household, or two strangers (0 to 1)."""
    same, household = _odds(found)
    one = same * shares.same
    likely = one / (one + household * shares.household + 1)
    return likely * _DOUBTED if found.doubt else likely


def _odds(found: PersonLikeness) -> tuple[float, float]:
    return 2 ** min(found.bits, _AT_MOST), 2 ** min(found.household, _AT_MOST)
