"""Small numbers kept back in whatever leaves the MARAC: a count of three can be somebody whom the reader knows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from marac.figures.data_return import SOURCES, Count, DataReturn

KEPT_BACK = -1
"""Stands for a number that is not shown."""
_ALONE = "All meetings"
_SOURCES = tuple(f"Referred by: {name}" for name in SOURCES.values())


def in_public(returns: Sequence[DataReturn], small: int) -> DataReturn:
    """The figures of all meetings together as they may be made public: no meeting alone, and no small number.

    A number below `small` is kept back, and zero with it, so that it cannot be told from one. Where exactly one kind of
    agency would be kept back, the next smallest is too: else it could be worked out from the sum. What the area does
    not record of every case is kept back where the gaps would do the same.

    Args:
        returns: as `data_returns` made them; the last is that of all meetings.
        small: counts below this are kept back.
    """
    whole = returns[-1]
    counts = {name: _kept_back(name, count, whole.cases, small) for name, count in whole.counts.items()}
    if 0 < whole.cases < small:
        counts = dict.fromkeys(counts, Count(KEPT_BACK))
    _hide_the_next(counts, whole.counts)
    return replace(whole, name=_ALONE, counts=MappingProxyType(counts))


def _kept_back(name: str, count: Count, cases: int, small: int) -> Count:
    """Nothing small, and nothing whose rest is small: of 100 cases 98 says as much as two. Children are no part of the cases."""
    rest = 0 if name == "Children" else cases - count.number
    if count.number < small or 0 < rest < small:
        return Count(KEPT_BACK)
    return Count(count.number)


def _hide_the_next(counts: dict[str, Count], known: Mapping[str, Count]) -> None:
    """Keep back a second kind of agency where one alone is: the sum of all kinds is the number of cases."""
    hidden = [name for name in _SOURCES if counts[name].number == KEPT_BACK and known[name].number > 0]
    shown = [name for name in _SOURCES if counts[name].number != KEPT_BACK]
    if len(hidden) == 1 and shown:
        counts[min(shown, key=lambda name: known[name].number)] = Count(KEPT_BACK)
