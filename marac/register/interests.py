"""Conflicts of interest, and names that must not receive anything about a case."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from marac.errors import NotFoundError
from marac.fortnight import BarredName, Interest
from marac.register.schema import barred_names, cases, interests
from marac.register.scope import own


def add_interest(connection: Connection, interest: Interest) -> None:
    """Keep a person's word on whether a case is held back from an agency; an earlier one stays, and no longer counts."""
    connection.execute(insert(interests).values(**asdict(interest)))


def every_interest(connection: Connection) -> tuple[Interest, ...]:
    """All that was said about this MARAC's cases, in the order in which it was said."""
    query = select(interests).join(cases, cases.c.reference == interests.c.case).order_by(interests.c.id)
    return tuple(_interest(row) for row in connection.execute(own(connection, query, cases)))


def bar_name(connection: Connection, case: str, name: str, reason: str, by: str, on: dt.date) -> BarredName:
    """Enter somebody who must not receive anything about a case."""
    values = {"case": case, "name": name, "reason": reason, "by": by, "on": on}
    return _barred(connection.execute(insert(barred_names).values(values).returning(*barred_names.c)).one())


def lift_barred_name(connection: Connection, number: int, on: dt.date) -> None:
    """Note that a name is barred no more; that it was stays on the books.

    Raises:
        NotFoundError: there is no such entry, or it is lifted already.
    """
    query = update(barred_names).where(barred_names.c.number == number, barred_names.c.lifted_on.is_(None))
    if not connection.execute(query.values(lifted_on=on)).rowcount:
        raise NotFoundError(f"There is no name {number} that is barred: marac case barred CASE lists them.")


def every_barred_name(connection: Connection) -> tuple[BarredName, ...]:
    """All names barred in this MARAC's cases, the lifted ones too, in the order in which they were entered."""
    query = select(barred_names).join(cases, cases.c.reference == barred_names.c.case).order_by(barred_names.c.number)
    return tuple(_barred(row) for row in connection.execute(own(connection, query, cases)))


def _interest(row: Row[Any]) -> Interest:
    return Interest(**{name: value for name, value in row._mapping.items() if name != "id"})


def _barred(row: Row[Any]) -> BarredName:
    return BarredName(**row._mapping)
