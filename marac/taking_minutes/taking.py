"""Confirmed minutes put into the register, in one transaction."""

from dataclasses import replace

from sqlalchemy import Connection

from marac.deciding import decide
from marac.office import Office
from marac.register.actions import add_action, set_action
from marac.register.cases import case_named, set_standing
from marac.register.minutes import add_minutes_read, set_attendances, set_case_minutes
from marac.register.trail import record
from marac.taking_minutes.changes import Changes
from marac.taking_minutes.known import Known


def take(connection: Connection, office: Office, found: Changes, known: Known, sha256: str, by: str) -> None:
    """Put in what is sure; each part has its entry in the audit trail.

    Args:
        connection: a transaction that changes the register.
        office: in use.
        found: what would change.
        known: the register as it was looked up in this transaction.
        sha256: the file that it comes from, which is kept among the originals.
        by: who confirms it.

    Raises:
        UsageError: a decision cannot be made about a case as it stands.
        ConflictError: somebody else changed a case at the same moment.
    """
    day = known.meeting.date
    set_attendances(connection, day, found.attendances)
    for noted in found.minutes:
        set_case_minutes(connection, noted.after)
        record(connection, office.entry("case minuted", noted.after.case, day.isoformat(), actor=by))
    _take_actions(connection, office, found, known, by)
    for decision in found.decisions:
        case = case_named(connection, decision.case)
        made = replace(decision, by=by, on=office.today)
        entry = office.entry("case decided", decision.case, f"{decision.kind}, as minuted", actor=by)
        later = decide(connection, office, case, made, entry)
        if (
            decision.kind == "hear" and later.meeting != day
        ):  # the calendar had carried it on, because nobody had decided
            set_standing(connection, replace(later, state="heard", meeting=day))
            record(connection, office.entry("case heard", decision.case, day.isoformat(), actor=by))
    add_minutes_read(connection, day, sha256, by, office.today)
    counts = f"{len(found.new)} new actions, {len(found.outcomes)} outcomes, {len(found.doubts)} doubts; file {sha256}"
    record(connection, office.entry("minutes taken", day.isoformat(), counts, actor=by))


def _take_actions(connection: Connection, office: Office, found: Changes, known: Known, by: str) -> None:
    for each in found.outcomes:
        set_action(connection, each.after)
        detail = f"action {each.after.number}: {each.after.outcome}"
        record(connection, office.entry("action reported", each.after.case, detail, actor=by))
    for each in found.changed:
        set_action(connection, each.after)
        record(connection, office.entry("action edited", each.after.case, f"action {each.after.number}", actor=by))
    for said in found.new:
        more = {"owner": said.owner, "risk": said.risk, "meeting": known.meeting.date}
        action = add_action(connection, said.case, said.agency, said.due, said.text, office.today, **more)
        record(connection, office.entry("action added", said.case, f"action {action.number} {action.agency}", actor=by))
