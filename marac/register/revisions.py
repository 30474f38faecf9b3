"""The number that counts up whenever something changes that the workbook shows: nothing new, nothing to write."""

from typing import Any

from sqlalchemy import Connection, Engine, Insert, TableClause, event, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from marac.register.schema import revisions

_SHOWN = frozenset(
    [
        "action_reports",
        "actions",
        "attendances",
        "barred_names",
        "called_meetings",
        "case_minutes",
        "cases",
        "decisions",
        "deliveries",
        "documents",
        "flags",
        "interests",
        "message_decisions",
        "outgoing",
        "person_verdicts",
        "presenters",
        "research_returns",
        "sources",
        "transfers",
        "victims_told",
        "workbook_conflicts",
    ]
)
_SEEN = "changes what the workbook shows"


def watch_changes(engine: Engine) -> None:
    """Notice the statements of every transaction that change a row of what the workbook shows."""
    event.listen(engine, "after_execute", _notice)


def begin_to_watch(connection: Connection) -> None:
    """Forget what was noticed of an earlier transaction."""
    connection.info.pop(_SEEN, None)


def count_up(connection: Connection) -> None:
    """Count up where this transaction has changed something that the workbook shows."""
    if not connection.info.pop(_SEEN, False):
        return
    found = connection.execute(update(revisions).where(revisions.c.id == 1).values(number=revisions.c.number + 1))
    if not found.rowcount:
        connection.execute(insert(revisions).values(id=1, number=1))


def revision(connection: Connection) -> int:
    """The number now; 0 before the first change."""
    return connection.execute(select(revisions.c.number).where(revisions.c.id == 1)).scalar() or 0


def _notice(
    connection: Connection, statement: Any, _many: object, _parameters: object, _options: object, result: Any
) -> None:
    table = statement.table if isinstance(statement, UpdateBase) else None
    entered = isinstance(statement, Insert) and result.returns_rows  # SQLite counts these rows once they were fetched
    if isinstance(table, TableClause) and table.name in _SHOWN and (entered or result.rowcount != 0):
        connection.info[_SEEN] = True
