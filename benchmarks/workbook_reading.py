"""Reading the register workbook back, beside python-calamine's own read of the same sheets: CPU time in one run.

Run: python -m benchmarks.workbook_reading [CASES ...]
The floor opens the file with calamine and reads the five sheets that people edit, values and nothing else. Marac opens it
within its limits, reads the same sheets, finds the tables by their titles, fetches what was shown from the store and
compares every cell. The goal is 2.0 times the floor. What a written workbook shows is kept in the store first, and that is
measured too: once for a whole register, and once more when nothing changed.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from benchmarks.workbook_writing import register
from marac.read_back.copies import KEYED, edited_copy
from marac.register.face import add_generation
from marac.register.store import Store
from marac.register.workbook.contents import Generation, generation_id
from marac.register.workbook.place import workbook
from marac.register.workbook.sheets import sheets
from marac.register.workbook.shown import keep_shown

RUNS = 5


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("cases", type=int, nargs="*", default=[500, 5_000])
    arguments = words.parse_args()
    for cases in arguments.cases:
        with tempfile.TemporaryDirectory() as folder:
            measured(cases, Path(folder))


def measured(cases: int, folder: Path) -> None:
    contents = register(cases)
    content = workbook(contents)
    shown = sheets(contents)
    store = Store(folder / "store")
    with store.changing() as connection:
        number = add_generation(connection, Generation(generation_id(contents), "0" * 64))
        first, rows = cpu(lambda: keep_shown(connection, number, shown), 1)
    with store.changing() as connection:
        later = add_generation(connection, Generation("1" * 32, "1" * 64))
        again, changed = cpu(lambda: keep_shown(connection, later, shown), 1)
    assert changed == 0
    floor, _ = cpu(lambda: read_alone(content), RUNS)
    with store.reading() as connection:
        ours, copy = cpu(lambda: edited_copy(connection, content, None), RUNS)
    assert not any(each.changed or each.gone or each.new for each in copy.sheets)
    store.close()
    columns = next(len(sheet.columns) for sheet in shown if sheet.name == "Cases")
    size = sum(len(sheet.rows) * len(sheet.columns) for sheet in shown if sheet.keyed)
    print(f"{cases} cases x {columns} columns, {size} cells on the sheets that are read, {len(content) / 1e6:.1f} MB")
    print(f"  calamine alone {floor:6.3f} s   marac {ours:6.3f} s   ratio {ours / floor:.2f} (goal 2.0)")
    print(f"  kept at first: {rows} rows in {first:.3f} s; kept when nothing changed: {again:.3f} s")


def read_alone(content: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return sum(len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in KEYED)


def cpu(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """The least CPU time of several runs, and what was made."""
    times: list[float] = []
    made: Any = None
    for _ in range(runs):
        start = time.process_time()
        made = work()
        times.append(time.process_time() - start)
    return min(times), made


if __name__ == "__main__":
    main()
