"""From the arrival of a message on an IMAP server to its row in the register, where `marac watch` listens (IDLE).

Needs Dovecot. Run, from the repository: python -m benchmarks.arrival [--messages N]
A watch runs as a person starts it, and would look by itself only every ten minutes. Each message, a Word form or a form
typed into the mail, is appended when the watch is idle again; the clock runs from the server's yes to APPEND until the case
can be seen in the database. The floor is the reading of the same form by a reader that is warm. Prints both, and one
line: the goal is under 2 s beyond the reading.
"""

import argparse
import datetime as dt
import itertools
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.morning import FIRST_NAMES, SURNAMES, about, mail
from marac.demo.body_form import body_form
from marac.demo.messages import MAKERS
from marac.document import Document
from marac.intake.opening.mail import parts_in
from marac.intake.reading.means import ReadingMeans
from marac.intake.reading.reader import Reader
from tests.dovecot import Dovecot
from tests.watched_folder import wait_until, watching
from tests.what_must_hold import database_of
from tests.whole_mailbox_runs import served
from tests.working_folder import WorkingFolder, working_folder

GOAL_SECONDS = 2.0
_IDLE_SECONDS = 4.0  # from a pass over one message until the watch listens again


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=12)
    messages = _messages(parser.parse_args().messages + 1)
    with tempfile.TemporaryDirectory(prefix="arrival-") as name, Dovecot() as dovecot:
        place = Path(name)
        with served(working_folder(place), place / "served", dovecot) as folder, watching(folder, every=600):
            _waited(folder, dovecot, messages[0])  # the first one starts the reader
            times = [(_waited(folder, dovecot, raw), _read(raw, place)) for raw in messages[1:]]
    for number, (whole, reading) in enumerate(times, 1):
        print(f"message {number:2}: {whole:6.2f} s to the register, {reading:6.3f} s of them reading")
    beyond = [whole - reading for whole, reading in times]
    print(
        f"arrival: {statistics.median(beyond):.2f} s beyond the reading (worst {max(beyond):.2f} s, goal {GOAL_SECONDS:.0f} s), "
        f"{statistics.median(whole / reading for whole, reading in times):.0f} times the reading alone"
    )
    return 0 if max(beyond) < GOAL_SECONDS else 1


def _waited(folder: WorkingFolder, dovecot: Dovecot, raw: bytes) -> float:
    """Seconds from the arrival of a message to its case."""
    time.sleep(_IDLE_SECONDS)
    cases = _cases(folder)
    with dovecot.client() as client:
        client.append(folder.path.name, raw, msg_time=dt.datetime.now(dt.UTC))
        began = time.monotonic()
        wait_until(lambda: _cases(folder) > cases)
        return time.monotonic() - began


def _cases(folder: WorkingFolder) -> int:
    with database_of(folder) as database:
        [[count]] = database.execute("select count(*) from cases").fetchall()
        return int(count)


def _read(raw: bytes, place: Path) -> float:
    """Seconds that a warm reader takes for what is in a message."""
    parts = [part for part in parts_in(raw) if part.role != "picture"]
    seconds = 0.0
    with Reader(60, 2048, ReadingMeans()) as reader:
        for _warm in range(2):
            seconds = 0.0
            for number, part in enumerate(parts):
                path = place / f"part {number}"
                path.write_bytes(part.document.content)
                began = time.monotonic()
                reader.readings(path, part.source, part.document.media_type)
                seconds += time.monotonic() - began
    return seconds


def _messages(count: int) -> list[bytes]:
    """Referrals of people of whom no two are the same, in Word and typed into the mail by turns."""
    dice = random.Random(51)  # noqa: S311 - invented people
    people = list(itertools.product(FIRST_NAMES.split(), SURNAMES))
    dice.shuffle(people)
    made = list[bytes]()
    for number in range(count):
        told = about(people.pop(), dice)
        media_type, make = MAKERS["word"]
        attached = [Document(f"form {number}.docx", media_type, make(told))] if number % 2 else []
        made.append(mail(number, told, "Please see the form." if attached else body_form(told), *attached))
    return made


if __name__ == "__main__":
    sys.exit(main())
