"""A working folder with one case listed, whose packs show addresses: the police have a key pinned, and housing has none."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import tomlkit

from marac.case import Case
from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import correspondents
from marac.office import Office, open_office
from marac.register.cases import add_case
from marac.settings.agencies import with_fingerprint
from tests.invented_cases import case
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, working_folder

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)


def two_agency_folder(place: Path, research: str = "addresses = true") -> WorkingFolder:
    """The folder; `research` stands in its table of that name."""
    made = working_folder(place)
    police = correspondents(place / "agencies")[0]
    fingerprint = police.make_key()
    Keyring(made.path / "keyring").add(police.public_key.read_bytes(), fingerprint)
    agencies, settings = made.path / "agencies.toml", made.path / "config.toml"
    known = tomlkit.parse(with_fingerprint(agencies.read_text(encoding="utf-8"), "police", fingerprint))
    for other in set(known) - {"police", "housing"}:
        known.remove(other)
    agencies.write_text(tomlkit.dumps(known), encoding="utf-8")
    set_research(settings, research)
    with opened(made) as office, office.store.changing() as connection:
        add_case(connection, listed("M26-0001"))
    return made


def set_research(settings: Path, lines: str) -> None:
    """Write lines into the table [research] of a config.toml."""
    text = settings.read_text(encoding="utf-8")
    assert "\n[research]\n" in text
    settings.write_text(text.replace("\n[research]\n", f"\n[research]\n{lines}\n", 1), encoding="utf-8")


def opened(folder: WorkingFolder, today: dt.date = AFTER_CUT_OFF) -> AbstractContextManager[Office]:
    """The office of the folder, at noon of a day."""
    return open_office(folder.path / "config.toml", today, lambda: dt.datetime.combine(today, NOON.time(), dt.UTC))


def on(office: Office, day: dt.date, hour: int = 12) -> Office:
    """The same office on another day."""
    return replace(office, today=day, now=lambda: dt.datetime.combine(day, dt.time(hour)).astimezone())


def listed(reference: str) -> Case:
    """A case that came in time for the meeting."""
    return replace(case(reference), received=CUT_OFF, meeting=MEETING)
