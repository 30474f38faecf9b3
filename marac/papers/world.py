"""A meeting with everything that the register knows about it: what its documents follow from."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate, PersonVerdict
from marac.document import WORD, Document
from marac.fortnight import (
    ActionReport,
    Attendance,
    BarredName,
    CaseMinutes,
    Interest,
    Presenter,
    ResearchReturn,
    Transfer,
    VictimTold,
)
from marac.generators.fields import Kind
from marac.meetings.audience import AudienceRules
from marac.meetings.changes import VersionNote
from marac.meetings.hearing import Hearing, order_of_hearing
from marac.meetings.items import Items
from marac.meetings.listing import meeting_before, regular_before
from marac.meetings.withholding import Withholding, withholding
from marac.office import Office
from marac.papers.wanted import Shows, Wanted, template_for
from marac.record import identity_of
from marac.register.action_reports import every_report
from marac.register.actions import every_action
from marac.register.cases import every_case
from marac.register.documents import Paper, papers_of_kinds
from marac.register.interests import every_barred_name, every_interest
from marac.register.minutes import every_attendance, every_case_minutes
from marac.register.presenters import every_presenter
from marac.register.research_returns import returns_for
from marac.register.transfers import every_transfer
from marac.register.verdicts import every_verdict
from marac.register.victims_told import every_told
from marac.triage.protocol import has_signed

Fields = TypeVar("Fields")
_MAKING = 2
"""Counted up when the way in which documents are made changes, so that unsent ones are made anew."""


@dataclass(frozen=True)
class World:
    """A meeting, the register of one moment, and the settings."""

    office: Office
    meeting: MeetingDate
    cases: tuple[Case, ...] = field(repr=False)
    actions: tuple[Action, ...] = field(repr=False)
    interests: tuple[Interest, ...] = field(default=(), repr=False)
    barred: tuple[BarredName, ...] = field(default=(), repr=False)
    presenters: tuple[Presenter, ...] = field(default=(), repr=False)
    returns: tuple[ResearchReturn, ...] = field(default=(), repr=False)
    """Those of this meeting."""
    reports: tuple[ActionReport, ...] = field(default=(), repr=False)
    attendances: tuple[Attendance, ...] = field(default=(), repr=False)
    case_minutes: tuple[CaseMinutes, ...] = field(default=(), repr=False)
    told: tuple[VictimTold, ...] = field(default=(), repr=False)
    transfers: tuple[Transfer, ...] = field(default=(), repr=False)
    made_before: tuple[Paper, ...] = field(default=(), repr=False)
    """The reminders, referrals to the IDVA service and transfers that were made, for whichever meeting."""
    verdicts: tuple[PersonVerdict, ...] = field(default=(), repr=False)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """All that sit at the MARAC, whether they have signed or not."""
        return tuple(self.office.settings.agencies.values())

    @cached_property
    def signed(self) -> tuple[Agency, ...]:
        """The agencies that documents may be made for."""
        return tuple(agency for agency in self.agencies if has_signed(agency, self.office.today))

    @cached_property
    def readers(self) -> tuple[Agency, ...]:
        """The agencies that documents may be made for, each followed by its senior contact where one is named."""
        known = self.office.settings.readers
        found = ((agency, known.get(f"{agency.id}.senior")) for agency in self.signed)
        return tuple(reader for pair in found for reader in pair if reader is not None)

    @cached_property
    def withholding(self) -> Withholding:
        """What is held back from whom."""
        return withholding(self.cases, self.agencies, self.interests, self.barred)

    @cached_property
    def hearings(self) -> tuple[Hearing, ...]:
        """What the meeting hears, in its order."""
        return order_of_hearing(self.cases, self.meeting.date, self.verdicts)

    def hearings_for(self, reader: Agency | None) -> tuple[Hearing, ...]:
        """What a reader may see of it; everything for the chair."""
        return self.withholding.visible(self.hearings, reader.id if reader else "")

    def rules_for(self, reader: Agency | None) -> AudienceRules:
        """What the table of audiences must know about a reader."""
        return AudienceRules(self.office.settings.research.addresses, bool(reader and reader.child_files))

    @cached_property
    def previous(self) -> MeetingDate | None:
        """The meeting before; where the calendar begins later, the last day on which cases of the register were heard."""
        last_one = meeting_before if self.meeting.urgent else regular_before
        before = last_one(self.meeting.date, self.calendar)
        heard = [case.meeting for case in self.cases if case.state == "heard" and case.meeting is not None]
        last = max((day for day in heard if day < self.meeting.date), default=None)
        return before or (MeetingDate(last, last) if last else None)

    @cached_property
    def calendar(self) -> tuple[MeetingDate, ...]:
        """The meetings, the earliest first."""
        return self.office.meetings

    @cached_property
    def items(self) -> Items:
        """Every case of the register as an item of a meeting."""
        return Items(self.cases, self.verdicts)

    @cached_property
    def is_over(self) -> bool:
        """Whether the day of the meeting has passed."""
        return self.meeting.date < self.office.today

    def want(
        self,
        kind: Kind,
        reader: Agency | None,
        made: Callable[[], Document],
        *rests_on: object,
        subject: str = "",
        shows: Shows | None = None,
    ) -> Wanted:
        """A document, with the identity of all that it rests on: who reads it, its template, and what is named here."""
        who = (reader.id, reader.name, reader.representative) if reader else None
        template = Document("", WORD, template_for(self.office, kind)).sha256
        marac = self.office.settings.marac.model_dump()
        contents = identity_of(_MAKING, marac, self.meeting, kind, who, template, rests_on)
        return Wanted(kind, reader, contents, made, subject, shows or {})

    def want_versioned(
        self,
        kind: Kind,
        reader: Agency | None,
        fields: Fields,
        made: Callable[[Fields], Document],
        shows: Shows,
        *,
        bare: bool = False,
    ) -> Wanted:
        """A document that says which version it is: it rests on its fields alone, so on nothing that its reader cannot see.

        Args:
            kind: which document.
            reader: who it is for.
            fields: what it prints, with `version`, `changes` and `address_changed` left empty.
            made: makes it of its fields, once these say which version it is.
            shows: what it prints of which case, as digests.
            bare: whether nothing stands in it.
        """
        template = Document("", WORD, template_for(self.office, kind)).sha256
        contents = identity_of(_MAKING, kind, reader.id if reader else "", template, fields)

        def noted(note: VersionNote) -> Document:
            told: dict[str, Any] = {
                "version": note.words,
                "changes": note.changes,
                "address_changed": note.address_changed,
            }
            return made(replace(fields, **told))  # type: ignore[type-var]

        return Wanted(kind, reader, contents, partial(made, fields), "", shows, noted, bare)


def world_of(office: Office, meeting: MeetingDate, connection: Connection) -> World:
    """The world of a meeting as the register has it now."""
    return World(
        office,
        meeting,
        every_case(connection),
        every_action(connection),
        every_interest(connection),
        every_barred_name(connection),
        every_presenter(connection),
        returns_for(connection, meeting.date),
        every_report(connection),
        every_attendance(connection),
        every_case_minutes(connection),
        every_told(connection),
        every_transfer(connection),
        papers_of_kinds(connection, ("reminder", "idva-referral", "transfer")),
        every_verdict(connection),
    )
