"""The action letters of a meeting."""

from collections.abc import Iterator
from functools import partial

from marac.case import Agency
from marac.document import Document
from marac.generators.letters import actions_of, letter
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World


def letters(world: World) -> Iterator[Wanted]:
    """A letter for each agency that has actions."""
    for agency in world.signed:
        if any(actions_of(agency, world.meeting, world.cases, world.actions)):
            yield world.want("letter", agency, partial(_letter, world, agency), world.cases, world.actions)


def _letter(world: World, agency: Agency) -> Document:
    marac = world.office.settings.marac
    return letter(
        world.meeting,
        world.cases,
        world.actions,
        agency,
        marac=marac.name,
        coordinator=marac.coordinator,
        email=marac.email,
        template=template_for(world.office, "letter"),
    )
