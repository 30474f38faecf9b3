"""A thousand messages in one morning, behind one of 60 MB: is every one at its end, how long does it take, who waits?

Run, from the repository: python -m benchmarks.morning [--messages N] [--megabytes N]
The messages hold the forms of tests/forms, once each, and forms of the demo in Word, PDF, Excel and typed into the mail, for
people of whom no two are the same, among notes and automatic replies. One `marac run` takes them in from a folder. When
a message came to its end is told by the time at which its file was moved. Prints how long the large message and the next
one took, the pace of the first and of the last hundred, and one line of figures. The goals: all at their end, the second
message no later than a tenth of the way, and the last hundred at most twice as slow as the first.
"""

import argparse
import datetime as dt
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from marac.demo import agencies
from marac.demo.body_form import body_form
from marac.demo.envelopes import as_bytes, attach, envelope
from marac.demo.messages import MAKERS
from marac.demo.referrals import referral
from marac.document import Document
from marac.referral import Referral
from tests.working_folder import FIRST_DAY, WorkingFolder, working_folder

FORMS = Path(__file__).parents[1] / "tests" / "forms"
MORNING = dt.datetime.combine(FIRST_DAY + dt.timedelta(days=1), dt.time(7), dt.UTC)
FIRST_NAMES = (
    "Aaliyah Abena Agnieszka Aisling Amber Anita Beatrice Bronwen Carys Chidi Dagmara Delyth Ebony Eilidh Farah Fern "
    "Gita Grace Hanna Honor Ines Isla Jaya Joanne Kavita Keira Layla Lowri Magda Maeve Nadia Niamh Olena Orla Parveen "
    "Petra Rhian Rosa Saoirse Shanelle Tamsin Teresa Ursula Vera Wanjiru Xenia Yasmin Zofia"
)
OTHER_NAMES = "Adam Bilal Callum Dmitri Edward Femi Gareth Hamza Ivan Jerome Kofi Liam Marek Nathan Owen Piotr"
SURNAMES = [
    start + end
    for start in ("Ash", "Birch", "Cran", "Dun", "Elm", "Fal", "Glen", "Hath", "Ingle", "Kest", "Lyd", "Mar", "Nor", "Pen")
    for end in ("bourne", "croft", "dale", "field", "ford", "ham", "ley", "more", "sett", "thwaite", "ton", "well")
]  # fmt: skip
TOLD = ("kowalczyk-police", "raghunathan-idva", "osei-health", "diallo-school", "cheung-housing")
MADE = ("word", "word bold", "controls", "flattened", "fillable", "excel")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="morning-") as name:
        folder = working_folder(Path(name))
        (folder.path / "inbox").mkdir(exist_ok=True)
        for number, raw in enumerate(itertools.islice(_messages(options.megabytes), options.messages)):
            path = folder.path / "inbox" / f"{number:04}.eml"
            path.write_bytes(raw)
            moment = (MORNING + dt.timedelta(seconds=number)).timestamp()
            os.utime(path, (moment, moment))
        print(f"{options.messages} messages are waiting", file=sys.stderr, flush=True)
        time.sleep(2)  # so that they count as settled
        began = time.time()
        passed = folder.marac("run", on=MORNING.date())
        whole = time.time() - began
        assert passed.returncode == 0, passed.stderr
        return _judged(folder, began, whole, options.messages)


def _judged(folder: WorkingFolder, began: float, whole: float, messages: int) -> int:
    """Prints what it came to; 0 where every goal is reached."""
    moved = [path for name in ("processed", "needs-a-person") for path in (folder.path / name).iterdir()]
    ends = {path.name: path.stat().st_ctime - began for path in moved}
    first, second = ends["0000.eml"], ends["0001.eml"]
    in_order = sorted(ends.values())
    hundred = min(100, messages // 3)
    early = in_order[hundred] - in_order[0]
    late = in_order[-1] - in_order[-1 - hundred]
    told = folder.status()
    at_their_end = told["accounted_for"] if told["arrived"] == messages else 0
    print(f"the large message after {first:.1f} s, the next one after {second:.1f} s")
    print(
        f"the first {hundred} messages in {early:.1f} s, the last {hundred} in {late:.1f} s ({late / early:.1f} times)"
    )
    print(f"after the last message {whole - in_order[-1]:.1f} s until the end (register, workbook)")
    print(
        f"morning: {at_their_end} of {messages} messages at their end in {whole:.0f} s, {1000 * whole / messages:.0f} ms each, "
        f"the one behind the large one after {second:.1f} s"
    )
    return 0 if at_their_end == messages and second < max(whole / 10, 10) and late < 2 * early else 1


def _messages(megabytes: int) -> Iterator[bytes]:
    """The large message, the forms of tests/forms, and as many more as are wanted."""
    dice = random.Random(50)  # noqa: S311 - invented people
    people = list(itertools.product(FIRST_NAMES.split(), SURNAMES))
    dice.shuffle(people)
    picture = Document("scan.png", "image/png", b"\x89PNG\r\n\x1a\n" + dice.randbytes(megabytes * 740_000))
    told = about(people.pop(), dice)
    yield mail(0, told, "word", Document("form.docx", MAKERS["word"][0], MAKERS["word"][1](told)), picture)
    for number, path in enumerate(sorted(path for path in FORMS.iterdir() if path.suffix in _TYPES), 1):
        yield mail(number, told, "kept", Document(path.name, _TYPES[path.suffix], path.read_bytes()))
    for number in itertools.count(100):
        told = about(people.pop(), dice)
        kind = number % 12
        if kind < len(MADE):
            media_type, make = MAKERS[MADE[kind]]
            yield mail(number, told, "made", Document(f"form {number}", media_type, make(told)))
        elif kind < 10:
            yield mail(number, told, body_form(told))
        else:
            yield mail(number, told, "Thank you, received.", automatic=kind == 11)


_TYPES = {
    ".docx": MAKERS["word"][0],
    ".pdf": MAKERS["fillable"][0],
    ".xlsx": MAKERS["excel"][0],
}


def mail(number: int, told: Referral, text: str, *documents: Document, automatic: bool = False) -> bytes:
    message = envelope(told.referrer, f"Message {number}", MORNING + dt.timedelta(seconds=number), text)
    if automatic:
        message["Auto-Submitted"] = "auto-replied"
    for document in documents:
        attach(message, document)
    return as_bytes(message, f"message {number}")


def about(person: tuple[str, str], dice: random.Random) -> Referral:
    """A referral of the demo, told of somebody else."""
    first, last = person
    told = referral(dice.choice(TOLD), MORNING.date())
    victim = replace(
        told.victim, name=f"{first} {last}", date_of_birth=_born(dice), postcode=_postcode(dice),
        address=f"{dice.randint(1, 300)} {dice.choice(SURNAMES)} Road", phone=f"07700900{dice.randint(0, 999):03}",
    )  # fmt: skip
    perpetrators = tuple(
        replace(
            each, name=f"{dice.choice(OTHER_NAMES.split())} {dice.choice(SURNAMES)}", aliases=(), date_of_birth=_born(dice),
            postcode=_postcode(dice), address=f"{dice.randint(1, 300)} {dice.choice(SURNAMES)} Lane", phone=None,
        )
        for each in told.perpetrators
    )  # fmt: skip
    referrer = dice.choice([each for each in vars(agencies).values() if type(each) is type(told.referrer)])
    return replace(told, victim=victim, perpetrators=perpetrators, children=(), referrer=referrer)


def _born(dice: random.Random) -> dt.date:
    return dt.date(1960, 1, 1) + dt.timedelta(days=dice.randint(0, 15_000))


def _postcode(dice: random.Random) -> str:
    return f"ZZ{dice.randint(10, 99)} {dice.randint(1, 9)}{dice.choice('ABDEFGHJ')}{dice.choice('LNPQRSTU')}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--megabytes", type=int, default=60, help="the size of the first message")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
