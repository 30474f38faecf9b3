"""A case that was joined to another one, and how it stood before, so that a merge can be undone."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import Connection, select, update

from marac.case import Case
from marac.register.cases import set_standing
from marac.register.schema import cases


def join(connection: Connection, case: Case, other: str) -> Case:
    """The case joined to the other one, which carries on for both; how it stood is kept.

    A case that was joined before keeps what is known of its standing before the first join.

    Raises:
        ConflictError: somebody else changed the case since it was looked up.
    """
    if case.joined_to is None:
        standing = {"state": case.state, "meeting": case.meeting.isoformat() if case.meeting else None}
        connection.execute(update(cases).where(cases.c.reference == case.reference).values(standing_before=standing))
    return set_standing(connection, replace(case, state="joined", joined_to=other))


def take_apart(connection: Connection, case: Case, today: dt.date) -> Case:
    """The case as it stood before it was joined.

    Where the meeting that it was listed for has been without it, it waits for the next one.

    Raises:
        ConflictError: somebody else changed the case since it was looked up.
    """
    query = select(cases.c.standing_before).where(cases.c.reference == case.reference)
    kept = connection.execute(query).scalar() or {}
    before = replace(
        case,
        state=kept.get("state") or "received",
        meeting=dt.date.fromisoformat(kept["meeting"]) if kept.get("meeting") else None,
        joined_to=None,
    )
    if before.state in {"received", "listed", "deferred"} and before.meeting and before.meeting < today:
        before = replace(before, state="received", meeting=None)
    connection.execute(update(cases).where(cases.c.reference == case.reference).values(standing_before=None))
    return set_standing(connection, before)
