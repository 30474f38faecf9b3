"""People as forms and lists describe them, made ready to be compared: several names, dates of birth, addresses, phones."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Self

from marac.matching import keys
from marac.matching.names import Name, names_in
from marac.matching.spelling import folded, sounds

_UK_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_SIGNS_OF_THE_TEXT = str.maketrans(dict.fromkeys("|;/=,", " "))
_NOT_STATED = frozenset({"unknown", "not known", "n a", "na", "none", "nk", "-"})
_HOUSE = re.compile(r"\b\d+[a-z]?\b")
_ANY_STREET = frozenset(
    {"road", "rd", "street", "st", "avenue", "ave", "lane", "ln", "close", "drive", "way", "court", "place", "the"}
    | {"flat", "apartment", "apt", "floor", "ground", "first", "second", "house", "crescent", "terrace", "grove"}
)
_NATIONAL = re.compile(r"^(?:00)?440?")
_KINDS = {"in use": "", "alias": "a", "former": "f"}


@dataclass(frozen=True, slots=True, repr=False)
class PersonFacts:
    """What a form or a list says of somebody that helps to know them again."""

    names: tuple[str, ...] = ()
    """The name in use first, then aliases and former names, as written."""
    born: tuple[dt.date, ...] = ()
    """Dates of birth: more than one where the form gives more than one."""
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    gender: str | None = None
    address: str | None = None
    """One line; with or without the postcode."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Further columns of a list, by their heading: whatever can be compared word by word."""


class KnownName(NamedTuple):
    """First names, and the parts of the surname, folded, with a blank between; `kind`: "" in use, a alias, f former."""

    first: str
    surname: str = ""
    kind: str = ""

    def __repr__(self) -> str:
        return "KnownName()"


class KnownPerson(NamedTuple):
    """Somebody made ready to be compared; everything folded to small letters and digits. `repr` shows nothing of it."""

    names: tuple[KnownName, ...] = ()
    born: tuple[str, ...] = ()
    """Dates of birth as eight digits, year first."""
    vague: tuple[str, ...] = ()
    """Years of birth that came as 1 January, which is what people are given whose birthday nobody knows."""
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    gender: str = ""
    """`f`, `m` or nothing."""
    house: str = ""
    street: frozenset[str] = frozenset()
    others: tuple[tuple[str, str], ...] = ()
    """Further columns and their values, by column."""
    sounds: frozenset[str] = frozenset()
    """How the words of all names sound: two people who share none are not compared name by name."""

    def __repr__(self) -> str:
        return "KnownPerson()"

    @property
    def named(self) -> bool:
        """Whether any name is stated; "not known" is none."""
        return bool(self.names)

    def keys(self) -> tuple[int, ...]:
        """Under what the person is looked for: two people who share none of these are never compared."""
        return tuple(sorted({keys.number(text) for text in keys.key_texts(self)}))

    def terms(self) -> tuple[int, ...]:
        """What is counted of the person, so that a rare name weighs more than a common one."""
        return tuple(sorted(keys.term(text) for text in keys.term_texts(self)))

    def identity(self) -> int:
        """The same for every mention with one name and date of birth, so that each person is counted once."""
        name = self.names[0] if self.names else KnownName("")
        return keys.number(f"{name.first}/{name.surname}/{self.born[:1]}{self.vague[:1]}")

    def as_text(self) -> str:
        """The person in one line, for `from_text`."""
        return "|".join(
            (
                ";".join("/".join(name) for name in self.names),
                ",".join(self.born),
                ",".join(self.vague),
                ",".join(self.postcodes),
                ",".join(self.phones),
                self.gender,
                self.house,
                " ".join(sorted(self.street)),
                ";".join("=".join(other) for other in self.others),
                " ".join(sorted(self.sounds)),
            )
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The person that `as_text` wrote down.

        Raises:
            ValueError: The text is none of `as_text`.
        """
        names, born, vague, postcodes, phones, gender, house, street, others, heard = text.split("|")
        return cls(
            tuple([KnownName(*name.split("/")) for name in names.split(";")]) if names else (),
            tuple(born.split(",")) if born else (),
            tuple(vague.split(",")) if vague else (),
            tuple(postcodes.split(",")) if postcodes else (),
            tuple(phones.split(",")) if phones else (),
            gender,
            house,
            frozenset(street.split()) if street else _NOTHING,
            tuple([_column(other) for other in others.split(";")]) if others else (),
            frozenset(heard.split()) if heard else _NOTHING,
        )


_NOTHING: frozenset[str] = frozenset()


def known_person(facts: PersonFacts) -> KnownPerson:
    """The person of these facts, ready to be compared: titles, accents and "not known" are gone, 1 January is vague."""
    names = tuple(dict.fromkeys(_known_name(name) for name in names_in(facts.names)))
    vague = [day for day in facts.born if (day.month, day.day) == (1, 1)]
    house, street = _address(facts.address or "")
    return KnownPerson(
        names,
        _once(f"{day.year:04}{day.month:02}{day.day:02}" for day in facts.born if day not in vague),
        _once(f"{day.year:04}" for day in vague if day.year != 1900),
        _once(_letters(postcode) for postcode in facts.postcodes),
        _once(_national(phone) for phone in facts.phones),
        {"female": "f", "f": "f", "woman": "f", "male": "m", "m": "m", "man": "m"}.get(folded(facts.gender or ""), ""),
        house,
        street,
        tuple(sorted(_others(facts.others))),
        frozenset(heard for name in names for word in name_words(name) for heard in sounds(word)),
    )


def name_words(name: KnownName) -> frozenset[str]:
    """Every word that can stand for the person: first names, also without what follows a hyphen, and surname parts."""
    return frozenset(
        each
        for word in (*name.first.split(), *name.surname.split())
        for each in (word.replace("-", ""), word.partition("-")[0])
    )


def district(postcode: str) -> str:
    """The first half of a UK postcode; empty for any other."""
    return postcode[:-3] if _UK_POSTCODE.fullmatch(postcode) else ""


def _known_name(name: Name) -> KnownName:
    return KnownName(" ".join(name.first), " ".join(name.surname), _KINDS[name.kind])


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text))).upper()


@lru_cache(maxsize=8192)
def _national(phone: str) -> str:
    digits = re.sub(r"[^0-9]", "", phone)
    national = _NATIONAL.sub("0", digits) if len(digits) > 10 else digits
    return national if len(national) >= 6 else ""


def _address(text: str) -> tuple[str, frozenset[str]]:
    plain = folded(text)
    houses = _HOUSE.findall(plain)
    words = {word for word in re.findall(r"[a-z]{3,}", plain) if word not in _ANY_STREET}
    return " ".join(houses), frozenset(words)


def _others(columns: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for column, value in columns.items():
        plain = _plain(value)
        if plain and plain not in _NOT_STATED:
            yield _plain(column), plain


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """A text folded, without the signs that part one thing from another in `as_text`."""
    return " ".join(folded(text).translate(_SIGNS_OF_THE_TEXT).split())


def _column(text: str) -> tuple[str, str]:
    column, _, value = text.partition("=")
    return column, value
