"""What was made for each meeting, and what became of it: the ledger that every letter leaves by."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from marac.register.schema import documents

DocumentKind = Literal["agenda", "research", "letter"]
DocumentState = Literal["made", "held", "prepared", "sending", "sent", "unknown", "superseded"]
"""`made`: for the coordinator's own eyes. `held`: not sealed, and `reason` says what to do. `sending`: handed over, or
about to be; a run that was killed leaves it so. `unknown`: it may or may not have left, and a person looks."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of one document for one reader."""

    id: int
    meeting: dt.date
    kind: DocumentKind
    agency: str
    """The agency's id; empty for the chair and the coordinator."""
    version: int
    contents: str
    path: str = field(repr=False)
    sha256: str
    state: DocumentState
    reason: str
    fingerprint: str | None
    recipient: str | None = field(repr=False)
    message_id: str | None
    sealed_sha256: str | None
    prepared_on: dt.date
    sent_at: dt.datetime | None


def add_paper(connection: Connection, values: dict[str, Any]) -> Paper:
    """Enter a document that is on the disk."""
    return _paper(connection.execute(insert(documents).values(values).returning(*documents.c)).one())


def change_paper(connection: Connection, paper: int, **values: Any) -> None:
    """Note what became of a document."""
    connection.execute(update(documents).where(documents.c.id == paper).values(values))


def papers_for(connection: Connection, meeting: dt.date) -> tuple[Paper, ...]:
    """Every document of a meeting, in the order in which they were made."""
    query = select(documents).where(documents.c.meeting == meeting).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def every_paper(connection: Connection) -> tuple[Paper, ...]:
    """Every document, in the order in which they were made."""
    return tuple(_paper(row) for row in connection.execute(select(documents).order_by(documents.c.id)))


def _paper(row: Row[Any]) -> Paper:
    return Paper(**row._mapping)
