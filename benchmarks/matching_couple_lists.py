"""All pairs of couples within one list, or across two: what `marac match` prints, against the truth, in several shapes of list.

Run, from the repository: python -m benchmarks.matching_couple_lists [--referrals 5000] [--seeds 101 102 103] [--noise 1]
Shapes: `full` has columns for gender and aliases; `plain` has id, case, role, first, last, dob and postcode alone, its dates
written in three ways, and what else somebody is called in brackets after the surname; `two` parts the plain list in the
middle of its time and compares the halves; `even` takes every other row of it for the second list.
Counted are pairs of cases, so that a couple of four referrals is six. A role swap is a pair in which somebody has the other
role; "both" counts how many of the pairs with both people in the other role were found among them. Goals at p >= .95:
same couple precision .99, recall .995; role swaps of both people .98.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.invented_register import InventedReferral, invented_register
from benchmarks.register_list import write_list

COUPLE, PERPETRATOR, SWAP, BOTH = "same_couple", "same_perpetrator", "role_swap", "role_swap of both"
PLAIN = ("id", "case", "role", "first", "last", "dob", "postcode")
Pair = tuple[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--referrals", type=int, default=5000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--noise", type=float, default=1)
    parser.add_argument("--shapes", nargs="+", default=["full", "plain", "two", "even"])
    parser.add_argument("--faults", action="store_true", help="say what the wrong and the missed pairs are")
    asked = parser.parse_args()
    reached = True
    for shape in asked.shapes:
        counts = Counter[tuple[str, ...]]()
        for seed in asked.seeds:
            register = invented_register(asked.referrals, seed, noise=asked.noise)
            printed = printed_for(register, shape, seed)
            one = judged(register, _borders(register, shape), printed, asked.faults)
            report(f"{shape}, seed {seed}", one, whole=True)
            counts += one
        report(f"{shape}, all seeds", counts, whole=False)
        reached = reached and _reached(counts)
    return 0 if reached else 1


def printed_for(register: Sequence[InventedReferral], shape: str, seed: int) -> list[dict[str, object]]:
    """What the command prints for the register in this shape; says its CPU and its memory."""
    with tempfile.TemporaryDirectory(prefix="couples-") as name:
        paths = [Path(name) / f"{number}.csv" for number in range(2 if shape in {"two", "even"} else 1)]
        if shape == "full":
            write_list(register, paths[0])
        else:
            border = _borders(register, shape)
            dice = random.Random(seed)  # noqa: S311 - how invented dates are written
            for number, path in enumerate(paths):
                _write_plain([each for each in register if border.get(each.reference, 0) == number], path, dice)
        command = [sys.executable, "-m", "marac", "match", *map(str, paths), "--json", "--at-least", "0.05"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{shape}, seed {seed}: {cpu:.1f} s CPU, peak of the largest process so far {after.ru_maxrss / 1024:.0f} MB")
    return [json.loads(line) for line in output.splitlines()]


def _borders(register: Sequence[InventedReferral], shape: str) -> Mapping[str, int]:
    """Which of two lists each case goes to; nothing where there is one."""
    if shape == "two":
        return {each.reference: int(place >= len(register) // 2) for place, each in enumerate(register)}
    return {each.reference: place % 2 for place, each in enumerate(register)} if shape == "even" else {}


def _write_plain(register: Iterable[InventedReferral], path: Path, dice: random.Random) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PLAIN)
        for referral in register:
            for role, said in (("victim", referral.victim), ("perpetrator", referral.perpetrator)):
                born = said.born.strftime(dice.choice(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"))) if said.born else ""
                last = f"{said.last} ({dice.choice(('nee', 'aka'))} {said.aliases[0]})" if said.aliases else said.last
                row = (f"{referral.reference}-{role[0]}", referral.reference, role, said.first, last, born)
                writer.writerow((*row, said.postcode or ""))


def true_relations(one: InventedReferral, other: InventedReferral) -> set[str]:
    """What two referrals have to do with each other."""
    (victim, perpetrator), (then_victim, then_perpetrator) = one.couple, other.couple
    if victim == then_victim:
        return {COUPLE} if perpetrator == then_perpetrator else set()
    swapped = {SWAP} if victim == then_perpetrator or perpetrator == then_victim else set()
    if victim == then_perpetrator and perpetrator == then_victim:
        swapped.add(BOTH)
    return swapped | ({PERPETRATOR} if perpetrator == then_perpetrator else set())


def _truth(register: Sequence[InventedReferral], border: Mapping[str, int]) -> dict[Pair, set[str]]:
    by_person: defaultdict[int, list[int]] = defaultdict(list)
    for place, referral in enumerate(register):
        for person in set(referral.couple):
            by_person[person].append(place)
    truth: dict[Pair, set[str]] = {}
    for places in by_person.values():
        for first, second in combinations(sorted(places), 2):
            one, other = register[first], register[second]
            if not border or border[one.reference] != border[other.reference]:
                truth[one.reference, other.reference] = true_relations(one, other)
    return truth


def judged(
    register: Sequence[InventedReferral],
    border: Mapping[str, int],
    printed: Iterable[Mapping[str, object]],
    faults: bool,
) -> Counter[tuple[str, ...]]:
    """Counts of (relation, threshold, community, what): what is `true`, `found` or `right`."""
    order = {referral.reference: (place, referral) for place, referral in enumerate(register)}
    truth = _truth(register, border)
    counts = Counter[tuple[str, ...]]()
    likely: dict[tuple[Pair, str], float] = {}
    pairs = Counter[Pair]()
    for line in printed:
        a, b = sorted((str(line["a"]), str(line["b"])), key=lambda reference: order[reference][0])
        pairs[a, b] += 1
        likely[(a, b), str(line["relation"])] = float(str(line["probability"]))
    counts["printed twice", "", "all", "found"] = sum(count > 1 for count in pairs.values())
    for least in (0.95, 0.5):
        for pair, relations in truth.items():
            for relation in relations:
                said = likely.get((pair, relation.removesuffix(" of both")), 0.0)
                _count(counts, relation, least, order[pair[1]][1], {"true": True, "right": said >= least})
        for (pair, relation), said in likely.items():
            _count(counts, relation, least, order[pair[1]][1], {"found": said >= least})
    if faults:
        _say_faults({reference: referral for reference, (_, referral) in order.items()}, truth, likely)
    return counts


def _count(
    counts: Counter[tuple[str, ...]], relation: str, least: float, of: InventedReferral, what: Mapping[str, bool]
) -> None:
    for who in ("all", of.community):
        for each, holds in what.items():
            counts[relation, str(least), who, each] += holds


def _say_faults(
    referrals: Mapping[str, InventedReferral],
    truth: Mapping[Pair, set[str]],
    likely: Mapping[tuple[Pair, str], float],
) -> None:
    for pair, relations in truth.items():
        for relation in relations:
            said = likely.get((pair, relation.removesuffix(" of both")), 0.0)
            if said < (0.95 if relation != PERPETRATOR else 0.5):
                _say_fault("missed", relation, said, referrals[pair[0]], referrals[pair[1]])
    for (pair, relation), said in likely.items():
        if said >= 0.95 and relation not in truth.get(pair, set()):
            _say_fault("wrong", relation, said, referrals[pair[0]], referrals[pair[1]])


def _say_fault(what: str, relation: str, said: float, one: InventedReferral, other: InventedReferral) -> None:
    people = " | ".join(
        f"{each.kind}: {each.victim.first} {each.victim.last} {each.victim.born} {each.victim.postcode} {each.victim.aliases} "
        f"+ {each.perpetrator.first} {each.perpetrator.last} {each.perpetrator.born} {each.perpetrator.postcode} "
        f"{each.perpetrator.aliases}"
        for each in (one, other)
    )
    print(f"  {what} {relation} {said:.3f}: {people}")


def report(title: str, counts: Counter[tuple[str, ...]], *, whole: bool) -> None:
    print(f"{title}; pairs printed twice: {counts['printed twice', '', 'all', 'found']}")
    communities = sorted({who for _, _, who, _ in counts} - {"all"})
    for relation in (COUPLE, PERPETRATOR, SWAP, BOTH):
        for least in ("0.95", "0.5"):
            for who in ["all"] if whole or relation != COUPLE or least != "0.95" else ["all", *communities]:
                true, found, right = (counts[relation, least, who, what] for what in ("true", "found", "right"))
                precision, recall = right / max(found, 1), right / max(true, 1)
                f1 = 2 * precision * recall / max(precision + recall, 1e-9)
                said = f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f}" if relation != BOTH else f"R {recall:.4f}"
                print(f"    {relation:17} p >= {least:4} {who:14} {said} ({right} right of {found}, {true} true)")


def _reached(counts: Counter[tuple[str, ...]]) -> bool:
    def share(relation: str, of: str) -> float:
        return counts[relation, "0.95", "all", "right"] / max(counts[relation, "0.95", "all", of], 1)

    return share(COUPLE, "found") >= 0.99 and share(COUPLE, "true") >= 0.995 and share(BOTH, "true") >= 0.98


if __name__ == "__main__":
    sys.exit(main())
