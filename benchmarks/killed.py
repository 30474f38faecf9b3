"""Kills `marac run` and `marac release` at every moment at which they touch a file, and looks whether a rerun mends it.

Run, from the repository: python -m benchmarks.killed [run|release] [--messages all|few] [--stride N] [--points N] [--at-once N]
Each moment has a copy of the same folder: the command is killed (SIGKILL) there, run again and run once more. It must
come to what a run comes to that nothing disturbs, and the last run must change nothing. Prints each fault and one line
in the end; the exit code is 1 where there was a fault.
"""

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.killed_runs import Outcome, copied, faults_after_a_kill, undisturbed, waiting_folder
from tests.test_killed import MAIL
from tests.working_folder import MEETING, WorkingFolder

_BATCH = 24  # folders that exist at a time


def main() -> int:
    arguments = _arguments()
    words = ("run",) if arguments.command == "run" else ("release", MEETING.isoformat())
    with tempfile.TemporaryDirectory(prefix="killed-") as name:
        place = Path(name)
        start = waiting_folder(place, *(() if arguments.messages == "all" else MAIL))
        if arguments.command == "release":
            assert start.marac("run").returncode == 0
        moments, expected = undisturbed(copied(start, place / "undisturbed"), *words)
        points = list(range(1, moments + 1, arguments.stride))[: arguments.points]
        faults = _tried(start, place, points, expected, words, arguments.at_once)
    for point, sentence in faults:
        print(f"moment {point}: {sentence}")
    print(
        f"marac {arguments.command}: {moments} moments, {len(points)} tried (stride {arguments.stride}), {len(faults)} faults"
    )
    return 1 if faults else 0


def _tried(
    start: WorkingFolder, place: Path, points: list[int], expected: Outcome, words: tuple[str, ...], at_once: int
) -> list[tuple[int, str]]:
    """The faults of all these moments, a batch of folders at a time."""
    faults: list[tuple[int, str]] = []
    for first in range(0, len(points), _BATCH):
        batch = points[first : first + _BATCH]
        folders = [copied(start, place / f"killed {point}") for point in batch]
        time.sleep(2)  # so that every message in them counts as settled
        with ThreadPoolExecutor(at_once) as pool:
            for point, found in zip(batch, pool.map(partial(_faults, expected, words), folders, batch), strict=True):
                faults += [(point, sentence) for sentence in found]
        for folder in folders:
            shutil.rmtree(folder.path)
        print(f"{first + len(batch)} of {len(points)} moments, {len(faults)} faults", file=sys.stderr, flush=True)
    return faults


def _faults(expected: Outcome, words: tuple[str, ...], folder: WorkingFolder, point: int) -> list[str]:
    return faults_after_a_kill(folder, point, expected, *words)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=("run", "release"), default="run")
    parser.add_argument(
        "--messages", choices=("all", "few"), default="all", help="the whole fortnight's mail, or a few of each kind"
    )
    parser.add_argument("--stride", type=int, default=1, help="try every n-th moment")
    parser.add_argument("--points", type=int, default=None, help="try no more than so many")
    parser.add_argument("--at-once", type=int, default=2, help="so many folders at a time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
