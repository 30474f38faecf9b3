"""What agencies are asked before a meeting: research packs, or the list alone where research stays inside them."""

import datetime as dt
from collections.abc import Iterator

from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.generators.fields.research import ListFields, ResearchFields
from marac.generators.meeting_words import day_in_words
from marac.generators.research import list_fields, list_of_cases, list_shows, research, research_fields
from marac.meetings.deadlines import in_words
from marac.meetings.presenting import asked_about
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World

_FRIDAY = 4


def packs(world: World) -> Iterator[Wanted]:
    """A research pack, or a list, for each reader; what is asked before a meeting is not made after it."""
    if world.is_over:
        return
    for reader in world.readers:
        yield _pack(world, reader) if world.office.settings.research.returns else _list(world, reader)


def return_day(meeting: MeetingDate) -> dt.date:
    """The last day for research returns: the area's own, or the working day before the meeting."""
    if meeting.research_back is not None:
        return meeting.research_back.date()
    day = meeting.date - dt.timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day -= dt.timedelta(days=1)
    return day


def _pack(world: World, reader: Agency) -> Wanted:
    hearings = asked_about(reader, world.hearings_for(reader), world.presenters, world.meeting.date)
    rules = world.rules_for(reader)
    marac = world.office.settings.marac
    listed = list_fields(
        world.meeting, hearings, reader, rules,
        marac=marac.name, coordinator=marac.coordinator, email=marac.email, stage="research",
    )  # fmt: skip
    fields = research_fields(listed, reader.id, return_in_words(world.meeting))

    def made(noted: ResearchFields) -> Document:
        return research(noted, reader.id, template_for(world.office, "research"))

    shows = list_shows(world.meeting, hearings, reader, rules, "research")
    return world.want_versioned("research", reader, fields, made, shows, bare=not hearings)


def _list(world: World, reader: Agency) -> Wanted:
    hearings = asked_about(reader, world.hearings_for(reader), world.presenters, world.meeting.date)
    rules = world.rules_for(reader)
    marac = world.office.settings.marac
    fields = list_fields(
        world.meeting, hearings, reader, rules, marac=marac.name, coordinator=marac.coordinator, email=marac.email
    )

    def made(noted: ListFields) -> Document:
        return list_of_cases(noted, reader.id, template_for(world.office, "list"))

    return world.want_versioned(
        "list", reader, fields, made, list_shows(world.meeting, hearings, reader, rules), bare=not hearings
    )


def return_in_words(meeting: MeetingDate) -> str:
    """Until when research is asked for, in words."""
    return in_words(meeting.research_back) if meeting.research_back else day_in_words(return_day(meeting))
