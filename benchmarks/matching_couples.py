"""Was this couple referred before, and to which case? On synthetic registers, beside what a spreadsheet search finds.

Run, from the repository: python -m benchmarks.matching_couples [--referrals 5000] [--seeds 61 62 63] [--noise 1] [--way list]
Two ways: `list` writes the register as a CSV file and runs `marac match` on it; `index` enters one referral after the other
into a store and asks the index before each. The spreadsheet search looks for the victim's surname with the date of birth,
or the victim's whole name. The generator (benchmarks/invented_register.py) was written without a look at the matcher.
An answer is right where the likest earlier case is of the same victim and the same perpetrator; a question is a referral
whose likest case lies between asking and certainty. Goals at p >= .95: precision .99, recall .995, at most 3 questions in 100
referrals (certain .99, ask .05); role swaps .98 both.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.invented_register import InventedReferral, case_of, invented_register
from benchmarks.register_list import write_list

if TYPE_CHECKING:
    from marac.matching.couples import Relation

COUPLE, SWAP, REVERSED, PERPETRATOR = "same_couple", "role_swap", "roles reversed", "same_perpetrator"
CERTAIN, LEAST = 0.99, 0.01
_RELATIONS = {"same couple": COUPLE, "same perpetrator": PERPETRATOR}
_SWAPS: "tuple[Relation, ...]" = ("roles reversed", "victim was perpetrator", "perpetrator was victim")

Found = Mapping[str, Mapping[str, float]]
"""Of one referral: by relation, the earlier cases with their probability."""


@dataclass
class Tally:
    """Answers right and wrong, and what there was to find."""

    answers: int = 0
    right: int = 0
    true: int = 0

    def words(self) -> str:
        precision, recall = self.right / max(self.answers, 1), self.right / max(self.true, 1)
        return f"P {precision:.4f} R {recall:.4f} ({self.right} right of {self.answers}, {self.true} true)"


@dataclass
class Marks:
    """What was counted over one register, or several."""

    tallies: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    referrals: Counter[str] = field(default_factory=Counter)
    questions: Counter[tuple[float, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, method: str, community: str, answered: bool, right: bool, true: bool) -> None:
        for who in ("all", community):
            tally = self.tallies[method, who]
            tally.answers += answered
            tally.right += right
            tally.true += true


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--referrals", type=int, default=5000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[61, 62, 63])
    parser.add_argument("--noise", type=float, default=1)
    parser.add_argument("--way", choices=("list", "index"), default="list")
    asked = parser.parse_args()
    ways: dict[str, Callable[[Sequence[InventedReferral]], Iterator[Found]]] = {"list": by_list, "index": by_index}
    together = Marks()
    for seed in asked.seeds:
        register = invented_register(asked.referrals, seed, noise=asked.noise)
        one = Marks()
        found = list(ways[asked.way](register))
        for marks in (one, together):
            judge(register, found, marks)
        print(f"\nseed {seed}, {asked.referrals} referrals, noise x{asked.noise:g}, by {asked.way}")
        report(one, ["all"])
    print(f"\nseeds {asked.seeds} together, by community of the victim")
    report(together, ["all", *sorted(together.referrals)])
    print("\nfaults at p >= .95, by how the new referral is tied and what its forms got wrong")
    for fault, count in together.faults.most_common(40):
        print(f"{count:5} {fault}")
    return 0 if _reached(together) else 1


def by_list(register: Sequence[InventedReferral]) -> Iterator[Found]:
    """What `marac match` finds in the whole register; of each pair, the earlier case is an answer to the later one."""
    with tempfile.TemporaryDirectory(prefix="couples-") as name:
        path = Path(name) / "register.csv"
        write_list(register, path)
        command = [sys.executable, "-m", "marac", "match", str(path), "--json", "--at-least", str(LEAST)]
        lines = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ).stdout.splitlines()
    order = {referral.reference: number for number, referral in enumerate(register)}
    found: defaultdict[str, defaultdict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for line in map(json.loads, lines):
        earlier, later = sorted((line["a"], line["b"]), key=order.__getitem__)
        found[later][line["relation"]][earlier] = line["probability"]
    return (found[referral.reference] for referral in register)


def by_index(register: Sequence[InventedReferral]) -> Iterator[Found]:
    """What the index of a store finds before each referral is entered into it."""
    from marac.register.cases import add_case
    from marac.register.people_index import resemblances
    from marac.register.store import Store

    with tempfile.TemporaryDirectory(prefix="couples-") as name:
        store = Store(Path(name) / "store")
        with store.changing() as connection:
            for referral in register:
                case = case_of(referral)
                found: defaultdict[str, dict[str, float]] = defaultdict(dict)
                for other in resemblances(connection, case, least=LEAST):
                    for relation, probability in other.likeness.probability.items():
                        found[_RELATIONS.get(relation, relation)][other.reference] = probability
                    found[SWAP][other.reference] = sum(other.likeness.probability[swap] for swap in _SWAPS)
                yield found
                add_case(connection, case)
        store.close()


def judge(register: Sequence[InventedReferral], found: Iterable[Found], marks: Marks) -> None:
    """Count what was found against the truth."""
    by_reference = {referral.reference: referral for referral in register}
    couples, victims, perpetrators = set[tuple[int, int]](), set[int](), dict[int, set[int]]()
    spreadsheet = _Spreadsheet()
    for referral, answers in zip(register, found, strict=True):
        who, couple = referral.community, referral.couple
        victim, perpetrator = couple
        marks.referrals[who] += 1
        before = couple in couples
        best, probability = _best(answers.get(COUPLE, {}))
        right = best is not None and by_reference[best].couple == couple
        for least in (0.99, 0.95, 0.5, 0.05):
            answered = probability >= least
            marks.add(f"couple, p >= {least}", who, answered, answered and right, before)
        for ask in (0.05, 0.01):
            for whose in ("all", who):
                marks.questions[ask, whose] += ask <= probability < CERTAIN
        _note_fault(marks, referral, by_reference, best if probability >= 0.95 else None, before)
        _judge_swaps(marks, referral, answers, by_reference, (victims, perpetrators), couples)
        others = {case for case, p in answers.get(PERPETRATOR, {}).items() if p >= 0.5}
        elsewhere = bool(perpetrators.get(perpetrator, set()) - {victim})
        right = any(_same_perpetrator(by_reference[case], referral) for case in others)
        marks.add("same perpetrator, p >= 0.5", who, bool(others), right, elsewhere)
        for method, hits in spreadsheet.searched(referral).items():
            marks.add(method, who, bool(hits), couple in hits, before)
        spreadsheet.enter(referral)
        couples.add(couple)
        victims.add(victim)
        perpetrators.setdefault(perpetrator, set()).add(victim)


def _judge_swaps(
    marks: Marks,
    referral: InventedReferral,
    answers: Mapping[str, Mapping[str, float]],
    by_reference: Mapping[str, InventedReferral],
    before: tuple[set[int], dict[int, set[int]]],
    couples: set[tuple[int, int]],
) -> None:
    """Role swaps: of either person, in a case with whomever; and of both people of one couple.

    The index says the second apart. A list says "role_swap" of both: there the reversed couple must be among its answers.
    """
    victim, perpetrator = referral.couple
    swap, likely = _best(answers.get(SWAP, {}))
    right = False
    if likely >= 0.5:
        then = by_reference[str(swap)].couple
        right = victim == then[1] or perpetrator == then[0]
    either = perpetrator in before[0] or victim in before[1]
    marks.add("role swap of either, p >= 0.5", referral.community, likely >= 0.5, right, either)
    true = (perpetrator, victim) in couples
    for least in (0.95, 0.5):
        if REVERSED in answers:
            swap, likely = _best(answers[REVERSED])
            answered = likely >= least
            right = answered and by_reference[str(swap)].couple == (perpetrator, victim)
        else:
            swapped = [case for case, likely in answers.get(SWAP, {}).items() if likely >= least]
            right = true and any(by_reference[case].couple == (perpetrator, victim) for case in swapped)
            answered = true and bool(swapped)
        marks.add(f"roles reversed, p >= {least}", referral.community, answered, right, true)


def _same_perpetrator(one: InventedReferral, other: InventedReferral) -> bool:
    return one.perpetrator.person == other.perpetrator.person and one.victim.person != other.victim.person


def _best(answers: Mapping[str, float]) -> tuple[str | None, float]:
    return max(answers.items(), key=lambda answer: answer[1], default=(None, 0.0))


def _note_fault(
    marks: Marks,
    referral: InventedReferral,
    by_reference: Mapping[str, InventedReferral],
    best: str | None,
    before: bool,
) -> None:
    """Count a couple that was missed or taken for another, by what the forms got wrong."""
    slips = ", ".join(
        f"{role[0]}: {slip}" for role in ("victim", "perpetrator") for slip in getattr(referral, role).slips
    )
    if best is not None and by_reference[best].couple != referral.couple:
        marks.faults[f"wrong: {referral.kind} taken for the couple of a {by_reference[best].kind} ({slips})"] += 1
    elif best is None and before:
        marks.faults[f"missed: {referral.kind} ({slips})"] += 1


class _Spreadsheet:
    """What a coordinator finds with Ctrl-F, or a filter on two columns."""

    def __init__(self) -> None:
        self._births: defaultdict[object, set[tuple[int, int]]] = defaultdict(set)
        self._names: defaultdict[object, set[tuple[int, int]]] = defaultdict(set)

    def searched(self, referral: InventedReferral) -> dict[str, set[tuple[int, int]]]:
        said = referral.victim
        births = self._births[said.last.casefold(), said.born] if said.born else set()
        names = self._names[said.first.casefold(), said.last.casefold()]
        return {
            "spreadsheet: surname + date of birth": births,
            "spreadsheet: whole name": names,
            "spreadsheet: either": births | names,
        }

    def enter(self, referral: InventedReferral) -> None:
        said = referral.victim
        self._births[said.last.casefold(), said.born].add(referral.couple)
        self._names[said.first.casefold(), said.last.casefold()].add(referral.couple)


def report(marks: Marks, groups: Iterable[str]) -> None:
    for who in groups:
        referrals = marks.referrals.total() if who == "all" else marks.referrals[who]
        asked = ", ".join(
            f"{100 * marks.questions[ask, who] / max(referrals, 1):.1f} (ask {ask})" for ask in (0.05, 0.01)
        )
        print(f"{who}: {referrals} referrals, questions per 100: {asked}")
        for method, group in marks.tallies:
            if group == who:
                print(f"    {method:38} {marks.tallies[method, group].words()}")


def _reached(marks: Marks) -> bool:
    couple, swap = marks.tallies["couple, p >= 0.95", "all"], marks.tallies["roles reversed, p >= 0.95", "all"]
    return (
        couple.right >= 0.99 * couple.answers
        and couple.right >= 0.995 * couple.true
        and swap.right >= 0.98 * max(swap.answers, swap.true)
        and marks.questions[0.05, "all"] <= 0.03 * marks.referrals.total()
    )


if __name__ == "__main__":
    sys.exit(main())
