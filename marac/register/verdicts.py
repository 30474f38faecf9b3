"""What people said about whether two people in two cases are one: kept for ever, the latest word counts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select

from marac.case import PersonInCase, PersonVerdict
from marac.register.schema import person_verdicts

_MANY = 500
"""Cases up to which they are named in a query."""


def add_verdict(connection: Connection, verdict: PersonVerdict) -> None:
    """Keep what a person said; an earlier word about the same two people stays, and no longer counts."""
    one, other = verdict.one, verdict.other
    connection.execute(
        insert(person_verdicts).values(
            case=one.case,
            role=one.role,
            place=one.place,
            other_case=other.case,
            other_role=other.role,
            other_place=other.place,
            same=verdict.same,
            reason=verdict.reason,
            by=verdict.by,
            on=verdict.on,
        )
    )


def every_verdict(connection: Connection) -> tuple[PersonVerdict, ...]:
    """All of them, in the order in which they were said."""
    return _verdicts(connection, select(person_verdicts))


def verdicts_about(connection: Connection, references: Collection[str]) -> tuple[PersonVerdict, ...]:
    """Those that speak of somebody in one of these cases, in the order in which they were said."""
    named = list(references)
    if len(named) > _MANY:
        return tuple(each for each in every_verdict(connection) if {each.one.case, each.other.case} & set(named))
    table = person_verdicts
    return _verdicts(connection, select(table).where(or_(table.c.case.in_(named), table.c.other_case.in_(named))))


def _verdicts(connection: Connection, query: Select[Any]) -> tuple[PersonVerdict, ...]:
    return tuple(_verdict(row) for row in connection.execute(query.order_by(person_verdicts.c.id)))


def _verdict(row: Row[Any]) -> PersonVerdict:
    return PersonVerdict(
        PersonInCase(row.case, row.role, row.place),
        PersonInCase(row.other_case, row.other_role, row.other_place),
        row.same,
        row.reason,
        row.by,
        row.on,
    )
