"""What of the actions and the items of a meeting one reader may see, and what a document shows of them."""

from collections.abc import Iterator

from marac.action import Action
from marac.agency import Agency
from marac.generators.addressed import Sender
from marac.meetings.audience import Stage, case_view
from marac.meetings.changes import digests, with_joined
from marac.meetings.hearing import Hearing
from marac.meetings.items import references_of
from marac.meetings.presenting import asked_about
from marac.meetings.withholding import SENIOR, agency_of
from marac.papers.wanted import Shows
from marac.papers.world import World


def actions_for(world: World, reader: Agency) -> tuple[Action, ...]:
    """The actions of the reader's agency that it may see: of cases held back from it, its senior contact alone."""
    own = agency_of(reader.id)
    return tuple(action for action in world.actions if action.agency == own and _may_see(world, reader, action))


def may_see(world: World, reader: Agency, hearing: Hearing) -> bool:
    """Whether a reader may see an item."""
    return world.withholding.may_see(reader.id, references_of(hearing))


def may_know_of_it(world: World, reader: Agency) -> bool:
    """Whether a reader may know that the meeting is held: of an urgent one only who is asked about its cases, or acts on it.

    An agenda without a case would say that there is one which the reader must not see.
    """
    day = world.meeting.date
    if not world.meeting.urgent or asked_about(reader, world.hearings_for(reader), world.presenters, day):
        return True
    return any(action.meeting == day for action in actions_for(world, reader))


def managers(world: World) -> Iterator[Agency]:
    """The managers, as readers, of the agencies that documents may be made for."""
    known = world.office.settings.readers
    found = (known.get(f"{agency.id}.manager") for agency in world.signed)
    yield from (manager for manager in found if manager is not None)


def sender_of(world: World) -> Sender:
    """This MARAC, as its documents name it."""
    marac = world.office.settings.marac
    return Sender(marac.name, marac.coordinator, marac.email)


def shown_of(world: World, reader: Agency, stage: Stage, hearing: Hearing, **beside: object) -> Shows:
    """What a document shows of an item, as digests, with what it prints beside the form."""
    view = case_view(hearing, stage, world.rules_for(reader), agency=reader.id)
    return with_joined(view, digests(view, **beside))


def _may_see(world: World, reader: Agency, action: Action) -> bool:
    item = world.items.of(action.case)
    return may_see(world, reader, item) if item else not reader.id.endswith(SENIOR)
