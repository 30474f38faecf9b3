"""Names as people write them on forms, taken apart, and how alike two of them are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from marac.triage.spelling import WordLikeness, folded, may_be_brother_and_sister, word_likeness

PartLikeness = Literal["same", "form", "spelling", "sound", "part", "initial", "unknown", "different"]
"""As for words; `part`: a middle name or half of a double surname; `unknown`: not stated on one side."""

_WEIGHT: dict[PartLikeness, int] = {
    "same": 7, "form": 6, "spelling": 5, "sound": 4, "part": 3, "initial": 2, "unknown": 1, "different": 0,
}  # fmt: skip
_CLOSE = frozenset({"same", "form", "spelling", "sound", "part"})

_SEVERAL_NAMES = re.compile(
    r"[()\[\]/;|]|\b(?:a\.?k\.?a\b\.?|also known as|known as|n[ée]e\b|formerly|previously|maiden name|alias(?:es)?\b|or\b)",
    re.IGNORECASE,
)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "sir", "dame", "lady", "lord", "mst"}
)
_NOT_A_NAME = frozenset(
    {"unknown", "notknown", "nk", "na", "none", "nil", "tbc", "anonymous", "notrecorded", "notstated", "refused"}
    | {"withheld", "male", "female", "unidentified", "unknownmale", "unknownfemale", "perpetrator", "suspect"}
)
_JOINED_TO_THE_NEXT = frozenset(
    {
        "o",
        "mc",
        "mac",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "st",
        "ap",
    }
)
_LEFT_OUT = frozenset({"al", "el", "ul", "bin", "ibn", "bint"})
_BEFORE_THE_NAME_IN_USE = frozenset({"mohammed", "syed", "abdul"})
"""Given to many brothers alike, so that it tells nobody apart when another first name stands beside it."""


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """First names and surname, folded; a double-barrelled surname is in its parts, a single word is a first name."""

    first: tuple[str, ...]
    surname: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How alike two names are: their first names, their surnames, and how that was found."""

    first: PartLikeness
    surname: PartLikeness
    reversed: bool = False
    by_another_name: bool = False

    @property
    def weight(self) -> tuple[int, int, bool, bool]:
        """What makes one pairing of two people's names better than another."""
        first, surname = _WEIGHT[self.first], _WEIGHT[self.surname]
        return (first + surname, first, not self.reversed, not self.by_another_name)

    @property
    def full(self) -> bool:
        """Whether first name and surname both agree."""
        return self.first in _CLOSE and self.surname in _CLOSE

    @property
    def open(self) -> bool:
        """Whether a part is missing or an initial, so that it neither agrees nor differs."""
        return bool({self.first, self.surname} & {"initial", "unknown"})


def stated(text: str | None) -> bool:
    """Whether the words are a name at all, rather than "not known"."""
    letters = re.sub(r"[\W_]", "", folded(text or ""))
    return bool(letters) and letters not in _NOT_A_NAME


@lru_cache(maxsize=4096)
def names_in(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """A person's names, the one in use first, from the name on the form and the aliases beside it.

    "Sarah Jones (née Patel)" is two names. An alias of one word may stand for the first name or for the surname, so it
    is tried as both.
    """
    pieces = [piece for text in texts for piece in _SEVERAL_NAMES.split(text) if piece and stated(piece)]
    names = [name for name in map(_taken_apart, pieces) if name.first]
    return tuple(dict.fromkeys(_with_single_words_filled(names)))


def _with_single_words_filled(names: list[Name]) -> Iterator[Name]:
    main = names[0] if names else Name(())
    for position, name in enumerate(names):
        if position and not name.surname and main.surname:
            yield Name(name.first, main.surname)
            yield Name(main.first, name.first)
        else:
            yield name


def _taken_apart(text: str) -> Name:
    text = folded(text)
    before, comma, after = text.partition(",")
    if comma and "," not in after and stated(before) and stated(after):
        surname, first = list(_words(before)), list(_words(after))
    else:
        *first, last = list(_words(text)) or [""]
        first, surname = (first, [last]) if first else ([last], [])
    parts = tuple(part for word in surname for part in word.split("-") if part)
    return Name(tuple(word for word in first if word), parts)


def _words(text: str) -> Iterator[str]:
    """The words of a name, without titles, with particles joined to what they belong to (`o connor`, `de souza`)."""
    held = ""
    words = [word.strip("-") for word in re.sub(r"[^\w-]|_", " ", text.replace("\u2010", "-")).split()]
    words = [re.sub(r"^(?:al|el)-", "", word) for word in words if word]
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    for position, word in enumerate(words):
        last = position == len(words) - 1
        if word in _LEFT_OUT and not last:
            continue
        if word in _JOINED_TO_THE_NEXT and not last and (position or len(words) > 2):
            held += word
            continue
        yield held + word
        held = ""


def name_likeness(ones: Iterable[Name], others: Iterable[Name]) -> NameLikeness | None:
    """The best that two people's names have in common; None where one of them has no name.

    It is the same whichever person comes first.
    """
    pairings = [
        found
        for (i, one), (j, other) in product(enumerate(ones), enumerate(others))
        for found in _pairings(one, other, by_another_name=bool(i or j))
    ]
    return max(pairings, key=lambda found: found.weight) if pairings else None


def _pairings(one: Name, other: Name, *, by_another_name: bool) -> Iterator[NameLikeness]:
    yield NameLikeness(_first_names(one, other), _surnames(one, other), by_another_name=by_another_name)
    if one.surname and other.surname:
        for left, right in ((one, _turned(other)), (_turned(one), other)):
            yield NameLikeness(
                _first_names(left, right), _surnames(left, right), reversed=True, by_another_name=by_another_name
            )


def _turned(name: Name) -> Name:
    """The name as it is if it was written with the surname first."""
    return Name((*name.first[1:], "-".join(name.surname)), tuple(name.first[0].split("-")))


def _first_names(one: Name, other: Name) -> PartLikeness:
    if "".join(one.first).replace("-", "") == "".join(other.first).replace("-", ""):
        return "same"
    found = _first_name_words(_in_use(one), _in_use(other))
    if found in {"different", "initial"} and 1 in {len(one.first), len(other.first)}:
        pairs = product(one.first, other.first)
        if any(_first_name_words(a, b) in {"same", "form"} for a, b in pairs):
            return "part"
    return found


def _first_name_words(one: str, other: str) -> WordLikeness:
    one, other = one.partition("-")[0], other.partition("-")[0]
    found = word_likeness(one, other)
    if found in {"spelling", "sound"} and may_be_brother_and_sister(one, other):
        return "different"
    return found


def _in_use(name: Name) -> str:
    """The first name that tells this person from a brother."""
    plain = [word for word in name.first if not _tells_nobody_apart(word)]
    return (plain or list(name.first))[0]


def _tells_nobody_apart(word: str) -> bool:
    return any(word_likeness(word, common) in {"same", "form"} for common in _BEFORE_THE_NAME_IN_USE)


def _surnames(one: Name, other: Name) -> PartLikeness:
    if not one.surname or not other.surname:
        return "unknown"
    if "".join(one.surname) == "".join(other.surname) or set(one.surname) == set(other.surname):
        return "same"
    found: list[PartLikeness] = [word_likeness(a, b) for a, b in product(one.surname, other.surname)]
    best = max(found, key=_WEIGHT.__getitem__)
    if best in _CLOSE and (len(one.surname) > 1 or len(other.surname) > 1):
        return "part"
    if best == "different" and _given_as_middle_name(one, other):
        return "part"
    return best


def _given_as_middle_name(one: Name, other: Name) -> bool:
    return bool(set(one.surname) & set(other.first[1:]) or set(other.surname) & set(one.first[1:]))
