"""What must hold in a working folder once a run has come to its end, whatever happened to the runs before it."""

import contextlib
import email
import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marac.audit import broken_link
from marac.register.store import Store
from marac.register.trail import trail
from marac.settings import settings_from
from tests.register_databases import database_url, server_connection
from tests.what_a_fortnight_holds import faults_of_a_fortnight
from tests.working_folder import WorkingFolder

_LEDGER = (
    "select message_id, state, reason from documents where message_id is not null "
    "union all select message_id, state, reason from outgoing"
)
_WAITING_STATES = {"sending", "retry"}
_FOLDERS = {"done": "processed", "needs_person": "needs-a-person"}


def faults_in(folder: WorkingFolder, put: Sequence[str]) -> list[str]:
    """What is not as it must be, one sentence each.

    Args:
        folder: where runs were disturbed, and then two were not.
        put: the sha256 of every message that was put into its mailbox; the same bytes twice stand twice.
    """
    with database_of(folder) as database:
        fortnight = list(faults_of_a_fortnight(folder, database))
    return [
        *_in_the_books(folder, put),
        *_in_the_register(folder),
        *_in_the_ledger(folder),
        *fortnight,
        *_on_the_disk(folder),
    ]


def database_of(folder: WorkingFolder) -> "contextlib.closing[Any]":
    """The register's database, to look at: a connection of the database's own, with `execute`."""
    url = database_url(folder.path)
    if url is not None:
        return contextlib.closing(server_connection(url))
    path = folder.path / "store" / "marac.db"
    return contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True))


def _in_the_books(folder: WorkingFolder, put: Sequence[str]) -> Iterator[str]:
    """Nothing lost: every message in one entry, in the store, and filed once where its state belongs."""
    told = folder.status()
    entries = Counter((entry["sha256"], _folder_of(entry)) for entry in told["messages"])
    if not told["arrived"] == told["accounted_for"] == len(put):
        yield f"{len(put)} messages were put in, and the books say {told['arrived']}, {told['accounted_for']}"
    if Counter(sha256 for sha256, _ in entries.elements()) != Counter(put):
        yield "the books tell of other messages than were put in"
    if (filed := Counter((sha256, name) for name, sha256 in folder.mail())) != entries:
        yield f"messages lie elsewhere than the books say: {sorted((filed - entries) + (entries - filed))}"
    originals = [path.read_bytes() for path in (folder.path / "store" / "originals").rglob("*.*") if path.is_file()]
    if missing := set(put) - {hashlib.sha256(content).hexdigest() for content in originals}:
        yield f"the bytes of {len(missing)} messages are not in the store"


def _folder_of(entry: Mapping[str, Any]) -> str:
    """Where a message must lie: what a person decided about it is noted with it, and moves it no more."""
    if any(reason.startswith("Decided:") for reason in entry["reasons"]):
        return _FOLDERS["needs_person"]
    return _FOLDERS.get(entry["state"], "inbox")


def _in_the_register(folder: WorkingFolder) -> Iterator[str]:
    """Each referral is registered once, and each case came from one."""
    with database_of(folder) as database:
        sources = database.execute("select \"case\", delivery, part from sources where role = 'referral'").fetchall()
        cases = {reference for (reference,) in database.execute("select reference from cases")}
    if doubled := len(sources) - len({(delivery, part) for _, delivery, part in sources}):
        yield f"{doubled} referrals are registered twice"
    if cases != {case for case, _, _ in sources} or len(cases) != len(sources):
        yield f"{len(cases)} cases came from {len(sources)} referrals"


def _in_the_ledger(folder: WorkingFolder) -> Iterator[str]:
    """Each letter left at most once, and the ledger knows; of what nobody can know, a person is told."""
    left = Counter(str(email.message_from_bytes(letter)["Message-ID"]).strip() for letter in folder.letters())
    with database_of(folder) as database:
        ledger = {message_id: (state, reason) for message_id, state, reason in database.execute(_LEDGER)}
    yield from (f"the letter {each} left {times} times" for each, times in left.items() if times > 1)
    yield from (f"the letter {each} left, and is in no ledger" for each in left if each not in ledger)
    for message_id, (state, reason) in ledger.items():
        if left[message_id] and state not in {"sent", "unknown"}:
            yield f"a letter left, and the ledger says {state}"
        if state == "sent" and not left[message_id]:
            yield "the ledger says sent, and the letter never left"
        if state in _WAITING_STATES:
            yield f"a letter is left as {state}"
        if state == "unknown" and not reason:
            yield "nobody is told that a letter may not have left"


def _on_the_disk(folder: WorkingFolder) -> Iterator[str]:
    """No file is half-written, and nobody broke the audit trail."""
    if any(folder.path.rglob(".marac-*.part")):
        yield "a half-written file was left behind"
    empty = [path for path in folder.path.rglob("*") if path.is_file() and not path.stat().st_size]
    if odd := [path.name for path in empty if not re.fullmatch(r".*\.lock", path.name)]:
        yield f"files without content were left behind: {odd}"
    settings = settings_from(folder.path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    try:
        with store.reading() as connection:
            if broken_link(trail(connection)) is not None:
                yield "the audit trail is broken"
    finally:
        store.close()
