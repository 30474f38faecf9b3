"""A meeting in the words of a document: its day, time and place, and why it is not where the calendar would have it."""

import datetime as dt

from marac.case import MeetingDate
from marac.triage.wording import sentence

_CALLED = "called on "
"""How the calendar begins to say why a person called a meeting: in that person's words, which may tell of a case."""


def when(meeting: MeetingDate, *, for_the_chair: bool = False) -> str:
    """`3 December 2026 at 10:00, Town Hall. Moved from 2 December 2026: ...`."""
    day = f"{day_in_words(meeting.date)} at {meeting.at:%H:%M}" if meeting.at else day_in_words(meeting.date)
    place = f"{day}, {meeting.venue}" if meeting.venue else day
    told = [place, "An urgent meeting" if meeting.urgent else "", _why(meeting, for_the_chair=for_the_chair)]
    return ". ".join(words for words in told if words)


def day_in_words(day: dt.date) -> str:
    """`3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def _why(meeting: MeetingDate, *, for_the_chair: bool) -> str:
    if meeting.why and (for_the_chair or not meeting.why.startswith(_CALLED)):
        return sentence(meeting.why)
    return f"Moved from {day_in_words(meeting.moved_from)}" if meeting.moved_from else ""
