"""Cells that a person and the register changed at once: kept until somebody says which is right, and after."""

import datetime as dt

from sqlalchemy import Connection, Row, Select, insert, select, update

from marac.errors import NotFoundError
from marac.register.schema import cases, workbook_conflicts
from marac.register.scope import own
from marac.register.workbook.contents import Conflict


def add_conflict(connection: Connection, conflict: Conflict, found_at: dt.datetime) -> bool:
    """Keep a conflict, its number left out of account; False where the same one was found before, settled or not."""
    same = select(workbook_conflicts.c.id).where(
        workbook_conflicts.c.sheet == conflict.sheet,
        workbook_conflicts.c.key == conflict.key,
        workbook_conflicts.c.column == conflict.column,
        workbook_conflicts.c.was == conflict.was,
        workbook_conflicts.c.typed == conflict.typed,
    )
    if connection.execute(same.limit(1)).scalar() is not None:
        return False
    values = {
        "case": conflict.case,
        "sheet": conflict.sheet,
        "key": conflict.key,
        "column": conflict.column,
        "was": conflict.was,
        "typed": conflict.typed,
        "holds": conflict.holds,
        "typed_by": conflict.by,
        "found_at": found_at,
    }
    connection.execute(insert(workbook_conflicts).values(values))
    return True


def open_conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """Those that nobody has settled yet, oldest first."""
    query = _all().where(workbook_conflicts.c.settled.is_(None)).order_by(workbook_conflicts.c.id)
    return tuple(_conflict(row) for row in connection.execute(own(connection, query, cases)))


def conflict_numbered(connection: Connection, number: int) -> Conflict:
    """The open conflict with this number.

    Raises:
        NotFoundError: there is none, or it was settled before.
    """
    query = _all().where(workbook_conflicts.c.id == number, workbook_conflicts.c.settled.is_(None))
    row = connection.execute(own(connection, query, cases)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no open conflict {number}. `marac conflict show` lists those that there are.")
    return _conflict(row)


def close_conflict(connection: Connection, number: int, right: str, by: str, at: dt.datetime) -> None:
    """Note which side was right, `typed` or `register`, who said so and when."""
    values = {"settled": right, "settled_by": by, "settled_at": at}
    connection.execute(update(workbook_conflicts).where(workbook_conflicts.c.id == number).values(values))


def _all() -> Select[tuple[object, ...]]:
    return select(workbook_conflicts).join(cases, cases.c.reference == workbook_conflicts.c.case)


def _conflict(row: Row[tuple[object, ...]]) -> Conflict:
    return Conflict(
        row.id,
        row.case,
        row.sheet,
        row.key,
        row.column,
        row.was,
        row.typed,
        row.holds,
        row.typed_by,
        row.found_at.date(),
    )
