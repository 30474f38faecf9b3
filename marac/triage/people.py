"""Two people side by side: what agrees, what differs, and how far that goes towards their being one person."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from marac.referral import Perpetrator, Victim
from marac.triage.names import NameLikeness, PartLikeness, name_likeness, names_in

Level = Literal["same", "possible", "different", "unknown"]
DateLikeness = Literal["same", "swapped", "one digit", "differs", "unknown"]

_FIRST_NAME: dict[PartLikeness, str] = {
    "same": "same first name",
    "form": "first name is another form of the same name",
    "spelling": "first name spelled differently",
    "sound": "first name sounds alike",
    "part": "first name of one is a middle name of the other",
    "initial": "first name cut short or an initial on one form",
    "unknown": "only one name given",
    "different": "first names differ",
}
_SURNAME: dict[PartLikeness, str] = {
    "same": "same surname",
    "form": "surname is another form of the same name",
    "spelling": "surname spelled differently",
    "sound": "surname sounds alike",
    "part": "surname of one is part of the other's name",
    "initial": "surname cut short or an initial on one form",
    "unknown": "surname not on both forms",
    "different": "surnames differ",
}
_DATE: dict[DateLikeness, str] = {
    "same": "same date of birth",
    "swapped": "date of birth has day and month swapped",
    "one digit": "date of birth differs in one digit",
    "differs": "dates of birth differ",
    "unknown": "no date of birth to compare",
}


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What a form says of somebody that helps to know them again; `names` holds the name in use first."""

    names: tuple[str, ...] = ()
    date_of_birth: dt.date | None = None
    postcode: str | None = None
    phone: str | None = None


def person(somebody: Victim | Perpetrator) -> Person:
    """What a form says of a victim or a perpetrator, as far as it helps to know them again."""
    names = ((somebody.name,) if somebody.name else ()) + somebody.aliases
    return Person(names, somebody.date_of_birth, somebody.postcode, somebody.phone)


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """Two people side by side, feature by feature; None where a feature is not stated on both sides."""

    born: DateLikeness
    postcode: bool | None
    phone: bool | None
    names: tuple[tuple[str, ...], tuple[str, ...]]

    @cached_property
    def name(self) -> NameLikeness | None:
        """How alike the names are; compared only where that matters, because most pairs in a register differ in all."""
        one, other = self.names
        return name_likeness(names_in(one), names_in(other))

    @cached_property
    def level(self) -> Level:
        """What the features together say; a name alone is never enough for `same`."""
        if self.born == "differs" and not self._placed:
            return "different"
        if self.name is None:
            return "possible" if self.born == "same" and self._placed else "unknown"
        if self.name.full:
            return self._level_of_one_name
        if self.name.open:
            return self._level_of_half_a_name
        if self.name.first == "different":
            return self._level_of_another_first_name
        return self._level_of_another_surname

    @property
    def _placed(self) -> bool:
        return bool(self.postcode or self.phone)

    @property
    def _level_of_one_name(self) -> Level:
        near = self.born in {"swapped", "one digit"}
        if self.born == "same" or (near and self._placed) or (self.born == "unknown" and self.phone):
            return "same"
        # A father and a son of one name may live at one address, and a date of birth may be wrong.
        return "possible"

    @property
    def _level_of_half_a_name(self) -> Level:
        if self.born == "differs" or (self.name and "different" in {self.name.first, self.name.surname}):
            return "different"
        return "possible" if self.born == "same" or self._placed else "unknown"

    @property
    def _level_of_another_first_name(self) -> Level:
        """Twins, brothers and sisters share surname, date of birth and address, so this is never `same`."""
        surname_shared = self.name is not None and self.name.surname != "different"
        return "possible" if self.born == "same" and (surname_shared or self._placed) else "different"

    @property
    def _level_of_another_surname(self) -> Level:
        """People marry and separate: first name and date of birth weigh more than the surname."""
        if self.born == "same":
            return "same" if self._placed else "possible"
        return "possible" if self._placed and self.born != "differs" else "different"

    @property
    def likely(self) -> bool:
        """Whether this is the same person once the other half of the couple is."""
        if self.level != "possible" or self.name is None:
            return False
        other_surname = self.name.surname == "different" and self.name.first not in {"different", "initial", "unknown"}
        return (self.name.full and self.born != "differs") or (other_surname and self.born == "same")

    @property
    def only_a_name(self) -> bool:
        """Whether nothing but the name speaks for their being one person, and the address speaks against it."""
        return self.born == "unknown" and self.postcode is False and not self.phone

    @property
    def wrong_date(self) -> bool:
        """Whether the names agree in full and only the dates of birth speak against it."""
        return self.born == "differs" and self.name is not None and self.name.full

    @property
    def reasons(self) -> tuple[str, ...]:
        """What agrees and what differs, in words that name nobody and give no address."""
        return (*_name_reasons(self.name), *self._other_reasons())

    def _other_reasons(self) -> Iterator[str]:
        yield _DATE[self.born]
        if self.name and self.name.first == "different" and self.name.surname != "different" and self.born == "same":
            yield "they may be twins"
        if self.postcode is not None:
            yield "same postcode" if self.postcode else "address differs"
        if self.phone:
            yield "same telephone number"


def comparison(a: Person, b: Person) -> Comparison:
    """Two people side by side, the same whichever comes first."""
    return Comparison(
        born=_dates(a.date_of_birth, b.date_of_birth),
        postcode=_agree(_letters(a.postcode), _letters(b.postcode)),
        phone=_agree(_national(a.phone), _national(b.phone)),
        names=(a.names, b.names),
    )


def _name_reasons(name: NameLikeness | None) -> tuple[str, ...]:
    if name is None:
        return ("name not stated",)
    if name.first == name.surname == "same":
        words: tuple[str, ...] = ("same name, written the other way round" if name.reversed else "same name",)
    else:
        words = (_FIRST_NAME[name.first], _SURNAME[name.surname])
        if name.reversed:
            words = ("names the other way round", *words)
    return (*words, "counting aliases and former names") if name.by_another_name else words


def _agree(a: str, b: str) -> bool | None:
    return a == b if a and b else None


@lru_cache(maxsize=8192)
def _letters(text: str | None) -> str:
    return re.sub(r"\W", "", text or "").upper()


@lru_cache(maxsize=8192)
def _national(phone: str | None) -> str:
    digits = re.sub(r"\D", "", phone or "")
    return re.sub(r"^(?:00)?440?", "0", digits) if len(digits) > 10 else digits


def _dates(a: dt.date | None, b: dt.date | None) -> DateLikeness:
    if a is None or b is None or _stands_for_unknown(a) or _stands_for_unknown(b):
        return "unknown"
    if a == b:
        return "same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "swapped"
    one, other = a.isoformat(), b.isoformat()
    return "one digit" if sum(x != y for x, y in zip(one, other, strict=True)) == 1 else "differs"


def _stands_for_unknown(day: dt.date) -> bool:
    """1 January is what people are given whose date of birth nobody knows."""
    return (day.month, day.day) == (1, 1)
