"""Which version of a document its reader has: what was made and never sent is not the reader's business."""

import datetime as dt
from collections.abc import Collection, Sequence

from marac.papers.wanted import Wanted
from marac.register.documents import DocumentState, Paper

WAITING: Collection[DocumentState] = frozenset({"prepared", "approved", "retry"})
"""Sealed, and has surely not left."""
UNSENT: Collection[DocumentState] = frozenset({"made", "held", "failed", *WAITING})
"""What a newer version takes the place of; `failed` came back, or was refused."""
_LEFT: Collection[DocumentState] = frozenset({"sent", "sending", "unknown"})
"""What the reader has, or may have."""


def reader_got(want: Wanted, earlier: Sequence[Paper]) -> tuple[Paper, ...]:
    """The versions that the reader has, or may have, in their order; the chair has whatever was made."""
    if want.agency is None:
        return tuple(earlier)
    return tuple(paper for paper in earlier if paper.state in _LEFT)


def reader_has_it(want: Wanted, earlier: Sequence[Paper]) -> bool:
    """Whether the last version that an agency got says what a new one would, and one that has not left does not."""
    got = reader_got(want, earlier)
    if want.agency is None or not got or got[-1].contents != want.contents:
        return False
    return any(paper.id > got[-1].id and paper.state in UNSENT for paper in earlier)


def replaced_by(want: Wanted, earlier: Sequence[Paper]) -> tuple[int, Paper] | None:
    """The version that a new one takes the place of, and its number as the reader counts; None where it has none."""
    got = reader_got(want, earlier)
    return (len(got), got[-1]) if got else None


def version_in_words(paper: Paper, papers: Sequence[Paper]) -> str:
    """Its number on this side, and the number that stands on the paper itself where the two are not the same.

    Args:
        paper: the version.
        papers: everything that was made with it, of whatever place.
    """
    number = _readers_number(paper, papers)
    return f"version {paper.version}" + (f" (version {number} for its reader)" if number != paper.version else "")


def _readers_number(paper: Paper, papers: Sequence[Paper]) -> int:
    """The number of a version as its reader counts, and as it says itself: what never left is not counted."""
    if not paper.agency:
        return paper.version
    place = (paper.meeting, *paper.place)
    return 1 + sum(
        each.id < paper.id and each.state in _LEFT and (each.meeting, *each.place) == place for each in papers
    )


def first_made(want: Wanted, earlier: Sequence[Paper], today: dt.date) -> dt.date:
    """The day on which a version with these contents was first made since the one that the reader has."""
    got = reader_got(want, earlier)
    since = (paper for paper in earlier if not got or paper.id > got[-1].id)
    return next((paper.prepared_on for paper in since if paper.contents == want.contents), today)


def needed_of(wanted: Sequence[Wanted], papers: Sequence[Paper]) -> tuple[Wanted, ...]:
    """What is to be made of all that is wanted: a paper in which nothing stands only for a reader who has an earlier one."""
    return tuple(
        want for want in wanted if not want.bare or reader_got(want, [p for p in papers if p.place == want.place])
    )
