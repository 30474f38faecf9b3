"""Who holds what: the version of each case that each document showed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marac.fortnight import Holding
from marac.register.documents import DocumentState, Paper, papers_numbered
from marac.register.schema import document_cases, documents
from marac.register.scope import own

MAY_HAVE_LEFT: frozenset[DocumentState] = frozenset({"sent", "sending", "unknown"})
"""What its reader has, or may have."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A document that shows a case, and that its reader has, or may have."""

    case: str
    paper: Paper
    shown: Mapping[str, str] = field(repr=False)
    """Field to a digest of what it printed of it."""


def add_holdings(connection: Connection, found: Iterable[Holding]) -> None:
    """Note what a new document shows of each case."""
    rows = [{"document": each.document, "case": each.case, "shown": dict(each.shown)} for each in found]
    if rows:
        connection.execute(insert(document_cases), rows)


def cases_shown(connection: Connection, document: int) -> int:
    """How many cases one document shows; those joined to one are not counted beside it."""
    return sum("reference" in holding.shown for holding in held_in(connection, document))


def held_in(connection: Connection, document: int) -> tuple[Holding, ...]:
    """What one document showed, a case each."""
    query = select(document_cases).where(document_cases.c.document == document).order_by(document_cases.c.id)
    return tuple(_holding(row) for row in connection.execute(query))


def holders_of(connection: Connection, cases: Collection[str]) -> tuple[Holder, ...]:
    """Every document that left, or may have, and shows one of these cases, in the order in which they were made."""
    if not cases:
        return ()
    query = (
        select(document_cases)
        .join(documents, documents.c.id == document_cases.c.document)
        .where(document_cases.c.case.in_(sorted(cases)), documents.c.state.in_(sorted(MAY_HAVE_LEFT)))
    )
    found = [
        _holding(row) for row in connection.execute(own(connection, query, documents).order_by(document_cases.c.id))
    ]
    papers = {paper.id: paper for paper in papers_numbered(connection, {each.document for each in found})}
    return tuple(Holder(each.case, papers[each.document], each.shown) for each in found)


def _holding(row: Row[Any]) -> Holding:
    return Holding(row.document, row.case, row.shown)
