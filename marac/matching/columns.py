"""What else a list tells of people, column by column: street, suburb, house number, NHS number, whatever there is."""

from functools import lru_cache
from math import log2
from typing import NamedTuple

from marac.matching import weights
from marac.matching.frequencies import Frequencies
from marac.matching.keys import term
from marac.matching.spelling import nearly

_IN_MIND, _USUAL = 5, 0.05
"""A column nobody has seen before is taken to have twenty values or so, until a few people were counted."""
_IDENTIFYING = (
    "nhs",
    "nino",
    "national insurance",
    "pnc",
    "cro",
    "urn",
    "passport",
    "email",
    "e mail",
    "soc sec",
    "ssn",
)


class ColumnsEvidence(NamedTuple):
    """What further columns weigh, and which of them agree, nearly agree and differ."""

    bits: float
    own: float
    """The part that a household does not share: numbers that are given to one person."""
    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


def columns_evidence(
    ones: tuple[tuple[str, str], ...], others: tuple[tuple[str, str], ...], frequencies: Frequencies
) -> ColumnsEvidence:
    """What two people's further columns say; a column that is blank on one side says nothing."""
    theirs = dict(others)
    total = own = 0.0
    same, near, differ = [], [], []
    everybody = frequencies.people + _IN_MIND
    for column, value in ones:
        other = theirs.get(column)
        if other is None:
            continue
        if value == other:
            same.append(column)
            counted = frequencies.count(term(f"o{column}={value}"))
            bits = log2(weights.COLUMN_SAME_M * everybody / (counted + _IN_MIND * _USUAL))
        elif _near(value, other):
            near.append(column)
            bits = weights.COLUMN_NEAR
        else:
            differ.append(column)
            bits = weights.COLUMN_DIFFERS
        total += bits
        if column.startswith(_IDENTIFYING):
            own += bits
    return ColumnsEvidence(total, own, tuple(same), tuple(near), tuple(differ))


@lru_cache(maxsize=8192)
def _near(one: str, other: str) -> bool:
    """Whether they are a slip of the pen apart, one is a part of the other, or the words stand in another order."""
    if nearly(one, other):
        return True
    ones, others = set(one.split()), set(other.split())
    shared = ones & others
    enough = sum(map(len, shared)) * 2 >= min(len(one), len(other)) and any(len(word) > 3 for word in shared)
    return enough and (ones <= others or others <= ones)
