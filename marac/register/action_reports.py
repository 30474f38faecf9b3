"""What agencies reported about their actions."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from marac.fortnight import ActionReport
from marac.register.schema import action_reports, actions, cases
from marac.register.scope import own


def add_report(connection: Connection, values: dict[str, Any]) -> ActionReport:
    """Enter what an agency reported about an action."""
    query = insert(action_reports).values(values).returning(*action_reports.c)
    return _report(connection.execute(query).one())


def change_report(connection: Connection, number: int, **values: Any) -> None:
    """Note what became of a report."""
    connection.execute(update(action_reports).where(action_reports.c.number == number).values(values))


def every_report(connection: Connection) -> tuple[ActionReport, ...]:
    """All reports on this MARAC's actions, in the order in which they came."""
    query = select(action_reports).join(actions, actions.c.number == action_reports.c.action)
    query = query.join(cases, cases.c.reference == actions.c.case).order_by(action_reports.c.number)
    return tuple(_report(row) for row in connection.execute(own(connection, query, cases)))


def _report(row: Row[Any]) -> ActionReport:
    return ActionReport(**row._mapping)
