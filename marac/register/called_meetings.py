"""What people said about meetings that the calendar alone does not have so."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marac.fortnight import CalledMeeting
from marac.register.schema import called_meetings
from marac.register.scope import marac_of, own


def add_called_meeting(connection: Connection, called: CalledMeeting) -> None:
    """Keep a person's word about a meeting."""
    connection.execute(insert(called_meetings).values(marac=marac_of(connection), **asdict(called)))


def every_called_meeting(connection: Connection) -> tuple[CalledMeeting, ...]:
    """All of them, in the order in which they were said."""
    query = own(connection, select(called_meetings), called_meetings).order_by(called_meetings.c.id)
    return tuple(_called(row) for row in connection.execute(query))


def _called(row: Row[Any]) -> CalledMeeting:
    return CalledMeeting(**{name: value for name, value in row._mapping.items() if name not in {"id", "marac"}})
