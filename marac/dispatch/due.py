"""What waits to leave, or to be looked up, by the two ledgers."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TypeAlias

from marac.dispatch.handing_over import MOST_ATTEMPTS, Leaving
from marac.meetings.hearing import Hearing
from marac.meetings.idva_referral import waits_for_a_person
from marac.office import Office
from marac.register.cases import cases_joined_to, cases_named
from marac.register.documents import (
    BY_CASE,
    REFERRALS,
    DocumentState,
    Paper,
    change_paper,
    every_paper,
    papers_about,
    papers_for,
    papers_of_kinds,
)
from marac.register.outgoing import outgoing_in
from marac.register.trail import record

Which: TypeAlias = dt.date | str
"""A meeting, by its day, or a case, by its reference."""
INTERRUPTED: Collection[DocumentState] = ("sending", "unknown")
"""What may have left, as far as the ledger knows."""
PREPARED: Collection[DocumentState] = frozenset({"prepared"})
RELEASED: Collection[DocumentState] = ("approved", "retry")
"""What a person released, and has surely not left."""


def anything_to_send(office: Office) -> bool:
    """Whether a pass has something to send, or to look up: only then does an outbox need to be opened."""
    interrupted = every_interrupted(office)
    return bool(due_by_themselves(office) or let_go_at_once(office)) or any(
        each.state == "sending" or _can_know(office) for each in interrupted
    )


def papers_in(office: Office, which: Which, states: Collection[DocumentState] | None = None) -> tuple[Paper, ...]:
    """A meeting's documents, or those of a case, in these states, or all of them."""
    with office.store.reading() as connection:
        found = papers_about(connection, which) if isinstance(which, str) else papers_for(connection, which)
        return tuple(paper for paper in found if states is None or paper.state in states)


def let_go_at_once(office: Office) -> tuple[Paper, ...]:
    """What a standing release lets go: referrals to the IDVA service that nothing speaks against.

    One whose release was taken back, and one about people of whom a person is to be asked first, waits for a person.
    """
    if not office.settings.idva.released_by:
        return ()
    with office.store.reading() as connection:
        waiting = [
            each for each in papers_of_kinds(connection, REFERRALS) if each.state == "prepared" and not each.reason
        ]
        asked = {case.reference: case for case in cases_named(connection, [each.subject for each in waiting])}
        joined = {case: cases_joined_to(connection, case) for case in asked}
    return tuple(
        paper
        for paper in waiting
        if paper.subject in asked and not waits_for_a_person(Hearing(asked[paper.subject], joined[paper.subject]))
    )


def every_interrupted(office: Office) -> tuple[Leaving, ...]:
    """All that may have left: a run was killed while it was sending, or the connection broke at the end."""
    with office.store.reading() as connection:
        papers, own = every_paper(connection), outgoing_in(connection, ("sending", "unknown"))
    return (*(paper for paper in papers if paper.state in INTERRUPTED), *own)


def due_by_themselves(office: Office) -> tuple[Leaving, ...]:
    """What a pass may send without anybody's asking again; what was tried least comes first, so that nothing starves."""
    with office.store.reading() as connection:
        papers, own = every_paper(connection), outgoing_in(connection, ("approved", "retry"))
    again = (
        paper for paper in papers if paper.state == "retry" or (paper.state == "approved" and paper.kind in BY_CASE)
    )
    retried = (paper for paper in again if not _outdated(paper, papers))
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
