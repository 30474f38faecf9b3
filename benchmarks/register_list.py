"""A synthetic register as a list of people for `marac match`, two rows a referral.

Run, from the repository: python -m benchmarks.register_list LIST.csv [--referrals 5000] [--seed 1] [--noise 1]
"""

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.invented_register import InventedReferral, invented_register

COLUMNS = ("id", "case", "role", "first", "last", "dob", "postcode", "gender", "aliases")


def write_list(referrals: Iterable[InventedReferral], path: Path) -> None:
    """Write the referrals as a list of people for `marac match`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for referral in referrals:
            for role, said in (("victim", referral.victim), ("perpetrator", referral.perpetrator)):
                born = said.born.isoformat() if said.born else ""
                names = (said.first, said.last, born, said.postcode or "", said.sex, "; ".join(said.aliases))
                writer.writerow((f"{referral.reference} {role}", referral.reference, role, *names))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path)
    parser.add_argument("--referrals", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", type=float, default=1)
    asked = parser.parse_args()
    write_list(invented_register(asked.referrals, asked.seed, noise=asked.noise), asked.list)
    return 0


if __name__ == "__main__":
    sys.exit(main())
