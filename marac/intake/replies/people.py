"""By what names the people of a case are known, to see that a name beside a reference is not another case's. Pure."""

import re

from marac.case import Case
from marac.matching.spelling import folded

_WORD = re.compile(r"(?<![\w@.])[^\W\d_][\w'\u2019-]+")
_FEWEST_LETTERS = 3


def surnames_in(case: Case) -> frozenset[str]:
    """The surnames of the victim and the perpetrators, folded; the halves of a double name apart."""
    return frozenset(word for name in _adults(case) for word in _folded_words(_surname(name)))


def names_in(case: Case) -> frozenset[str]:
    """Every word of every name on the form, folded."""
    children = (child.name for child in case.referral.children if child.name)
    return frozenset(word for name in (*_adults(case), *children) for word in _folded_words(name))


def words_as_names(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital, or stand first, folded."""
    found = [each for each in _WORD.findall(text) if each[0].isupper()]
    return frozenset(word for each in found for word in _folded_words(each))


def _adults(case: Case) -> tuple[str, ...]:
    victim, perpetrators = case.referral.victim, case.referral.perpetrators
    named = [
        victim.name,
        *(each.name for each in perpetrators),
        *(alias for each in perpetrators for alias in each.aliases),
    ]
    return tuple(name for name in named if name)


def _surname(name: str) -> str:
    before, comma, _ = name.partition(",")
    return before if comma else name.rsplit(maxsplit=1)[-1] if name.split() else ""


def _folded_words(name: str) -> list[str]:
    parts = re.split(r"[\s-]+", name.replace("\u2019", "'").removesuffix("'s"))
    return [word for part in parts if len(word := folded(part)) >= _FEWEST_LETTERS]
