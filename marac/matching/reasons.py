"""Evidence in words for a coordinator: what agrees and what differs; never a name, an address, a postcode or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marac.matching.comparison import PersonLikeness
    from marac.matching.name_evidence import NameEvidence
    from marac.matching.weights import BornLevel, NameLevel, PlaceLevel

_FIRST_NAME: Mapping[NameLevel, str] = {
    "same": "same first name",
    "form": "first name is another form of the same name",
    "spelling": "first name spelled differently",
    "sound": "first name sounds alike",
    "part": "first name of one is a middle name of the other",
    "near": "first names a letter or two apart",
    "rhymes": "first names differ in the first letter",
    "initial": "first name cut short or an initial on one side",
    "unknown": "only one name given",
    "different": "first names differ",
}
_SURNAME: Mapping[NameLevel, str] = {
    "same": "same surname",
    "form": "surname is another form of the same name",
    "spelling": "surname spelled differently",
    "sound": "surname sounds alike",
    "part": "surname of one is part of the other's name",
    "near": "surnames a letter or two apart",
    "rhymes": "surnames differ in the first letter",
    "initial": "surname cut short or an initial on one side",
    "unknown": "surname not on both sides",
    "different": "surnames differ",
}
_BORN: Mapping[BornLevel, str] = {
    "same": "same date of birth",
    "swapped": "date of birth has day and month swapped",
    "one digit": "date of birth differs in one digit",
    "turned digits": "date of birth has two digits the other way round",
    "two digits": "date of birth differs in two digits",
    "two parts": "dates of birth agree in two of day, month and year",
    "year": "only the year of birth agrees",
    "close": "dates of birth differ by a few years at most",
    "differs": "dates of birth differ",
    "vague": "no date of birth to compare",
    "unknown": "no date of birth to compare",
}
_PLACE: Mapping[PlaceLevel, str] = {
    "same postcode": "same postcode",
    "same address": "same address",
    "one sign": "postcode differs in one sign, or in two that have changed places",
    "district": "address differs, in the same district",
    "differs": "address differs",
}
_DOUBT: Mapping[str, str] = {
    "twins": "they may be twins",
    "brother or sister": "they may be brothers or sisters",
    "parent or child": "they may be parent and child",
}
_RARE, _COMMON = 1 / 1_500, 1 / 150


def reasons_of(likeness: PersonLikeness) -> Iterator[str]:
    """What the likeness rests on: names, date of birth, place, phone, gender, further columns, and what raises doubt."""
    yield from _names(likeness.names) if likeness.stated else ("name not stated",)
    yield _BORN[likeness.born]
    if likeness.place in _PLACE:
        yield _PLACE[likeness.place]
    if likeness.phone:
        yield "same telephone number"
    if likeness.gender is False:
        yield "gender differs"
    if likeness.columns:
        yield from (f"same {column}" for column in likeness.columns.same)
        yield from (f"{column} nearly the same" for column in likeness.columns.near)
        yield from (f"{column} differs" for column in likeness.columns.differ)
    if likeness.doubt in _DOUBT and likeness.bits > 0:
        yield _DOUBT[likeness.doubt]


def _names(names: NameEvidence) -> Iterator[str]:
    rarity = ", a rare one" if names.rarity < _RARE else ", a common one" if _COMMON < names.rarity < 1 else ""
    if names.turned:
        yield "first name and surname the other way round"
    if names.first == "same" == names.surname:
        yield f"same first name and surname{rarity.replace('a rare one', 'a rare surname').replace('a common one', 'a common surname')}"
    else:
        yield _FIRST_NAME[names.first]
        yield _SURNAME[names.surname] + rarity
    if names.kind:
        yield "by a former name" if names.kind == "f" else "by another name that is known"
