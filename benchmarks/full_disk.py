"""A pass on a disk that is really full, at many levels: loud, nothing half done, and the next passes recover.

Needs root, because it mounts small file systems in memory. Run, from the repository: python -m benchmarks.full_disk
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.killed_runs import Outcome, faults_after_trouble, undisturbed
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, copied, some_mail, working_folder

LEVELS = (0, 8, 60, 80, 150, 300, 600)
"""Kilobytes that are free."""

_FULL = """
set -e
mount -t tmpfs -o size=12m tmpfs "$1"
cp -a "$2" "$1/marac"
head -c "$(($(df --output=avail -B1 "$1" | tail -1) - $3 * 1024))" /dev/zero > "$1/filler"
cd "$1/marac"
"$4" -m marac run --today "$5" && code=0 || code=$?
rm "$1/filler"
"$4" -m marac run --today "$5" > /dev/null
cp -a "$1/marac" "$6"
exit $code
"""


def waiting_on_a_full_disk(place: Path) -> tuple[WorkingFolder, Outcome]:
    """A folder with a little mail, and what a pass over it comes to where there is room."""
    folder = working_folder(place)
    folder.post(some_mail("01-police-referral", "11-surgery-form"))
    return folder, undisturbed(copied(folder, place / "undisturbed"), "run")[1]


def faults_at(kilobytes: int, folder: WorkingFolder, expected: Outcome, place: Path) -> list[str]:
    """What is not as it should be after a pass with so much room, and further ones with enough."""
    (disk := place / f"disk {kilobytes}").mkdir()
    after = WorkingFolder(place / f"after {kilobytes}")
    values = [disk, folder.path, kilobytes, sys.executable, AFTER_CUT_OFF.isoformat(), after.path]
    command = ["unshare", "--mount", "sh", "-c", _FULL, "sh", *map(str, values)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not after.path.is_dir():
        return [f"no disk could be mounted; this needs root: {run.stderr}"]
    told = run.stderr.startswith("marac: ") or "\n! " in run.stdout
    silent = [] if told or run.returncode == 0 else [f"no plain words: {run.stderr}"]
    print(f"{kilobytes} kB free: exit code {run.returncode}", file=sys.stderr, flush=True)
    return [*silent, *faults_after_trouble(after, expected, ("run",))]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder, expected = waiting_on_a_full_disk(place)
        faults = [(level, fault) for level in LEVELS for fault in faults_at(level, folder, expected, place)]
    for level, fault in faults:
        print(f"{level} kB free: {fault}")
    print(f"full disk: {len(LEVELS)} levels, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
