"""What a pass with nothing new costs over a register of thousands of cases, beside a pass that has to look at all of them.

    python -m benchmarks.idle_pass 5000

CPU seconds of this process: the first pass writes the workbook, the second finds that all stands, and the third, after one
case was decided about, does everything again.
"""

import dataclasses
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from marac.case import Case
from marac.commands.setup import made_folder
from marac.demo.setting import write_setting
from marac.intake.reading.reader import Reader
from marac.mailbox import open_inbox
from marac.office import open_office
from marac.one_pass import one_pass
from marac.register.cases import add_case
from marac.register.trail import record
from tests.invented_cases import case

MEETING = dt.date(2026, 11, 26)
TODAY = dt.date(2026, 11, 20)


def filled(folder: Path, number: int) -> None:
    write_setting(folder, [(MEETING, MEETING - dt.timedelta(days=7))])
    with open_office(folder / "config.toml", TODAY, _now) as office, office.store.changing() as connection:
        for place in range(number):
            add_case(connection, _old_case(place))
        record(connection, office.entry("filled"))


def _old_case(place: int) -> Case:
    received = TODAY - dt.timedelta(days=30 + place % 3_000)
    invented = case()
    victim = dataclasses.replace(
        invented.referral.victim,
        name=f"Victim {chr(97 + place % 26)}{chr(97 + place // 26 % 26)} Invented{place}",
        date_of_birth=dt.date(1960, 1, 2) + dt.timedelta(days=place * 7 % 15_000),
    )
    reading = dataclasses.replace(invented.reading, referral=dataclasses.replace(invented.referral, victim=victim))
    return dataclasses.replace(
        invented,
        reference=f"M{received:%y}-{place + 1:05d}",
        state="heard",
        received=received,
        meeting=received + dt.timedelta(days=10),
        reading=reading,
    )


def passed(folder: Path) -> float:
    before = time.process_time()
    with (
        open_office(folder / "config.toml", TODAY, _now) as office,
        Reader() as reader,
        open_inbox(office.settings.mailbox, office.store.folder) as inbox,
    ):
        one_pass(office, inbox, reader)
    return time.process_time() - before


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = made_folder(Path(place) / "marac")
        filled(folder, number)
        first, quiet = passed(folder), passed(folder)
        again = passed(folder)
        print(f"{number} cases: first pass {first:.2f} s, with nothing new {quiet:.3f} and {again:.3f} s CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
