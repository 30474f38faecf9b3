"""What a command asks of the operating system, in its order, as strace hears it."""

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.working_folder import AFTER_CUT_OFF, ENVIRONMENT, WorkingFolder

_HEARD = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,sendto,connect"
_LINE = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_OPEN_FILE = re.compile(r"\d+<(.*?)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OF_OPEN_FILES = {"write", "pwrite64", "fsync", "fdatasync", "sendto", "connect"}
_RENAMES = {"rename", "renameat", "renameat2"}
_UNLINKS = {"unlink", "unlinkat"}
_FLUSHES = {"fsync", "fdatasync"}


@dataclass(frozen=True, slots=True)
class Call:
    """One call that succeeded: `name` is `open`, `write`, `flush`, `rename`, `remove`, or what the system calls it."""

    name: str
    path: str
    target: str = ""
    """Where a file was renamed to."""
    content: str = field(default="", repr=False)
    """The beginning of what was written, as strace spells it."""


def calls_of(folder: WorkingFolder, *words: str) -> list[Call]:
    """Run a command in a folder; the calls of its own process, without those of the processes that it starts."""
    program = shutil.which("strace")
    assert program, "strace is missing; these tests need it (on Debian: apt install strace)."
    with tempfile.TemporaryDirectory() as name:
        heard = Path(name) / "heard"
        listening = [program, "-ff", "-y", "-s", "8192", "--seccomp-bpf", "-e", f"trace={_HEARD}", "-o", str(heard)]
        command = [sys.executable, "-m", "marac", *words, "--today", AFTER_CUT_OFF.isoformat()]
        run = subprocess.run(
            [*listening, "--", *command], cwd=folder.path, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
        )  # fmt: skip
        assert "ptrace" not in run.stderr, "strace may not listen to programs on this computer; these tests need it."
        assert run.returncode == 0, run.stderr
        first = min(Path(name).iterdir(), key=lambda path: int(path.suffix.removeprefix(".")))
        lines = first.read_text(encoding="utf-8", errors="replace").splitlines()
    return [call for line in lines if (call := _call(line)) is not None]


def _call(line: str) -> Call | None:
    """What a line tells; None for a call that failed."""
    found = _LINE.match(line)
    if found is None or found["result"].startswith("-"):
        return None
    name, arguments = found["name"], found["arguments"]
    quoted = _QUOTED.findall(arguments)
    if name in _OF_OPEN_FILES:
        place = _OPEN_FILE.match(arguments)
        told = {"pwrite64": "write"}.get(name, "flush" if name in _FLUSHES else name)
        return Call(told, place[1] if place else "", content=quoted[0] if quoted else "")
    if name in _RENAMES:
        return Call("rename", quoted[0], quoted[1])
    return Call("remove" if name in _UNLINKS else "open", quoted[0])
