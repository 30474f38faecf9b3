"""When research that is not back is chased, and which cases an agency has still to answer."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from marac.case import MeetingDate
from marac.fortnight import ResearchReturn
from marac.meetings.closed_days import ClosedDays, working_day_before
from marac.meetings.hearing import Hearing
from marac.meetings.withholding import agency_of

_ANSWERED = frozenset({"taken", "waiting", "replaced"})
"""What has come back, also where a person has still to look at it: nobody is asked again for what they sent."""


def chase_due(
    meeting: MeetingDate, back: dt.date, chase_days: Collection[int], moment: dt.datetime, closed: ClosedDays
) -> int | None:
    """Which chase it is time for, from 1; None before the first, and once the meeting has begun.

    After an absence only the latest one is due, so that nobody is chased twice at once.

    Args:
        meeting: The meeting.
        back: The last day for answers.
        chase_days: So many working days before that day; 0 for the day itself.
        moment: Now, by this computer's clock.
        closed: The council's closed days.
    """
    begins = dt.datetime.combine(meeting.date, meeting.at or dt.time.min)
    if moment >= begins:
        return None
    days = sorted({working_day_before(back, number, closed) for number in chase_days})
    return sum(day <= moment.date() for day in days) or None


def unanswered(
    reader: str, sent: Collection[str], asked: Sequence[Hearing], returns: Sequence[ResearchReturn]
) -> tuple[str, ...]:
    """The cases that a reader was sent, may still see, and has not answered, in the order of hearing.

    Args:
        reader: The reader's id.
        sent: The cases in the research packs that the reader has got.
        asked: What it is asked about now: cases taken off, or held back since, are not in it.
        returns: What came back for the meeting.
    """
    answered = {each.case for each in returns if each.state in _ANSWERED and each.agency in {reader, agency_of(reader)}}
    return tuple(
        hearing.case.reference
        for hearing in asked
        if hearing.case.reference in sent and answered.isdisjoint(case.reference for case in hearing.cases)
    )


def listed_in(shown: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """Of what a document shows, the cases that it asks about: those joined to them are entered beside, without a number."""
    return frozenset(case for case, fields in shown.items() if "reference" in fields)
