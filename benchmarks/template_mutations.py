"""Every slip of the hand that tests/template_mutations.py knows, in every shipped template: found, told, harmless, or silent.

Run, from the repository: python -m benchmarks.template_mutations [KIND ...] [--most N]    N of each slip and kind, drawn with a fixed seed
"""

import argparse
import random
import time
from collections import Counter

from marac.generators.fields import RECORDS
from marac.generators.template_check import faults, remarks
from marac.generators.template_needs import own_template
from tests.template_mutations import SLIPS, mutations
from tests.test_template_mutations import SEED, values_lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(RECORDS))
    parser.add_argument("--most", type=int, default=10_000)
    arguments = parser.parse_args()
    chance = random.Random(SEED)  # noqa: S311 - a draw that is the same each time
    total, began = Counter[str](), time.process_time()
    for slip in SLIPS:
        counts = Counter[str]()
        for kind in arguments.kinds:
            ours = own_template(kind)
            found = list(mutations(ours, slip))
            for mutation in chance.sample(found, min(arguments.most, len(found))):
                outcome = (
                    "refused" if faults(mutation.content, kind) else "told" if remarks(mutation.content, kind) else ""
                )
                if not outcome:
                    lost = values_lost(ours, mutation.content, kind)
                    outcome = "SILENT" if lost else "harmless"
                    if lost:
                        print(f"    SILENT {kind}: {mutation.detail[:110]}: {len(lost)} values, as {lost[0][:40]!r}")
                counts[outcome] += 1
        total += counts
        print(
            f"{slip:36} {sum(counts.values()):5}  " + "  ".join(f"{name} {counts[name]}" for name in _OUTCOMES),
            flush=True,
        )
    every = sum(total.values())
    print(f"{'all':36} {every:5}  " + "  ".join(f"{name} {total[name]}" for name in _OUTCOMES))
    caught = total["refused"] + total["told"]
    print(
        f"Of {every - total['harmless']} that lose or change anything, {caught} are caught; {total['SILENT']} are silent."
    )
    print(f"{time.process_time() - began:.0f} s CPU")


_OUTCOMES = ("refused", "told", "harmless", "SILENT")

if __name__ == "__main__":
    main()
