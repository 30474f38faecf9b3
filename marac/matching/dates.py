"""Two people's dates of birth side by side, as eight digits, year first."""

from collections.abc import Sequence
from operator import ne

from marac.matching.weights import BORN_BITS, BornLevel


def born_level(ones: Sequence[str], others: Sequence[str]) -> BornLevel:
    """How far two people's dates of birth agree, the best of all that are stated."""
    if not ones or not others:
        return "unknown"
    if ones[0] == others[0]:
        return "same"
    if len(ones) == 1 == len(others):
        return _dates(ones[0], others[0])
    levels: set[BornLevel] = {_dates(one, other) for one in ones for other in others}
    return "same" if "same" in levels else max(levels, key=BORN_BITS.__getitem__)


def _dates(one: str, other: str) -> BornLevel:
    if one == other:
        return "same"
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return "swapped"
    return _slip(one, other) or _in_part(one, other)


def _slip(one: str, other: str) -> BornLevel | None:
    wrong = sum(map(ne, one, other))
    if wrong == 1:
        return "one digit"
    if wrong == 2 and _turned_digits(one, other):
        return "turned digits"
    return "two digits" if wrong == 2 and not _a_generation_apart(one, other) else None


def _in_part(one: str, other: str) -> BornLevel:
    year = one[:4] == other[:4]
    if year + (one[4:6] == other[4:6]) + (one[6:] == other[6:]) == 2:
        return "two parts"
    return "year" if year else "close" if abs(int(one[:4]) - int(other[:4])) <= 5 else "differs"


def _turned_digits(one: str, other: str) -> bool:
    """Whether two digits beside each other have changed places: 1958 and 1985."""
    place = next(place for place in range(8) if one[place] != other[place])
    return one[place : place + 2] == other[place + 1 : place - 1 if place else None : -1]


def _a_generation_apart(one: str, other: str) -> bool:
    """Whether these may be parent and child, so that two digits are no slip of the pen."""
    return abs(int(one[:4]) - int(other[:4])) > 12
