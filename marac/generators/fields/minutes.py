"""What minutes to fill in can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.agenda import PastCase
from marac.generators.fields.people import NamedChild, Person


@dataclass(frozen=True, slots=True, repr=False)
class MinutesAgency:
    """An agency that sits at the meeting, and who may come for it."""

    agency: str
    representative: str | None
    deputy: str | None


@dataclass(frozen=True, slots=True, repr=False)
class MinutesAction:
    """An action of an earlier meeting that is still open, and what was last reported of it."""

    number: int
    case: str
    agency: str
    action: str
    due: dt.date
    reported: str


@dataclass(frozen=True, slots=True, repr=False)
class MinutesCase:
    """A case as its section of the minutes begins. What is not so is None: `repeat`, `undecided`, `contact_warning`."""

    reference: str
    leaves: tuple[str, ...]
    """Who leaves the room before this item, a sentence each."""
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    presented_by: str | None
    repeat: str | None
    undecided: str | None
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""
    contact_notes: tuple[str, ...]
    """What the forms say about contact, in their own words."""


@dataclass(frozen=True, slots=True, repr=False)
class MinutesFields:
    """Everything that minutes to fill in can print."""

    marac: str
    meeting: dt.date
    when: str
    """The day with its time and place, and why the meeting is not where the calendar would have it."""
    mark: str
    """By which the file is known when it is read back."""
    chair: str
    agencies: tuple[MinutesAgency, ...]
    open_actions: tuple[MinutesAction, ...]
    consider: tuple[str, ...]
    """What the area has the meeting consider for each case."""
    number_of_cases: int
    cases: tuple[MinutesCase, ...]
    twelve_months: tuple[PastCase, ...]
