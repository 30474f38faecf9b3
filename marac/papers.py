"""Which documents a meeting needs, what each of them rests on, and how it is made."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files

from marac.case import Action, Agency, Case, MeetingDate
from marac.document import WORD, Document
from marac.errors import TemplateError
from marac.generators.agenda import agenda
from marac.generators.fields import Kind
from marac.generators.letters import actions_of, letter
from marac.generators.research import research
from marac.meetings.listing import meeting_before
from marac.office import Office
from marac.record import identity_of
from marac.triage.protocol import has_signed

_MAKING = 1
"""Counted up when the way in which documents are made changes, so that unsent ones are made anew."""

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that the meeting needs, what it rests on, and how it is made."""

    kind: Kind
    agency: Agency | None
    contents: str
    made: Callable[[], Document] = field(repr=False)

    @property
    def reader(self) -> str:
        """The agency's id; empty for the chair and the coordinator."""
        return self.agency.id if self.agency else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting with everything that the register knows; its documents follow from that."""

    office: Office
    meeting: MeetingDate
    cases: Sequence[Case] = field(repr=False)
    actions: Sequence[Action] = field(repr=False)

    def wanted(self) -> tuple[Wanted, ...]:
        """The agenda, a research pack for each agency, and a letter for each that has actions.

        What is asked or shown before a meeting is not made after it; letters are. Nothing is made for an agency that has
        not signed the area's protocol.
        """
        marac = self.office.settings.marac.model_dump()
        known = identity_of(_MAKING, marac, self.meeting, self.cases, self.actions)
        before = self._before_the_meeting(known) if self.meeting.date >= self.office.today else ()
        return (*before, *self._letters(known))

    def _before_the_meeting(self, known: str) -> Iterator[Wanted]:
        yield self._want("agenda", None, self._agenda, known, self._agencies, self._previous)
        if any(case.meeting == self.meeting.date for case in self.cases):
            for agency in self._signed:
                addresses = self.office.settings.research.addresses
                yield self._want("research", agency, partial(self._research, agency), known, addresses)

    def _letters(self, known: str) -> Iterator[Wanted]:
        for agency in self._signed:
            if any(actions_of(agency, self.meeting, self.cases, self.actions)):
                yield self._want("letter", agency, partial(self._letter, agency), known)

    @property
    def _agencies(self) -> tuple[Agency, ...]:
        return tuple(self.office.settings.agencies.values())

    @property
    def unsigned(self) -> tuple[Agency, ...]:
        """The agencies that nothing is made for, because they have not signed by today."""
        return tuple(agency for agency in self._agencies if not has_signed(agency, self.office.today))

    @property
    def _signed(self) -> tuple[Agency, ...]:
        return tuple(agency for agency in self._agencies if has_signed(agency, self.office.today))

    @property
    def _previous(self) -> dt.date | None:
        previous = meeting_before(self.meeting.date, self.office.settings.meeting_dates)
        return previous.date if previous else None

    def _want(self, kind: Kind, agency: Agency | None, made: Callable[[], Document], *rests_on: object) -> Wanted:
        reader = (agency.id, agency.name, agency.representative) if agency else None
        template = Document("", WORD, template_for(self.office, kind)).sha256
        return Wanted(kind, agency, identity_of(kind, reader, template, rests_on), made)

    def _agenda(self) -> Document:
        return agenda(
            self.meeting,
            self.cases,
            self.actions,
            self._agencies,
            marac=self.office.settings.marac.name,
            template=template_for(self.office, "agenda"),
            previous=self._previous,
        )

    def _research(self, agency: Agency) -> Document:
        marac = self.office.settings.marac
        return research(
            self.meeting,
            self.cases,
            agency,
            marac=marac.name,
            coordinator=marac.coordinator,
            email=marac.email,
            return_by=return_day(self.meeting),
            template=template_for(self.office, "research"),
            addresses=self.office.settings.research.addresses,
        )

    def _letter(self, agency: Agency) -> Document:
        marac = self.office.settings.marac
        return letter(
            self.meeting,
            self.cases,
            self.actions,
            agency,
            marac=marac.name,
            coordinator=marac.coordinator,
            email=marac.email,
            template=template_for(self.office, "letter"),
        )


def template_for(office: Office, kind: Kind) -> bytes:
    """The area's own template where it has one, else the program's.

    Raises:
        TemplateError: it has one that cannot be opened.
    """
    own = office.settings.folders.templates / f"{kind}.docx"
    try:
        return own.read_bytes() if own.exists() else (files("marac") / "templates" / f"{kind}.docx").read_bytes()
    except OSError:
        raise TemplateError(
            f"{own} cannot be opened. Is it open in Word? Close it there, then run this again."
        ) from None


def return_day(meeting: MeetingDate) -> dt.date:
    """The last day for research returns: the working day before the meeting."""
    day = meeting.date - dt.timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day -= dt.timedelta(days=1)
    return day
