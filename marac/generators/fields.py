"""The fields of each kind of document: what a template can print, and what a generator must provide.

Generators build these records and `marac template check` reads the same classes, so the two cannot drift apart.
"""

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Kind = Literal["agenda", "research", "letter"]


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A victim or a perpetrator; `relationship` is a perpetrator's to the victim.

    `also_known_as` and `also_born` hold what other forms say: other names, other spellings, other dates of birth.
    `address` is None wherever the document shows no addresses.
    """

    name: str | None
    also_known_as: tuple[str, ...]
    born: dt.date | None
    also_born: tuple[dt.date, ...]
    relationship: str | None
    address: str | None


@dataclass(frozen=True, slots=True, repr=False)
class NamedChild:
    """A child; `age` is in words, on the day of the meeting."""

    name: str | None
    born: dt.date | None
    age: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Attendee:
    """An agency that sits at the meeting, and who comes for it."""

    agency: str
    representative: str | None


@dataclass(frozen=True, slots=True, repr=False)
class OpenAction:
    """An action of an earlier meeting that nobody has reported as done."""

    case: str
    victim: str | None
    agency: str
    action: str
    due: dt.date


@dataclass(frozen=True, slots=True, repr=False)
class AgendaCase:
    """A case as the meeting needs it. What is not so is None: `urgent`, `repeat`, `undecided`, `contact_warning`."""

    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    presented_by: str | None
    reasons: tuple[str, ...]
    repeat: str | None
    undecided: str | None
    contact_warning: str | None
    urgent: str | None
    """What does not wait for the meeting, in a few words; `reasons` says it in full."""
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PastCase:
    """A case that was heard twelve months ago."""

    reference: str
    victim: str | None
    perpetrators: tuple[str, ...]
    heard: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class AgendaFields:
    """Everything that an agenda can print."""

    marac: str
    meeting: dt.date
    cut_off: dt.date
    agencies: tuple[Attendee, ...]
    open_actions: tuple[OpenAction, ...]
    number_of_cases: int
    alarm: str | None
    """In how many cases something does not wait for the meeting, and that this program is never the alarm."""
    cases_with_children: tuple[AgendaCase, ...]
    cases_with_adults_only: tuple[AgendaCase, ...]
    twelve_months: tuple[PastCase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ResearchCase:
    """A case that an agency is asked about."""

    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    own_referral: bool
    repeat: bool
    undecided: bool
    unsafe_contact: bool


@dataclass(frozen=True, slots=True, repr=False)
class ResearchFields:
    """Everything that a research pack can print."""

    marac: str
    agency: str
    representative: str | None
    meeting: dt.date
    return_by: dt.date
    coordinator: str
    email: str
    show_addresses: bool
    number_of_cases: int
    cases: tuple[ResearchCase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LetterAction:
    """One action of the agency that the letter goes to; `children`: whether children are named in the case."""

    number: int
    case: str
    victim: str | None
    action: str
    due: dt.date
    children: bool


@dataclass(frozen=True, slots=True, repr=False)
class LetterFields:
    """Everything that an action letter can print."""

    marac: str
    agency: str
    representative: str | None
    meeting: dt.date
    coordinator: str
    email: str
    actions: tuple[LetterAction, ...]
    still_open: tuple[LetterAction, ...]


RECORDS: Mapping[Kind, type] = {"agenda": AgendaFields, "research": ResearchFields, "letter": LetterFields}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it holds, whether it is a list to loop over, and whether it may be missing."""

    type: type
    many: bool
    optional: bool

    @property
    def is_record(self) -> bool:
        """Whether it has fields of its own."""
        return is_dataclass(self.type)


def fields_of(kind: Kind) -> Mapping[str, Field]:
    """The fields at the top of a template of this kind; those of a record are `record_fields(field.type)`."""
    return record_fields(RECORDS[kind])


def record_fields(record: type) -> Mapping[str, Field]:
    """The fields of one record, as its class declares them."""
    return {name: _field(hint) for name, hint in get_type_hints(record).items()}


def printable(record: object) -> dict[str, Any]:
    """The record as `filled` takes it: field to value."""
    return {entry.name: getattr(record, entry.name) for entry in fields(record)}  # type: ignore[arg-type]


def _field(hint: Any) -> Field:
    if get_origin(hint) is tuple:
        return Field(get_args(hint)[0], many=True, optional=False)
    if get_origin(hint) in {Union, types.UnionType}:
        return Field(get_args(hint)[0], many=False, optional=True)
    return Field(hint, many=False, optional=False)
