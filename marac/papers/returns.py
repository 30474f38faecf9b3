"""The collation of research for the chair: made once something is back, and anew as answers come."""

from collections.abc import Iterator

from marac.document import Document
from marac.generators.returns import returns as collation
from marac.meetings.presenting import asked_about
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World


def returns(world: World) -> Iterator[Wanted]:
    """What the agencies answered; what is shown before a meeting is not made after it."""
    answers = tuple(each for each in world.returns if each.state in {"taken", "waiting"})
    if world.is_over or not answers:
        return
    settings = world.office.settings
    readers = {reader.id: reader for reader in world.readers}
    asked = {reader.id: references for reader in world.readers if (references := _asked(world, reader.id))}

    def made() -> Document:
        return collation(
            world.meeting,
            world.hearings,
            answers,
            asked,
            readers,
            marac=settings.marac.name,
            chair=settings.marac.chair,
            template=template_for(world.office, "returns"),
        )

    names = {reader.id: reader.name for reader in world.readers}
    yield world.want("returns", None, made, world.hearings, answers, asked, names, settings.marac.chair)


def _asked(world: World, reader_id: str) -> tuple[str, ...]:
    """What a reader is asked about, in the order of hearing."""
    reader = world.office.settings.readers[reader_id]
    hearings = asked_about(reader, world.hearings_for(reader), world.presenters, world.meeting.date)
    return tuple(hearing.case.reference for hearing in hearings)
