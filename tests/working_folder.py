"""A working folder with invented mail, and commands run in it as a person would, in processes of their own."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marac.commands.setup import made_folder
from marac.demo.messages import Invented, fortnight_messages
from marac.demo.setting import write_setting

MEETING = dt.date(2026, 11, 26)
CUT_OFF = MEETING - dt.timedelta(days=7)
AFTER_CUT_OFF = CUT_OFF + dt.timedelta(days=1)
FIRST_DAY = MEETING - dt.timedelta(days=17)
HEARD_ON = MEETING - dt.timedelta(weeks=30)

ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""Commands keep their compiled modules, as they do for a person: without them half of their time goes into compiling."""

_KILLED_AT = """
import os, signal, sys
points, folder = int(sys.argv[1]), sys.argv[2]
seen = 0
def count(event, arguments):
    global seen
    if event in {"os.rename", "os.remove", "os.mkdir", "os.chmod", "open", "sqlite3.connect"} and folder in str(arguments[:2]):
        seen += 1
        if seen == points:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
from marac.cli import main
code = main(sys.argv[3:])
print("POINTS", seen, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class WorkingFolder:
    """A folder of the program's in a test."""

    path: Path

    def post(self, messages: Sequence[Invented]) -> None:
        """Put messages into the inbox, long enough ago to have settled."""
        for message in messages:
            path = self.path / "inbox" / f"{message.name}.eml"
            path.write_bytes(message.raw)
            moment = message.received.timestamp()
            os.utime(path, (moment, moment))

    def marac(self, *words: str, on: dt.date = AFTER_CUT_OFF) -> "subprocess.CompletedProcess[str]":
        """Run a command in the folder."""
        command = [sys.executable, "-m", "marac", *words, "--today", on.isoformat()]
        return _run(command, self.path)

    def killed(self, point: int, *words: str, on: dt.date = AFTER_CUT_OFF) -> "subprocess.CompletedProcess[str]":
        """Run a command and kill it (SIGKILL) when it touches a file of the folder for the n-th time; 0: never."""
        script = [
            sys.executable,
            "-c",
            _KILLED_AT,
            str(point),
            str(self.path),
            "--config",
            str(self.path / "config.toml"),
        ]
        command = [*script, *words, "--today", on.isoformat()]
        return _run(command, self.path)

    def status(self) -> dict[str, Any]:
        """What `marac status --json` says."""
        done = self.marac("status", "--json")
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told


def working_folder(place: Path) -> WorkingFolder:
    """A folder with Carrowdale's settings, a meeting in the calendar, and an empty inbox."""
    folder = made_folder(place / "marac")
    following = MEETING + dt.timedelta(days=14)
    write_setting(folder, [(MEETING, CUT_OFF), (following, following - dt.timedelta(days=7))])
    return WorkingFolder(folder)


def some_mail(*names: str) -> list[Invented]:
    """Invented messages of the fortnight; all of them where none is named."""
    return [message for message in _fortnight() if not names or message.name in names]


def _run(command: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


@cache
def _fortnight() -> tuple[Invented, ...]:
    """Made once: it takes a second or two to fill in all the forms."""
    return fortnight_messages(FIRST_DAY, HEARD_ON)
