"""The outcome notes of a meeting."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from marac.action import Action
from marac.agency import Agency
from marac.document import Document
from marac.generators.fields.outcomes import OutcomeCase, OutcomeFields
from marac.generators.outcomes import outcome_case, outcome_fields, outcome_of
from marac.meetings.deadlines import in_words
from marac.meetings.flag_ends import was_heard
from marac.meetings.hearing import Hearing
from marac.meetings.items import references_of
from marac.meetings.telling import Teller, tellers
from marac.meetings.withholding import SENIOR
from marac.papers.visible import sender_of, shown_of
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World
from marac.register.owed_outcomes import telling_rules, told_by


def outcomes(world: World) -> Iterator[Wanted]:
    """A note for each agency that tells victims what the meeting came to; nothing before it has been."""
    if not world.is_over:
        return
    readers = {reader.id: reader for reader in world.readers}
    tell_by = in_words(told_by(world.office.settings, world.meeting.date))
    for reader_id, cases in _cases(world).items():
        reader = readers[reader_id]
        yield _wanted(world, reader, outcome_fields(world.meeting, reader, cases, sender_of(world), tell_by))


def _cases(world: World) -> dict[str, list[OutcomeCase]]:
    """Reader's id to what the note to it holds, in the order of hearing."""
    rules, names = telling_rules(world.office.settings), {each.id: each.name for each in world.agencies}
    found: defaultdict[str, list[OutcomeCase]] = defaultdict(list)
    for hearing in filter(was_heard, world.hearings):
        asked = tellers(hearing, rules, world.agencies, world.readers, world.withholding)
        actions = _agreed(world, hearing)
        for reader in (each.agency for each in asked):
            if reader is not None:
                found[reader.id].append(outcome_case(hearing, reader, actions, names, _others(asked, reader)))
    return found


def _agreed(world: World, hearing: Hearing) -> tuple[Action, ...]:
    """What the meeting agreed for an item."""
    references, meetings = references_of(hearing), {None, world.meeting.date}
    return tuple(each for each in world.actions if each.case in references and each.meeting in meetings)


def _others(asked: Sequence[Teller], reader: Agency) -> list[str]:
    """Who gets a note too. A senior contact is never named: that would say that a case is held back."""
    others = (each.agency for each in asked if each.agency is not None and each.agency.id != reader.id)
    return [each.name for each in others if not each.id.endswith(SENIOR)]


def _wanted(world: World, reader: Agency, fields: OutcomeFields) -> Wanted:
    def made(noted: OutcomeFields) -> Document:
        return outcome_of(noted, reader, world.meeting, template_for(world.office, "outcome"))

    shows: dict[str, Mapping[str, str]] = {}
    for case in fields.cases:
        item = world.items.of(case.reference)
        if item is not None:
            shows |= shown_of(world, reader, "outcome", item, own_actions=case.actions)
    return world.want_versioned("outcome", reader, fields, made, shows)
