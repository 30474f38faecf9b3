"""`marac demo`: a fortnight on invented cases, and in the end what it made and where."""

import shlex
from argparse import Namespace
from collections.abc import Iterator

from marac.commands.working import now
from marac.demo.fortnight import Fortnight, calendar_around
from marac.errors import UsageError


def demo(arguments: Namespace) -> int:
    """Play the fortnight and say what came of it."""
    folder = arguments.folder.absolute()
    if folder.exists():
        raise UsageError(f"{arguments.folder} is there already. Name another folder, or remove it: it is yours.")
    days = calendar_around(arguments.today or now().astimezone().date())
    fortnight = Fortnight(folder, days, arguments.run_command)
    fortnight.play()
    print("\n".join(_made(fortnight)))
    return 0


def _made(fortnight: Fortnight) -> Iterator[str]:
    folder, documents = fortnight.folder, fortnight.documents
    books = fortnight.books()
    waiting = sum(message["state"] == "needs_person" for message in books["messages"])
    opened = [agency for agency in fortnight.agencies if (agency.folder / "letter.docx.pgp").is_file()]
    title = "What there is now"
    yield f"\n{title}\n{'=' * len(title)}"
    yield f"The books of the mailbox  {books['arrived']} in, {books['accounted_for']} accounted for"
    yield f"The register              {folder / 'register.xlsx'}"
    yield f"What needs a person       {waiting} messages, in {folder / 'needs-a-person'};"
    yield "                          why, and what else waits: the register's first sheet, or marac status (above)"
    yield f"The agenda                {next(iter(sorted(documents.glob('agenda *.docx'))[-1:]), documents)}"
    yield f"Research packs            {len(list(documents.glob('research *.docx')))} in {documents}, one an agency"
    yield f"Letters                   {len(list(documents.glob('letter *.docx')))} in {documents}, one an agency with actions"
    yield f"Sealed and sent           {len(list((folder / 'sent').glob('*.eml')))} messages in {folder / 'sent'}; nothing went over the network"
    if opened:
        agency = opened[0]
        command = [
            "gpg",
            "--homedir",
            str(agency.home),
            "--output",
            "letter.docx",
            "--decrypt",
            str(agency.folder / "letter.docx.pgp"),
        ]
        yield f"\nOnly {agency.agency.name} can open its letter, with the key in its own folder:"
        yield f"  {shlex.join(command)}"
    yield f"\nLook around with marac's own commands:  cd {shlex.quote(str(folder))} && marac meeting show {fortnight.days.meeting}"
    yield "All people, addresses and cases in it are invented."
