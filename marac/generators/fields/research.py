"""What research packs can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person


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
