"""The same lookup with Splink 5 (`predict_between`), for benchmarks/lookup.py, which runs this file in a Python of Splink's.

Its stock comparisons, trained once on the stored people; the clock runs over handing in the two people of a new referral,
`predict_between` with blocking rules and reading the answer. The people come as CSV files of benchmarks/invented_register.
Run: PYTHON benchmarks/splink_lookup.py STORED.csv NEW.csv
"""

import resource
import statistics
import sys
import time
from typing import Any

_RULES = (
    ("dob",),
    ("last", "substr(dob, 1, 7)"),
    ("first", "substr(dob, 1, 7)"),
    ("last", "substr(dob, 1, 4)", "substr(first, 1, 1)"),
    ("first", "last"),
    ("postcode", "first"),
    ("postcode", "last"),
    ("postcode", "substr(dob, 1, 4)"),
)


def main(stored: str, new: str) -> None:
    import duckdb  # type: ignore[import-not-found]
    import splink.comparison_library as comparisons  # type: ignore[import-not-found]
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI  # type: ignore[import-not-found]

    database = duckdb.connect()
    api = DuckDBAPI(connection=database)
    read = "SELECT id AS unique_id, first, last, dob, postcode, gender FROM read_csv('{}', all_varchar = true)"
    people = api.register(database.sql(read.format(stored)).to_arrow_table(), dataset_display_name="stored")
    rules = [block_on(*rule) for rule in _RULES]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.NameComparison("first").configure(term_frequency_adjustments=True),
            comparisons.NameComparison("last").configure(term_frequency_adjustments=True),
            comparisons.DateOfBirthComparison("dob", input_is_string=True),
            comparisons.PostcodeComparison("postcode"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(people, settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("first", "last", "dob")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=2e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    training.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
    for column in ("first", "last"):
        linker.table_management.compute_tf_table(column)
    rows = database.sql(read.format(new)).to_arrow_table()
    times = [_lookup(linker, api, people, rows.slice(at, 2)) for at in range(0, rows.num_rows, 2)]
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  Splink 5 predict_between: {statistics.median(times):.0f} ms CPU a lookup (p95 {times[int(len(times) * 0.95)]:.0f}), "
        f"peak {memory:.0f} MB"
    )


def _lookup(linker: Any, api: Any, people: Any, two: Any) -> float:
    began = time.process_time()
    asked = api.register(two)
    linker.inference.predict_between(people, asked, threshold_match_probability=0.05).as_record_list()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
