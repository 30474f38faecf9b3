"""The notice of files to flag after a meeting, and the monthly list of flags that end."""

import datetime as dt
from collections.abc import Sequence

from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.generators.addressed import Sender, in_confidence
from marac.generators.fields import printable
from marac.generators.fields.flagging import EndingFields, FlagFields, FlaggedCase
from marac.generators.fill import filled
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, Stage, case_view
from marac.meetings.flag_ends import EndedFlag
from marac.triage.wording import in_words, month_in_words


def flags_of(fields: FlagFields, reader: Agency, meeting: MeetingDate, template: bytes) -> Document:
    """The notice that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"flags {reader.id} {meeting.date.isoformat()}.docx")


def ending_of(fields: EndingFields, reader: Agency, month: dt.date, template: bytes) -> Document:
    """The list that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"flags-ending {reader.id} {month:%Y-%m}.docx")


def flag_fields(
    meeting: MeetingDate,
    reader: Agency,
    cases: Sequence[FlaggedCase],
    sender: Sender,
    *,
    months: int,
    any_abuse: bool = True,
) -> FlagFields:
    """What a notice prints.

    Args:
        meeting: The meeting that heard the cases.
        reader: Who flags.
        cases: Whose files are flagged.
        sender: Who asks for it.
        months: How long flags stay here.
        any_abuse: Whether any abuse makes a repeat here, or only what would be criminal.
    """
    return FlagFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        meeting=meeting.date,
        months=months,
        any_abuse=any_abuse,
        child_files=reader.child_files,
        coordinator=sender.coordinator,
        email=sender.email,
        cases=tuple(cases),
    )


def ending_fields(month: dt.date, reader: Agency, cases: Sequence[FlaggedCase], sender: Sender) -> EndingFields:
    """What a list of flags that end prints."""
    return EndingFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        month=month_in_words(month),
        child_files=reader.child_files,
        coordinator=sender.coordinator,
        email=sender.email,
        cases=tuple(cases),
    )


def flagged_case(flag: EndedFlag, reader: Agency, stage: Stage) -> FlaggedCase:
    """Whose files are flagged, as the table of audiences lets the reader see it."""
    hearing = flag.hearing
    view = case_view(hearing, stage, AudienceRules(child_files=reader.child_files), agency=reader.id)
    heard = hearing.case.meeting
    return FlaggedCase(
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(heard or flag.on, view.children),
        with_children=bool(view.with_children),
        heard=heard,
        until=flag.on,
        counted_from=f"the {'referral' if flag.by_referral else 'meeting'} of {in_words(flag.since)}",
    )
