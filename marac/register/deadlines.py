"""How far each meeting's papers are, by the ledger, and which deadlines follow from that."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from marac.meetings.due import DeadlineNotice, Progress, missed_since, notices
from marac.register.actions import every_action
from marac.register.calendar import meetings
from marac.register.documents import BY_CASE, LEFT, DocumentKind, Paper, every_paper
from marac.register.minutes import minutes_taken
from marac.register.schema import cases, research_returns
from marac.register.scope import own
from marac.settings import Settings
from marac.settings.bank_holidays import closed_days

_REQUESTS: frozenset[DocumentKind] = frozenset({"agency-agenda", "list", "research"})
_LETTERS: frozenset[DocumentKind] = frozenset({"letter", "outcome", "flags"})
_AFTERWARDS: frozenset[DocumentKind] = frozenset({"outcome", "flags"})
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
    answered, actions, unminuted = _answered(connection), _open_actions(connection), _unminuted(connection)
    return {
        day: Progress(
            cases=listed[day],
            requests=sum(paper.kind in _REQUESTS for paper in papers[day]),
            requests_open=sum(paper.kind in _REQUESTS and paper.state in _NOT_GONE for paper in papers[day]),
            requests_newer=_newer(papers[day], _REQUESTS),
            silent=len(_asked(papers[day]) - answered[day]),
            letters_open=sum(paper.kind in _LETTERS and paper.state in _NOT_GONE for paper in papers[day]),
            letters_newer=_newer(papers[day], _LETTERS),
            actions_open=actions[day],
            unminuted=unminuted[day],
        )
        for day in {*listed, *papers, *actions}
    }


def untouched_meetings(connection: Connection) -> frozenset[dt.date]:
    """The days of meetings that heard cases of this register, and whose outcome notes and notices were not made yet.

    Letters can be made on the day of the meeting, outcome notes and notices of files to flag only after it: letters of
    that day do not say that the others were made.
    """
    made = {
        paper.meeting
        for paper in every_paper(connection)
        if paper.kind in _AFTERWARDS or (paper.prepared_on > paper.meeting and paper.kind not in BY_CASE)
    }
    return frozenset(_heard(connection).keys() - made)


def _heard(connection: Connection) -> Counter[dt.date]:
    """How many cases each meeting heard, but for those that were taken over: they were settled in an earlier register."""
    query = select(cases.c.meeting, func.count()).where(cases.c.state == "heard", cases.c.origin != "import")
    query = query.where(cases.c.meeting.is_not(None)).group_by(cases.c.meeting)
    return Counter({row[0]: row[1] for row in connection.execute(own(connection, query, cases))})


def _unminuted(connection: Connection) -> Counter[dt.date]:
    """How many cases each meeting heard of which nothing came back: no minutes, and no action."""
    query = select(cases.c.reference, cases.c.meeting).where(cases.c.state == "heard", cases.c.meeting.is_not(None))
    heard_on = {row.reference: row.meeting for row in connection.execute(own(connection, query, cases))}
    known = set(minutes_taken(connection).values())
    for action in every_action(connection):
        agreed = action.meeting or heard_on.get(
            action.case
        )  # one that was typed in may not say which meeting agreed it
        if agreed is not None and action.added >= agreed:
            known.add(agreed)
    return Counter({day: number for day, number in _heard(connection).items() if day not in known})


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


def _newer(papers: list[Paper], kinds: frozenset[DocumentKind]) -> tuple[dt.date, ...]:
    """When each version was made that has not left, and whose reader has, or may have, an earlier one."""
    waiting = (paper for paper in papers if paper.kind in kinds and paper.state in _NOT_GONE - LEFT)
    return tuple(
        paper.prepared_on
        for paper in waiting
        if any(each.place == paper.place and each.id < paper.id and each.state in LEFT for each in papers)
    )


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
