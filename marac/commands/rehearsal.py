"""`marac demo`: a fortnight on invented cases, and in the end what it made and where."""

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from marac.commands.working import now
from marac.demo.correspondents import Correspondent
from marac.demo.days import calendar_around
from marac.demo.fortnight import play
from marac.demo.stage import Stage
from marac.errors import UsageError


def demo(arguments: Namespace) -> int:
    """Play the fortnight and say what came of it."""
    folder = arguments.folder.absolute()
    if folder.exists():
        raise UsageError(f"{arguments.folder} is there already. Name another folder, or remove it: it is yours.")
    days = calendar_around(arguments.today or now().astimezone().date())
    stage = Stage(folder, days, arguments.run_command)
    play(stage)
    print("\n".join(_made(stage)))
    return 0


def _made(stage: Stage) -> Iterator[str]:
    """What the demo leaves behind, and where it lies."""
    folder, papers, books = stage.folder, stage.documents, stage.books()
    waiting = sum(message["state"] == "needs_person" for message in books["messages"])
    title = "What there is now"
    yield f"\n{title}\n{'=' * len(title)}"
    yield f"The books of the mailbox  {books['arrived']} in, {books['accounted_for']} accounted for"
    yield f"The register              {folder / 'register.xlsx'}"
    yield f"What needs a person       {waiting} messages, in {folder / 'needs-a-person'};"
    yield "                          why, and what else waits: the register's first sheet, or marac status (above)"
    yield f"The meeting's papers      {papers}"
    for what, pattern in _PAPERS:
        yield f"  {what:<24}{_named(sorted(papers.glob(pattern)))}"
    yield f"Sealed and sent           {len(list((folder / 'sent').glob('*.eml')))} messages in {folder / 'sent'}; nothing went over the network"
    yield f"What each agency opened   {folder / 'agencies' / 'AGENCY' / 'opened'}, with its own key"
    yield from _opening(stage.reader("police"))
    yield f"\nLook around with marac's own commands:  cd {shlex.quote(str(folder))} && marac meeting show {stage.days.meeting}"
    yield "All people, addresses and cases in it are invented."


_PAPERS = (
    ("the chair's agenda", "agenda 2*.docx"),
    ("agendas of agencies", "agenda [!2]*.docx"),
    ("research packs", "research [!2r]*.docx"),
    ("what came back", "research returned*.docx"),
    ("the minutes, filled in", "minutes *.docx"),
    ("letters of actions", "letter *.docx"),
    ("outcome notes", "outcome *.docx"),
    ("files to flag", "flags *.docx"),
    ("reminders", "reminder *.docx"),
)
"""The papers of a meeting, each with how its files are called."""


def _named(found: Sequence[Path]) -> str:
    return found[0].name if len(found) == 1 else f"{len(found)}, such as {found[0].name}" if found else "none"


def _opening(agency: Correspondent) -> Iterator[str]:
    """How an agency's own key opens its letter, and no other key does."""
    letter = next((agency.folder / "received").glob("letter *.docx.pgp"))
    command = ["gpg", "--homedir", str(agency.home), "--output", "letter.docx", "--decrypt", str(letter)]
    yield f"\nOnly {agency.agency.name} can open its letter, with the key in its own folder:"
    yield f"  {shlex.join(command)}"
