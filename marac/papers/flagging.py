"""The notices of files to flag after a meeting, and the monthly lists of flags that end."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from marac.agency import Agency
from marac.document import Document
from marac.generators.fields.flagging import EndingFields, FlagFields
from marac.generators.flagging import ending_fields, ending_of, flag_fields, flagged_case, flags_of
from marac.meetings.audience import Stage
from marac.meetings.flag_ends import (
    EndedFlag,
    FlagRules,
    flag_of,
    flags_that_end,
    months_carried,
    was_heard,
)
from marac.meetings.hearing import Hearing
from marac.meetings.presenting import asked_about
from marac.papers.visible import may_see, sender_of, shown_of
from marac.papers.wanted import Shows, Wanted, template_for
from marac.papers.world import World


def flags(world: World) -> Iterator[Wanted]:
    """Whose files to flag, for each agency, once the meeting has been."""
    if not world.office.settings.flagging.notices or not world.is_over:
        return
    for reader in world.readers:
        heard = [each for each in world.hearings_for(reader) if was_heard(each)]
        concerned = asked_about(reader, heard, world.presenters, world.meeting.date)
        if concerned:
            yield _notice(world, reader, concerned)


def flags_ending(world: World) -> Iterator[Wanted]:
    """Whose flags end in the months whose lists go out with this meeting, for each agency."""
    if not world.office.settings.flagging.ending:
        return
    for month in months_carried(world.meeting, world.calendar):
        ended = flags_that_end(world.cases, month, _rules(world), world.verdicts)
        for reader in world.readers:
            theirs = [each for each in ended if may_see(world, reader, each.hearing) and _told(world, reader, each)]
            if theirs:
                yield _list(world, reader, month, theirs)


def _notice(world: World, reader: Agency, hearings: tuple[Hearing, ...]) -> Wanted:
    rules = _rules(world)
    flagged = [flag_of(each, rules) for each in hearings]
    cases = [flagged_case(each, reader, "flags") for each in flagged]
    fields = flag_fields(
        world.meeting,
        reader,
        cases,
        sender_of(world),
        months=rules.months,
        any_abuse=world.office.settings.repeat.counts == "any abuse",
    )

    def made(noted: FlagFields) -> Document:
        return flags_of(noted, reader, world.meeting, template_for(world.office, "flags"))

    return world.want_versioned("flags", reader, fields, made, _shows(world, reader, "flags", flagged))


def _list(world: World, reader: Agency, month: dt.date, ended: list[EndedFlag]) -> Wanted:
    cases = [flagged_case(each, reader, "flags-ending") for each in ended]
    fields = ending_fields(month, reader, cases, sender_of(world))

    def made(noted: EndingFields) -> Document:
        return ending_of(noted, reader, month, template_for(world.office, "flags-ending"))

    shows = _shows(world, reader, "flags-ending", ended)
    want = world.want_versioned("flags-ending", reader, fields, made, shows)
    return replace(want, subject=f"{month:%Y-%m}")


def _shows(world: World, reader: Agency, stage: Stage, flagged: Sequence[EndedFlag]) -> Shows:
    found: dict[str, Mapping[str, str]] = {}
    for each in flagged:
        found |= shown_of(world, reader, stage, each.hearing, flagged_until=each.on)
    return found


def _told(world: World, reader: Agency, ended: EndedFlag) -> bool:
    """Whether the reader was asked about the case when it was heard."""
    heard = ended.hearing.case.meeting or ended.on
    return bool(asked_about(reader, [ended.hearing], world.presenters, heard))


def _rules(world: World) -> FlagRules:
    settings = world.office.settings
    return FlagRules(settings.flagging.months, settings.repeat.counted_from)
