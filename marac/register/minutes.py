"""What the meetings noted: who was there, and what was said of each case beside its actions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from marac.fortnight import Attendance, CaseMinutes
from marac.register.schema import attendances, case_minutes, cases, minutes_read
from marac.register.scope import marac_of, own


def set_attendances(connection: Connection, meeting: dt.date, found: Sequence[Attendance]) -> None:
    """Put these in the place of what was noted about who was at a meeting."""
    mine = (attendances.c.meeting == meeting, attendances.c.marac == marac_of(connection))
    connection.execute(delete(attendances).where(*mine))
    for each in found:
        connection.execute(insert(attendances).values(marac=marac_of(connection), **asdict(each)))


def every_attendance(connection: Connection) -> tuple[Attendance, ...]:
    """Everybody who was at a meeting or sent apologies, by meeting."""
    query = own(connection, select(attendances), attendances).order_by(attendances.c.meeting, attendances.c.id)
    return tuple(_attendance(row) for row in connection.execute(query))


def set_case_minutes(connection: Connection, noted: CaseMinutes) -> None:
    """Put this in the place of what was noted about a case at a meeting."""
    mine = (case_minutes.c.meeting == noted.meeting, case_minutes.c.case == noted.case)
    connection.execute(delete(case_minutes).where(*mine))
    connection.execute(insert(case_minutes).values(**{**asdict(noted), "considered": dict(noted.considered)}))


def every_case_minutes(connection: Connection) -> tuple[CaseMinutes, ...]:
    """What was noted about this MARAC's cases, by meeting."""
    query = select(case_minutes).join(cases, cases.c.reference == case_minutes.c.case)
    query = query.order_by(case_minutes.c.meeting, case_minutes.c.id)
    return tuple(_case_minutes(row) for row in connection.execute(own(connection, query, cases)))


def add_minutes_read(connection: Connection, meeting: dt.date, sha256: str, by: str, on: dt.date) -> None:
    """Note that a file of minutes was taken into the register."""
    values = {"marac": marac_of(connection), "meeting": meeting, "sha256": sha256, "by": by, "on": on}
    connection.execute(insert(minutes_read).values(values))


def minutes_taken(connection: Connection) -> Mapping[str, dt.date]:
    """The files of minutes that were taken into the register, by sha256, with the meeting that each was of."""
    query = own(connection, select(minutes_read.c.sha256, minutes_read.c.meeting), minutes_read)
    return {row.sha256: row.meeting for row in connection.execute(query)}


def last_minutes_taken(connection: Connection, meeting: dt.date) -> str | None:
    """The sha256 of the file of minutes that was taken last for a meeting; None where none was."""
    query = own(connection, select(minutes_read.c.sha256), minutes_read).where(minutes_read.c.meeting == meeting)
    return connection.execute(query.order_by(minutes_read.c.id.desc()).limit(1)).scalar()


def _attendance(row: Row[Any]) -> Attendance:
    return Attendance(**{name: value for name, value in row._mapping.items() if name not in {"id", "marac"}})


def _case_minutes(row: Row[Any]) -> CaseMinutes:
    return CaseMinutes(**{name: value for name, value in row._mapping.items() if name != "id"})
