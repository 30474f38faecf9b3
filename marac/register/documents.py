"""What was made for each meeting, and what became of it: the ledger that every letter leaves by."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from marac.register.outgoing import SendingState
from marac.register.schema import documents
from marac.register.scope import marac_of, own
from marac.triage.wording import in_words

DocumentKind = Literal[
    "agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags", "flags-ending",
    "reminder", "idva-referral", "evidence", "transfer",
]  # fmt: skip
DocumentState = Literal["made", "held", "prepared", SendingState, "superseded"]
"""`made`: for the coordinator's own eyes. `held`: not sealed, and `reason` says what to do. `prepared`: sealed, and
waiting for release; `reason` then says why an earlier release was taken back. `approved` to `unknown`: see there.
`superseded`: not needed, or a newer version has taken its place."""

BY_CASE: frozenset[DocumentKind] = frozenset({"idva-referral", "evidence", "transfer"})
"""Kept by the day on which their case came, which never changes, and not by a meeting; released by their case."""
REFERRALS: frozenset[DocumentKind] = frozenset({"idva-referral"})
TRANSFERS: frozenset[DocumentKind] = frozenset({"transfer"})
LEFT: frozenset[DocumentState] = frozenset({"sent", "sending", "unknown"})
"""What its reader has, or may have."""

_TITLES: dict[DocumentKind, str] = {
    "agenda": "The agenda",
    "agency-agenda": "The agenda",
    "list": "The list of cases to look up",
    "research": "The research pack",
    "returns": "The answers of the agencies",
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
    """Every document of a meeting, in the order in which they were made; what is released by its case is none."""
    theirs = select(documents).where(documents.c.meeting == meeting, documents.c.kind.not_in(BY_CASE))
    query = own(connection, theirs, documents).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def paper_called(connection: Connection, message_id: str) -> Paper | None:
    """The document of this MARAC that left, or is to leave, under this Message-ID."""
    query = own(connection, select(documents).where(documents.c.message_id == message_id), documents)
    row = connection.execute(query).one_or_none()
    return _paper(row) if row else None


def papers_of_kinds(connection: Connection, kinds: Collection[DocumentKind]) -> tuple[Paper, ...]:
    """Every document of some kinds, in the order in which they were made."""
    query = own(connection, select(documents).where(documents.c.kind.in_(kinds)), documents).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def papers_about(connection: Connection, case: str) -> tuple[Paper, ...]:
    """The documents that are released by their case, in the order in which they were made."""
    return tuple(paper for paper in papers_of_kinds(connection, BY_CASE) if paper.subject == case)


def every_paper(connection: Connection) -> tuple[Paper, ...]:
    """Every document, in the order in which they were made."""
    query = own(connection, select(documents), documents).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def papers_numbered(connection: Connection, numbers: Collection[int]) -> tuple[Paper, ...]:
    """The documents of these numbers, in the order in which they were made."""
    query = select(documents).where(documents.c.id.in_(sorted(numbers))).order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query)) if numbers else ()


def papers_called(connection: Connection, message_id: str) -> tuple[Paper, ...]:
    """The documents of this MARAC that left, or are to leave, under this Message-ID."""
    query = own(connection, select(documents).where(documents.c.message_id == message_id), documents)
    query = query.order_by(documents.c.id)
    return tuple(_paper(row) for row in connection.execute(query))


def paper_in_words(paper: Paper) -> str:
    """A document as a sentence begins with it: by its agency and its meeting, without anybody's name."""
    return f"{_TITLES[paper.kind]} for {paper.agency or 'the chair'} ({_about(paper)})"


def title_of(paper: Paper) -> str:
    """What kind of document it is, in words: `The letter of actions`; with its month or day where it is about one."""
    about = f", {paper.subject}" if paper.subject else ""
    return f"{_TITLES[paper.kind]}{about}"


def release_command(paper: Paper) -> str:
    """The command that releases a document."""
    return (
        f"marac release --case {paper.subject}"
        if paper.kind in BY_CASE
        else f"marac release {paper.meeting.isoformat()}"
    )


def look_command(paper: Paper) -> str:
    """The command that shows what became of a document."""
    if paper.kind in BY_CASE:
        return f"{release_command(paper)} --rehearse"
    return f"marac meeting show {paper.meeting.isoformat()}"


def _about(paper: Paper) -> str:
    return f"case {paper.subject}" if paper.kind in BY_CASE else f"meeting of {in_words(paper.meeting)}"


def plain_title(paper: Paper) -> str:
    """What it is, in the words of a sentence: `research pack`."""
    return _TITLES[paper.kind].removeprefix("The ")


def sent_in_words(paper: Paper) -> str:
    """What its reader has, and since when: `research pack, meeting of 3 December 2026, sent 24 November 2026`."""
    sent = f"sent {in_words(paper.sent_at.date())}" if paper.sent_at else "which may have been sent"
    return f"{plain_title(paper)}, {_about(paper)}, version {paper.version}, {sent}"


def to_reach(paper: Paper) -> str:
    """What to do about a document that its agency did not get."""
    anew = "marac run" if paper.kind in BY_CASE else f"marac meeting prepare {paper.meeting.isoformat()}"
    return (
        f"Check {_where_it_stands(paper)}, on the telephone. Where it was wrong: {anew}, then "
        f"release that. Where it is right: {release_command(paper)} --resend {paper.agency} --by NAME"
    )


def _where_it_stands(paper: Paper) -> str:
    """Whose address it is, in which file it stands, and with whom it is checked."""
    if paper.kind in TRANSFERS:
        return "that MARAC's address in config.toml with its coordinator"
    return "the agency's address in agencies.toml with the agency"


def _paper(row: Row[Any]) -> Paper:
    return Paper(**{name: value for name, value in row._mapping.items() if name != "marac"})
