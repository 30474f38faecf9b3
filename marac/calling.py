"""A person's word about the calendar: a meeting called or cancelled, with everything that follows from it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from marac.case import LIVE, Case, MeetingDate
from marac.errors import UsageError
from marac.fortnight import CalledMeeting
from marac.meetings.standing import called_off
from marac.office import Office
from marac.register.calendar import meetings
from marac.register.called_meetings import add_called_meeting
from marac.register.cases import cases_in_states, set_standing
from marac.register.documents import DocumentKind, Paper, change_paper, papers_for
from marac.register.trail import record

_OF_A_MEETING: frozenset[DocumentKind] = frozenset(
    {"agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags"}
)
"""Documents that there is no use for without the meeting."""
_CAN_BE_WITHDRAWN = frozenset({"made", "held", "prepared", "approved", "retry", "failed"})
_MAY_HAVE_GONE = frozenset({"sending", "sent", "unknown"})

_NAMED = 6
"""How many meetings a refusal names."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What followed from a cancellation."""

    moved: tuple[Case, ...]
    """The cases that were listed for the meeting, as they stand now."""
    withdrawn: int
    """Documents that waited, and do not leave any more."""
    gone: tuple[str, ...]
    """The ids of those whom documents have reached, or may have."""


def call_meeting(office: Office, called: CalledMeeting) -> MeetingDate:
    """The meeting that a person called, in the calendar from now on.

    Raises:
        UsageError: there is a meeting on that day already, it is over, or its cut-off is later than the meeting.
    """
    with office.store.changing() as connection:
        if refused := _why_not(called, meetings(connection, office.settings, office.today), office.today):
            raise UsageError(refused)
        add_called_meeting(connection, called)
        detail = "urgent" if called.urgent else ""
        record(connection, office.entry("meeting called", called.date.isoformat(), detail, actor=called.by))
        found = meetings(connection, office.settings, office.today)
        return next(meeting for meeting in found if meeting.date == called.date)


def cancel_meeting(office: Office, word: CalledMeeting) -> Cancelled:
    """Take a meeting out of the calendar: its cases go to the next, and what waited to leave for it is withdrawn.

    Raises:
        UsageError: there is no meeting on that day, or it is over.
    """
    with office.store.changing() as connection:
        dates = meetings(connection, office.settings, office.today)
        if word.date < office.today or word.date not in {each.date for each in dates}:
            raise UsageError(_nothing_to_cancel(word.date, dates, office.today))
        add_called_meeting(connection, word)
        record(connection, office.entry("meeting cancelled", word.date.isoformat(), actor=word.by))
        papers = [paper for paper in papers_for(connection, word.date) if paper.kind in _OF_A_MEETING]
        return Cancelled(
            _moved(connection, office, word.date),
            _withdrawn(connection, office, papers),
            tuple(dict.fromkeys(paper.agency for paper in papers if paper.agency and paper.state in _MAY_HAVE_GONE)),
        )


def _why_not(called: CalledMeeting, dates: Sequence[MeetingDate], today: dt.date) -> str:
    """Why a meeting cannot be called for this day, as a sentence; empty where it can."""
    day = called.date.isoformat()
    if called.date < today:
        return f"{day} is over. A meeting can be called for today or later."
    if called.date in {each.date for each in dates}:
        return (
            f"There is a meeting on {day} already. To put a case on it: marac case decide CASE list --meeting {day}. To "
            f"change it, cancel it first: marac meeting cancel {day}"
        )
    if called.cut_off and called.cut_off > called.date:
        return f"The cut-off must not be later than the meeting of {day}."
    return ""


def _nothing_to_cancel(day: dt.date, dates: Sequence[MeetingDate], today: dt.date) -> str:
    if day < today:
        return f"The meeting of {day.isoformat()} is over, so it cannot be cancelled."
    ahead = [each.date.isoformat() for each in dates if each.date >= today][:_NAMED]
    return f"There is no meeting on {day.isoformat()}. The next are: {', '.join(ahead) or 'none yet'}."


def _moved(connection: Connection, office: Office, day: dt.date) -> tuple[Case, ...]:
    """The cases that were listed for the meeting, carried to another."""
    dates = meetings(connection, office.settings, office.today)
    found: list[Case] = []
    for case in cases_in_states(connection, LIVE):
        if case.meeting == day:
            later = set_standing(connection, called_off(case, dates, office.today))
            meeting = later.meeting.isoformat() if later.meeting else ""
            record(connection, office.entry(f"case {later.state}", case.reference, meeting))
            found.append(later)
    return tuple(found)


def _withdrawn(connection: Connection, office: Office, papers: Sequence[Paper]) -> int:
    waiting = [paper for paper in papers if paper.state in _CAN_BE_WITHDRAWN]
    for paper in waiting:
        change_paper(connection, paper.id, state="superseded", reason="The meeting was cancelled.")
        detail = f"{paper.agency} version {paper.version}: cancelled"
        record(connection, office.entry(f"{paper.kind} withdrawn", paper.meeting.isoformat(), detail.strip()))
    return len(waiting)
