"""How long things take: from the incident to the referral, to the meeting, and to the letters."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from marac.case import Case
from marac.figures.data_return import heard_at
from marac.meetings.hearing import Hearing
from marac.triage.incident_dates import incidents_named

_MONTHS = 12
"""A day further back on the form is history rather than what led to the referral."""


@dataclass(frozen=True, slots=True)
class Waited:
    """The days that one case waited at each step; None where one of the two days is not recorded."""

    case: str
    incident_to_referral: int | None
    referral_to_meeting: int
    meeting_to_letters: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step over many cases: the middle and the longest, of how many, and how many it is not known for."""

    name: str
    middle: float | None
    longest: int | None
    known: int
    not_recorded: int


def waited(
    cases: Sequence[Case], letters: Mapping[dt.date, dt.date], first: dt.date, last: dt.date
) -> tuple[Waited, ...]:
    """How long each case that a meeting of these days heard had to wait, by its meeting.

    Args:
        cases: every case that the register knows.
        letters: for each meeting the day on which its first letter was sent.
        first: the first day.
        last: the last day, itself included.
    """
    return tuple(
        _waited(hearing, meeting, letters.get(meeting))
        for meeting, hearings in heard_at(cases).items()
        if first <= meeting <= last
        for hearing in hearings
    )


def steps(found: Iterable[Waited]) -> tuple[Step, ...]:
    """Each step over all of these cases."""
    rows = list(found)
    return (
        _step("Incident to referral", [row.incident_to_referral for row in rows]),
        _step("Referral to meeting", [row.referral_to_meeting for row in rows]),
        _step("Meeting to letters", [row.meeting_to_letters for row in rows]),
    )


def _waited(hearing: Hearing, meeting: dt.date, letters: dt.date | None) -> Waited:
    received = min(case.received for case in hearing.cases)
    incident = _latest_incident(hearing.case)
    return Waited(
        hearing.case.reference,
        (received - incident).days if incident else None,
        (meeting - received).days,
        (letters - meeting).days if letters else None,
    )


def _latest_incident(case: Case) -> dt.date | None:
    """The latest day on which the referrer's own words have something happen; free text, so a help and no proof."""
    named = incidents_named(case.referral.reason or "", case.received, _MONTHS)
    return named[0].day if named else None


def _step(name: str, days: Sequence[int | None]) -> Step:
    known = [each for each in days if each is not None]
    return Step(
        name,
        median(known) if known else None,
        max(known, default=None),
        len(known),
        len(days) - len(known),
    )
