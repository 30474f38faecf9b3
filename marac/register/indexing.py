"""The index of people brought up to date: in a register from before there was one, or after a change of what is looked for."""

from sqlalchemy import delete, insert, select

from marac.register.cases import cases_of_every_marac
from marac.register.people_index import rebuild_index
from marac.register.schema import match_counts
from marac.register.store import Store

INDEXED_AS = 1
"""Counted up whenever keys, counted terms or stored people are made in another way."""

_VERSION = -4
"""The term whose count says in which way the index was made; it stands for no name."""


def bring_index_up_to_date(store: Store) -> None:
    """Make the index anew where it was made in another way, or never.

    Raises:
        StoreError: the register cannot be read or written.
    """
    made = select(match_counts.c.count).where(match_counts.c.term == _VERSION)
    with store.reading() as connection:
        if connection.execute(made).scalar() == INDEXED_AS:
            return
    with store.changing() as connection:
        rebuild_index(connection, cases_of_every_marac(connection))
        connection.execute(delete(match_counts).where(match_counts.c.term == _VERSION))
        connection.execute(insert(match_counts).values(term=_VERSION, count=INDEXED_AS))
