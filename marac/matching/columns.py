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
_ONE_PERSONS = 0.0005
"""A value that fewer people share than this is a person's own, such as an NHS number, if its column is an identifier."""
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
    levels: dict[str, list[str]] = {"same": [], "near": [], "differ": []}
    for column, value in ones:
        other = theirs.get(column)
        if other is None:
            continue
        level = "same" if value == other else _level(value, other)
        bits = _bits(level, column, value, frequencies)
        levels[level].append(column)
        total += bits
        if column.startswith(_IDENTIFYING):
            own += bits
    return ColumnsEvidence(total, own, tuple(levels["same"]), tuple(levels["near"]), tuple(levels["differ"]))


def _bits(level: str, column: str, value: str, frequencies: Frequencies) -> float:
    if level == "differ":
        return log2(weights.COLUMN_DIFFERS_M / 0.95)
    if level == "near":
        return log2(weights.COLUMN_NEAR_M / weights.COLUMN_NEAR_U)
    counted = frequencies.count(term(f"o{column}={value}"))
    return log2(weights.COLUMN_SAME_M / ((counted + _IN_MIND * _USUAL) / (frequencies.people + _IN_MIND)))


@lru_cache(maxsize=131072)
def _level(one: str, other: str) -> str:
    """`near`: a slip of the pen away, one a part of the other, or the same words in another order."""
    if nearly(one, other):
        return "near"
    ones, others = set(one.split()), set(other.split())
    shared = ones & others
    enough = sum(map(len, shared)) * 2 >= min(len(one), len(other)) and any(len(word) > 3 for word in shared)
    return "near" if enough and (ones <= others or others <= ones) else "differ"
