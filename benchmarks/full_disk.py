"""A pass on a disk that is really full, at many levels: loud, nothing half done, and the next pass recovers.

Needs root, because it mounts small file systems in memory. `python -m benchmarks.full_disk`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.killed_runs import copied, outcome_of, undisturbed
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, some_mail, working_folder

LEVELS = (0, 8, 60, 80, 150, 300, 600)
FULL = """
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


def main() -> None:
    """Prints, for each level, how the full pass ended and whether the next one brought everything to its end."""
    with tempfile.TemporaryDirectory() as place:
        folder = working_folder(Path(place))
        folder.post(some_mail("01-police-referral", "11-surgery-form"))
        expected = undisturbed(copied(folder, Path(place) / "undisturbed"), "run")[1]
        for kilobytes in LEVELS:
            (disk := Path(place) / f"disk {kilobytes}").mkdir()
            after = Path(place) / f"after {kilobytes}"
            values = [disk, folder.path, kilobytes, sys.executable, AFTER_CUT_OFF.isoformat(), after]
            command = ["unshare", "--mount", "sh", "-c", FULL, "sh", *map(str, values)]
            run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            recovered = outcome_of(WorkingFolder(after)) == expected
            print(f"{kilobytes} kB left: exit code {run.returncode}, {'recovered' if recovered else 'NOT RECOVERED'}")


if __name__ == "__main__":
    main()
