"""What research packs can print, and the list alone where research stays inside the agencies."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person

ANSWER_LABELS = (
    "Nothing known",
    "Factors that significantly affect the risk (facts)",
    "Our assessment of the risk (opinion)",
    "How we manage it",
    "Why this is high risk",
    "Known and not shared, and why",
)
"""The labels of a section's rows, in their order; answers are found again by them."""


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
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""
    late: bool
    """Whether it was put on the list after the cut-off."""


@dataclass(frozen=True, slots=True, repr=False)
class ListFields:
    """Everything that the list of cases to look up can print."""

    marac: str
    agency: str
    representative: str | None
    meeting: dt.date
    when: str
    """The day of the meeting with its time, its place, and why it is not where the calendar would have it."""
    coordinator: str
    email: str
    show_addresses: bool
    number_of_cases: int
    cases: tuple[ResearchCase, ...]
    in_confidence: str | None = None
    """What a senior contact is told of why nobody else there has it."""
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""


@dataclass(frozen=True, slots=True, repr=False)
class ResearchFields(ListFields):
    """Everything that a research pack can print."""

    return_mark: str = ""
    """By which a filled-in pack is known again: `R-2026-12-03-housing`."""
    return_by: str = ""
    """The last day for answers, with the time where there is one."""
