"""Runs that are killed at a chosen moment, and what must hold when they are started again."""

import contextlib
import hashlib
import re
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marac.audit import broken_link
from marac.demo.correspondents import correspondents
from marac.register.store import Store
from marac.register.trail import trail
from tests.working_folder import WorkingFolder, some_mail, working_folder

if TYPE_CHECKING:
    import subprocess

WITH_KEYS = 2
"""How many agencies have a key, so that something is sealed for them."""

_QUESTIONS = {
    "messages": "select sha256, state, disposition, filed, reasons from deliveries order by sha256, id",
    "cases": "select reference, state, received, agency, meeting from cases order by reference",
    "sources": "select sources.'case', deliveries.sha256, sources.role from sources join deliveries "
    "on deliveries.id = sources.delivery order by 1, 2, 3",
    "documents": "select kind, agency, version, state, recipient from documents order by 1, 2, 3",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the books, the register and the ledger, and where every file is."""

    books: dict[str, list[Any]]
    messages: list[tuple[str, str]]
    """Each message's folder and sha256: `processed`, `needs-a-person`, or `inbox` where it still waits."""
    documents: list[str]
    letters: list[str]
    """To whom something was sent, once for every letter."""


def waiting_folder(place: Path, *names: str) -> WorkingFolder:
    """A folder with mail in its inbox, and keys pinned for two agencies."""
    folder = working_folder(place)
    folder.post(some_mail(*names))
    for agency in correspondents(place / "agencies")[:WITH_KEYS]:
        fingerprint = agency.make_key()
        pinned = folder.marac("keys", "import", agency.agency.id, str(agency.public_key), "--fingerprint", fingerprint)
        assert pinned.returncode == 0, pinned.stderr
    return folder


def copied(folder: WorkingFolder, place: Path) -> WorkingFolder:
    """The same folder once more."""
    shutil.copytree(folder.path, place)
    return WorkingFolder(place)


def undisturbed(folder: WorkingFolder, *words: str) -> tuple[int, Outcome]:
    """How many moments a command has in this folder, and what it comes to where nothing disturbs it."""
    run = folder.killed(0, *words)
    assert run.returncode == 0, run.stderr
    found = re.search(r"POINTS (\d+)", run.stderr)
    assert found, run.stderr
    return int(found[1]), outcome_of(folder)


def faults_after_a_kill(folder: WorkingFolder, point: int, expected: Outcome, *words: str) -> list[str]:
    """Kill a command at a moment, and run it twice more: what is not as it should be, one sentence each."""
    killed = folder.killed(point, *words)
    again = folder.marac(*words)
    before = _everything(folder)
    once_more = folder.marac(*words)
    different = _differences(expected, outcome_of(folder))
    wrong = {
        f"it ended with {killed.returncode} before it was killed: {killed.stderr}": _ended_by_itself(killed),
        f"the next run ended with {again.returncode}: {again.stderr}": again.returncode != 0,
        f"the next run came to something else than a run that nothing disturbs: {different}": bool(different),
        f"the run after that ended with {once_more.returncode}: {once_more.stderr}": once_more.returncode != 0,
        "the run after that changed something": _everything(folder) != before,
        "a half-written file was left behind": any(folder.path.rglob(".marac-*.part")),
        "the audit trail is broken": not _trail_is_whole(folder),
    }
    return [sentence for sentence, true in wrong.items() if true]


def outcome_of(folder: WorkingFolder) -> Outcome:
    """What became of everything in a folder."""
    with contextlib.closing(_database(folder)) as database:
        books = {name: database.execute(question).fetchall() for name, question in _QUESTIONS.items()}
    meetings = folder.path / "meetings"
    sent = [path.read_bytes() for path in (folder.path / "sent").glob("*.eml")]
    return Outcome(
        books,
        sorted((path.parent.name, _sha256(path)) for path in _mail(folder)),
        sorted(path.relative_to(meetings).as_posix() for path in meetings.rglob("*.docx")),
        sorted(to.decode() for letter in sent for to in re.findall(rb"^To: (.*?)\r?$", letter, re.MULTILINE)),
    )


def _differences(expected: Outcome, found: Outcome) -> list[str]:
    """What is in one outcome and not in the other."""
    wanted, there = ({repr(each) for each in _flat(outcome)} for outcome in (expected, found))
    return [f"missing {each}" for each in sorted(wanted - there)] + [
        f"too much {each}" for each in sorted(there - wanted)
    ]


def _flat(outcome: Outcome) -> Iterator[tuple[str, Any, int]]:
    """Every entry of an outcome, with where it stands and how often it was there before."""
    lists = {**outcome.books, "files": outcome.messages, "documents": outcome.documents, "letters": outcome.letters}
    for name, entries in lists.items():
        for place, entry in enumerate(entries):
            yield name, entry, entries[:place].count(entry)


def _ended_by_itself(killed: "subprocess.CompletedProcess[str]") -> bool:
    """Whether it came to an end that is neither the kill nor a success (it may have fewer moments than the one that was counted)."""
    return killed.returncode not in {-signal.SIGKILL, 0}


def _everything(folder: WorkingFolder) -> dict[str, Any]:
    """Every file by its bytes, and every row but those that count the passes."""
    files = [path for path in folder.path.rglob("*") if path.is_file() and path.name not in {"marac.db", "marac.lock"}]
    with contextlib.closing(_database(folder)) as database:
        names = [
            row[0]
            for row in database.execute("select name from sqlite_master where type = 'table' and name <> 'passes'")
        ]
        rows = {f"table {name}": database.execute(f"select * from {name}").fetchall() for name in names}  # noqa: S608
    return {**rows, **{str(path.relative_to(folder.path)): _sha256(path) for path in files}}


def _trail_is_whole(folder: WorkingFolder) -> bool:
    store = Store(folder.path / "store")
    try:
        with store.reading() as connection:
            return broken_link(trail(connection)) is None
    finally:
        store.close()


def _database(folder: WorkingFolder) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder.path / 'store' / 'marac.db'}?mode=ro", uri=True)


def _mail(folder: WorkingFolder) -> list[Path]:
    return [path for name in ("inbox", "processed", "needs-a-person") for path in (folder.path / name).iterdir()]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
