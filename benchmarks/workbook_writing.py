"""Writing the register workbook, beside XlsxWriter alone: CPU time of the same cells, and the most memory.

Run: python -m benchmarks.workbook_writing [CASES ...]
The floor makes the same sheets with XlsxWriter's plain calls, from values that are ready: every cell in its format, row
heights, widths, tables, links and notes, in one workbook in memory. It has no drop-downs, colours or charts, and works out
nothing. Marac starts from the register's contents: sheets, words, notes, statistics, identity, bytes. The goal is 1.3.
Each is measured in a process of its own, so that neither pays for the other's memory.
"""

import dataclasses
import datetime as dt
import io
import multiprocessing
import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import xlsxwriter

from marac.case import Case, Decision, Flag
from marac.referral import Consent, Criteria, Evidence, Police, Reading, Referral, Safety
from marac.register.workbook.contents import RegisterContents, RegisteredCase
from marac.register.workbook.place import workbook
from marac.register.workbook.sheet import Sheet, Value
from marac.register.workbook.sheets import sheets
from marac.register.workbook.tables import top_of
from tests import invented_cases

SIZES = (500, 5_000)
RUNS = 3
STORY = "He waited outside her work and said that she would be sorry. She is afraid of what he does next. "


def register(cases: int) -> RegisterContents:
    """A register of so many cases whose forms are filled in, four in five of them heard."""
    chance = random.Random(5)  # noqa: S311
    first = dt.date(2021, 1, 4)
    names = [f"{''.join(chance.choices('abcdefghilmnoprstu', k=7)).title()} Invented" for _ in range(900)]
    return RegisterContents(
        invented_cases.MARAC,
        tuple(
            RegisteredCase(
                case(number, first + dt.timedelta(days=number * 1800 // cases), names, chance), _form(number)
            )
            for number in range(1, cases + 1)
        ),
        invented_cases.actions(),
        (invented_cases.MEETING,),
        invented_cases.AGENCIES,
    )


def case(number: int, received: dt.date, names: list[str], chance: random.Random) -> Case:
    """One case with every leaf of its form, and the evidence that a reader gives for each."""
    heard = chance.random() < 0.8
    victim = dataclasses.replace(
        invented_cases.VICTIM,
        name=chance.choice(names),
        date_of_birth=dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(20_000)),
        phone=f"07700900{chance.randrange(1000):03}",
        contact_notes="Text first, between nine and eleven.",
        ethnicity=chance.choice(("White British", "Pakistani", "Black Caribbean", "Polish")),
        disability="Asthma",
        language="English",
        bme=chance.random() < 0.15,
        disabled=True,
        lgbt=False,
        interpreter=False,
        pregnant=False,
    )
    perpetrator = dataclasses.replace(invented_cases.PERPETRATOR, name=chance.choice(names))
    form = Referral(
        received,
        invented_cases.REFERRER,
        victim,
        (perpetrator,),
        invented_cases.children(number % 4),
        Criteria(True, True, False, chance.random() < 0.3, 16, received, "M20-0001", "Eastbridge"),
        consent=Consent(True, False, "She is afraid that he finds out."),
        safety=Safety("Her husband", "Her sister", "Her mother-in-law"),
        police=Police(f"CR/{number:06}/26", "PC 1234 Reese"),
        reason=STORY * chance.randrange(2, 12),
    )
    leaves = ("name", "date_of_birth", "address", "postcode", "phone", "safe_to_call", "contact_notes", "ethnicity")
    sure = {f"victim.{leaf}": Evidence(f"words of {leaf}", "table 2, row 3", 0.97) for leaf in leaves}
    sure |= {f"perpetrators.0.{leaf}": Evidence("words", "table 4", 0.7) for leaf in leaves[:1] if number % 5 == 0}
    reference = f"M{received:%y}-{number:05}"
    return Case(
        reference,
        "heard" if heard else "listed",
        received,
        Reading("referral", form, sure),
        chance.choice(invented_cases.AGENCIES).name,
        received + dt.timedelta(days=14),
        (invented_cases.THRESHOLD_MET, Flag("repeat", "The same two people were heard before.", "", "M20-0001")),
        (Decision(reference, "hear", "A pattern of control.", "J. Marsh", received),),
    )


def _form(number: int) -> str:
    return f"store/originals/{number % 256:02x}/{number:064x}.docx"


def floor(written: tuple[Sheet, ...]) -> bytes:
    """The same sheets, written with XlsxWriter alone."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    look = {"valign": "top", "text_wrap": True, "bottom": 1}
    text, day = book.add_format(look), book.add_format(look | {"num_format": "dd/mm/yyyy"})
    for sheet in written:
        page, top = book.add_worksheet(sheet.name), top_of(sheet)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
        for at, row in enumerate(sheet.rows, top + 1):
            for place, value in enumerate(row):
                _floor_cell(page, at, place, value, (text, day), sheet.columns[place].kind == "link")
            page.set_row(at, 45)
        for (number, place), note in sheet.notes.items():
            page.write_comment(top + 1 + number, place, note.text, {"width": 340, "height": 60})
        columns = [{"header": column.title} for column in sheet.columns]
        page.add_table(top, 0, top + max(len(sheet.rows), 1), len(columns) - 1, {"columns": columns})
    book.close()
    return held.getvalue()


def _floor_cell(page: Any, at: int, place: int, value: Value, looks: tuple[Any, Any], link: bool) -> None:
    match value:
        case None:
            pass
        case str() if link:
            page.write_url(at, place, f"external:{value}", looks[0], "open the form")
        case str():
            page.write_string(at, place, value, looks[0])
        case bool():
            page.write_string(at, place, "yes" if value else "no", looks[0])
        case int():
            page.write_number(at, place, value, looks[0])
        case _:
            page.write_datetime(at, place, value, looks[1])


def measured(cases: int, alone: bool) -> tuple[float, int, int]:
    """Seconds of CPU, the size of the file, and the most memory of the process so far, in MB."""
    contents = register(cases)
    ready = sheets(contents) if alone else ()
    start = time.process_time()
    size = len(floor(ready) if alone else workbook(contents))
    took = time.process_time() - start
    return took, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def least(cases: int, alone: bool) -> tuple[float, int, int]:
    """The least time of several runs, each in a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    runs = []
    for _ in range(RUNS if cases <= 5_000 else 1):
        with ProcessPoolExecutor(1, mp_context=fresh) as pool:
            runs.append(pool.submit(measured, cases, alone).result())
    return min(runs)


def main() -> None:
    """Compares each size."""
    for cases in map(int, sys.argv[1:] or SIZES):
        (own, size, memory), (plain, plain_size, plain_memory) = least(cases, False), least(cases, True)
        print(
            f"{cases} cases: {own:.2f} s of CPU, {memory} MB, a file of {size / 1e6:.1f} MB ="
            f" {own / plain:.2f} x XlsxWriter ({plain:.2f} s, {plain_memory} MB, {plain_size / 1e6:.1f} MB)"
        )


if __name__ == "__main__":
    main()
