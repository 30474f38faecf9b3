"""What the agencies answered about the cases of each meeting."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from marac.errors import NotFoundError
from marac.fortnight import ResearchReturn
from marac.register.schema import cases, research_returns
from marac.register.scope import own


def add_return(connection: Connection, values: dict[str, Any]) -> ResearchReturn:
    """Enter an answer of an agency about one case."""
    query = insert(research_returns).values(values).returning(*research_returns.c)
    return _return(connection.execute(query).one())


def change_return(connection: Connection, number: int, **values: Any) -> None:
    """Note what became of an answer."""
    connection.execute(update(research_returns).where(research_returns.c.number == number).values(values))


def every_return(connection: Connection) -> tuple[ResearchReturn, ...]:
    """All answers about this MARAC's cases, in the order in which they came."""
    return _returns(connection, select(research_returns))


def returns_for(connection: Connection, meeting: dt.date) -> tuple[ResearchReturn, ...]:
    """All answers for one meeting, in the order in which they came."""
    return _returns(connection, select(research_returns).where(research_returns.c.meeting == meeting))


def returns_in(connection: Connection, delivery: int) -> tuple[ResearchReturn, ...]:
    """The answers that one message brought, in the order in which they were entered."""
    return _returns(connection, select(research_returns).where(research_returns.c.delivery == delivery))


def return_numbered(connection: Connection, number: int) -> ResearchReturn:
    """The answer with this number.

    Raises:
        NotFoundError: this MARAC has none.
    """
    found = _returns(connection, select(research_returns).where(research_returns.c.number == number))
    if not found:
        raise NotFoundError(f"There is no return {number}. Those of a case: marac returns show CASE")
    return found[0]


def current_return(connection: Connection, meeting: dt.date, case: str, agency: str) -> ResearchReturn | None:
    """The answer of an agency about a case that counts for a meeting; None where it has not answered."""
    table = research_returns.c
    query = select(research_returns).where(
        table.meeting == meeting, table.case == case, table.agency == agency, table.state == "taken"
    )
    return next(iter(_returns(connection, query)), None)


def _returns(connection: Connection, query: Select[Any]) -> tuple[ResearchReturn, ...]:
    query = query.join(cases, cases.c.reference == research_returns.c.case).order_by(research_returns.c.number)
    return tuple(_return(row) for row in connection.execute(own(connection, query, cases)))


def _return(row: Row[Any]) -> ResearchReturn:
    return ResearchReturn(**row._mapping)
