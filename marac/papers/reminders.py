"""The reminders of overdue actions: documents of the latest meeting that has been and that everybody knows of."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial

from marac.agency import Agency
from marac.document import Document
from marac.generators.fields.reminders import ReminderFields
from marac.generators.reminders import reminder_fields, reminder_of
from marac.meetings.listing import regular_before
from marac.meetings.overdue import Overdue, escalated, escalated_from, overdue_actions, reminder_day, updates_due_on
from marac.meetings.withholding import MANAGER
from marac.papers.visible import actions_for, managers, may_know_of_it, sender_of, shown_of
from marac.papers.wanted import Shows, Wanted, template_for
from marac.papers.world import World
from marac.register.documents import LEFT


def reminders(world: World) -> Iterator[Wanted]:
    """A reminder for each agency, senior contact and manager whom one is due to."""
    last = regular_before(world.office.today, world.calendar)
    if last is None or last.date != world.meeting.date:
        return
    for reader in (*world.readers, *managers(world)):
        fields = _fields(world, reader) if may_know_of_it(world, reader) else None
        if fields is not None:
            made = partial(_reminder, world, reader, fields)
            shows = _shows(world, reader, fields)
            yield world.want("reminder", reader, made, fields, subject=fields.day.isoformat(), shows=shows)


def _fields(world: World, reader: Agency) -> ReminderFields | None:
    rules, today = world.office.settings.actions, world.office.today
    to_manager = reader.id.endswith(MANAGER)
    overdue = overdue_actions(actions_for(world, reader), updates_due_on(world.calendar), today)
    since = [escalated_from(each, rules.escalate_after_days) if to_manager else each.since for each in overdue]
    reminded = _reminded(world, reader)
    day = reminder_day([each for each in since if each <= today], reminded, rules.remind_every_days, today)
    if day is None:
        return None
    shown = [each for each in overdue if each.since <= day]
    late = escalated(shown, rules.escalate_after_days, day)
    return reminder_fields(
        reader,
        world.meeting.date,
        day,
        late if to_manager else shown,
        world.items,
        reminded,
        sender_of(world),
        copied_to_manager=not to_manager and bool(late) and _has_manager(world, reader, late),
    )


def _reminded(world: World, reader: Agency) -> tuple[dt.date, ...]:
    """The days of the reminders that left to a reader, at whichever meeting."""
    theirs = (each for each in world.made_before if (each.kind, each.agency) == ("reminder", reader.id))
    return tuple(sorted({dt.date.fromisoformat(each.subject) for each in theirs if each.state in LEFT}))


def _has_manager(world: World, reader: Agency, late: tuple[Overdue, ...]) -> bool:
    manager = next((each for each in managers(world) if each.id == f"{reader.id}{MANAGER}"), None)
    return manager is not None and bool(late)


def _shows(world: World, reader: Agency, fields: ReminderFields) -> Shows:
    found: dict[str, Mapping[str, str]] = {}
    for reference in dict.fromkeys(each.case for each in fields.actions):
        item = world.items.of(reference)
        if item is not None:
            found |= shown_of(world, reader, "reminder", item)
    return found


def _reminder(world: World, reader: Agency, fields: ReminderFields) -> Document:
    return reminder_of(fields, reader, template_for(world.office, "reminder"))
