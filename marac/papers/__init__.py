"""Which documents a meeting needs, what each of them rests on, and how it is made."""

from marac.papers.agendas import agendas
from marac.papers.flagging import flags, flags_ending
from marac.papers.letters import letters
from marac.papers.minutes import minutes
from marac.papers.outcomes import outcomes
from marac.papers.packs import packs
from marac.papers.reminders import reminders
from marac.papers.returns import returns
from marac.papers.wanted import Wanted
from marac.papers.world import World, world_of

__all__ = ["Wanted", "World", "wanted", "world_of"]


def wanted(world: World) -> tuple[Wanted, ...]:
    """Every document that the meeting needs now, each once.

    What is asked or shown before a meeting is not made after it; letters are. Nothing is made for an agency that has not
    signed the area's protocol.
    """
    return (
        *agendas(world),
        *packs(world),
        *returns(world),
        *minutes(world),
        *letters(world),
        *outcomes(world),
        *flags(world),
        *flags_ending(world),
        *reminders(world),
    )
