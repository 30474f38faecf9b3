"""`marac case decide` and `marac action add`: what a person decides, and what agencies undertake."""

from argparse import Namespace
from dataclasses import replace

from sqlalchemy import Connection

from marac.case import Case, Decision
from marac.commands.couples import one_couple, refuse_draft, refuse_unless_alike, two_couples
from marac.commands.working import day, office_for
from marac.errors import NotFoundError, UsageError
from marac.office import Office
from marac.one_pass import move_cases_on, write_workbook
from marac.register.cases import add_action as added
from marac.register.cases import (
    add_decision,
    case_named,
    set_standing,
)
from marac.register.flagging import flag_anew
from marac.register.trail import record

_DONE = {
    "hear": "{case} is to be heard.",
    "not-heard": "{case} is not to be heard. It stays in the register with your reason, and can be decided anew.",
}


def decide(arguments: Namespace) -> int:
    """Keep a decision, and let it take effect."""
    if (arguments.other is not None) != arguments.decision.endswith("same-as"):
        needs = "names the other case after it" if arguments.decision.endswith("same-as") else "names no other case"
        raise UsageError(f"{arguments.decision} {needs}: marac case decide --help")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            decision = _decision(connection, arguments, office)
            add_decision(connection, decision)
            said = _take_effect(connection, decision, office)
            detail = f"{decision.kind} {decision.other_case or ''}".strip()
            record(connection, office.entry("case decided", decision.case, detail, actor=decision.by))
        move_cases_on(office)
        print(said or _DONE[decision.kind].format(case=decision.case))
        _warn(write_workbook(office).message)
    return 0


def add_action(arguments: Namespace) -> int:
    """Enter an action."""
    with office_for(arguments, changes=True) as office:
        if arguments.agency not in office.settings.agencies:
            known = ", ".join(office.settings.agencies) or "none yet"
            raise NotFoundError(f"There is no agency {arguments.agency!r} in agencies.toml. Its ids: {known}.")
        if not arguments.text.strip():
            raise UsageError("An action needs words: what will the agency do?")
        with office.store.changing() as connection:
            case = case_named(connection, arguments.case)
            case = case_named(connection, case.joined_to) if case.joined_to else case
            action = added(
                connection, case.reference, arguments.agency, arguments.due, arguments.text.strip(), office.today
            )
            record(connection, office.entry("action added", case.reference, f"action {action.number} {action.agency}"))
        print(
            f"Action {action.number} for {office.settings.agencies[action.agency].name} in {action.case}, due {day(action.due)}."
        )
        _warn(write_workbook(office).message)
    return 0


def _decision(connection: Connection, arguments: Namespace, office: Office) -> Decision:
    case = case_named(connection, arguments.case)
    other = case_named(connection, arguments.other) if arguments.other else None
    if other is not None and other.reference == case.reference:
        raise UsageError("A case cannot be compared with itself.")
    if arguments.decision == "same-as" and other is not None:
        _refuse_to_join(connection, case, other, arguments, office)
    if case.joined_to and arguments.decision in {"hear", "not-heard"}:
        raise UsageError(f"{case.reference} was joined to {case.joined_to}. Decide about that one.")
    for name, words in (("--reason", arguments.reason), ("--by", arguments.by)):
        if not words.strip():
            raise UsageError(f"{name} must not be empty: it is kept with the case.")
    return Decision(
        case.reference,
        arguments.decision,
        arguments.reason.strip(),
        arguments.by.strip(),
        office.today,
        other.reference if other else None,
    )


def _refuse_to_join(connection: Connection, case: Case, other: Case, arguments: Namespace, office: Office) -> None:
    if other.joined_to:
        raise UsageError(f"{other.reference} was itself joined to {other.joined_to}. Name {other.joined_to}.")
    refuse_draft(case, other)
    if not arguments.although_different:
        refuse_unless_alike(connection, case, other, office)


def _take_effect(connection: Connection, decision: Decision, office: Office) -> str:
    """Bring the case's standing and flags in line with what was decided; what to say about it, where it is not plain."""
    case, said = case_named(connection, decision.case), ""
    if decision.other_case:
        other = case_named(connection, decision.other_case)
        if decision.kind == "same-as":
            said = one_couple(connection, case, other)
        else:
            said = two_couples(connection, case, other, decision)
    elif decision.kind == "not-heard" and case.state in {"received", "listed"}:
        set_standing(connection, replace(case, state="not heard", meeting=None))
    for affected in _affected(connection, decision):
        flag_anew(connection, affected, office.settings.rules)
    return said


def _affected(connection: Connection, decision: Decision) -> list[Case]:
    references = [decision.case, *([decision.other_case] if decision.other_case else [])]
    return [case_named(connection, reference) for reference in references]


def _warn(message: str) -> None:
    if message:
        print(f"! {message}")
