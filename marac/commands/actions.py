"""`marac action add` and `marac action outcome`: what agencies undertake, and what became of it."""

from argparse import Namespace
from dataclasses import replace

from marac.action import Action, ActionOutcome
from marac.commands.working import day, office_for
from marac.errors import NotFoundError, UsageError
from marac.register.actions import action_numbered, every_action, set_action
from marac.register.actions import add_action as added
from marac.register.calendar import meetings
from marac.register.cases import case_named
from marac.register.trail import record
from marac.register_workbook import write_workbook

OUTCOMES: dict[str, ActionOutcome] = {
    "done": "done",
    "could-not-be-done": "could not be done",
    "not-done": "not done",
}
"""As they are typed, and as they are kept."""


def add(arguments: Namespace) -> int:
    """Enter an action."""
    with office_for(arguments, changes=True) as office:
        if arguments.agency not in office.settings.agencies:
            known = ", ".join(office.settings.agencies) or "none yet"
            raise NotFoundError(f"There is no agency {arguments.agency!r} in agencies.toml. Its ids: {known}.")
        if not arguments.text.strip():
            raise UsageError("An action needs words: what will the agency do?")
        with office.store.changing() as connection:
            dates = {each.date for each in meetings(connection, office.settings, office.today)}
            if arguments.meeting is not None and arguments.meeting not in dates:
                raise NotFoundError(f"The calendar has no meeting on {day(arguments.meeting)}. Nothing was entered.")
            case = case_named(connection, arguments.case)
            case = case_named(connection, case.joined_to) if case.joined_to else case
            more = {"owner": arguments.owner.strip(), "risk": arguments.risk.strip(), "meeting": arguments.meeting}
            text = arguments.text.strip()
            said = Action(0, case.reference, arguments.agency, arguments.due, text, office.today, **more)
            same = (each for each in every_action(connection) if replace(each, number=0) == said)
            if (action := next(same, None)) is None:  # the command may be given again, after it was broken off
                action = added(connection, case.reference, arguments.agency, arguments.due, text, office.today, **more)
                detail = f"action {action.number} {action.agency}"
                record(connection, office.entry("action added", case.reference, detail))
        name = office.settings.agencies[action.agency].name
        print(f"Action {action.number} for {name} in {action.case}, due {day(action.due)}.")
        _warn(write_workbook(office).message)
    return 0


def outcome(arguments: Namespace) -> int:
    """Note what became of an action."""
    by, said = arguments.by.strip(), OUTCOMES[arguments.outcome]
    if not by:
        raise UsageError("--by must not be empty: it is kept with the action.")
    with office_for(arguments, changes=True) as office:
        on = arguments.on or office.today
        if on > office.today:
            raise UsageError(f"{day(on)} is still to come. Nothing was noted.")
        with office.store.changing() as connection:
            before = action_numbered(connection, arguments.number)
            note = arguments.note.strip() or (before.note if said == before.outcome else "")
            action = replace(before, outcome=said, note=note, done=None if said == "not done" else on)
            set_action(connection, action)
            detail = f"action {action.number}: {said}"
            record(connection, office.entry("action reported", action.case, detail, actor=by))
        print(_noted(action, before))
        _warn(write_workbook(office).message)
    return 0


def _noted(action: Action, before: Action) -> str:
    """What holds of the action now, and what held before where that was something else."""
    if action.is_open:
        end = "It is open again." if not before.is_open else "It stays open, and comes back at the next meeting."
    else:
        end = f"It is closed as of {day(action.done)}." if action.done else ""
    was = f" Before, it was noted as {before.outcome}." if before.outcome not in {None, action.outcome} else ""
    return f"Action {action.number} in {action.case}: {action.outcome}. {end}{was}"


def _warn(message: str) -> None:
    if message:
        print(f"! {message}")
