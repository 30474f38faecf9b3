"""Until when files stay flagged, so that a new incident is known for what it is; and in which list an ended flag stands.

Source: SafeLives' definition of a repeat; areas that count from the last meeting say so in their settings.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from marac.case import Case, CaseState, MeetingDate, PersonVerdict
from marac.meetings.hearing import Hearing
from marac.meetings.items import Items
from marac.triage.days import months_after

_HEARD: frozenset[CaseState] = frozenset({"heard", "closed"})
_NO_REFERRAL: frozenset[CaseState] = frozenset({"draft", "withdrawn", "transferred"})
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class FlagRules:
    """How long flags stay, and from when they are counted."""

    months: int = 12
    counted_from: Literal["last referral", "last meeting"] = "last referral"


@dataclass(frozen=True, slots=True)
class EndedFlag:
    """An item, and the day on which its flags end."""

    hearing: Hearing
    on: dt.date
    """The last day."""
    since: dt.date
    """The day from which it is counted."""
    by_referral: bool = True
    """Whether that is the day of a referral, and not of a meeting."""


def was_heard(hearing: Hearing) -> bool:
    """Whether a meeting has heard it."""
    return hearing.case.state in _HEARD and hearing.case.meeting is not None


def flag_of(hearing: Hearing, rules: FlagRules) -> EndedFlag:
    """The flags of an item, as far as it itself goes."""
    since, by_referral = max(_counted(case, rules) for case in hearing.cases)
    return EndedFlag(hearing, months_after(since, rules.months), since, by_referral)


def flags_that_end(
    cases: Sequence[Case], month: dt.date, rules: FlagRules, verdicts: Sequence[PersonVerdict] = ()
) -> tuple[EndedFlag, ...]:
    """The items whose flags end in a month, in the order of their days.

    Where the same people came back, the later date counts, and they stand once, as the item that was heard last.

    Args:
        cases: every case that the register knows.
        month: the first day of the month.
        rules: the area's.
        verdicts: what people said about two people.
    """
    items = Items(cases, verdicts)
    later = _later_items(items)
    found = []
    for hearing in items.every:
        after = _everything_after(hearing.case.reference, later)
        following = [item for item in map(items.of, after) if item is not None and _counts(item, rules)]
        if not was_heard(hearing) or any(map(was_heard, following)):
            continue
        last = max((flag_of(item, rules) for item in (hearing, *following)), key=lambda flag: flag.since)
        if _month_of(last.on) == month:
            found.append(replace(last, hearing=hearing))
    return tuple(sorted(found, key=lambda each: (each.on, each.hearing.case.reference)))


def months_carried(meeting: MeetingDate, meetings: Sequence[MeetingDate]) -> tuple[dt.date, ...]:
    """The months whose lists of ending flags go out with a meeting, as their first days.

    The first meeting of a month carries its list, and those of the months before it that had no meeting. Urgent
    meetings carry none.
    """
    regular = [each.date for each in meetings if not each.urgent]
    if meeting.date not in regular:
        return ()
    before = max((day for day in regular if day < meeting.date), default=None)
    last = _month_of(meeting.date)
    month = months_after(_month_of(before), 1) if before else last
    found = []
    while month <= last:
        found.append(month)
        month = months_after(month, 1)
    return tuple(found[-_MONTHS_IN_A_YEAR:])


def _later_items(items: Items) -> dict[str, set[str]]:
    """Reference of an item to those in which the same people came back."""
    later: defaultdict[str, set[str]] = defaultdict(set)
    for hearing in items.every:
        earlier = {flag.other_case for flag in hearing.flags if flag.code == "repeat" and flag.other_case}
        for reference in earlier:
            item = items.of(reference)
            if item is not None and item.case.reference != hearing.case.reference:
                later[item.case.reference].add(hearing.case.reference)
    return later


def _everything_after(reference: str, later: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [reference]
    while waiting:
        new = later.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - {reference}


def _counts(hearing: Hearing, rules: FlagRules) -> bool:
    """Whether a later item moves the date: a referral does; where meetings count, one that is heard, or is to be."""
    state = hearing.case.state
    return state not in _NO_REFERRAL and not (rules.counted_from == "last meeting" and state == "not heard")


def _counted(case: Case, rules: FlagRules) -> tuple[dt.date, bool]:
    """The day from which a case counts, and whether it is that of its referral: a case without a meeting has no other."""
    if rules.counted_from == "last meeting" and case.meeting:
        return case.meeting, False
    return case.received, True


def _month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)
