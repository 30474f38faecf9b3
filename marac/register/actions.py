"""The actions in the store: what agencies undertook, and what became of it."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from marac.action import Action
from marac.errors import NotFoundError
from marac.register.schema import actions, cases
from marac.register.scope import own


def add_action(
    connection: Connection, case: str, agency: str, due: dt.date, text: str, added: dt.date, **more: Any
) -> Action:
    """Enter an action that an agency undertook; `more` are further columns: owner, risk, meeting."""
    values = {"case": case, "agency": agency, "due": due, "text": text, "added": added, **more}
    return _action(connection.execute(insert(actions).values(values).returning(*actions.c)).one())


def set_action(connection: Connection, action: Action) -> None:
    """Note an action as it stands now; its number, its case and the day on which it was added stay."""
    values = {
        "agency": action.agency,
        "due": action.due,
        "text": action.text,
        "done": action.done,
        "outcome": action.outcome,
        "note": action.note,
        "owner": action.owner,
        "risk": action.risk,
        "meeting": action.meeting,
    }
    connection.execute(update(actions).where(actions.c.number == action.number).values(values))


def action_numbered(connection: Connection, number: int) -> Action:
    """The action with this number.

    Raises:
        NotFoundError: this MARAC has none.
    """
    query = select(actions).join(cases, cases.c.reference == actions.c.case).where(actions.c.number == number)
    row = connection.execute(own(connection, query, cases)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no action {number}. The sheet Actions of the register lists them.")
    return _action(row)


def every_action(connection: Connection) -> tuple[Action, ...]:
    """All actions in this MARAC's cases, oldest first."""
    query = select(actions).join(cases, cases.c.reference == actions.c.case).order_by(actions.c.number)
    return tuple(_action(row) for row in connection.execute(own(connection, query, cases)))


def actions_of_case(connection: Connection, reference: str) -> tuple[Action, ...]:
    """The actions in a case, oldest first."""
    query = select(actions).where(actions.c.case == reference).order_by(actions.c.number)
    return tuple(_action(row) for row in connection.execute(query))


def _action(row: Row[Any]) -> Action:
    return Action(**row._mapping)
