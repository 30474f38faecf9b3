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
from marac.register.cases import add_decision, set_standing
from marac.register.flagging import flag_anew
from marac.register.trail import record


def why_not(case: Case, kind: DecisionKind, meetings: Sequence[MeetingDate], today: dt.date) -> str:
    """Why this cannot be decided about the case as it stands, as a sentence; empty where it can."""
    if kind == "defer" and not case.joined_to and not can_be_deferred(case, meetings, today):
        return (
            f"{case.reference} cannot be deferred yet: there is no meeting after its own in config.toml. Enter the next "
            "one under [[meetings]], then say it again."
        )
    if case.joined_to:
        return f"{case.reference} was joined to {case.joined_to}. Decide about that one."
    return "" if case.state in DECIDED_FROM[kind] else _not_from_here(case, kind)


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
    if refused := why_not(case, decision.kind, office.settings.meeting_dates, office.today):
        raise UsageError(refused)
    later = decided(case, decision, office.settings.meeting_dates, office.today)
    # Written in any case, so that of two people who decide at once the second is told.
    changed = set_standing(connection, replace(later, decisions=(*case.decisions, decision)))
    add_decision(connection, decision)
    changed = flag_anew(connection, changed, office.settings.rules)
    record(connection, entry)
    return changed
