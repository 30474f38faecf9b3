"""What waits to leave, or to be looked up, by the two ledgers."""

import datetime as dt
from collections.abc import Collection, Sequence

from marac.dispatch.handing_over import MOST_ATTEMPTS, Leaving
from marac.office import Office
from marac.register.documents import DocumentState, Paper, change_paper, every_paper, papers_for
from marac.register.outgoing import outgoing_in
from marac.register.trail import record

INTERRUPTED: Collection[DocumentState] = ("sending", "unknown")
"""What may have left, as far as the ledger knows."""
RELEASED: Collection[DocumentState] = ("approved", "retry")
"""What a person released, and has surely not left."""


def anything_to_send(office: Office) -> bool:
    """Whether a pass has something to send, or to look up: only then does an outbox need to be opened."""
    interrupted = every_interrupted(office)
    return bool(due_by_themselves(office)) or any(each.state == "sending" or _can_know(office) for each in interrupted)


def papers_in(office: Office, date: dt.date, states: Collection[DocumentState] | None = None) -> tuple[Paper, ...]:
    """A meeting's documents in these states, or all of them."""
    with office.store.reading() as connection:
        return tuple(paper for paper in papers_for(connection, date) if states is None or paper.state in states)


def every_interrupted(office: Office) -> tuple[Leaving, ...]:
    """All that may have left: a run was killed while it was sending, or the connection broke at the end."""
    with office.store.reading() as connection:
        papers, own = every_paper(connection), outgoing_in(connection, ("sending", "unknown"))
    return (*(paper for paper in papers if paper.state in INTERRUPTED), *own)


def due_by_themselves(office: Office) -> tuple[Leaving, ...]:
    """What a pass may send without anybody's asking again; what was tried least comes first, so that nothing starves."""
    with office.store.reading() as connection:
        papers, own = every_paper(connection), outgoing_in(connection, ("approved", "retry"))
    retried = (paper for paper in papers if paper.state == "retry" and not _outdated(paper, papers))
    waiting: list[Leaving] = [*retried, *own]
    return tuple(sorted((each for each in waiting if each.attempts < MOST_ATTEMPTS), key=lambda each: each.attempts))


def put_aside_outdated(office: Office) -> None:
    """Note what was released, has not left, and need not: a newer version has taken its place."""
    with office.store.changing() as connection:
        papers = every_paper(connection)
        for paper in papers:
            if paper.state in RELEASED and _outdated(paper, papers):
                change_paper(connection, paper.id, state="superseded", reason="A newer version has taken its place.")
                detail = f"{paper.kind} {paper.agency} version {paper.version}"
                record(connection, office.entry("letter superseded", paper.message_id or "", detail))


def _outdated(paper: Paper, papers: Sequence[Paper]) -> bool:
    return any(
        (other.meeting, *other.place) == (paper.meeting, *paper.place) and other.version > paper.version
        for other in papers
    )


def _can_know(office: Office) -> bool:
    """Whether anything is kept of what was sent; where nothing is, it is no use to ask at every pass."""
    mailbox = office.settings.mailbox
    return office.settings.sending.kind != "smtp" or (mailbox.kind == "imap" and mailbox.sent is not None)
