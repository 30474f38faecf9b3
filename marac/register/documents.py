"""What was made for each meeting, and what became of it: the ledger that every letter leaves by."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from marac.register.outgoing import SendingState
from marac.register.schema import documents
from marac.register.scope import marac_of, own

DocumentKind = Literal[
    "agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags", "flags-ending",
    "reminder", "idva-referral", "evidence", "transfer",
]  # fmt: skip
DocumentState = Literal["made", "held", "prepared", SendingState, "superseded"]
"""`made`: for the coordinator's own eyes. `held`: not sealed, and `reason` says what to do. `prepared`: sealed, and
waiting for release; `reason` then says why an earlier release was taken back. `approved` to `unknown`: see there.
`superseded`: not needed, or a newer version has taken its place."""

_TITLES: dict[DocumentKind, str] = {
    "agenda": "The agenda",
    "agency-agenda": "The agenda",
    "list": "The list of cases to look up",
    "research": "The research pack",
    "returns": "What the agencies answered",
    "minutes": "The minutes to fill in",
    "letter": "The letter of actions",
    "outcome": "The outcome note",
    "flags": "The notice of files to flag",
    "flags-ending": "The list of flags that end",
    "reminder": "The reminder of overdue actions",
    "idva-referral": "The referral to the IDVA service",
    "evidence": "The letter of evidence",
    "transfer": "The transfer",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of one document for one reader."""

    id: int
    meeting: dt.date
    kind: DocumentKind
    agency: str
    """The reader's id: an agency's, or that of its senior or manager; empty for the chair and the coordinator."""
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
    approved_by: str | None = field(default=None, repr=False)
    attempts: int = 0
    subject: str = ""
    """The case, or the month, that it is about; empty for the meeting as a whole."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Which document of its meeting it is, whatever its version."""
        return self.kind, self.agency, self.subject


def add_paper(connection: Connection, values: dict[str, Any]) -> Paper:
    """Enter a document that is on the disk."""
    return _paper(
        connection.execute(insert(documents).values(marac=marac_of(connection), **values).returning(*documents.c)).one()
    )


def change_paper(connection: Connection, paper: int, **values: Any) -> None:
    """Note what became of a document."""
    connection.execute(update(documents).where(documents.c.id == paper).values(values))


def papers_for(connection: Connection, meeting: dt.date) -> tuple[Paper, ...]:
    """Every document of a meeting, in the order in which they were made."""
    query = own(connection, select(documents).where(documents.c.meeting == meeting), documents).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def paper_called(connection: Connection, message_id: str) -> Paper | None:
    """The document that left, or is to leave, under this Message-ID."""
    row = connection.execute(select(documents).where(documents.c.message_id == message_id)).one_or_none()
    return _paper(row) if row else None


def every_paper(connection: Connection) -> tuple[Paper, ...]:
    """Every document, in the order in which they were made."""
    query = own(connection, select(documents), documents).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def papers_called(connection: Connection, message_id: str) -> tuple[Paper, ...]:
    """The documents that left, or are to leave, under this Message-ID."""
    query = select(documents).where(documents.c.message_id == message_id).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def paper_in_words(paper: Paper) -> str:
    """A document as a sentence begins with it: by its agency and its meeting, without anybody's name."""
    day = f"{paper.meeting.day} {paper.meeting:%B %Y}"
    return f"{_TITLES[paper.kind]} for {paper.agency or 'the chair'} (meeting of {day})"


def to_reach(paper: Paper) -> str:
    """What to do about a document that its agency did not get."""
    date = paper.meeting.isoformat()
    return (
        f"Check the agency's address in agencies.toml with the agency, on the telephone. Where it was wrong: marac meeting "
        f"prepare {date}, then release that. Where it is right: marac release {date} --resend {paper.agency} --by NAME"
    )


def _paper(row: Row[Any]) -> Paper:
    return Paper(**{name: value for name, value in row._mapping.items() if name != "marac"})
