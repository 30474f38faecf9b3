"""Commands of marac's in processes of their own, each forked from one that has loaded the program already.

To load the program takes most commands longer than to do their work; the tests give hundreds of commands.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_COMMANDS = [f"marac.commands.{name}" for name in ("books", "cases", "daily", "meetings", "messages", "people")]
_WORKBOOK = [f"marac.register.workbook.{name}" for name in ("charts", "file", "sheets")]
_MADE_AND_SENT = [
    "marac.papers",
    "marac.generators.strict_template",
    "marac.mailbox.folder",
    "docxtpl",
    "gnupg",
    "xlsxwriter",
]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__, *_COMMANDS, *_WORKBOOK, *_MADE_AND_SENT, "psycopg"])


def forked(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder, as `python -m marac` does; `typed` is what stands on its standard input."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "in").write_text(typed, encoding="utf-8")
        process = _processes.Process(target=_run, args=(list(words), folder, dict(environment), Path(place)))
        process.start()
        process.join()
        out, err = ((Path(place) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        assert process.exitcode is not None
        ended = subprocess.CompletedProcess(list(words), process.exitcode, out, err)
        process.close()
    return ended


def _run(words: list[str], folder: Path, environment: dict[str, str], place: Path) -> None:
    """What the forked process does."""
    for name, stream in (("out", sys.stdout), ("err", sys.stderr)):
        with (place / name).open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.stdin = (place / "in").open(encoding="utf-8")
    os.chdir(folder)
    os.umask(0o022)
    os.environ.clear()
    os.environ.update(environment)
    from marac.cli import main

    sys.exit(main(words))
