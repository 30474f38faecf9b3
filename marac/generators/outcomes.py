"""The outcome note: what the meeting agreed for a victim's safety, for whoever tells her; never a letter to her home."""

from collections.abc import Mapping, Sequence

from marac.action import Action
from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.generators.addressed import Sender, in_confidence
from marac.generators.contact import contact_level_in, contact_notes, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.outcomes import AgreedAction, OutcomeCase, OutcomeFields
from marac.generators.fill import filled
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import Hearing


def outcome_of(fields: OutcomeFields, reader: Agency, meeting: MeetingDate, template: bytes) -> Document:
    """The note that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"outcome {reader.id} {meeting.date.isoformat()}.docx")


def outcome_fields(
    meeting: MeetingDate, reader: Agency, cases: Sequence[OutcomeCase], sender: Sender, tell_by: str
) -> OutcomeFields:
    """What the note prints."""
    return OutcomeFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        meeting=meeting.date,
        tell_by=tell_by,
        coordinator=sender.coordinator,
        email=sender.email,
        cases=tuple(cases),
    )


def outcome_case(
    hearing: Hearing,
    reader: Agency,
    actions: Sequence[Action],
    names: Mapping[str, str],
    told_with: Sequence[str],
) -> OutcomeCase:
    """What the note says of a case, as the table of audiences lets it.

    Args:
        hearing: The case with those joined to it.
        reader: Who gets the note.
        actions: Those that the meeting agreed for the case; what could not be done is not promised to anybody.
        names: Agency's id to its name.
        told_with: The names of those who get a note about the case too.
    """
    view = case_view(hearing, "outcome", AudienceRules(child_files=reader.child_files), actions, reader.id)
    agreed = sorted(view.actions or (), key=lambda action: (action.due, action.number))
    promised = [each for each in agreed if each.outcome != "could not be done"]
    return OutcomeCase(
        reference=view.reference,
        victim=view.victim.name,
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        contact_notes=contact_notes(hearing, view),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        told_with=" and ".join(told_with) or None,
        actions=tuple(AgreedAction(names.get(each.agency, each.agency), each.text, each.due) for each in promised),
        came_to_nothing=bool(agreed) and not promised,
    )
