"""The sheet of actions: what the agencies undertook, by when, and whether it is done."""

from marac.case import Action
from marac.register.workbook.contents import RegisterContents
from marac.register.workbook.sheet import Colour, Column, Sheet, Value
from marac.register.workbook.text import too_long

_ADVICE = (
    "White columns can be changed: save, and the next run takes your changes into the register and says so. Type the day into"
    " Done when an action is done. Grey columns are the program's, and an edit there is undone."
)
COLUMNS = (
    Column("Action", 8, "number"),
    Column("Case", 12, "code"),
    Column("Victim", 22),
    Column("Agency", 24),
    Column("What is to be done", 70, edits="text"),
    Column("Due", 12, "date", colours=(Colour("red", overdue_unless="Done"),), edits="due"),
    Column("Done", 12, "date", edits="done"),
    Column("Added", 12, "date"),
)


def actions_sheet(contents: RegisterContents) -> Sheet:
    """Every action, with the victim of its case and the agency's name."""
    victims = {each.case.reference: each.case.referral.victim.name for each in contents.cases}
    names = {agency.id: agency.name for agency in contents.agencies}
    rows = [_row(action, victims, names) for action in contents.actions]
    return Sheet("Actions", COLUMNS, rows, keyed=True, locked=frozenset(too_long(rows)), advice=_ADVICE)


def _row(action: Action, victims: dict[str, str | None], names: dict[str, str]) -> tuple[Value, ...]:
    agency = names.get(action.agency, action.agency)
    victim = victims.get(action.case)
    return (action.number, action.case, victim, agency, action.text, action.due, action.done, action.added)
