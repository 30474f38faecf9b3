"""A person's decision about a case: whether it can be made, kept with reason and name, and what it changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import Case, Decision, DecisionKind, MeetingDate
from marac.errors import UsageError
from marac.meetings.standing import DECIDED_FROM, can_be_deferred, decided
from marac.office import Office
from marac.register.calendar import meetings
from marac.register.cases import add_decision, set_standing
from marac.register.flagging import flag_anew
from marac.register.trail import record

_NAMED = 6
"""How many meetings a refusal names."""


def why_not(
    case: Case, kind: DecisionKind, dates: Sequence[MeetingDate], today: dt.date, meeting: dt.date | None = None
) -> str:
    """Why this cannot be decided about the case as it stands, as a sentence; empty where it can.

    Args:
        case: as it was looked up.
        kind: what is to be decided.
        dates: the meetings of the calendar.
        today: the day that rules count from.
        meeting: which meeting a case is to be listed for.
    """
    if kind == "defer" and not case.joined_to and not can_be_deferred(case, dates, today):
        return (
            f"{case.reference} cannot be deferred yet: there is no meeting after its own in the calendar. Enter the next "
            "one in config.toml, or call it: marac meeting call. Then say it again."
        )
    if case.joined_to:
        return f"{case.reference} was joined to {case.joined_to}. Decide about that one."
    if case.state not in DECIDED_FROM[kind]:
        return _not_from_here(case, kind)
    return _not_on_this_day(case, dates, today, meeting) if kind == "list" else ""


def _not_on_this_day(case: Case, dates: Sequence[MeetingDate], today: dt.date, meeting: dt.date | None) -> str:
    """Why a case cannot be listed for a meeting on this day."""
    ahead = [each.date.isoformat() for each in dates if each.date >= today][:_NAMED]
    known = f"The next are: {', '.join(ahead)}." if ahead else "There is none to come."
    if meeting is None:
        return f"Which meeting is {case.reference} put on? Name it: --meeting DATE. {known}"
    if meeting < today:
        return f"The meeting of {meeting.isoformat()} is over, so nothing can be put on it. {known}"
    if meeting not in {each.date for each in dates}:
        return f"There is no meeting on {meeting.isoformat()}. {known} To call one: marac meeting call {meeting.isoformat()}."
    return ""


def _not_from_here(case: Case, kind: DecisionKind) -> str:
    """Why a decision does not fit the state that the case is in, and what does."""
    if kind == "hear" and case.state not in {"heard", "draft"}:
        return f"{case.reference} is {case.state}. Open it again first: marac case decide {case.reference} reopen."
    if case.state == "draft":
        return (
            f"{case.reference} is a draft. Say first that it is a referral: marac case decide {case.reference} accept."
        )
    if kind == "accept":
        return f"{case.reference} is {case.state}. Only a draft is accepted, so there is nothing to do."
    return f"{case.reference} is {case.state}, so this cannot be decided about it."


def decide(connection: Connection, office: Office, case: Case, decision: Decision, entry: Entry) -> Case:
    """The case after a decision about it alone, in its new version, with its flags worked out anew.

    Args:
        connection: a transaction that changes the register.
        office: its settings and day.
        case: as it was looked up; `decision` can be made about it as it stands.
        decision: what, why and by whom.
        entry: for the audit trail.

    Raises:
        UsageError: this cannot be decided about the case as it stands.
        ConflictError: somebody else changed the case since it was looked up.
    """
    dates = meetings(connection, office.settings, office.today)
    if refused := why_not(case, decision.kind, dates, office.today, decision.meeting):
        raise UsageError(refused)
    later = decided(case, decision, dates, office.today)
    # Written in any case, so that of two people who decide at once the second is told.
    changed = set_standing(connection, replace(later, decisions=(*case.decisions, decision)))
    add_decision(connection, decision)
    changed = flag_anew(connection, changed, office.settings.rules)
    record(connection, entry)
    return changed
