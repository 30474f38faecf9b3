"""An agency's own agenda: what it may see of the meeting, what it presents, and what it still has to do."""

from collections.abc import Mapping, Sequence

from marac.action import Action
from marac.agency import Agency
from marac.case import Case
from marac.document import Document
from marac.generators.addressed import in_confidence
from marac.generators.agenda_items import Beside, open_actions, past_case, with_actions_and_past
from marac.generators.contact import contact_level_in, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.agenda import AgencyAgendaCase, AgencyAgendaFields
from marac.generators.fill import filled
from marac.generators.meeting_words import when
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, CaseNotes, case_view
from marac.meetings.changes import digests, with_joined
from marac.meetings.hearing import Hearing, came_late
from marac.meetings.presenting import presents


def agency_agenda(fields: AgencyAgendaFields, reader: str, template: bytes) -> Document:
    """The agenda of one reader, whose id its file is named for.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"agenda {reader} {fields.meeting.isoformat()}.docx")


def agency_agenda_fields(
    beside: Beside,
    hearings: Sequence[Hearing],
    agency: Agency,
    rules: AudienceRules,
    *,
    marac: str,
    coordinator: str,
    email: str,
    actions: Sequence[Action] = (),
    past: Sequence[Case] = (),
    cases: Sequence[Case] = (),
) -> AgencyAgendaFields:
    """What an agency's agenda prints.

    Args:
        beside: The meeting, and what is known of its cases beside their forms.
        hearings: What the agency may see of the meeting, in its order.
        agency: The agency, or its senior contact.
        rules: What the table of audiences must know about the reader.
        marac: The name of this MARAC.
        coordinator: Whom to ask.
        email: The secure mailbox.
        actions: The agency's own outstanding actions, of cases that it may see.
        past: The cases that it may see whose twelve months have passed.
        cases: The cases that the actions belong to, for the victims' names.
    """
    shown = [_shown(hearing, agency, rules, beside) for hearing in hearings]
    first = sum(hearing.with_children for hearing in hearings)
    return AgencyAgendaFields(
        marac=marac,
        agency=agency.name,
        representative=agency.representative,
        meeting=beside.meeting.date,
        when=when(beside.meeting),
        coordinator=coordinator,
        email=email,
        number_of_cases=len(hearings),
        to_present=tuple(case for case in shown if case.yours),
        open_actions=open_actions(actions, cases, beside.agencies),
        cases_with_children=tuple(shown[:first]),
        cases_with_adults_only=tuple(shown[first:]),
        twelve_months=tuple(map(past_case, past)),
        in_confidence=in_confidence(agency),
    )


def agency_agenda_shows(
    beside: Beside, hearings: Sequence[Hearing], agency: Agency, rules: AudienceRules, fields: AgencyAgendaFields
) -> Mapping[str, Mapping[str, str]]:
    """What it prints of which case, as digests."""
    printed = (*fields.cases_with_children, *fields.cases_with_adults_only)
    found: dict[str, Mapping[str, str]] = {}
    for hearing, shown in zip(hearings, printed, strict=True):
        view = case_view(hearing, "agency-agenda", rules, agency=agency.id, notes=CaseNotes(transfers=beside.transfers))
        values = {"presenter": shown.presented_by, "late": shown.late, "meeting": fields.when}
        found |= with_joined(view, digests(view, **values))
    return with_actions_and_past(found, fields.open_actions, fields.twelve_months)


def _shown(hearing: Hearing, agency: Agency, rules: AudienceRules, beside: Beside) -> AgencyAgendaCase:
    """What an agency is shown of a case, as the table of audiences says."""
    view = case_view(hearing, "agency-agenda", rules, agency=agency.id, notes=CaseNotes(transfers=beside.transfers))
    return AgencyAgendaCase(
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(beside.meeting.date, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        presented_by=beside.presented_by(hearing) if "presenter" in view.shown_fields else None,
        yours=presents(agency, hearing, beside.presenters, beside.meeting.date),
        late=came_late(hearing, beside.meeting),
        origin="; ".join(view.origin or ()) or None,
        repeat=bool(view.repeat),
        undecided=bool(view.undecided),
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
    )
