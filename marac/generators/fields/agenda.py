"""What agendas can print: the chair's full one, and each agency's."""

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
    """An action of an earlier meeting that is still to be looked at."""

    case: str
    victim: str | None
    agency: str
    action: str
    due: dt.date
    owner: str
    standing: str = ""
    """What was last reported of it, in words."""


@dataclass(frozen=True, slots=True, repr=False)
class AgendaCase:
    """A case as the meeting needs it. What is not so is None: `urgent`, `repeat`, `late`, `presented_by` and others."""

    number: int
    """Its place in the order of hearing of this paper, from 1."""
    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    presented_by: str | None
    """The referrer or the substitute; None where nobody presents it yet, which must stand out."""
    late: str | None
    """How it came onto the agenda after the cut-off."""
    origin: str | None
    """The MARAC that it was transferred from."""
    leaves: tuple[str, ...]
    """Who leaves the room before this item, a sentence each."""
    withheld: tuple[str, ...]
    """To whom it is not shown, and why."""
    reasons: tuple[str, ...]
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
    """Everything that the chair's agenda can print."""

    marac: str
    meeting: dt.date
    when: str
    """The day with its time and place, and why the meeting is not where the calendar would have it."""
    cut_off: dt.date
    agencies: tuple[Attendee, ...]
    open_actions: tuple[OpenAction, ...]
    number_of_cases: int
    without_presenter: tuple[str, ...]
    """The cases that nobody presents yet."""
    alarm: str | None
    """In how many cases something does not wait for the meeting, and that this program is never the alarm."""
    cases_with_children: tuple[AgendaCase, ...]
    cases_with_adults_only: tuple[AgendaCase, ...]
    twelve_months: tuple[PastCase, ...]
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version before; empty in a first version."""
    address_changed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class AgencyAgendaCase:
    """A case as an agency sees it on its agenda. It has no number: what the chair's has more would show by it."""

    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    referred_by: str | None
    presented_by: str | None
    yours: bool
    """Whether the reader's agency presents it."""
    late: bool
    origin: str | None
    repeat: bool
    undecided: bool
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""


@dataclass(frozen=True, slots=True, repr=False)
class AgencyAgendaFields:
    """Everything that an agency's agenda can print."""

    marac: str
    agency: str
    representative: str | None
    meeting: dt.date
    when: str
    coordinator: str
    email: str
    number_of_cases: int
    to_present: tuple[AgencyAgendaCase, ...]
    """What the agency presents itself, in the order of hearing."""
    open_actions: tuple[OpenAction, ...]
    """The agency's own."""
    cases_with_children: tuple[AgencyAgendaCase, ...]
    cases_with_adults_only: tuple[AgencyAgendaCase, ...]
    twelve_months: tuple[PastCase, ...]
    in_confidence: str | None = None
    """What a senior contact is told of why nobody else there has it."""
    version: str = ""
    changes: tuple[str, ...] = ()
    address_changed: bool = False
