"""How far each meeting's papers are, by the ledger, and which deadlines follow from that."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from marac.meetings.due import DeadlineNotice, Progress, missed_since, notices
from marac.register.calendar import meetings
from marac.register.cases import every_action
from marac.register.documents import BY_CASE, DocumentKind, Paper, every_paper
from marac.register.schema import cases, research_returns
from marac.register.scope import own
from marac.settings import Settings
from marac.settings.bank_holidays import closed_days

_REQUESTS: frozenset[DocumentKind] = frozenset({"agency-agenda", "list", "research"})
_LETTERS: frozenset[DocumentKind] = frozenset({"letter", "outcome", "flags"})
_NOT_GONE = frozenset({"held", "prepared", "approved", "sending", "retry", "failed", "unknown"})


def deadline_notices(connection: Connection, settings: Settings, now: dt.datetime) -> tuple[DeadlineNotice, ...]:
    """The deadlines that come near or were missed.

    Args:
        connection: to the register.
        settings: with the calendar.
        now: this moment, by this computer's clock and without a zone.
    """
    dates = meetings(connection, settings, now.date())
    return notices(now, dates, progress_of(connection), closed_days(settings.closed))


def missed_deadlines(
    connection: Connection, settings: Settings, since: dt.datetime, now: dt.datetime
) -> tuple[DeadlineNotice, ...]:
    """The deadlines that ran out between two moments."""
    return missed_since(since, now, meetings(connection, settings, now.date()), progress_of(connection))


def progress_of(connection: Connection) -> Mapping[dt.date, Progress]:
    """How far each meeting is that has cases, papers or actions."""
    listed, papers = _cases_by_meeting(connection), _papers_by_meeting(connection)
    answered, actions = _answered(connection), _open_actions(connection)
    return {
        day: Progress(
            cases=listed[day],
            requests=sum(paper.kind in _REQUESTS for paper in papers[day]),
            requests_open=sum(paper.kind in _REQUESTS and paper.state in _NOT_GONE for paper in papers[day]),
            silent=len(_asked(papers[day]) - answered[day]),
            letters_open=sum(paper.kind in _LETTERS and paper.state in _NOT_GONE for paper in papers[day]),
            actions_open=actions[day],
        )
        for day in {*listed, *papers, *actions}
    }


def untouched_meetings(connection: Connection) -> frozenset[dt.date]:
    """The days of meetings that heard cases of this register, and for which nothing has been made since the meeting.

    Cases that were taken over from an earlier register were heard before there was anything to make.
    """
    query = select(cases.c.meeting).where(cases.c.state == "heard", cases.c.origin != "import").distinct()
    heard = {day for day in connection.execute(own(connection, query, cases)).scalars() if day is not None}
    made = {
        paper.meeting
        for paper in every_paper(connection)
        if paper.prepared_on > paper.meeting and paper.kind not in BY_CASE
    }
    return frozenset(heard - made)


def _cases_by_meeting(connection: Connection) -> Counter[dt.date]:
    held = cases.c.state.in_(("listed", "deferred", "heard"))
    query = select(cases.c.meeting, func.count()).where(held, cases.c.meeting.is_not(None)).group_by(cases.c.meeting)
    return Counter({row[0]: row[1] for row in connection.execute(own(connection, query, cases))})


def _papers_by_meeting(connection: Connection) -> defaultdict[dt.date, list[Paper]]:
    """The papers of each meeting that stand, of each document the newest version."""
    found: defaultdict[dt.date, list[Paper]] = defaultdict(list)
    for paper in every_paper(connection):
        if paper.state != "superseded" and paper.kind not in BY_CASE:
            found[paper.meeting].append(paper)
    return found


def _asked(papers: list[Paper]) -> set[str]:
    """The agencies that a research request reached; a senior contact answers for the agency."""
    return {paper.agency.partition(".")[0] for paper in papers if paper.kind == "research" and paper.state == "sent"}


def _answered(connection: Connection) -> defaultdict[dt.date, set[str]]:
    query = select(research_returns.c.meeting, research_returns.c.agency).join(
        cases, cases.c.reference == research_returns.c.case
    )
    found: defaultdict[dt.date, set[str]] = defaultdict(set)
    for day, agency in connection.execute(own(connection, query, cases)):
        found[day].add(agency.partition(".")[0])
    return found


def _open_actions(connection: Connection) -> Counter[dt.date]:
    return Counter(action.meeting for action in every_action(connection) if action.is_open and action.meeting)
