"""What a reply comes to, entered in the register in the transaction that concludes its message."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.fortnight import ActionReport, ResearchReturn, VictimTold
from marac.intake.circumstances import Circumstances
from marac.intake.outcome import Outcome
from marac.intake.replies.action_reports import closed_by
from marac.intake.replies.asked import what_was_asked
from marac.intake.replies.matching import Answered, answered
from marac.intake.replies.said import said_in
from marac.register.action_reports import add_report, reports_in
from marac.register.actions import action_numbered, set_action
from marac.register.deliveries import Delivery, Part
from marac.register.documents import papers_called
from marac.register.research_returns import add_return, change_return, current_return, returns_in
from marac.register.trail import record
from marac.register.victims_told import add_told, every_told
from marac.settings import Settings

_NOT_WHOLE = "The message seems not to have arrived whole."
RETURN_WAITS = "Return {number} ({case}) waits."
"""How the sentence begins that says that a return waits for a person."""
BESIDE = "Taken: the form. Beside it the mail says: \u201c{words}\u201d"
"""It begins as what asks for nothing."""
REPORT_WAITS = "Report {number} (action {action}) waits."


def answered_in(
    connection: Connection, delivery: Delivery, parts: Sequence[Part], about: Circumstances, settings: Settings
) -> Answered | None:
    """What a message comes to as a reply to what agencies were asked; None where it is none."""
    said = said_in(parts)
    if not said.replies:
        return None
    doubts = (_NOT_WHOLE,) if about.damage else ()
    papers = [paper for message in delivery.refers_to for paper in papers_called(connection, message)]
    return answered(delivery, said, papers, what_was_asked(connection, settings), settings.readers, doubts)


def taken(
    connection: Connection,
    delivery: Delivery,
    answer: Answered | None,
    verdict: Outcome,
    entry: Callable[..., Entry],
) -> Outcome:
    """The verdict on a message after its answers and reports were entered, each once however often this is done."""
    if answer is None:
        return verdict
    returns = [_entered(connection, delivery, each, entry) for each in answer.returns]
    reports = [_reported(connection, delivery, each, entry) for each in answer.reports]
    for each in answer.told:
        _noted(connection, delivery, each, entry)
    waiting = (
        *(_return_waits(each) for each in returns if each.state == "waiting"),
        *(_report_waits(each) for each in reports if each.state == "waiting"),
    )
    said = (*_said(returns, reports, answer.told), *(BESIDE.format(words=words) for words in answer.remarks))
    state = "needs_person" if waiting else verdict.state
    return replace(verdict, state=state, reasons=(*waiting, *verdict.reasons, *said))


def apply_return(connection: Connection, new: ResearchReturn) -> None:
    """Let an answer count: the one that counted before is kept as replaced."""
    earlier = current_return(connection, new.meeting, new.case, new.agency)
    if earlier is not None and earlier.number != new.number:
        change_return(connection, earlier.number, state="replaced")
    change_return(connection, new.number, state="taken")


def apply_report(connection: Connection, report: ActionReport) -> None:
    """Let a report count: close its action, or note that it was not done."""
    set_action(connection, closed_by(action_numbered(connection, report.action), report))


def return_waits(number: int, case: str) -> str:
    """How the sentence begins that says that this return waits."""
    return RETURN_WAITS.format(number=number, case=case)


def report_waits(number: int, action: int) -> str:
    """How the sentence begins that says that this report waits."""
    return REPORT_WAITS.format(number=number, action=action)


def _entered(
    connection: Connection, delivery: Delivery, new: ResearchReturn, entry: Callable[..., Entry]
) -> ResearchReturn:
    """The answer in the register."""
    for known in returns_in(connection, delivery.id):
        if replace(known, number=0, state=new.state, reason=new.reason) == new:
            return known
    values = {name: value for name, value in asdict(new).items() if name != "number"}
    earlier = current_return(connection, new.meeting, new.case, new.agency) if new.state == "taken" else None
    if earlier is not None:
        change_return(connection, earlier.number, state="replaced")
    added = add_return(connection, values)
    detail = f"return {added.number} {added.agency}: {added.state}, message {delivery.id}"
    record(connection, entry("research answered", added.case, detail))
    return added


def _reported(
    connection: Connection, delivery: Delivery, new: ActionReport, entry: Callable[..., Entry]
) -> ActionReport:
    """The report in the register, and in effect where it is taken."""
    for known in reports_in(connection, delivery.id):
        if replace(known, number=0, state=new.state, reason=new.reason) == new:
            return known
    values = {name: value for name, value in asdict(new).items() if name != "number"}
    added = add_report(connection, values)
    if added.state == "taken":
        apply_report(connection, added)
    case = action_numbered(connection, added.action).case
    detail = f"action {added.action} {added.outcome}: {added.state}, message {delivery.id}"
    record(connection, entry("action reported", case, detail))
    return added


def _noted(connection: Connection, delivery: Delivery, word: VictimTold, entry: Callable[..., Entry]) -> None:
    """Keep that a victim was told, unless it is known already."""
    known = {(each.case, each.meeting, each.on) for each in every_told(connection)}
    if (word.case, word.meeting, word.on) in known:
        return
    add_told(connection, word)
    detail = f"on {word.on.isoformat()}, meeting of {word.meeting.isoformat()}, message {delivery.id}"
    record(connection, entry("victim told", word.case, detail))


def _return_waits(each: ResearchReturn) -> str:
    return f"{return_waits(each.number, each.case)} {each.reason}"


def _report_waits(each: ActionReport) -> str:
    return f"{report_waits(each.number, each.action)} {each.reason}"


def _said(
    returns: Sequence[ResearchReturn], reports: Sequence[ActionReport], told: Sequence[VictimTold]
) -> tuple[str, ...]:
    """What was taken, in one sentence that names nobody."""
    what = [
        *(each.case for each in returns if each.state == "taken"),
        *(f"action {each.action} {each.outcome}" for each in reports if each.state == "taken"),
        *(f"the victim of {each.case} was told on {each.on.isoformat()}" for each in told),
    ]
    return (f"Taken: {', '.join(what)}.",) if what else ()
