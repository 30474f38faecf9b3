"""What agencies are asked before a meeting: the list of cases, and the research pack with a section a case to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of

from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.generators.addressed import in_confidence
from marac.generators.contact import contact_level_in, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.research import ListFields, ResearchCase, ResearchFields
from marac.generators.fill import filled
from marac.generators.meeting_words import when
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, Stage, case_view
from marac.meetings.changes import digests, with_joined
from marac.meetings.hearing import Hearing, came_late
from marac.meetings.presenting import referred_by


def research(fields: ResearchFields, reader: str, template: bytes) -> Document:
    """The research pack of one reader, whose id its file is named for.

    Raises:
        TemplateError: the template cannot be used.
    """
    return _filled("research", fields, reader, template)


def list_of_cases(fields: ListFields, reader: str, template: bytes) -> Document:
    """The list alone, where research stays inside the agencies.

    Raises:
        TemplateError: the template cannot be used.
    """
    return _filled("list", fields, reader, template)


def list_fields(
    meeting: MeetingDate,
    hearings: Sequence[Hearing],
    agency: Agency,
    rules: AudienceRules,
    *,
    marac: str,
    coordinator: str,
    email: str,
    stage: Stage = "list",
) -> ListFields:
    """What the list prints: what an agency needs to look into its own records, and no more.

    Args:
        meeting: The meeting it prepares for.
        hearings: What the agency is asked about, in the order of hearing.
        agency: The agency, or its senior contact.
        rules: What the table of audiences must know about the reader.
        marac: The name of this MARAC.
        coordinator: Whom to ask.
        email: The secure mailbox.
        stage: The kind of document, which says what is shown.
    """
    return ListFields(
        marac=marac,
        agency=agency.name,
        representative=agency.representative,
        meeting=meeting.date,
        when=when(meeting),
        coordinator=coordinator,
        email=email,
        show_addresses=rules.addresses,
        number_of_cases=len(hearings),
        cases=tuple(_shown(hearing, agency, meeting, rules, stage) for hearing in hearings),
        in_confidence=in_confidence(agency),
    )


def research_fields(listed: ListFields, reader: str, return_by: str) -> ResearchFields:
    """What the research pack prints: the list, and by which mark and until when it comes back."""
    same = {each.name: getattr(listed, each.name) for each in fields_of(listed)}
    return ResearchFields(**same, return_mark=return_mark(listed.meeting.isoformat(), reader), return_by=return_by)


def return_mark(meeting: str, reader: str) -> str:
    """By which a filled-in pack is known again: `R-2026-12-03-housing`."""
    return f"R-{meeting}-{reader}"


def list_shows(
    meeting: MeetingDate, hearings: Sequence[Hearing], agency: Agency, rules: AudienceRules, stage: Stage = "list"
) -> Mapping[str, Mapping[str, str]]:
    """What the list, or the pack, prints of which case, as digests."""
    told = when(meeting)
    found: dict[str, Mapping[str, str]] = {}
    for hearing in hearings:
        view = case_view(hearing, stage, rules, agency=agency.id)
        found |= with_joined(view, digests(view, late=came_late(hearing, meeting), meeting=told))
    return found


def _shown(hearing: Hearing, agency: Agency, meeting: MeetingDate, rules: AudienceRules, stage: Stage) -> ResearchCase:
    """What an agency is shown of a case, as the table of audiences says, so that it can look into its own records."""
    view = case_view(hearing, stage, rules, agency=agency.id)
    return ResearchCase(
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(meeting.date, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        own_referral=referred_by(agency, hearing),
        repeat=bool(view.repeat),
        undecided=bool(view.undecided),
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        late=came_late(hearing, meeting),
    )


def _filled(kind: str, fields: ListFields, reader: str, template: bytes) -> Document:
    name = f"{kind} {reader} {fields.meeting.isoformat()}.docx"
    return filled(template, printable(fields), name=name, safe_addresses=fields.show_addresses)
