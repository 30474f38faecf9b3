"""Two people side by side: the weight of everything that agrees and differs, in bits, and the same in words.

Fellegi and Sunter's weights: each field adds the logarithm of how much more often it agrees like this for one person
than for two. Nothing here decides, and nothing is said of anybody by name, address or number.
"""

from collections.abc import Mapping
from math import log2
from typing import Literal, NamedTuple

from marac.matching import weights
from marac.matching.columns import ColumnsEvidence, columns_evidence
from marac.matching.dates import born_level
from marac.matching.frequencies import Frequencies, share
from marac.matching.keys import term
from marac.matching.name_evidence import NO_NAME, NameEvidence, name_evidence
from marac.matching.people import KnownPerson, district
from marac.matching.weights import BornLevel, NameLevel, PlaceLevel

Doubt = Literal["", "twins", "brother or sister", "initial only", "parent or child", "name only"]
"""Why two people who look the same are never taken for one without a person's word."""

_OTHER_FIRST_NAME: Mapping[NameLevel, Doubt] = {
    "different": "twins",
    "rhymes": "brother or sister",
    "initial": "initial only",
}
_AGREES = frozenset({"same", "form", "spelling", "sound", "part"})
_BORN_AGREES = frozenset({"same", "swapped", "one digit", "turned digits"})
_TOLD_APART = -10.0
"""What two people weigh whose names share no sound, and whose dates of birth and addresses differ."""


class PersonLikeness(NamedTuple):
    """How alike two people are: in bits, and in what way; `reasons` puts it into words."""

    bits: float
    """The logarithm, base 2, of how much likelier this is for one person than for two."""
    own: float = 0.0
    """The part of it that a household does not share: first name, date of birth, gender, numbers of their own."""
    names: NameEvidence = NO_NAME
    born: BornLevel = "unknown"
    place: PlaceLevel = "unknown"
    shared_place: str = ""
    place_bits: float = 0.0
    phone: bool | None = None
    gender: bool | None = None
    columns: ColumnsEvidence | None = None
    stated: bool = True
    """Whether both are named."""

    @property
    def household(self) -> float:
        """Bits that two people of one household would share: the surname, and where they live; never below 0."""
        return max(self.bits - self.own, 0.0)

    @property
    def doubt(self) -> Doubt:
        """Why this may be somebody else after all, however many bits there are; empty where nothing says so."""
        related = self.names.surname in _AGREES or self.placed
        other = _OTHER_FIRST_NAME.get(self.names.first)
        if other and related and (self.born == "same" or (other == "twins" and self.born in _BORN_AGREES)):
            return other
        full = self.names.first in _AGREES and self.names.surname in _AGREES
        if self.dates_differ and full and self.placed:
            return "parent or child"
        if self.born in {"unknown", "vague"} and not self.phone and not self._identified:
            return "parent or child" if self.placed else "name only"
        return ""

    @property
    def dates_differ(self) -> bool:
        """Whether dates of birth are stated, and no slip of the pen explains how they differ."""
        return self.born not in _BORN_AGREES and self.born not in {"unknown", "vague"}

    @property
    def placed(self) -> bool:
        """Whether both live, or lived, in one place."""
        return self.place in {"same postcode", "same address"}

    @property
    def _identified(self) -> bool:
        return self.columns is not None and self.columns.own > 0

    @property
    def beyond_the_name(self) -> bool:
        """Whether anything but the name agrees."""
        return self.born in _BORN_AGREES or bool(self.phone) or self.placed

    @property
    def reasons(self) -> tuple[str, ...]:
        """What agrees and what differs, in words that hold no name, address or number."""
        from marac.matching.reasons import reasons_of

        return tuple(reasons_of(self))


NOTHING_STATED = PersonLikeness(0.0, stated=False)
TOLD_APART = PersonLikeness(
    _TOLD_APART, _TOLD_APART, NameEvidence("different", "different"), born="differs", place="differs"
)


def compare(one: KnownPerson, other: KnownPerson, frequencies: Frequencies) -> PersonLikeness:
    """How alike two people are; the same whichever comes first. Two who share nothing at all are not looked at closely."""
    return TOLD_APART if _strangers(one, other) else compare_closely(one, other, frequencies)


def compare_closely(one: KnownPerson, other: KnownPerson, frequencies: Frequencies) -> PersonLikeness:
    """The same, also for two who share nothing at first sight: worth it where the other person of the couple agrees."""
    born = born_level(one.born, other.born)
    names = name_evidence(one, other, frequencies)
    born_bits = _born_bits(one, other, born, frequencies)
    own = names.first_bits + born_bits
    gender = None
    if one.gender and other.gender:
        gender = one.gender == other.gender
        own += weights.SAME_GENDER if gender else weights.OTHER_GENDER
    place, place_bits, shared_place = _place(one, other, frequencies)
    bits = own + names.surname_bits + place_bits
    phone = None
    if one.phones and other.phones:
        phone = not set(one.phones).isdisjoint(other.phones)
        bits += _phone_bits(one, other, frequencies) if phone else weights.PHONE_DIFFERS
    if born_bits > weights.BORN_SAME_OF_TWINS and names.first in _OTHER_FIRST_NAME:
        own += weights.BORN_SAME_OF_TWINS - born_bits
    columns = columns_evidence(one.others, other.others, frequencies) if one.others and other.others else None
    if columns:
        bits, own = bits + columns.bits, own + columns.own
    stated = bool(one.names and other.names)
    return PersonLikeness(bits, own, names, born, place, shared_place, place_bits, phone, gender, columns, stated)


def _strangers(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether nothing at all is shared, so that no closer look would make these two one person.

    A slip in one name leaves the sound of the other.
    """
    return (
        bool(one.sounds and other.sounds)
        and one.sounds.isdisjoint(other.sounds)
        and not (one.born and other.born and one.born[0][:4] == other.born[0][:4])
        and (not one.postcodes or one.postcodes[0] not in other.postcodes)
        and (not one.house or one.house != other.house)
        and not (one.others and other.others)
        and not _share_more(one, other)
    )


def _share_more(one: KnownPerson, other: KnownPerson) -> bool:
    several = len(one.born) > 1 or len(other.born) > 1 or len(one.postcodes) > 1 or one.phones
    return bool(several) and not {*one.born, *one.postcodes, *one.phones}.isdisjoint(
        (*other.born, *other.postcodes, *other.phones)
    )


def _born_bits(one: KnownPerson, other: KnownPerson, born: BornLevel, frequencies: Frequencies) -> float:
    if born == "same":
        day = one.born[0] if one.born[0] in other.born else min(set(one.born) & set(other.born))
        u = share(frequencies, term(f"b{day}"), weights.BORN_USUAL)
        return log2(weights.BORN_SAME_M / max(u, weights.BORN_USUAL))
    if born != "unknown":
        return weights.BORN_BITS[born]
    return weights.BORN_BITS["vague"] if set(one.vague) & set(other.vague) else 0.0


def _place(one: KnownPerson, other: KnownPerson, frequencies: Frequencies) -> tuple[PlaceLevel, float, str]:
    if not one.postcodes or not other.postcodes:
        return _address(one, other)
    mine, theirs = one.postcodes[0], other.postcodes[0]
    if mine != theirs:
        shared = set(one.postcodes) & set(other.postcodes) if len(one.postcodes) + len(other.postcodes) > 2 else None
        if not shared:
            return _other_postcode(mine, theirs, frequencies)
        mine = min(shared)
    u = max(share(frequencies, term(f"p{mine}"), weights.POSTCODE_USUAL), weights.POSTCODE_LEAST)
    house = 0.0
    if one.house and other.house:
        house = weights.SAME_HOUSE if one.house == other.house else weights.OTHER_HOUSE
    return "same postcode", log2(weights.POSTCODE_M / u) + house, mine


def _other_postcode(mine: str, theirs: str, frequencies: Frequencies) -> tuple[PlaceLevel, float, str]:
    if _one_sign_off(mine, theirs):
        return "one sign", weights.ONE_SIGN_BITS, ""
    if mine[:-3] == theirs[:-3] and district(mine):
        u = share(frequencies, term(f"d{mine[:-3]}"), weights.DISTRICT_USUAL)
        return "district", min(log2(weights.DISTRICT_M / u), 4.0), ""
    return "differs", weights.PLACE_DIFFERS, ""


def _one_sign_off(one: str, other: str) -> bool:
    """Whether one sign differs, or two beside each other have changed places."""
    if len(one) != len(other):
        return False
    wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1


def _address(one: KnownPerson, other: KnownPerson) -> tuple[PlaceLevel, float, str]:
    """Where no postcode is to be compared: house number and street."""
    if not (one.house and other.house and one.street and other.street):
        return "unknown", 0.0, ""
    shared = one.street & other.street
    if one.house == other.house and len(shared) * 2 >= min(len(one.street), len(other.street)):
        return "same address", log2(weights.ADDRESS_M / weights.ADDRESS_U), f"{one.house} {min(shared)}"
    return "differs", weights.PLACE_DIFFERS, ""


def _phone_bits(one: KnownPerson, other: KnownPerson, frequencies: Frequencies) -> float:
    number = min(set(one.phones) & set(other.phones))
    return log2(weights.PHONE_M / share(frequencies, term(f"t{number}"), weights.PHONE_USUAL))
