"""What commands share: the office opened as it was asked for, and dates as people write them."""

import contextlib
import datetime as dt
import getpass
from argparse import Namespace
from collections.abc import Iterator

from marac.intake.reading.means import ReadingMeans
from marac.intake.reading.reader import Reader
from marac.office import Office, open_office
from marac.settings.shape import Reading


@contextlib.contextmanager
def office_for(arguments: Namespace, *, changes: bool = False) -> Iterator[Office]:
    """The office of the folder; held alone while something is changed in it."""
    clock = getattr(arguments, "clock", None) or now  # only the demo brings one along
    with open_office(arguments.config.absolute(), arguments.today, clock) as office, contextlib.ExitStack() as held:
        if changes:
            held.enter_context(office.alone())
        yield office


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def reader_for(office: Office) -> Reader:
    """The reader of forms within the limits of the settings."""
    return reader_within(office.settings.reading)


def reader_within(limits: Reading) -> Reader:
    """The reader of forms within these limits, with what they name."""
    means = ReadingMeans(limits.tessdata, limits.wordings, limits.libreoffice)
    return Reader(limits.deadline_seconds, limits.memory_megabytes, means)


def signed_in() -> str:
    """Who is signed in on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the system's list
        return "unknown"


def day(date: dt.date) -> str:
    """The date as people here write it: `Thursday 3 December 2026`."""
    return f"{date:%A} {date.day} {date:%B %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 case`, `2 cases`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
