"""Where the demo plays: its folder, the command line that does the work, the mail that is posted, and what is told."""

import contextlib
import datetime as dt
import io
import json
import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marac.agency import Agency
from marac.demo.agencies import HOUSING_SENIOR, MAILBOX
from marac.demo.correspondents import Correspondent, correspondents
from marac.demo.days import Calendar
from marac.demo.messages import Invented
from marac.errors import MaracError
from marac.files import write_whole

RunCommand = Callable[[Sequence[str], Callable[[], dt.datetime]], int]
"""What the command line does with the words of one command, by this clock; the exit code."""

_OFFICE_HOURS = dt.time(10, 30, tzinfo=dt.UTC)


class DemoError(MaracError):
    """A step of the demo did not go as it should. What stands above says which one."""


@dataclass(slots=True)
class Stage:
    """The demo's folder, its days, and the command line that does the work."""

    folder: Path
    days: Calendar
    run_command: RunCommand
    _cases: dict[str, str] = field(default_factory=dict)
    """The case that each invented message became, by the message's name."""
    _posted: dict[str, str] = field(default_factory=dict)
    """The sha256 of each invented message that was posted, by its name."""
    _moments: int = 0
    """How often the demo's clock was asked."""

    @property
    def agencies(self) -> tuple[Correspondent, ...]:
        """The agencies, each with its folder."""
        return correspondents(self.folder / "agencies")

    @property
    def readers(self) -> tuple[Correspondent, ...]:
        """The agencies, and the one senior contact who has a key of her own."""
        senior = Correspondent(HOUSING_SENIOR, self.folder / "agencies" / "housing-senior")
        return (*self.agencies, senior)

    @property
    def documents(self) -> Path:
        """Where the meeting's documents are."""
        return self.folder / "meetings" / self.days.meeting.isoformat()

    @property
    def desk(self) -> Correspondent:
        """The MARAC itself, which has a key that agencies can seal for."""
        return Correspondent(Agency(id="marac", name="Carrowdale MARAC", email=MAILBOX), self.folder / "own-key")

    def reader(self, reader: str) -> Correspondent:
        """The agency with this id, or `housing.senior`."""
        return next(each for each in self.readers if each.agency.id == reader)

    def books(self) -> dict[str, Any]:
        """What `marac status --json` says."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self._run(["status", "--json"], self.days.meeting)
        told: dict[str, Any] = json.loads(said.getvalue())
        return told

    def case_of(self, name: str) -> str:
        """The case that a posted message became."""
        if name not in self._cases:
            by_bytes = {entry["sha256"]: entry["cases"] for entry in self.books()["messages"]}
            self._cases = {posted: cases[0] for posted, sha256 in self._posted.items() if (cases := by_bytes[sha256])}
        return self._cases[name]

    def post(self, messages: Sequence[Invented]) -> None:
        """Put messages into the inbox, as the mail system would."""
        for message in messages:
            self.post_bytes(message.name, message.raw, message.received)
            self._posted[message.name] = message.sha256

    def post_bytes(self, name: str, raw: bytes, received: dt.datetime) -> None:
        """Put one message into the inbox that arrived at this moment."""
        path = self.folder / "inbox" / f"{name}.eml"
        write_whole(path, raw)
        os.utime(path, (received.timestamp(), received.timestamp()))

    def open_the_mail(self) -> None:
        """Let everybody open what has come for them since, each with the key in the own folder."""
        for reader in self.readers:
            reader.open_new(self.folder / "sent")

    def marac(self, *words: str, on: dt.date | None) -> None:
        """Show a command as a person would type it in the folder, and run it.

        Raises:
            DemoError: it failed.
        """
        typed = [*words, *(["--today", on.isoformat()] if on else [])]
        print(f"\n$ marac {shlex.join(typed)}", flush=True)
        self._run(words, on)

    def quietly(self, *words: str, on: dt.date | None) -> None:
        """Run a command of which the screen shows nothing, because one like it was shown.

        Raises:
            DemoError: it failed.
        """
        with contextlib.redirect_stdout(io.StringIO()):
            self._run(words, on)

    def _run(self, words: Sequence[str], on: dt.date | None) -> None:
        where = ["--config", str(self.folder / "config.toml"), "--today", on.isoformat()] if on else []
        if self.run_command([*where, *words], lambda: self._moment(on)) != 0:
            raise DemoError

    def _moment(self, on: dt.date | None) -> dt.datetime:
        """A moment of the demo's day, each a little later than the one before."""
        self._moments += 1
        begun = dt.datetime.combine(on or self.days.first_day, _OFFICE_HOURS)
        return begun + dt.timedelta(milliseconds=self._moments)


def heading(text: str) -> None:
    """Begin a part of the story."""
    print(f"\n\n{text}\n{'-' * len(text)}", flush=True)


def tell(text: str) -> None:
    """Say what happens that no command shows."""
    print(f"\n{text}", flush=True)
