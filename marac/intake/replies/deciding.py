"""What a person decides about answers and reports that wait, and what is told by telephone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Literal

from sqlalchemy import Connection

from marac.audit import Entry
from marac.errors import UsageError
from marac.fortnight import ActionReport, ResearchReturn
from marac.intake.replies.taking import apply_report, apply_return, report_waits, return_waits
from marac.register.action_reports import change_report, reports_in
from marac.register.actions import action_numbered
from marac.register.deliveries import delivery_numbered, set_state
from marac.register.research_returns import add_return, change_return, current_return, returns_in
from marac.register.trail import record

Verdict = Literal["take", "set-aside"]
_SAID = {"take": "taken", "set-aside": "set aside"}
TOLD = ("Taken:", "Decided:")
"""How the sentences begin that only tell what was done, and ask for nothing."""


def decide_return(
    connection: Connection, new: ResearchReturn, verdict: Verdict, reason: str, by: str, entry: Callable[..., Entry]
) -> None:
    """Take an answer, or set it aside; its message is closed once nothing else in it waits.

    Raises:
        UsageError: it stands so already, or a newer one has taken its place.
    """
    if new.state == _state(verdict) or (new.state == "replaced" and verdict == "set-aside"):
        raise UsageError(f"Return {new.number} is {new.state} already. Nothing was changed.")
    said = f"{_SAID[verdict].capitalize()} by {by}: {reason}"
    if verdict == "take":
        apply_return(connection, new)
    change_return(connection, new.number, state=_state(verdict), reason=f"{new.reason} {said}".strip())
    record(connection, entry("return decided", new.case, f"return {new.number}: {verdict}", actor=by))
    _close(connection, new.delivery, return_waits(new.number, new.case), f"Decided: return {new.number} {said}")


def decide_report(
    connection: Connection, report: ActionReport, verdict: Verdict, reason: str, by: str, entry: Callable[..., Entry]
) -> None:
    """Take a report, or set it aside; its message is closed once nothing else in it waits.

    Raises:
        UsageError: it does not wait.
    """
    if report.state != "waiting":
        raise UsageError(
            f"Report {report.number} is {report.state} already. To say otherwise of the action: "
            f"marac action outcome {report.action} ..."
        )
    said = f"{_SAID[verdict].capitalize()} by {by}" + (f": {reason}" if reason else "")
    if verdict == "take":
        apply_report(connection, report)
    change_report(connection, report.number, state=_SAID[verdict], reason=f"{report.reason} {said}".strip())
    case = action_numbered(connection, report.action).case
    record(connection, entry("report decided", case, f"report {report.number}: {verdict}", actor=by))
    _close(
        connection,
        report.delivery,
        report_waits(report.number, report.action),
        f"Decided: report {report.number} {said}",
    )


def enter_return(connection: Connection, new: ResearchReturn, by: str, entry: Callable[..., Entry]) -> ResearchReturn:
    """Enter what an agency said on the telephone, the same words once; an earlier answer of it is kept as replaced."""
    earlier = current_return(connection, new.meeting, new.case, new.agency)
    if earlier is not None and replace(earlier, number=new.number) == new:
        return earlier
    if earlier is not None:
        change_return(connection, earlier.number, state="replaced")
    added = add_return(connection, {name: value for name, value in asdict(new).items() if name != "number"})
    record(
        connection, entry("research answered", added.case, f"return {added.number} {added.agency}: entered", actor=by)
    )
    return added


def parts_waiting(connection: Connection, delivery: int) -> tuple[str, ...]:
    """What in a message waits for a person, part by part: `return 12`, `report 3`."""
    returns: Sequence[ResearchReturn] = returns_in(connection, delivery)
    reports: Sequence[ActionReport] = reports_in(connection, delivery)
    return (
        *(f"return {each.number}" for each in returns if each.state == "waiting"),
        *(f"report {each.number}" for each in reports if each.state == "waiting"),
    )


def telephoned(case: str, agency: str, meeting: dt.date, today: dt.date, by: str, **told: str | bool) -> ResearchReturn:
    """An answer that was told, and not sent."""
    reason = f"Told to {by}, who entered it."
    return ResearchReturn(0, meeting, case, agency, today, reason=reason, **told)  # type: ignore[arg-type]


def _state(verdict: Verdict) -> Literal["taken", "set aside"]:
    return "taken" if verdict == "take" else "set aside"


def _close(connection: Connection, delivery: int | None, settled: str, said: str) -> None:
    """Note with the message what was decided about a part of it; it is done once nothing in it waits any more."""
    if delivery is None:
        return
    message = delivery_numbered(connection, delivery)
    if message.state != "needs_person":
        return
    reasons = [*(each for each in message.reasons if not each.startswith(settled)), said]
    done = all(each.startswith(TOLD) for each in reasons)
    set_state(connection, delivery, "done" if done else "needs_person", message.disposition, reasons)
