"""`marac case decide`: what a person decides about a case."""

from argparse import Namespace
from dataclasses import replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import LIVE, Case, Decision
from marac.commands.couples import one_couple, refuse_draft, refuse_unless_alike, two_couples
from marac.commands.working import day, office_for
from marac.deciding import decide as decided_upon
from marac.errors import UsageError
from marac.meetings.listing import late
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.register.calendar import meetings
from marac.register.cases import add_decision, case_named
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.register_workbook import write_workbook

_DONE = {
    "hear": "{case} is to be heard.",
    "not-heard": "{case} is not to be heard. It stays in the register with your reason, and can be decided anew.",
    "accept": "{case} is a referral like any other now.",
    "defer": "{case} is deferred.",
    "transfer": "{case} is heard by {to} now. Tell them: nothing was sent. To hand the papers over: marac transfer send {case} --to ...",
    "withdraw": "{case} is withdrawn. It stays in the register with your reason.",
    "close": "{case} is closed. It stays in the register, and is found again.",
    "reopen": "{case} is open again, as if nobody had decided.",
    "list": "{case} is put on the meeting of {meeting}.",
}


def decide(arguments: Namespace) -> int:
    """Keep a decision, and let it take effect."""
    _refuse_what_does_not_go_together(arguments)
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            decision = _decision(connection, arguments, office)
            said = _taken(connection, decision, arguments, office)
        move_cases_on(office)
        print(f"{said}{_meeting_of(office, decision)}")
        _warn(write_workbook(office).message)
    return 0


def _refuse_what_does_not_go_together(arguments: Namespace) -> None:
    if (arguments.other is not None) != arguments.decision.endswith("same-as"):
        needs = "names the other case after it" if arguments.decision.endswith("same-as") else "names no other case"
        raise UsageError(f"{arguments.decision} {needs}: marac case decide --help")
    if (arguments.to is not None) != (arguments.decision == "transfer"):
        raise UsageError("transfer needs --to MARAC, the one that hears the case now; no other decision takes --to.")
    if (arguments.meeting is not None) != (arguments.decision == "list"):
        raise UsageError(
            "list needs --meeting DATE, the meeting that hears the case; no other decision takes --meeting."
        )
    for name, words in (("--reason", arguments.reason), ("--by", arguments.by)):
        if not words.strip():
            raise UsageError(f"{name} must not be empty: it is kept with the case.")


def _taken(connection: Connection, decision: Decision, arguments: Namespace, office: Office) -> str:
    """The decision kept and in effect, and what to say about it."""
    case = case_named(connection, decision.case)
    detail = f"{decision.kind} {decision.other_case or decision.meeting or ''}".strip()
    entry = office.entry("case decided", decision.case, detail, actor=decision.by)
    if decision.other_case:
        return _compared(connection, case, decision, entry, office)
    to = (arguments.to or "").strip() or None
    listed = decided_upon(connection, office, replace(case, transferred_to=to or case.transferred_to), decision, entry)
    said = _DONE[decision.kind].format(case=decision.case, to=to, meeting=day(decision.meeting or office.today))
    return said + (_late(connection, office, listed) if decision.kind == "list" else "")


def _late(connection: Connection, office: Office, case: Case) -> str:
    """What follows where a case was put on a meeting whose cut-off it did not meet."""
    dates = meetings(connection, office.settings, office.today)
    if any(late(case, meeting) for meeting in dates):
        return " It came after the cut-off, and is shown as a late addition. What went out already gets a new version."
    return ""


def _compared(connection: Connection, case: Case, decision: Decision, entry: Entry, office: Office) -> str:
    """A person's word on whether two cases are of one couple, in effect on both."""
    add_decision(connection, decision)
    other = case_named(connection, decision.other_case or "")
    same = decision.kind == "same-as"
    said = one_couple(connection, case, other) if same else two_couples(connection, case, other, decision)
    for reference in (case.reference, other.reference):
        flag_anew(connection, case_named(connection, reference), office.settings.rules)
    record(connection, entry)
    return said


def _meeting_of(office: Office, decision: Decision) -> str:
    """When the case is heard after a decision that lists it, or that it waits for a meeting."""
    if decision.kind not in {"hear", "accept", "defer", "reopen"}:
        return ""
    with office.store.reading() as connection:
        case = case_named(connection, decision.case)
    if case.meeting is None:
        return " No meeting in the calendar takes it yet: it waits for the next one that you enter."
    return f" It is on the agenda of {day(case.meeting)}." if case.state in LIVE else ""


def _decision(connection: Connection, arguments: Namespace, office: Office) -> Decision:
    case = case_named(connection, arguments.case)
    other = case_named(connection, arguments.other) if arguments.other else None
    if other is not None and other.reference == case.reference:
        raise UsageError("A case cannot be compared with itself.")
    if arguments.decision == "same-as" and other is not None:
        _refuse_to_join(connection, case, other, arguments, office)
    return Decision(
        case.reference,
        arguments.decision,
        arguments.reason.strip(),
        arguments.by.strip(),
        office.today,
        other.reference if other else None,
        arguments.meeting,
    )


def _refuse_to_join(connection: Connection, case: Case, other: Case, arguments: Namespace, office: Office) -> None:
    if other.joined_to:
        raise UsageError(f"{other.reference} was itself joined to {other.joined_to}. Name {other.joined_to}.")
    refuse_draft(case, other)
    if not arguments.although_different:
        refuse_unless_alike(connection, case, other, office)


def _warn(message: str) -> None:
    if message:
        print(f"! {message}")
