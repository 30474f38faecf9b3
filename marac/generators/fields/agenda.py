"""What agendas can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person


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
