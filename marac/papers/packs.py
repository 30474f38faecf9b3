"""What agencies are asked before a meeting."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from marac.case import Agency, MeetingDate
from marac.document import Document
from marac.generators.research import research
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World

_FRIDAY = 4


def packs(world: World) -> Iterator[Wanted]:
    """A research pack for each agency; what is asked before a meeting is not made after it."""
    if world.is_over:
        return
    for agency in world.readers:
        if world.hearings_for(agency):
            addresses = world.office.settings.research.addresses
            yield world.want("research", agency, partial(_pack, world, agency), world.cases, addresses)


def return_day(meeting: MeetingDate) -> dt.date:
    """The last day for research returns: the area's own, or the working day before the meeting."""
    if meeting.research_back is not None:
        return meeting.research_back.date()
    day = meeting.date - dt.timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day -= dt.timedelta(days=1)
    return day


def _pack(world: World, agency: Agency) -> Document:
    marac = world.office.settings.marac
    return research(
        world.meeting,
        world.cases,
        agency,
        marac=marac.name,
        coordinator=marac.coordinator,
        email=marac.email,
        return_by=return_day(world.meeting),
        template=template_for(world.office, "research"),
        addresses=world.office.settings.research.addresses,
    )
