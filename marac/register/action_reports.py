"""What agencies reported about their actions."""

from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from marac.errors import NotFoundError
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
    return _reports(connection, select(action_reports))


def reports_in(connection: Connection, delivery: int) -> tuple[ActionReport, ...]:
    """The reports that one message brought, in the order in which they were entered."""
    return _reports(connection, select(action_reports).where(action_reports.c.delivery == delivery))


def report_numbered(connection: Connection, number: int) -> ActionReport:
    """The report with this number.

    Raises:
        NotFoundError: this MARAC has none.
    """
    found = _reports(connection, select(action_reports).where(action_reports.c.number == number))
    if not found:
        raise NotFoundError(f"There is no report {number}. `marac action reports` lists them.")
    return found[0]


def _reports(connection: Connection, query: Select[Any]) -> tuple[ActionReport, ...]:
    query = query.join(actions, actions.c.number == action_reports.c.action)
    query = query.join(cases, cases.c.reference == actions.c.case).order_by(action_reports.c.number)
    return tuple(_report(row) for row in connection.execute(own(connection, query, cases)))


def _report(row: Row[Any]) -> ActionReport:
    return ActionReport(**row._mapping)
