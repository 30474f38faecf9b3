"""A working folder with invented mail, and commands run in it as a person would, in processes of their own."""

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from marac.commands.setup import made_folder
from marac.demo.messages import Invented, fortnight_messages
from marac.demo.setting import write_setting
from tests.forked_commands import forked
from tests.register_databases import begin_register, name_database

MEETING = dt.date(2026, 11, 26)
CUT_OFF = MEETING - dt.timedelta(days=7)
AFTER_CUT_OFF = CUT_OFF + dt.timedelta(days=1)
FIRST_DAY = MEETING - dt.timedelta(days=17)
HEARD_ON = MEETING - dt.timedelta(weeks=30)

ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""Commands keep their compiled modules, as they do for a person: without them half of their time goes into compiling."""

_KILLED_AT = Path(__file__).with_name("killed_at.py")


@dataclass(frozen=True, slots=True)
class WorkingFolder:
    """A folder of the program's in a test."""

    path: Path
    today: dt.date = field(default=AFTER_CUT_OFF, kw_only=True)
    """The day on which commands are given, where they do not say another."""

    def post(self, messages: Sequence[Invented]) -> None:
        """Put messages into the inbox, long enough ago to have settled."""
        for message in messages:
            path = self.path / "inbox" / f"{message.name}.eml"
            path.write_bytes(message.raw)
            moment = message.received.timestamp()
            os.utime(path, (moment, moment))

    def marac(self, *words: str, on: dt.date | None = None, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command in the folder; `typed` is what stands on its standard input."""
        return forked([*words, "--today", (on or self.today).isoformat()], self.path, ENVIRONMENT, typed)

    def killed(self, point: int, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command and kill it (SIGKILL) at its n-th moment, as `killed_at.py` counts them; 0: never."""
        program = [sys.executable, "-c", _KILLED_AT.read_text(encoding="utf-8"), str(point), str(self.path)]
        settings = ["--config", str(self.path / "config.toml")]
        return subprocess.run(
            [*program, *settings, *words, "--today", self.today.isoformat()],
            cwd=self.path,
            env=ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def mail(self) -> list[tuple[str, str]]:
        """Where each message lies, `processed`, `needs-a-person` or `inbox`, and the sha256 of its bytes."""
        folders = [self.path / name for name in ("inbox", "processed", "needs-a-person")]
        return sorted(
            (path.parent.name, hashlib.sha256(path.read_bytes()).hexdigest())
            for folder in folders
            for path in folder.iterdir()
        )

    def letters(self) -> list[bytes]:
        """Every letter that left."""
        return [path.read_bytes() for path in sorted((self.path / "sent").glob("*.eml"))]

    def status(self) -> dict[str, Any]:
        """What `marac status --json` says."""
        done = self.marac("status", "--json")
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told


def working_folder(place: Path) -> WorkingFolder:
    """A folder with Carrowdale's settings, a meeting in the calendar, an empty register and an empty inbox."""
    folder = made_folder(place / "marac")
    following = MEETING + dt.timedelta(days=14)
    write_setting(folder, [(MEETING, CUT_OFF), (following, following - dt.timedelta(days=7))])
    begin_register(folder)
    return WorkingFolder(folder)


def copied(folder: WorkingFolder, place: Path) -> WorkingFolder:
    """The same folder once more, with a copy of its register."""
    shutil.copytree(folder.path, place)
    name_database(place)
    return WorkingFolder(place, today=folder.today)


def some_mail(*names: str) -> list[Invented]:
    """Invented messages of the fortnight; all of them where none is named."""
    return [message for message in _fortnight() if not names or message.name in names]


@cache
def _fortnight() -> tuple[Invented, ...]:
    """Made once: it takes a second or two to fill in all the forms."""
    return fortnight_messages(FIRST_DAY, HEARD_ON)
