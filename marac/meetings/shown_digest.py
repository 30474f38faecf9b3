"""What a document showed of a case, as digests: enough to tell later who holds an old address, without the address."""

from collections.abc import Iterable, Mapping

from marac.meetings.audience import CaseView, Field
from marac.meetings.people_shown import ChildShown, PersonShown
from marac.meetings.safe_address import SafeAddress
from marac.record import identity_of

_DIGITS = 16
"""Of each digest: digests of one field of one case are compared, never looked up."""

CONTACT_FIELDS: Mapping[Field, str] = {
    "victim.address": "the victim's address",
    "victim.phone": "the victim's telephone number",
    "child.address": "where the children live",
    "perpetrator.address": "the perpetrator's address",
    "perpetrator.phone": "the perpetrator's telephone number",
}
"""The fields whose old words are dangerous, the most dangerous first, in words."""


def digests_of(view: CaseView) -> Mapping[str, str]:
    """Field to digest, of every field that the view shows something of."""
    found = {name: value for name, value in _values(view).items() if name in view.shown_fields and _is_known(value)}
    return {name: identity_of(_plain(value))[:_DIGITS] for name, value in found.items()}


def _values(view: CaseView) -> dict[Field, object]:
    accused, children = view.perpetrators or (), view.children or ()
    return {
        "victim.name": view.victim.name,
        "victim.aliases": view.victim.also_known_as,
        "victim.date_of_birth": _births(view.victim),
        "victim.address": view.victim.address,
        "victim.phone": view.victim.phone,
        "perpetrator.name": _each(accused, "name"),
        "perpetrator.aliases": tuple(alias for person in accused for alias in person.also_known_as),
        "perpetrator.date_of_birth": tuple(born for person in accused for born in _births(person)),
        "perpetrator.relationship": _each(accused, "relationship"),
        "perpetrator.address": _each(accused, "address"),
        "perpetrator.phone": _each(accused, "phone"),
        "child.name": (*_each(children, "name"), *(also for child in children for also in child.also_known_as)),
        "child.date_of_birth": _each(children, "date_of_birth"),
        "child.address": _each(children, "address"),
        "child.school": _each(children, "school"),
        "referring_agency": view.referring_agencies,
        "presenter": view.presenters,
        "reason": view.reasons,
        "repeat": view.repeat,
        "origin": view.origin,
        "contact_warning": view.contact_warning,
        "contact_notes": view.contact_notes,
    }


def _births(person: PersonShown) -> tuple[object, ...]:
    return (*([person.date_of_birth] if person.date_of_birth else []), *person.other_dates_of_birth)


def _each(people: Iterable[PersonShown | ChildShown], leaf: str) -> tuple[object, ...]:
    return tuple(value for person in people if (value := getattr(person, leaf)) is not None)


def _is_known(value: object) -> bool:
    return value is not None and value != ()


def _plain(value: object) -> object:
    if isinstance(value, SafeAddress):
        return " ".join(value.revealed().casefold().split())
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
