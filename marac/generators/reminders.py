"""The reminder of overdue actions, to an agency or to its manager."""

import datetime as dt
from collections.abc import Collection, Sequence

from marac.agency import Agency
from marac.document import Document
from marac.generators.addressed import Sender, in_confidence
from marac.generators.contact import contact_level_in, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.reminders import OverdueAction, ReminderFields
from marac.generators.fill import filled
from marac.generators.letters import outcome_in_words
from marac.generators.research import return_mark
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.items import Items
from marac.meetings.overdue import Overdue, times_reminded
from marac.meetings.withholding import MANAGER
from marac.triage.wording import ordinal


def reminder_of(fields: ReminderFields, reader: Agency, template: bytes) -> Document:
    """The reminder that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"reminder {reader.id} {fields.day.isoformat()}.docx")


def reminder_fields(
    reader: Agency,
    meeting: dt.date,
    day: dt.date,
    overdue: Sequence[Overdue],
    items: Items,
    reminded: Collection[dt.date],
    sender: Sender,
    *,
    copied_to_manager: bool = False,
) -> ReminderFields:
    """What a reminder prints.

    Args:
        reader: Who is reminded.
        meeting: The latest meeting that has been.
        day: The day of the reminder.
        overdue: The reader's open actions that are overdue.
        items: The register's cases.
        reminded: The days of the reminders that left to this reader.
        sender: Who reminds.
        copied_to_manager: Whether the agency's manager is written to as well.
    """
    times = [times_reminded(each.since, reminded, day) + 1 for each in overdue]
    return ReminderFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        which=f"{ordinal(max(times, default=1))} reminder".capitalize(),
        to_manager=reader.id.endswith(MANAGER),
        copied_to_manager=copied_to_manager,
        day=day,
        return_mark=return_mark(meeting.isoformat(), reader.id),
        coordinator=sender.coordinator,
        email=sender.email,
        actions=tuple(_shown(each, items, reader, count) for each, count in zip(overdue, times, strict=True)),
    )


def _shown(overdue: Overdue, items: Items, reader: Agency, times: int) -> OverdueAction:
    action = overdue.action
    item = items.of(action.case)
    view = case_view(item, "reminder", AudienceRules(child_files=reader.child_files)) if item else None
    return OverdueAction(
        number=action.number,
        case=action.case,
        victim=view.victim.name if view else None,
        action=action.text,
        owner=action.owner or None,
        due=action.due,
        overdue_since=overdue.since,
        reminder=f"{ordinal(times)} reminder",
        reported=outcome_in_words(action.outcome, action.note),
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
    )
