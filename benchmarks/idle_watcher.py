"""The memory of a `marac watch` that has nothing to do, all its processes together, beside a bare interpreter.

Needs Dovecot and Linux. Run, from the repository: python -m benchmarks.idle_watcher
The watch has taken in one message with a Word form, so that everything is loaded, and then waits. Resident memory (RSS)
counts what processes share for each of them; the share (PSS) counts it once. Prints both for a folder and for an IMAP
mailbox, and one line: the goal is under 150 MB resident.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.dovecot import Dovecot
from tests.watched_folder import wait_until, watching
from tests.whole_mailbox_runs import served
from tests.working_folder import WorkingFolder, some_mail, working_folder

GOAL_MEGABYTES = 150
_SETTLING_SECONDS = 15.0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="idle-") as name, Dovecot() as dovecot:
        bare = _bare()
        in_folder = _measured("folder", working_folder(Path(name)))
        with served(working_folder(Path(name) / "start"), Path(name) / "served", dovecot) as folder:
            on_server = _measured("IMAP", folder)
    worst = max(in_folder, on_server)
    print(
        f"idle watcher: {worst:.0f} MB resident (goal {GOAL_MEGABYTES} MB), {worst / bare:.0f} times a bare interpreter"
    )
    return 0 if worst < GOAL_MEGABYTES else 1


def _measured(kind: str, folder: WorkingFolder) -> float:
    """Prints the memory of a watch, process by process; its resident megabytes."""
    folder.status()  # makes the database, which a watch finds made on every day but the first
    folder.post(some_mail("01-police-referral"))
    with watching(folder) as process:
        wait_until(lambda: [name for name, _ in folder.mail()] == ["processed"])
        time.sleep(_SETTLING_SECONDS)
        found = [(memory(pid), _words(pid)) for pid in family(process.pid)]
    for (resident, share), words in found:
        print(f"{kind}: {resident:6.1f} MB resident, {share:6.1f} MB share  {words}")
    resident, share = (sum(each[index] for each, _ in found) for index in (0, 1))
    print(f"{kind}: {resident:6.1f} MB resident, {share:6.1f} MB share  in {len(found)} processes")
    return resident


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            yield from family(int(path.parent.name))


def memory(pid: int) -> tuple[float, float]:
    """The resident and the shared-out memory of a process, in megabytes of 1,000,000 bytes."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:])
    resident, share = (int(told[name].split()[0]) * 1024 / 1e6 for name in ("Rss", "Pss"))
    return resident, share


def _words(pid: int) -> str:
    """What a process was started as, shortened."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    return " ".join(Path(word).name for word in words if word)[:60]


def _bare() -> float:
    """The resident memory of an interpreter that does nothing."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    time.sleep(1)
    resident, _ = memory(process.pid)
    process.communicate(b"\n")
    return resident


if __name__ == "__main__":
    sys.exit(main())
