"""That victims were told what the meeting came to."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marac.fortnight import VictimTold
from marac.register.schema import cases, victims_told
from marac.register.scope import own


def add_told(connection: Connection, told: VictimTold) -> None:
    """Keep that a victim was told."""
    connection.execute(insert(victims_told).values(**asdict(told)))


def every_told(connection: Connection) -> tuple[VictimTold, ...]:
    """All that was said about this MARAC's cases, in the order in which it was said."""
    query = select(victims_told).join(cases, cases.c.reference == victims_told.c.case).order_by(victims_told.c.id)
    return tuple(_told(row) for row in connection.execute(own(connection, query, cases)))


def _told(row: Row[Any]) -> VictimTold:
    return VictimTold(**{name: value for name, value in row._mapping.items() if name != "id"})
