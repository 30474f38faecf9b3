"""The action letters of a meeting."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from marac.agency import Agency
from marac.document import Document
from marac.generators.fields.letters import LetterAction, LetterFields
from marac.generators.letters import letter_fields, letter_of
from marac.papers.visible import actions_for, may_know_of_it, sender_of, shown_of
from marac.papers.wanted import Shows, Wanted, template_for
from marac.papers.world import World


def letters(world: World) -> Iterator[Wanted]:
    """A letter for each agency that has actions, and for its senior contact where some are held back from the rest.

    What is still open from earlier meetings makes no letter before this one: the agendas say it.
    """
    for reader in world.readers:
        if not may_know_of_it(world, reader):
            continue
        own = actions_for(world, reader)
        fields = letter_fields(world.meeting, world.items, own, reader, sender_of(world), world.reports)
        if fields.actions or (fields.still_open and world.is_over):
            yield _wanted(world, reader, fields)


def _wanted(world: World, reader: Agency, fields: LetterFields) -> Wanted:
    def made(noted: LetterFields) -> Document:
        return letter_of(noted, reader, world.meeting, template_for(world.office, "letter"))

    return world.want_versioned("letter", reader, fields, made, _shows(world, reader, fields))


def _shows(world: World, reader: Agency, fields: LetterFields) -> Shows:
    theirs: defaultdict[str, list[LetterAction]] = defaultdict(list)
    for action in (*fields.actions, *fields.still_open):
        item = world.items.of(action.case)
        if item is not None:
            theirs[item.case.reference].append(action)
    found: dict[str, Mapping[str, str]] = {}
    for reference, own in theirs.items():
        item = world.items.of(reference)
        if item is not None:
            found |= shown_of(world, reader, "letter", item, own_actions=tuple(own))
    return found
