"""Whether two names on one form are one name: first name and surname both agree, in spelling, form or sound."""

from marac.matching.names import Name, names_in
from marac.matching.spelling import word_likeness

_ALIKE = frozenset({"same", "form", "spelling", "sound"})


def namesakes(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether any name of the one is any name of the other; a surname alone is shared by many, and says nothing."""
    return any(_agree(mine, theirs) for mine in names_in(one) for theirs in names_in(other))


def _agree(one: Name, other: Name) -> bool:
    straight = _any_alike(one.first[:1], other.first[:1]) and _any_alike(one.surname, other.surname)
    turned = _any_alike(one.first[:1], other.surname) and _any_alike(one.surname, other.first[:1])
    return straight or turned


def _any_alike(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(len(one) > 1 and word_likeness(one, other) in _ALIKE for one in ones for other in others)
