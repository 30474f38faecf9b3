"""The letter of evidence about one case: made when a person asks for it, for the chair to sign."""

from functools import partial

from marac.errors import UsageError
from marac.generators.evidence import evidence
from marac.meetings.evidence_letter import heard_on, why_no_letter
from marac.meetings.hearing import Hearing
from marac.papers.templates import template_for
from marac.papers.wanted import Wanted
from marac.papers.world import World
from marac.record import identity_of


def evidence_letter(world: World, hearing: Hearing, perpetrator: str | None) -> Wanted:
    """The letter about an item.

    Args:
        world: the register as it is now.
        hearing: the case with those joined to it.
        perpetrator: whom it names, of several.

    Raises:
        UsageError: the case is none that a letter can be written about.
    """
    office = world.office
    heard = heard_on(hearing, world.case_minutes, office.today)
    if refused := why_no_letter(hearing, heard):
        raise UsageError(refused)
    marac = office.settings.marac
    made = partial(
        evidence,
        hearing,
        heard,
        written=office.today,
        marac=marac.name,
        chair=marac.chair,
        email=marac.email,
        template=template_for(office, "evidence"),
        perpetrator=perpetrator,
    )
    contents = identity_of("evidence", made().sha256)
    return Wanted("evidence", None, contents, made, hearing.case.reference)
