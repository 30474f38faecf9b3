"""Kills marac (SIGKILL) at every step, breaks its lines and fills its disk, and looks whether a rerun mends it.

Run, from the repository, as root and with Dovecot installed: python -m benchmarks.killed [PART …] [--points N]
[--sequences N] [--cuts N] [--seed N] [--messages all|few] [--at-once N]

The parts; without a PART, all of them:
  intake      `marac run`, killed at N moments, spread evenly over all that it has (see tests/killed_at.py)
  sending     `marac release`, the same
  several     two to five kills of passes and releases, at random
  imap        as intake, with the mail on a real IMAP server
  smtp        as sending, with the letters leaving by a real SMTP server
  served      as several, on both servers
  lines       the line to either server is cut: at N moments, in a message, after MOVE, after the letter's end
  disk        the disk is full, with 0 to 600 kB left
  fortnight   passes on the days of a fortnight: referrals to the IDVA service at once, answers and reminders, letters;
              and the release of these
  minutes     `marac minutes read --confirm`
  prepared    `marac meeting prepare`, where many readers need a new version
  by-hand     what a person enters and decides: meetings, conflicts, returns, actions, a victim told
Each trial has a folder of its own. After the trouble come two clean runs: they must come to what a run comes to that
nothing disturbs, and the second must change nothing (tests/killed_runs.py); each referral registered once, each letter
sent at most once, nothing lost, books balanced, trail whole (tests/what_must_hold.py). Prints each fault, and a line of
figures for each part; the exit code is 1 where there was a fault.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.fortnight_troubles import fortnight, hand, minutes, prepared
from benchmarks.troubles import Grounds, Trial, disk, intake, lines, sending, several, smtp
from tests.dovecot import Dovecot
from tests.killed_runs import waiting_folder
from tests.test_killed import MAIL

PARTS = (
    *("intake", "sending", "several", "imap", "smtp", "served", "lines", "disk"),
    *("fortnight", "minutes", "prepared", "by-hand"),
)


def main() -> int:
    options = _options()
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the SMTP server's remarks about itself
    print(f"seed {options.seed}", file=sys.stderr)
    made: dict[str, Callable[[Grounds], Iterator[Trial]]] = {
        "intake": intake, "sending": sending, "several": several, "imap": partial(intake, on_servers=True),
        "smtp": smtp, "served": partial(several, on_servers=True), "lines": lines, "disk": disk,
        "fortnight": fortnight, "minutes": minutes, "prepared": prepared, "by-hand": hand,
    }  # fmt: skip
    faults = 0
    for part in options.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="killed-") as name, Dovecot() as dovecot:
            start = waiting_folder(Path(name), "none")
            mail = () if options.messages == "all" else MAIL
            grounds = Grounds(Path(name), mail, start, dovecot, options)
            faults += _tried(part, list(made[part](grounds)), options.at_once)
    return 1 if faults else 0


def _tried(part: str, trials: Sequence[Trial], at_once: int) -> int:
    """Tries all of them; how many faults there were."""
    began, faults = time.monotonic(), 0
    with ThreadPoolExecutor(at_once) as pool:
        for trial, found in zip(trials, pool.map(_faults, trials), strict=True):
            for fault in found:
                print(f"{part}, {trial.name}: {fault}", flush=True)
            faults += len(found)
    print(f"{part}: {len(trials)} trials, {faults} faults, {time.monotonic() - began:.0f} s", flush=True)
    return faults


def _faults(trial: Trial) -> list[str]:
    began = time.monotonic()
    try:
        found = trial.faults()
    except Exception as error:  # noqa: BLE001 - a trial that cannot be judged is a fault, and the others go on
        found = [f"{type(error).__name__}: {error}"]
    print(f"{trial.name}: {len(found)} faults, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help="one of the parts above")
    parser.add_argument(
        "--points",
        type=int,
        default=40,
        help="so many moments of each single kill; the days of a fortnight have parts of it",
    )
    parser.add_argument("--sequences", type=int, default=20, help="so many sequences of kills, each of the two times")
    parser.add_argument("--cuts", type=int, default=20, help="so many cuts of each line")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument(
        "--messages", choices=("all", "few"), default="few", help="the whole fortnight's mail, or a few"
    )
    parser.add_argument("--at-once", type=int, default=2, help="so many trials at a time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
