"""The agendas of a meeting: the chair's full one, and each agency's."""

import datetime as dt
from collections.abc import Iterator, Mapping

from marac.action import Action
from marac.agency import Agency
from marac.case import Case
from marac.document import Document
from marac.generators.agency_agenda import agency_agenda, agency_agenda_fields, agency_agenda_shows
from marac.generators.agenda import agenda, agenda_fields, agenda_shows
from marac.generators.agenda_items import Beside, looked_at_again
from marac.generators.fields.agenda import AgencyAgendaFields, AgendaFields
from marac.meetings.hearing import twelve_months_passed
from marac.meetings.items import references_of
from marac.meetings.overdue import Overdue, escalated, in_words, overdue_actions, times_reminded, updates_due_on
from marac.meetings.presenting import asked_about, referred_by
from marac.meetings.withholding import MANAGER, SENIOR
from marac.papers.visible import actions_for, managers, may_know_of_it, may_see
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World
from marac.register.documents import LEFT


def agendas(world: World) -> Iterator[Wanted]:
    """An agenda for the chair, and one for each reader; what is shown before a meeting is not made after it."""
    if world.is_over:
        return
    beside = Beside(world.meeting, world.agencies, world.presenters, world.transfers, world.withholding.held)
    yield _for_the_chair(world, beside)
    for reader in world.readers:
        yield _for_an_agency(world, reader, beside)


def _for_the_chair(world: World, beside: Beside) -> Wanted:
    settings = world.office.settings
    fields = agenda_fields(
        world.meeting,
        world.cases,
        world.actions,
        world.agencies,
        marac=settings.marac.name,
        previous=world.previous.date if world.previous else None,
        presenters=beside.presenters,
        transfers=beside.transfers,
        held=beside.held,
        months=settings.flagging.months,
        overdue=_long_overdue(world),
        verdicts=world.verdicts,
    )
    shows = agenda_shows(world.meeting, world.cases, fields, beside.transfers, world.verdicts)

    def made(noted: AgendaFields) -> Document:
        return agenda(noted, template_for(world.office, "agenda"))

    return world.want_versioned("agenda", None, fields, made, shows)


def _long_overdue(world: World) -> Mapping[int, str]:
    """Number of each action that is overdue, and will be for long by the meeting, to what the chair reads of it."""
    overdue = overdue_actions(world.actions, updates_due_on(world.calendar), world.office.today)
    late = escalated(overdue, world.office.settings.actions.escalate_after_days, world.meeting.date)
    return {
        each.action.number: in_words(each, _reminded(world, each), manager_told=_told(world, each)) for each in late
    }


def _reminded(world: World, overdue: Overdue) -> int:
    """How many reminders of an action left to its agency, or to its senior contact."""
    theirs = {overdue.action.agency, f"{overdue.action.agency}{SENIOR}"}
    left = (
        each for each in world.made_before if each.kind == "reminder" and each.agency in theirs and each.state in LEFT
    )
    days = {dt.date.fromisoformat(each.subject) for each in left}
    return times_reminded(overdue.since, days, dt.date.max)


def _told(world: World, overdue: Overdue) -> bool:
    """Whether the agency's manager is told of an action."""
    manager = f"{overdue.action.agency}{MANAGER}"
    item = world.items.of(overdue.action.case)
    named = any(each.id == manager for each in managers(world))
    return named and (item is None or world.withholding.may_see(manager, references_of(item)))


def _for_an_agency(world: World, reader: Agency, beside: Beside) -> Wanted:
    """What one reader sees; a paper in which nothing stands is made only where it replaces one that the reader has."""
    hearings = asked_about(reader, world.hearings_for(reader), world.presenters, world.meeting.date)
    marac, rules = world.office.settings.marac, world.rules_for(reader)
    fields = agency_agenda_fields(
        beside,
        hearings,
        reader,
        rules,
        marac=marac.name,
        coordinator=marac.coordinator,
        email=marac.email,
        actions=_own_actions(world, reader),
        past=_past(world, reader),
        cases=world.cases,
    )
    shows = agency_agenda_shows(beside, hearings, reader, rules, fields)

    def made(noted: AgencyAgendaFields) -> Document:
        return agency_agenda(noted, reader.id, template_for(world.office, "agency-agenda"))

    anything = fields.number_of_cases or fields.open_actions or fields.twelve_months
    bare = not (anything and may_know_of_it(world, reader))
    return world.want_versioned("agency-agenda", reader, fields, made, shows, bare=bare)


def _own_actions(world: World, reader: Agency) -> tuple[Action, ...]:
    """The agency's own outstanding actions, of cases that the reader may see."""
    previous = world.previous.date if world.previous else None
    return looked_at_again(actions_for(world, reader), world.meeting, previous)


def _past(world: World, reader: Agency) -> tuple[Case, ...]:
    """The cases whose twelve months have passed, of those that the reader may see."""
    previous, months = world.previous.date if world.previous else None, world.office.settings.flagging.months
    passed = twelve_months_passed(world.cases, world.meeting.date, previous, months)
    return tuple(case for case in passed if _concerns(world, reader, case))


def _concerns(world: World, reader: Agency, case: Case) -> bool:
    """Whether the reader may see a case that was heard, and, where its agency is no core one, referred it."""
    item = world.items.of(case.reference)
    return item is not None and may_see(world, reader, item) and (reader.core or referred_by(reader, item))
