"""`marac minutes read`: filled-in minutes shown as they were understood, and taken once a person confirms."""

from argparse import Namespace
from pathlib import Path

from marac.commands.working import count, office_for, signed_in
from marac.errors import StoreError, UsageError
from marac.intake.opening.message import shown
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.register_workbook import write_workbook
from marac.taking_minutes.story import ReadMinutes, confirm, show

_LARGEST = 50_000_000
"""Bytes of a file that is opened; minutes of a long meeting have a hundredth of them."""


def read(arguments: Namespace) -> int:
    """Show what the file says; with `--confirm`, take what is not in doubt."""
    by = (arguments.by or "").strip()
    if arguments.confirm and not by:
        raise UsageError("--confirm needs --by NAME: who confirms is kept with everything that is taken.")
    content = _content(arguments.file)
    if arguments.confirm:
        with office_for(arguments, changes=True) as office:
            found = confirm(office, content, arguments.meeting, by)
            _tell(found)
            _after(office, found)
        return 0
    with office_for(arguments) as office:
        found = show(office, content, arguments.meeting, by or signed_in())
        _tell(found)
        print(_next(found))
    return 0


def _tell(found: ReadMinutes) -> None:
    """Say what was understood, a line at a time, without signs that would steer the console."""
    for line in "\n".join(found.lines).split("\n"):
        words = line.lstrip(" ")
        print(f"{' ' * (len(line) - len(words))}{shown(words)}")


def _after(office: Office, found: ReadMinutes) -> None:
    move_cases_on(office)
    doubts = len(found.changes.doubts)
    left = f" {count(doubts, 'doubt was', 'doubts were')} not taken: see above." if doubts else ""
    print(f"\nTaken into the register, and the file is kept.{left}")
    if message := write_workbook(office).message:
        print(f"! {message}")


def _next(found: ReadMinutes) -> str:
    if not found.changes.anything:
        return "\nNothing was taken."
    return (
        "\nNothing was taken yet. If it is right: the same command again with --confirm --by NAME. What is in doubt is "
        "never taken: put it right in the file, save it, and read it again first; or enter it yourself afterwards."
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError("The file is far larger than any minutes, so it was not opened.")
        return path.read_bytes()
    except OSError:
        raise StoreError("The file cannot be read. Is the name right? If it is open in Word, close it there.") from None
