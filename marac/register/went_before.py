"""What an agency was sent about a case before it was held back from it, by the ledger of what left."""

from sqlalchemy import Connection, select

from marac.case import Case
from marac.meetings.withholding import SENIOR, agency_of
from marac.register.cases import cases_joined_to
from marac.register.documents import Paper, papers_for, sent_in_words
from marac.register.holdings import MAY_HAVE_LEFT, holders_of
from marac.register.schema import document_cases

_ABOUT_ACTIONS = frozenset({"letter", "reminder", "flags-ending"})
"""Kinds that need not speak of every case of their meeting."""


def went_before(connection: Connection, case: Case, agency: str) -> tuple[str, ...]:
    """Each document that the agency has, or may have, and that shows the case, in words.

    Of a document of which the ledger does not say what it shows, made before it did, all but letters are taken to show
    every case of their meeting.
    """
    references = {case.reference, *(each.reference for each in cases_joined_to(connection, case.reference))}
    shown = {holder.paper.id: holder.paper for holder in holders_of(connection, references)}
    unlisted = _unlisted(connection, case)
    found = {**shown, **{paper.id: paper for paper in unlisted}}
    theirs = (paper for paper in found.values() if _reached(paper, agency))
    return tuple(sent_in_words(paper) for paper in sorted(theirs, key=lambda paper: paper.id))


def _reached(paper: Paper, agency: str) -> bool:
    return agency_of(paper.agency) == agency and not paper.agency.endswith(SENIOR)


def _unlisted(connection: Connection, case: Case) -> list[Paper]:
    if case.meeting is None:
        return []
    left = [
        paper
        for paper in papers_for(connection, case.meeting)
        if paper.state in MAY_HAVE_LEFT and paper.kind not in _ABOUT_ACTIONS and not paper.subject
    ]
    query = select(document_cases.c.document).where(document_cases.c.document.in_([paper.id for paper in left]))
    listed = {row.document for row in connection.execute(query)}
    return [paper for paper in left if paper.id not in listed]
