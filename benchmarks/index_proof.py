"""What the people index misses of what a look at every stored couple finds, at p >= .05.

Run, from the repository: python -m benchmarks.index_proof [--referrals 2000] [--seed 71] [--noise 1]
Every referral of a synthetic register is compared with all others by brute force (minutes), and looked up in the index.
Exit status 0 where no couple is missed and every answer of the index is that of the comparison.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.invented_register import case_of, invented_register
from marac.matching.couples import likeness
from marac.matching.frequencies import CountedPeople
from marac.matching.of_cases import couple_of
from marac.register.cases import add_case
from marac.register.people_index import resemblances
from marac.register.people_index_search import people_of
from marac.register.store import Store


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--referrals", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--noise", type=float, default=1)
    asked = parser.parse_args()
    return prove(asked.referrals, asked.seed, asked.noise)


def prove(size: int, seed: int, noise: float) -> int:
    """Count what the index misses of what a look at every couple of a register finds, at p >= .05; 0 where nothing."""

    register = [case_of(referral) for referral in invented_register(size, seed, noise=noise)]
    couples = [couple_of(case) for case in register]
    counted = CountedPeople(known for couple in couples for known in people_of(couple))
    there, missed, others = Counter[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="proof-") as name:
        store = Store(Path(name))
        with store.changing() as connection:
            for case in register:
                add_case(connection, case)
            for case, couple in zip(register, couples, strict=True):
                answers = {each.reference: each.likeness for each in resemblances(connection, case, least=0)}
                for other, earlier in zip(register, couples, strict=True):
                    if other is case:
                        continue
                    expected = likeness(couple, earlier, counted, size).probability
                    for relation, probability in expected.items():
                        if probability >= 0.05:
                            there[relation] += 1
                            missed[relation] += other.reference not in answers
                    given = answers.get(other.reference)
                    others += given is not None and given.probability != expected
        store.close()
    print(
        f"{size} referrals, every one against all others: {others} answers differ from those of a look at every couple"
    )
    for kind, count in there.most_common():
        print(f"  {kind:24} p >= .05: {count:6}, not found by the index: {missed[kind]}")
    return 1 if missed["same couple"] or others else 0


if __name__ == "__main__":
    sys.exit(main())
