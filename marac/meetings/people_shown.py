"""The people of a case as a document may show them, put together from every form that a case has."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from marac.matching.spelling import folded
from marac.meetings.safe_address import SafeAddress, safe_address
from marac.referral import Perpetrator, Referral, Victim

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
    date_of_birth: dt.date | None = None
    address: SafeAddress | None = None
    school: str | None = None


def victim_shown(referrals: Sequence[Referral], names: Collection[str]) -> PersonShown:
    """The victim as the case's own form has them, with the names and dates of birth of the other forms beside."""
    return _person([referral.victim for referral in referrals], "victim", names)


def perpetrators_shown(referrals: Sequence[Referral], names: Collection[str]) -> tuple[PersonShown, ...]:
    """Everybody whom any of the forms names as a perpetrator; one named and born alike stands once."""
    everybody = [perpetrator for referral in referrals for perpetrator in referral.perpetrators]
    groups: dict[tuple[str, dt.date | None], list[Perpetrator]] = {}
    for perpetrator in everybody:
        groups.setdefault((folded(perpetrator.name or ""), perpetrator.date_of_birth), []).append(perpetrator)
    return tuple(_person(group, "perpetrator", names) for group in groups.values())


def children_shown(referrals: Sequence[Referral], names: Collection[str]) -> tuple[ChildShown, ...]:
    """Every child whom any of the forms names, each once."""
    everybody = [child for referral in referrals for child in referral.children]
    first = {(folded(child.name or ""), child.date_of_birth): child for child in reversed(everybody)}
    return tuple(
        ChildShown(
            name=child.name if "child.name" in names else None,
            date_of_birth=child.date_of_birth if "child.date_of_birth" in names else None,
            address=safe_address(child.address) if "child.address" in names else None,
            school=child.school if "child.school" in names else None,
        )
        for child in reversed(first.values())
    )


def _person(forms: Sequence[Victim] | Sequence[Perpetrator], who: str, names: Collection[str]) -> PersonShown:
    """One person from several forms: what the first leaves out, the next may say."""

    def shown(leaf: str) -> bool:
        return f"{who}.{leaf}" in names

    names_given = _once(form.name for form in forms)
    also = _once([*names_given[1:], *(alias for form in forms for alias in form.aliases)])
    births = _once(form.date_of_birth for form in forms) if shown("date_of_birth") else ()
    relationships = _once(form.relationship for form in forms if isinstance(form, Perpetrator))
    addresses = _once(safe_address(form.address, form.postcode) for form in forms)
    phones = _once(safe_address(form.phone) for form in forms)
    return PersonShown(
        name=names_given[0] if names_given and shown("name") else None,
        also_known_as=tuple(name for name in also if name not in names_given[:1]) if shown("aliases") else (),
        date_of_birth=births[0] if births else None,
        other_dates_of_birth=births[1:],
        relationship="; ".join(relationships) or None if shown("relationship") else None,
        address=addresses[0] if addresses and shown("address") else None,
        phone=phones[0] if phones and shown("phone") else None,
    )


def _once(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))
