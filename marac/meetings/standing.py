"""How a case moves on by itself: listed for a meeting, heard when the meeting has been, carried over when nobody decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from marac.case import Case, MeetingDate
from marac.meetings.listing import meeting_for


def moved_on(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    """The case as it stands on this day.

    A case that waits for a decision is never taken for heard: it goes to the next meeting, and keeps its questions.
    """
    if case.state == "joined":
        return case
    if case.to_be_heard is False:
        return replace(case, state="not heard", meeting=None) if case.state != "heard" else case
    if case.state == "listed" and case.meeting is not None and case.meeting < today and not case.undecided:
        return replace(case, state="heard")
    if case.state in {"received", "listed", "not heard"} and not _listed_ahead(case, meetings, today):
        return _listed(case, meetings, today)
    return case


def _listed_ahead(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> bool:
    """Whether it is listed for a meeting that is still to come, and still in the calendar."""
    return case.state == "listed" and any(date.date == case.meeting and date.date >= today for date in meetings)


def _listed(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    meeting = meeting_for(case.received, [date for date in meetings if date.date >= today])
    if meeting is None:
        return replace(case, state="received", meeting=None)
    return replace(case, state="listed", meeting=meeting.date)
