"""Which MARAC's rows a connection sees: a store that several MARACs share is opened for one of them.

The name stands with the connection, so that no listing can forget it. What is looked up by its own number or reference
is found whichever MARAC it belongs to; people are found again in all of them.
"""

from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table

ONLY = "marac"
"""The id of the MARAC of a store that nobody shares."""

_Query = TypeVar("_Query", bound=Select[*tuple[Any, ...]])


def marac_of(connection: Connection) -> str:
    """The MARAC that the store was opened for, by its id in config.toml."""
    marac: str = connection.get_execution_options().get("marac", ONLY)
    return marac


def own(connection: Connection, query: _Query, table: Table) -> _Query:
    """The query, of the rows of the connection's MARAC alone."""
    return query.where(table.c.marac == marac_of(connection))
