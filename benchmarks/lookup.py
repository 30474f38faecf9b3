"""One new referral against the stored register: CPU and memory of a lookup in the people index, the process already up.

Run, from the repository: python -m benchmarks.lookup [--sizes 5000 100000 1000000] [--seed S] [--splink PYTHON]
A register is filled in one process (its people go in as `index_case` writes them, but sorted and in one transaction), and
looked up in a fresh one, which opens the database, asks for 300 referrals that are not in it (a third of them of couples
that are), and says the median and 95th percentile of its CPU, its peak memory, and how often the right case was found.
`--splink` names a Python in which Splink is installed, to be measured beside it at 5,000:
    uv venv /tmp/splink && uv pip install --python /tmp/splink/bin/python splink==5.0.0
Goals: 1, 4 and 20 ms at 5,000, 100,000 and 1,000,000, and 60 MB.
"""

import argparse
import datetime as dt
import itertools
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from benchmarks.invented_register import InventedReferral
    from marac.case import Case
    from marac.matching.couples import Couple
    from marac.register.people_index import Resemblance

GOALS = {5_000: 1.0, 100_000: 4.0, 1_000_000: 20.0}
GOAL_MB = 60
_ASKED = 300
_Thing = TypeVar("_Thing")
_DISTRICTS = {5_000: 6, 100_000: 120, 1_000_000: 1200}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(GOALS))
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--splink", type=Path)
    parser.add_argument("--kept", type=Path, help="a folder in which filled registers stay for the next run")
    parser.add_argument("--step", choices=("fill", "look"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        {"fill": fill, "look": look}[asked.step](asked.kept, asked.sizes[0], asked.seed)
        return 0
    reached = True
    with tempfile.TemporaryDirectory(prefix="lookup-") as name:
        for size in asked.sizes:
            folder = (asked.kept or Path(name)) / f"register of {size}"
            if not folder.exists():
                _in_a_process_of_its_own("fill", folder, size, asked.seed)
            said = _in_a_process_of_its_own("look", folder, size, asked.seed)
            print(said, end="")
            if asked.splink and size <= 5_000:
                _beside_splink(asked.splink, size, asked.seed)
            reached = reached and said.endswith("reached\n")
    return 0 if reached else 1


def _in_a_process_of_its_own(step: str, folder: Path, size: int, seed: int) -> str:
    command = [sys.executable, "-m", "benchmarks.lookup", "--step", step, "--kept", str(folder)]
    command += ["--sizes", str(size), "--seed", str(seed)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def _beside_splink(python: Path, size: int, seed: int) -> None:
    """The same people looked up by Splink."""
    from benchmarks.invented_register import invented_register
    from benchmarks.register_list import write_list

    register = invented_register(size + 40, seed, districts=_DISTRICTS.get(size, 6))
    with tempfile.TemporaryDirectory(prefix="splink-") as name:
        stored, new = Path(name) / "stored.csv", Path(name) / "new.csv"
        write_list(register[:size], stored)
        write_list(register[size:], new)
        script = Path(__file__).with_name("splink_lookup.py")
        subprocess.run([python, script, stored, new], check=True)


def fill(folder: Path, size: int, seed: int) -> None:
    """Make the store of a register of so many referrals, and keep those to be asked for beside it."""
    from benchmarks.invented_register import case_of, coming_referrals
    from marac.record import to_record
    from marac.register.store import Store

    folder.mkdir(parents=True)
    Store(folder).close()
    referrals = coming_referrals(size + _ASKED, seed, districts=_DISTRICTS.get(size, 6))
    stored = itertools.islice(referrals, size)
    couples = dict[tuple[int, int], list[str]]()
    database = sqlite3.connect(folder / "marac.db", isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    database.execute("BEGIN")
    began = time.process_time()
    indexes = _without_indexes(database)
    _enter(database, ((referral.reference, *_noted(referral, couples)) for referral in stored))
    for sql in indexes:
        database.execute(sql)
    database.execute("COMMIT")
    database.execute("ANALYZE")
    database.close()
    asked = [
        {
            "reference": referral.reference,
            "received": referral.received.isoformat(),
            "reading": to_record(case_of(referral).reading),
            "right": couples.get(referral.couple, []),
        }
        for referral in referrals
    ]
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    print(f"filled with {size} in {time.process_time() - began:.0f} s", file=sys.stderr)


def _noted(referral: "InventedReferral", couples: dict[tuple[int, int], list[str]]) -> tuple[str, "Couple"]:
    from benchmarks.invented_register import case_of
    from marac.matching.of_cases import couple_of

    couples.setdefault(referral.couple, []).append(referral.reference)
    return referral.received.isoformat(), couple_of(case_of(referral))


def _without_indexes(database: sqlite3.Connection) -> list[str]:
    """Take away the indexes of the tables to be filled; the statements that make them again."""
    tables = "'match_keys', 'known_people', 'cases'"
    found = database.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})"  # noqa: S608
    ).fetchall()
    for name, _sql in found:
        database.execute(f'DROP INDEX "{name}"')
    return [sql for _name, sql in found]


def _enter(database: sqlite3.Connection, cases: Iterable[tuple[str, str, "Couple"]]) -> None:
    """Write what `index_case` writes, the keys sorted first, and of each case no more than has to be there."""
    from marac.register.people_index_counts import COUPLES, NUMBERS, PEOPLE
    from marac.register.people_index_search import ROOM, people_of

    counted, counts = set[int](), Counter[int]()
    database.execute("CREATE TEMP TABLE spool (key INTEGER, person INTEGER)")
    number = 0
    for batch in _batches(cases, 5000):
        people, keys = list[tuple[object, ...]](), list[tuple[int, int]]()
        for reference, _received, couple in batch:
            number += 1
            for person, known in enumerate(people_of(couple), number * ROOM):
                role = ("victim", 0) if person == number * ROOM else ("perpetrator", person - number * ROOM - 1)
                people.append((person, reference, *role, known.as_text()))
                keys.extend((key, person) for key in {*known.keys(), known.identity()})
                if known.identity() not in counted:
                    counted.add(known.identity())
                    counts.update((*known.terms(), PEOPLE))
        database.executemany(
            "INSERT INTO cases (reference, state, received, reading) VALUES (?, 'heard', ?, '{}')",
            [(reference, received) for reference, received, _couple in batch],
        )
        database.executemany('INSERT INTO known_people (id, "case", role, place, facts) VALUES (?, ?, ?, ?, ?)', people)
        database.executemany("INSERT INTO spool VALUES (?, ?)", keys)
    database.execute("INSERT INTO match_keys (key, person) SELECT key, person FROM spool ORDER BY key, person")
    counts[COUPLES] = counts[NUMBERS] = number
    database.executemany("INSERT INTO match_counts (term, count) VALUES (?, ?)", sorted(counts.items()))


def _batches(things: Iterable[_Thing], size: int) -> Iterator[list[_Thing]]:
    several = iter(things)
    while batch := list(itertools.islice(several, size)):
        yield batch


def look(folder: Path, size: int, _seed: int) -> None:
    """Ask the index for each referral, and say what that took.

    The process holds what a lookup needs, and neither the settings nor the readers of forms.
    """
    from sqlalchemy import create_engine

    from marac.register.people_index import resemblances

    kept = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    asked = [(_case(one), one["right"]) for one in kept]
    del kept
    times, found, known = list[float](), 0, 0
    with create_engine(f"sqlite:///{folder / 'marac.db'}").connect() as connection:
        for case, right in asked:
            began = time.process_time()
            likest = resemblances(connection, case)
            times.append((time.process_time() - began) * 1000)
            if right:
                known += 1
                found += any(other.reference in right and _of_one_couple(other) for other in likest)
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median = times[len(times) // 2]
    goal = GOALS.get(size, 20.0)
    verdict = "reached" if median <= goal and memory <= GOAL_MB else "NOT reached"
    print(
        f"{size:9,} referrals: {median:6.2f} ms CPU a lookup (p95 {times[int(len(times) * 0.95)]:.2f}, most {times[-1]:.2f}), "
        f"peak {memory:.0f} MB, right case at p >= .5 for {found} of {known}, "
        f"database {(folder / 'marac.db').stat().st_size / 1e6:.0f} MB; goal {goal:g} ms and {GOAL_MB} MB {verdict}"
    )


def _case(kept: dict[str, Any]) -> "Case":
    """A referral that is asked for, without the reader of records, which takes memory of its own."""
    from marac.case import Case
    from marac.referral import Perpetrator, Reading, Referral, Victim

    said = kept["reading"]["referral"]
    people = []
    for person in (said["victim"], said["perpetrators"][0]):
        born = person.get("date_of_birth")
        facts = {key: person.get(key) for key in ("name", "postcode", "gender")}
        aliases = tuple(person.get("aliases") or ())
        people.append(facts | {"aliases": aliases, "date_of_birth": dt.date.fromisoformat(born) if born else None})
    referral = Referral(victim=Victim(**people[0]), perpetrators=(Perpetrator(**people[1]),))
    return Case(kept["reference"], "received", dt.date.fromisoformat(kept["received"]), Reading("referral", referral))


def _of_one_couple(found: "Resemblance") -> bool:
    return bool(found.likeness.probability["same couple"] >= 0.5)


if __name__ == "__main__":
    sys.exit(main())
