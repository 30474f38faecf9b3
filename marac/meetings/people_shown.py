"""The people of a case as a document may show them, put together from every form that a case has."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from marac.meetings.hearing import Hearing
from marac.meetings.safe_address import SafeAddress, safe_address
from marac.meetings.same_people import children_once, perpetrators_once
from marac.referral import Child, Perpetrator, Referral, Victim

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class PersonShown:
    """A victim or a perpetrator; what is not shown is None, or empty."""

    name: str | None = None
    also_known_as: tuple[str, ...] = ()
    """Aliases, and other spellings on other forms."""
    date_of_birth: dt.date | None = None
    other_dates_of_birth: tuple[dt.date, ...] = ()
    """As other forms give them; records may be kept under any of them."""
    relationship: str | None = None
    """To the victim."""
    address: SafeAddress | None = None
    """With the postcode, in one line."""
    phone: SafeAddress | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ChildShown:
    """A child that any of the forms names."""

    name: str | None = None
    also_known_as: tuple[str, ...] = ()
    """Other spellings, on other forms."""
    date_of_birth: dt.date | None = None
    address: SafeAddress | None = None
    school: str | None = None


def victim_shown(referrals: Sequence[Referral], names: Collection[str]) -> PersonShown:
    """The victim as the case's own form has them, with the names and dates of birth of the other forms beside."""
    return _person([referral.victim for referral in referrals], "victim", names)


def perpetrators_shown(hearing: Hearing, names: Collection[str]) -> tuple[PersonShown, ...]:
    """Everybody whom any of the forms names as a perpetrator, each once; who is one person, `same_people` says."""
    return tuple(_person(forms, "perpetrator", names) for forms in perpetrators_once(hearing))


def children_shown(hearing: Hearing, names: Collection[str]) -> tuple[ChildShown, ...]:
    """Every child whom any of the forms names, each once."""
    return tuple(_child(forms, names) for forms in children_once(hearing))


def _child(forms: Sequence[Child], names: Collection[str]) -> ChildShown:
    """One child from several forms: what the first leaves out, the next may say."""
    spellings = _spellings(form.name for form in forms) if "child.name" in names else ()
    births = _once(form.date_of_birth for form in forms)
    schools = _once(form.school for form in forms)
    return ChildShown(
        name=spellings[0] if spellings else None,
        also_known_as=spellings[1:],
        date_of_birth=births[0] if births and "child.date_of_birth" in names else None,
        address=_addresses(safe_address(form.address) for form in forms) if "child.address" in names else None,
        school="; ".join(schools) or None if "child.school" in names else None,
    )


def _spellings(names: Iterable[str | None]) -> tuple[str, ...]:
    """The ways in which forms write a name, each once, whatever the case of its letters."""
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(" ".join(name.casefold().split()), name)
    return tuple(found.values())


def _addresses(found: Iterable[SafeAddress | None]) -> SafeAddress | None:
    """All that the forms give, in one line: none is dropped where two forms are put together."""
    words = {" ".join(each.revealed().casefold().split()): each.revealed() for each in found if each is not None}
    return safe_address(" or ".join(words.values()))


def _person(forms: Sequence[Victim] | Sequence[Perpetrator], who: str, names: Collection[str]) -> PersonShown:
    """One person from several forms: what the first leaves out, the next may say."""

    def shown(leaf: str) -> bool:
        return f"{who}.{leaf}" in names

    names_given = _once(form.name for form in forms)
    aliases = [alias for form in forms for alias in form.aliases] if shown("aliases") else []
    spelled = names_given[1:] if shown("aliases") or (who == "perpetrator" and shown("name")) else ()
    births = _once(form.date_of_birth for form in forms) if shown("date_of_birth") else ()
    relationships = _once(form.relationship for form in forms if isinstance(form, Perpetrator))
    addresses = _once(safe_address(form.address, form.postcode) for form in forms)
    phones = _once(safe_address(form.phone) for form in forms)
    of_several = _addresses if who == "perpetrator" else _first
    return PersonShown(
        name=names_given[0] if names_given and shown("name") else None,
        also_known_as=tuple(name for name in _once([*spelled, *aliases]) if name not in names_given[:1]),
        date_of_birth=births[0] if births else None,
        other_dates_of_birth=births[1:],
        relationship="; ".join(relationships) or None if shown("relationship") else None,
        address=of_several(addresses) if shown("address") else None,
        phone=of_several(phones) if shown("phone") else None,
    )


def _first(found: Sequence[SafeAddress]) -> SafeAddress | None:
    return found[0] if found else None


def _once(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))
