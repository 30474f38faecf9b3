"""What must hold of answers, minutes, documents and reminders once a run has come to its end, whatever happened before."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from marac.files import sha256_of
from tests.working_folder import WorkingFolder

_ONCE = {
    "answer": 'select meeting, "case", agency, received, delivery, nothing_known, factors, assessment, management, '
    "why_high_risk, not_shared from research_returns",
    "answer that counts": "select meeting, \"case\", agency from research_returns where state = 'taken'",
    "report": 'select action, outcome, "on", note, delivery from action_reports',
    "action": 'select "case", agency, due, text, owner, risk, meeting, added from actions',
    "attendance": "select meeting, agency, name from attendances",
    "case's minutes": 'select meeting, "case" from case_minutes',
    "file of minutes": "select sha256 from minutes_read",
    "victim told": 'select "case", meeting, "on", how from victims_told',
    "barred name": 'select "case", name, reason, lifted_on from barred_names',
    "case of a document": 'select document, "case" from document_cases',
    "reminder of a day": "select recipient, date(written_at) from outgoing where kind = 'chaser'",
}
"""What stands in the register once, by what makes it the same."""
_KEPT = (
    "select sha256 from minutes_read union select sha256 from outgoing "
    "union select sealed_sha256 from documents where state in ('prepared', 'approved', 'retry', 'sent')"
)
"""What must be in the store: a file of minutes, a message of the program's own, a sealed document."""
_WAITS = frozenset({"made", "held", "prepared", "approved", "retry"})


def faults_of_a_fortnight(folder: WorkingFolder, database: Any) -> Iterator[str]:
    """What is not as it must be, one sentence each.

    Args:
        folder: where runs were disturbed, and then others were not.
        database: its register's database, to look at.
    """
    for name, question in _ONCE.items():
        rows = Counter(map(repr, database.execute(question).fetchall()))
        yield from (f"one {name} stands {times} times: {row}" for row, times in rows.items() if times > 1)
    yield from _of_versions(database)
    yield from _of_documents_on_disk(folder, database)
    kept = {path.name.partition(".")[0] for path in (folder.path / "store").rglob("*.*") if path.is_file()}
    for (sha256,) in database.execute(_KEPT):
        if sha256 is not None and sha256 not in kept:
            yield f"{sha256} is in the ledger, and not in the store"


def _of_versions(database: Any) -> Iterator[str]:
    """A reader's versions follow one another, one waits at most, and what was sent is not sent again."""
    versions = defaultdict(list)
    question = "select meeting, kind, agency, subject, version, state, contents from documents order by id"
    for *place, version, state, contents in database.execute(question):
        versions[tuple(place)].append((version, state, contents))
    for place, found in versions.items():
        if [version for version, _, _ in found] != list(range(1, len(found) + 1)):
            yield f"the versions of {place} are {[version for version, _, _ in found]}"
        if sum(state in _WAITS for _, state, _ in found) > 1:
            yield f"several versions of {place} stand at once: {[state for _, state, _ in found]}"
        sent = [contents for _, state, contents in found if state == "sent"]
        if any(one == other for one, other in pairwise(sent)):
            yield f"the same version of {place} was sent twice"


def _of_documents_on_disk(folder: WorkingFolder, database: Any) -> Iterator[str]:
    """The ledger and the disk agree: each document that stands is there as it was made, and no other is."""
    meetings = folder.path / "meetings"
    known = set()
    for path, sha256, state in database.execute("select path, sha256, state from documents"):
        known.add(path)
        if state in {*_WAITS, "sent"} and sha256_of(meetings / path) != sha256:
            yield f"{path} ({state}) is not on the disk as it was made"
    for file in meetings.rglob("*.docx"):
        if (name := file.relative_to(meetings).as_posix()) not in known:
            yield f"{name} is on the disk, and in no ledger"
