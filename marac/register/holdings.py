"""Who holds what: the version of each case that each document showed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marac.fortnight import Holding
from marac.register.schema import document_cases, documents
from marac.register.scope import own


def add_holdings(connection: Connection, found: Iterable[Holding]) -> None:
    """Note what a new document shows of each case."""
    for each in found:
        values = {"document": each.document, "case": each.case, "shown": dict(each.shown)}
        connection.execute(insert(document_cases).values(values))


def holdings_of(connection: Connection, case: str) -> tuple[Holding, ...]:
    """What this MARAC's documents showed of a case, in the order in which they were made."""
    query = select(document_cases).join(documents, documents.c.id == document_cases.c.document)
    query = own(connection, query.where(document_cases.c.case == case), documents).order_by(document_cases.c.id)
    return tuple(_holding(row) for row in connection.execute(query))


def _holding(row: Row[Any]) -> Holding:
    return Holding(row.document, row.case, row.shown)
