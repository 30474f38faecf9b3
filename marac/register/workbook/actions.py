"""The sheet of actions: what the agencies undertook, by when, and what became of it."""

import datetime as dt

from marac.action import Action
from marac.meetings.outstanding import agreed_on
from marac.register.workbook.contents import RegisterContents
from marac.register.workbook.sheet import Colour, Column, Sheet, Value
from marac.register.workbook.text import too_long

_ADVICE = (
    "White columns can be changed: save, and the next run takes your changes into the register and says so. Outcome: “could not"
    " be done” (circumstances changed) closes an action, “not done” leaves it open. A new action is a new row without a number:"
    " case, agency, what is to be done, due. Grey columns are the program's, and an edit there is undone."
)
COLUMNS = (
    Column("Action", 8, "number"),
    Column("Case", 12, "code"),
    Column("Victim", 22),
    Column("Agency", 24, choices="agencies"),
    Column("What is to be done", 70, edits="text"),
    Column("Due", 12, "date", colours=(Colour("red", overdue_unless="Done"),), edits="due"),
    Column("Done", 12, "date", edits="done"),
    Column("Outcome", 18, choices="outcomes", edits="outcome", colours=(Colour("amber", ("not done",)),)),
    Column("Note", 40, edits="note"),
    Column("Owner", 22, edits="owner"),
    Column("Risk", 34, edits="risk"),
    Column("Meeting", 12, "date"),
    Column("Added", 12, "date"),
)


def actions_sheet(contents: RegisterContents) -> Sheet:
    """Every action, with the victim of its case and the agency's name."""
    victims = {each.case.reference: each.case.referral.victim.name for each in contents.cases}
    names = {agency.id: agency.name for agency in contents.agencies}
    rows = [_row(action, victims, names) for action in sorted(contents.actions, key=_carried_over_first)]
    return Sheet("Actions", COLUMNS, rows, keyed=True, locked=frozenset(too_long(rows)), advice=_ADVICE)


def _carried_over_first(action: Action) -> tuple[bool, dt.date, dt.date, int]:
    """What is open before what is closed, and what an earlier meeting agreed before what a later one did."""
    return not action.is_open, agreed_on(action), action.due, action.number


def _row(action: Action, victims: dict[str, str | None], names: dict[str, str]) -> tuple[Value, ...]:
    agency = names.get(action.agency, action.agency)
    victim = victims.get(action.case)
    return (
        action.number,
        action.case,
        victim,
        agency,
        action.text,
        action.due,
        action.done,
        action.outcome,
        action.note or None,
        action.owner or None,
        action.risk or None,
        action.meeting,
        action.added,
    )
