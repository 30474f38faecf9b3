"""Agendas, lists and research packs of the invented meeting, made by the shipped templates."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.document import Document
from marac.fortnight import Presenter, Transfer
from marac.generators.agency_agenda import agency_agenda, agency_agenda_fields
from marac.generators.agenda import agenda, agenda_fields
from marac.generators.agenda_items import Beside
from marac.generators.fields.agenda import AgencyAgendaFields, AgendaFields
from marac.generators.research import list_fields, list_of_cases, research, research_fields
from marac.meetings.audience import AudienceRules
from marac.meetings.hearing import order_of_hearing
from marac.meetings.withholding import Held
from tests.invented_cases import AGENCIES, HOUSING, LAST_MEETING, MARAC, MEETING
from tests.word_templates import words_of

SENDER: dict[str, Any] = {"marac": MARAC, "coordinator": "Jo Marsh", "email": "marac@northbridge.example"}
RETURN_BY = "1 December 2026 12:00"


def shipped(kind: str) -> bytes:
    """The program's own template."""
    return (files("marac") / "templates" / f"{kind}.docx").read_bytes()


def agenda_of(cases: Sequence[Case], acts: Sequence[Action] = (), **beside: Any) -> Document:
    """The chair's agenda."""
    told: dict[str, Any] = {"previous": LAST_MEETING, **beside}
    meeting = told.pop("meeting", MEETING)
    return agenda(agenda_fields(meeting, cases, acts, AGENCIES, marac=MARAC, **told), shipped("agenda"))


def agenda_words(cases: Sequence[Case], acts: Sequence[Action] = (), **beside: Any) -> str:
    """All the words of the chair's agenda."""
    return words_of(agenda_of(cases, acts, **beside).content)


def one_agenda_case(*cases: Case, **beside: Any) -> Any:
    """The only case of the chair's agenda, as its template sees it."""
    fields: AgendaFields = agenda_fields(MEETING, cases, (), AGENCIES, marac=MARAC, **beside)
    (only,) = (*fields.cases_with_children, *fields.cases_with_adults_only)
    return only


def agency_agenda_of(
    cases: Sequence[Case],
    agency: Agency = HOUSING,
    *,
    meeting: MeetingDate = MEETING,
    presenters: Sequence[Presenter] = (),
    transfers: Sequence[Transfer] = (),
    held: Sequence[Held] = (),
    own: Sequence[Action] = (),
    past: Sequence[Case] = (),
) -> AgencyAgendaFields:
    """What an agency's agenda prints of these cases."""
    beside = Beside(meeting, AGENCIES, presenters, transfers, held)
    hearings = order_of_hearing(cases, meeting.date)
    rules = AudienceRules()
    return agency_agenda_fields(beside, hearings, agency, rules, **SENDER, actions=own, past=past, cases=cases)


def agency_agenda_words(fields: AgencyAgendaFields) -> str:
    """All the words of an agency's agenda."""
    return words_of(agency_agenda(fields, "housing", shipped("agency-agenda")).content)


def research_pack(
    cases: Sequence[Case], agency: Agency = HOUSING, *, addresses: bool = False, **noted: Any
) -> Document:
    """The research pack of an agency."""
    rules, hearings = AudienceRules(addresses=addresses), order_of_hearing(cases, MEETING.date)
    listed = list_fields(MEETING, hearings, agency, rules, **SENDER, stage="research")
    fields = replace(research_fields(listed, agency.id, RETURN_BY), **noted)
    return research(fields, agency.id, shipped("research"))


def list_words(cases: Sequence[Case], agency: Agency = HOUSING, *, addresses: bool = False) -> str:
    """All the words of the list alone."""
    rules, hearings = AudienceRules(addresses=addresses), order_of_hearing(cases, MEETING.date)
    fields = list_fields(MEETING, hearings, agency, rules, **SENDER)
    return words_of(list_of_cases(fields, agency.id, shipped("list")).content)
