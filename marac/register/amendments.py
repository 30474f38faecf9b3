"""Single values of the register that a person changed in the workbook, and that no form holds."""

from sqlalchemy import Connection, update

from marac.case import Action
from marac.register.schema import actions, cases


def set_agency(connection: Connection, case: str, agency: str | None) -> None:
    """Note which agency referred a case. It belongs into the transaction that counts the case's version up."""
    connection.execute(update(cases).where(cases.c.reference == case).values(agency=agency))


def change_action(connection: Connection, action: Action) -> None:
    """Put this wording, day and end in the place of what the action with its number had."""
    values = {"text": action.text, "due": action.due, "done": action.done}
    connection.execute(update(actions).where(actions.c.number == action.number).values(values))
