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
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    presented_by: str | None
    repeat: str | None
    undecided: str | None
    contact_warning: str | None


@dataclass(frozen=True, slots=True, repr=False)
class MinutesFields:
    """Everything that minutes to fill in can print."""

    marac: str
    meeting: dt.date
    mark: str
    """By which the file is known when it is read back."""
    venue: str | None
    chair: str
    agencies: tuple[MinutesAgency, ...]
    open_actions: tuple[MinutesAction, ...]
    consider: tuple[str, ...]
    """What the area has the meeting consider for each case."""
    number_of_cases: int
    cases: tuple[MinutesCase, ...]
    twelve_months: tuple[PastCase, ...]
