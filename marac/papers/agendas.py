"""The agendas of a meeting."""

from collections.abc import Iterator

from marac.document import Document
from marac.generators.agenda import agenda
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World


def agendas(world: World) -> Iterator[Wanted]:
    """The chair's agenda; what is shown before a meeting is not made after it."""
    if world.is_over:
        return
    previous = world.previous.date if world.previous else None

    def made() -> Document:
        return agenda(
            world.meeting,
            world.cases,
            world.actions,
            world.agencies,
            marac=world.office.settings.marac.name,
            template=template_for(world.office, "agenda"),
            previous=previous,
        )

    yield world.want("agenda", None, made, world.cases, world.actions, world.agencies, previous)
