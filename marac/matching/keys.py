"""Under what people are looked for, and what of them is counted: short texts, and numbers made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from marac.matching.spelling import roots, sound, sounds, word_likeness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marac.matching.people import KnownName, KnownPerson

_TELLS_NOBODY_APART = ("mohammed", "syed", "abdul")
"""Given to many brothers alike, so that it tells nobody apart when another first name stands beside it."""
_IDENTIFIER = re.compile(r"(?=(?:.*\d){4})[\w -]{6,}")


def number(text: str) -> int:
    """A number of 63 bits that stands for a text in an index, where it fits any database's whole numbers."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


term = lru_cache(maxsize=8192)(number)
"""The same as `number`, remembered: terms come back with every comparison."""


@lru_cache(maxsize=8192)
def in_use(first: str) -> str:
    """The first name that tells this person from a brother: Ali, where the form says Mohammed Ali."""
    words = first.split()
    if len(words) < 2:
        return first
    return next((word for word in words if not _common_to_brothers(word)), words[0])


def _common_to_brothers(word: str) -> bool:
    return any(word_likeness(word, common) in {"same", "form"} for common in _TELLS_NOBODY_APART)


def key_texts(person: KnownPerson) -> Iterator[str]:
    """The texts behind a person's keys: each joins two or more things that seldom all go wrong at once.

    Every alias, former name and nickname root makes its own; a day and month that changed places, and a first name and
    surname that did, come to the same key. A text may come twice.
    """
    firsts = sorted({heard for name in person.names for heard in _first_sounds(name)})
    surnames = sorted({heard for name in person.names for part in name.surname.split() for heard in sounds(part)})
    heard_names = sorted({*firsts, *surnames})
    for born in person.born:
        yield from _keys_of_a_birthday(born, heard_names)
    for first in firsts:
        for surname in surnames:
            yield f"n{min(first, surname)} {max(first, surname)}"
    years = sorted({born[:4] for born in person.born} | set(person.vague))
    for postcode in person.postcodes:
        yield from _keys_of_a_postcode(postcode, heard_names, firsts, years)
    if person.house and person.street:
        yield f"a{person.house} {sound(min(person.street, key=_longest_first))}"
    for phone in person.phones:
        yield f"t{phone}"
    for column, value in person.others:
        if _IDENTIFIER.fullmatch(value):
            yield f"i{column}={value}"


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _first_sounds(name: KnownName) -> Iterator[str]:
    opening, _, rest = name.first.partition(" ")
    for word in {in_use(name.first), opening}:
        yield from sounds(word.replace("-", ""))
        if "-" in word:
            yield from sounds(word.partition("-")[0])
    if rest and _common_to_brothers(opening):
        yield sound(name.first.replace(" ", ""))


def _keys_of_a_birthday(born: str, heard_names: list[str]) -> Iterator[str]:
    year, month, day = born[:4], born[4:6], born[6:]
    low, high = sorted((month, day)) if day <= "12" else (month, day)
    yield f"b{year}{low}{high}"
    for heard in heard_names:
        yield f"y{year}{month}{heard}"
        yield f"y{year}{day}{heard}"
        yield f"m{low}{high}{heard}"


def _keys_of_a_postcode(postcode: str, heard_names: list[str], firsts: list[str], years: list[str]) -> Iterator[str]:
    for heard in heard_names:
        yield f"p{postcode}{heard}"
    for year in years:
        yield f"p{postcode}{year}"
        for first in firsts:
            yield f"d{postcode[:-3]}{year}{first}"


def term_texts(person: KnownPerson) -> frozenset[str]:
    """The texts behind what is counted of a person, each once."""
    return frozenset(_terms(person))


def _terms(person: KnownPerson) -> Iterator[str]:
    for name in person.names:
        if name.first:
            yield from word_terms("f", in_use(name.first))
        for part in name.surname.split():
            yield from word_terms("s", part)
        if name.first and name.surname:
            yield joint_term(name.first, name.surname)
    for born in person.born:
        yield f"b{born}"
    for postcode in person.postcodes:
        yield f"p{postcode}"
        yield f"d{postcode[:-3]}"
    for phone in person.phones:
        yield f"t{phone}"
    for column, value in person.others:
        yield f"o{column}={value}"


def word_terms(kind: str, word: str) -> Iterator[str]:
    """A name itself, the names that it is a form of, and its sound; `kind` is f for first names, s for surnames."""
    plain = word.partition("-")[0]
    yield f"{kind}={plain}"
    yield f"{kind}~{sound(plain)}"
    for root in roots(plain):
        yield f"{kind}:{root}"


def joint_term(first: str, surname: str) -> str:
    """First name and surname together: Mohammed Khan is more common than Mohammed and Khan would make him."""
    return f"n{in_use(first)} {surname}"
