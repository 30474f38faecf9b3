"""The audit trail in the store: written in the transaction of the change it tells of, and never changed."""

import datetime as dt

from sqlalchemy import Connection, insert, select

from marac.audit import START, Entry, chained
from marac.register.schema import audit


def record(connection: Connection, entry: Entry) -> None:
    """Add an entry to the trail."""
    previous = connection.execute(select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)).scalar() or START
    connection.execute(
        insert(audit).values(
            at=entry.at,
            actor=entry.actor,
            event=entry.event,
            subject=entry.subject,
            detail=entry.detail,
            hash=chained(previous, entry),
        )
    )


def trail(connection: Connection) -> tuple[tuple[Entry, str], ...]:
    """Every entry with its hash, oldest first. Times are UTC; SQLite keeps no zone."""
    rows = connection.execute(select(audit).order_by(audit.c.number))
    return tuple(
        (Entry(row.at.replace(tzinfo=dt.UTC), row.actor, row.event, row.subject, row.detail), row.hash) for row in rows
    )
