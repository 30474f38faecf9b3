"""A working folder whose meeting has heard two cases, and what is made for whom in the days after it."""

import dataclasses
import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path

from marac.case import Case
from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import correspondents
from marac.dispatch import release
from marac.fortnight import Interest
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import place_of, prepare
from marac.office import Office, open_office
from marac.one_pass import move_cases_on
from marac.register.actions import add_action
from marac.register.cases import add_case
from marac.register.documents import Paper, every_paper
from marac.register.face import register_contents
from marac.register.interests import add_interest
from marac.register.workbook.attention import matters
from marac.settings.agencies import with_fingerprint
from tests.area_settings import name_contact, set_in
from tests.invented_cases import case, repeat_case
from tests.word_templates import words_of
from tests.working_folder import CUT_OFF, MEETING, WorkingFolder, working_folder

DAY_AFTER = MEETING + dt.timedelta(days=1)
NEXT_MEETING = MEETING + dt.timedelta(days=14)
UPDATES_DUE = dt.date(2026, 12, 8)
AGENCIES = ("police", "idva", "housing")
WITH_A_KEY = ("police", "housing")


def heard_cases() -> tuple[Case, Case]:
    """One case that housing referred, and one with children that the police referred."""
    listed = {"received": CUT_OFF, "meeting": MEETING}
    first = dataclasses.replace(case(), agency="housing", **listed)  # type: ignore[arg-type]
    second = dataclasses.replace(repeat_case(), agency="Carrowdale Police", flags=(), **listed)  # type: ignore[arg-type]
    return first, second


def heard_folder(place: Path) -> WorkingFolder:
    """A folder with two cases listed and an action each; two agencies have a key, and housing a senior contact."""
    made = working_folder(place)
    agencies = made.path / "agencies.toml"
    text = agencies.read_text(encoding="utf-8")
    for member in correspondents(place / "agencies"):
        if member.agency.id in WITH_A_KEY:
            fingerprint = member.make_key()
            Keyring(made.path / "keyring").add(member.public_key.read_bytes(), fingerprint)
            text = with_fingerprint(text, member.agency.id, fingerprint)
    agencies.write_text(text, encoding="utf-8")
    name_contact(made.path, "housing", "senior", "Ruth Adeyemi", "r.adeyemi@weirbankhomes.example")
    set_in(made.path, "idva", 'agency = "idva"')
    with opened_on(made, DAY_AFTER) as office, office.store.changing() as connection:
        for each in heard_cases():
            add_case(connection, each)
        add_action(connection, "M26-0001", "housing", MEETING, "Fit new locks.", MEETING, meeting=MEETING)
        due = MEETING + dt.timedelta(days=7)
        add_action(connection, "M26-0002", "police", due, "Place a marker.", MEETING, meeting=MEETING)
    return made


def opened_on(folder: WorkingFolder, day: dt.date) -> AbstractContextManager[Office]:
    """The office of the folder on a day."""
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return open_office(folder.path / "config.toml", day, lambda: noon)


def made_on(folder: WorkingFolder, day: dt.date, meeting: dt.date = MEETING) -> list[Paper]:
    """What a day's preparing makes that is new."""
    with opened_on(folder, day) as office:
        move_cases_on(office)
        return list(prepare(office, meeting))


def released_on(folder: WorkingFolder, day: dt.date, meeting: dt.date = MEETING) -> list[Paper]:
    """What a release sends."""
    with opened_on(folder, day) as office:
        return list(release(office, meeting, MemoryOutbox(), "A Person").sent)


def words(office: Office, kind: str, reader: str) -> str:
    """All the words of the newest document of a kind for a reader; empty where there is none."""
    with office.store.reading() as connection:
        found = [each for each in every_paper(connection) if (each.kind, each.agency) == (kind, reader)]
    return words_of(place_of(office, found[-1]).read_bytes()) if found and found[-1].state != "superseded" else ""


def asked(office: Office) -> dict[str, str]:
    """What waits for a person, by its subject."""
    with office.store.reading() as connection:
        contents = register_contents(connection, office.settings, office.store.folder / "originals", office.moment)
    found = matters(contents, office.today)
    return {
        each.subject: "\n".join(f"{other.why} {other.to_do}" for other in found if other.subject == each.subject)
        for each in found
    }


def hold_back_from_housing(office: Office) -> None:
    """A person says that somebody at the agency is a party to its own case."""
    word = Interest("M26-0001", "housing", "held", "J. Marsh", MEETING, "A cousin works there.")
    with office.store.changing() as connection:
        add_interest(connection, word)


def reminders(papers: list[Paper]) -> list[tuple[str, str]]:
    """The readers and the days of the reminders among them."""
    return [(each.agency, each.subject) for each in papers if each.kind == "reminder"]
