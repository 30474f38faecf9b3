"""The audit trail in the store: written in the transaction of the change it tells of, and never changed."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select

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
            origin=entry.origin,
            hash=chained(previous, entry),
        )
    )


def trail(connection: Connection) -> tuple[tuple[Entry, str], ...]:
    """Every entry with its hash, oldest first. Times are UTC; SQLite keeps no zone."""
    return tuple((_entry(row), row.hash) for row in connection.execute(select(audit).order_by(audit.c.number)))


def entries_about(connection: Connection, subjects: Collection[str]) -> tuple[Entry, ...]:
    """What was done to these cases and messages (`M26-0007`, `message 14`), oldest first."""
    query = select(audit).where(audit.c.subject.in_(subjects)).order_by(audit.c.number)
    return tuple(_entry(row) for row in connection.execute(query))


def _entry(row: Row[Any]) -> Entry:
    at = row.at.astimezone(dt.UTC) if row.at.tzinfo else row.at.replace(tzinfo=dt.UTC)
    return Entry(at, row.actor, row.event, row.subject, row.detail, row.origin)
