"""Runs that are killed at a chosen moment, once or several times, and what must hold when they are started again."""

import hashlib
import random
import re
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marac.demo.correspondents import correspondents
from marac.register.schema import metadata
from tests.what_must_hold import database_of, faults_in
from tests.working_folder import WorkingFolder, copied, some_mail, working_folder

if TYPE_CHECKING:
    import subprocess

WITH_KEYS = 2
"""How many agencies have a key, so that something is sealed for them."""

Words = tuple[str, ...]
"""A command: `("run",)`."""

_QUESTIONS = {
    "messages": "select sha256, state, disposition, filed, reasons from deliveries order by sha256, id",
    "cases": "select reference, state, received, agency, meeting from cases order by reference",
    "sources": 'select sources."case", deliveries.sha256, sources.role from sources join deliveries '
    "on deliveries.id = sources.delivery order by 1, 2, 3",
    "documents": "select meeting, subject, kind, agency, version, recipient, state from documents "
    "order by 1, 2, 3, 4, 5",
    "answers": "select outgoing.kind, deliveries.sha256, outgoing.recipient, outgoing.state from outgoing "
    "left join deliveries on deliveries.id = outgoing.delivery order by 1, 2, 3",
    "standing": "select reference, state, meeting from cases order by 1",
    "returns": 'select meeting, "case", agency, nothing_known, factors, state, reason from research_returns '
    "order by 1, 2, 3, number",
    "reports": "select action, outcome, note, state, reason from action_reports order by 1, number",
    "actions": 'select number, "case", agency, due, text, done, outcome, note, owner, meeting from actions order by 1',
    "attendances": "select meeting, agency, name, standing, signed from attendances order by 1, 2, 3",
    "case minutes": 'select meeting, "case", risks, notes from case_minutes order by 1, 2',
    "minutes read": "select meeting, sha256 from minutes_read order by 1, 2",
    "words": 'select "case", agency, kind, person, reason from interests order by id',
    "barred": 'select "case", name, reason, lifted_on from barred_names order by number',
    "presenters": 'select "case", meeting, name, agency from presenters order by id',
    "meetings": "select date, kind, reason, urgent from called_meetings order by id",
    "told": 'select "case", meeting, "on", how from victims_told order by id',
    "decisions": 'select "case", kind, reason, "on", meeting from decisions order by id',
}
_OF_EVERY_PASS = {"marac.db", "marac.lock", "watch.lock", "heartbeat.json"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the books, the register and the ledger, and where every file is."""

    books: dict[str, list[Any]]
    messages: list[tuple[str, str]]
    """Each message's folder and sha256: `processed`, `needs-a-person`, or `inbox` where it still waits."""
    documents: list[str]
    letters: list[str]
    """To whom something was sent, once for every letter."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A command, and at which of its moments it is killed."""

    words: Words
    moment: int

    def __str__(self) -> str:
        """As it is printed where something went wrong."""
        return f"{' '.join(self.words)} at {self.moment}"


def waiting_folder(place: Path, *names: str) -> WorkingFolder:
    """A folder with mail in its inbox, and keys pinned for two agencies."""
    folder = working_folder(place)
    folder.post(some_mail(*names))
    for agency in correspondents(place / "agencies")[:WITH_KEYS]:
        fingerprint = agency.make_key()
        pinned = folder.marac("keys", "import", agency.agency.id, str(agency.public_key), "--fingerprint", fingerprint)
        assert pinned.returncode == 0, pinned.stderr
    return folder


def undisturbed(folder: WorkingFolder, *words: str) -> tuple[int, Outcome]:
    """How many moments a command has in this folder, and what it comes to where nothing disturbs it."""
    put = [sha256 for _, sha256 in folder.mail()]
    moments = moments_of(folder, *words)
    assert not (wrong := faults_in(folder, put)), wrong
    return moments, outcome_of(folder)


def moments_of(folder: WorkingFolder, *words: str) -> int:
    """How many moments a command has in this folder; it is done then."""
    run = folder.killed(0, *words)
    assert run.returncode == 0, run.stderr
    found = re.search(r"MOMENTS (\d+)", run.stderr)
    assert found, run.stderr
    return int(found[1])


def several_kills(seed: int | str, moments: dict[Words, int]) -> tuple[Kill, ...]:
    """Two to five kills at random, of these commands with so many moments each; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    commands = [dice.choice(list(moments)) for _ in range(dice.randint(2, 5))]
    return tuple(Kill(words, dice.randint(1, moments[words])) for words in commands)


def faults_after_a_kill(folder: WorkingFolder, point: int, expected: Outcome, *words: str) -> list[str]:
    """Kill a command at a moment, and run it twice more: what is not as it should be, one sentence each."""
    return faults_after_kills(folder, [Kill(words, point)], expected, words)


def faults_after_kills(folder: WorkingFolder, kills: Sequence[Kill], expected: Outcome, *commands: Words) -> list[str]:
    """Kill commands one after the other; then what `faults_after_trouble` finds."""
    ended = [folder.killed(kill.moment, *kill.words) for kill in kills]
    early = [
        f"it ended with {each.returncode} before it was killed: {each.stderr}" for each in ended if _by_itself(each)
    ]
    return [*early, *faults_after_trouble(folder, expected, *commands)]


def faults_after_trouble(
    folder: WorkingFolder, expected: Outcome, *commands: Words, went_on: bool = False
) -> list[str]:
    """Run these commands twice, undisturbed: what is not as it should be, one sentence each.

    It must come to what a run comes to that nothing disturbs, and the second time must change nothing (the pass after a release
    still writes into the workbook what left, so it is one of them). Only where
    nobody can know whether a letter left may it be before a person instead of sent. Where the
    disturbed run went on without a message, later ones have its reference, and papers were made anew.
    """
    runs = [folder.marac(*words) for words in commands]
    before = _everything(folder)
    runs += [folder.marac(*words) for words in commands]
    found = outcome_of(folder)
    failed = [run for run in runs if run.returncode and not _unknown(found)]
    wrong = [f"a run that nothing disturbed ended with {run.returncode}: {run.stderr}" for run in failed]
    if _everything(folder) != before:
        wrong.append("the second run that nothing disturbed changed something")
    wanted, there = (_newest(expected), _newest(found)) if went_on else (expected, found)
    if different := _differences(wanted, there):
        wrong.append(f"it came to something else than a run that nothing disturbs: {different}")
    return [*wrong, *faults_in(folder, [sha256 for _, sha256 in expected.messages])]


@dataclass(frozen=True, slots=True)
class Deed:
    """A command that a person gives by hand, on a day of a fortnight."""

    folder: WorkingFolder
    """As it is on that day, before the command."""
    words: Words
    refused: str = ""
    """What it says where it was given a second time and cannot be done twice; empty where it just says the same again."""

    def __str__(self) -> str:
        """As it is printed where something went wrong."""
        return " ".join(self.words[:3])


def undisturbed_deed(deed: Deed, place: Path) -> tuple[int, Outcome]:
    """How many moments a command has, and what it and the pass after it come to where nothing disturbs them."""
    folder = copied(deed.folder, place)
    return moments_of(folder, *deed.words), undisturbed(folder, "run")[1]


def faults_after_a_killed_deed(deed: Deed, place: Path, point: int, expected: Outcome) -> list[str]:
    """Kill a person's command at a moment, give it again as the person would, and let the passes go on: what is wrong."""
    folder = copied(deed.folder, place)
    folder.killed(point, *deed.words)
    again = folder.marac(*deed.words)
    refused = again.returncode and not (deed.refused and deed.refused in again.stderr)
    wrong = [f"given again, it ended with {again.returncode}: {again.stderr}"] if refused else []
    return [*wrong, *faults_after_trouble(folder, expected, ("run",))]


def outcome_of(folder: WorkingFolder) -> Outcome:
    """What became of everything in a folder."""
    with database_of(folder) as database:
        books = {name: database.execute(question).fetchall() for name, question in _QUESTIONS.items()}
    meetings = folder.path / "meetings"
    return Outcome(
        books,
        folder.mail(),
        sorted(path.relative_to(meetings).as_posix() for path in meetings.rglob("*.docx")),
        sorted(
            to.decode() for letter in folder.letters() for to in re.findall(rb"^To: (.*?)\r?$", letter, re.MULTILINE)
        ),
    )


def _newest(outcome: Outcome) -> Outcome:
    """The same with the newest papers alone, no matter how often they were made, and no matter in which order they were numbered."""
    papers = [(*place, to, state) for *place, _, to, state in outcome.books["documents"]]
    unnumbered = {name: sorted(row[1:] for row in outcome.books[name]) for name in ("messages", "cases", "sources")}
    newest = {"documents": [paper for paper in papers if paper[-1] != "superseded"]}
    return replace(outcome, books={**outcome.books, **unnumbered, **newest}, documents=[])


def _differences(expected: Outcome, found: Outcome) -> list[str]:
    """What is in one outcome and not in the other."""
    doubtful = _unknown(found)
    wanted, there = ({repr(each) for each in _flat(outcome, doubtful)} for outcome in (expected, found))
    return [f"missing {each}" for each in sorted(wanted - there)] + [
        f"too much {each}" for each in sorted(there - wanted)
    ]


def _unknown(outcome: Outcome) -> set[str]:
    """To whom a letter may or may not have left."""
    return {row[-2] for name in ("documents", "answers") for row in outcome.books[name] if row[-1] == "unknown"}


def _flat(outcome: Outcome, doubtful: set[str]) -> Iterator[tuple[str, Any, int]]:
    """Every entry of an outcome, with where it stands and how often it was there before; less what is in doubt."""
    certain = {
        name: [row[:-1] if name in {"documents", "answers"} and row[-2] in doubtful else row for row in rows]
        for name, rows in outcome.books.items()
    }
    letters = [to for to in outcome.letters if not any(address in to for address in doubtful)]
    lists = {**certain, "files": outcome.messages, "documents made": outcome.documents, "letters": letters}
    for name, entries in lists.items():
        for place, entry in enumerate(entries):
            yield name, entry, entries[:place].count(entry)


def _by_itself(killed: "subprocess.CompletedProcess[str]") -> bool:
    """Whether it came to an end that is neither the kill nor a success (it may have fewer moments than were counted)."""
    return killed.returncode not in {-signal.SIGKILL, 0}


def _everything(folder: WorkingFolder) -> dict[str, Any]:
    """Every file by its bytes, every message and letter, and every row but those that count the passes."""
    files = [path for path in folder.path.rglob("*") if path.is_file() and path.name not in _OF_EVERY_PASS]
    with database_of(folder) as database:
        tables = [name for name in metadata.tables if name != "passes"]
        rows = {f"table {name}": database.execute(f"select * from {name}").fetchall() for name in tables}  # noqa: S608
    contents = {str(path.relative_to(folder.path)): _sha256(path.read_bytes()) for path in files}
    return {**rows, **contents, "mail": folder.mail(), "letters": sorted(map(_sha256, folder.letters()))}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
