"""A working folder with one case listed, keys pinned for two agencies, and a meeting whose papers are sealed."""

import dataclasses
import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path

from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import correspondents
from marac.mailbox.memory import MemoryOutbox
from marac.mailbox.protocol import Letter
from marac.meeting import prepare
from marac.office import Office, open_office
from marac.register.actions import add_action
from marac.register.cases import add_case
from marac.register.documents import Paper, change_paper, papers_for
from marac.settings.agencies import with_fingerprint
from tests.invented_cases import case
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, working_folder

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)


def prepared_folder(place: Path) -> WorkingFolder:
    """The folder; the police and the second agency have a sealed research pack, the others have one held back."""
    folder = working_folder(place)
    agencies = folder.path / "agencies.toml"
    for agency in correspondents(place / "agencies")[:2]:
        fingerprint = agency.make_key()
        Keyring(folder.path / "keyring").add(agency.public_key.read_bytes(), fingerprint)
        text = with_fingerprint(agencies.read_text(encoding="utf-8"), agency.agency.id, fingerprint)
        agencies.write_text(text, encoding="utf-8")
    with opened(folder) as office:
        with office.store.changing() as connection:
            add_case(connection, dataclasses.replace(case(), received=CUT_OFF, meeting=MEETING))
        prepare(office, MEETING)
        with office.store.changing() as connection:
            for paper in papers_for(connection, MEETING):
                if paper.kind == "agency-agenda":  # these left before: two documents are enough to release
                    change_paper(connection, paper.id, state="sent", sent_at=NOON)
    return folder


def opened(folder: WorkingFolder, now: dt.datetime = NOON) -> AbstractContextManager[Office]:
    """The office of the folder on the day after the cut-off."""
    return open_office(folder.path / "config.toml", AFTER_CUT_OFF, lambda: now)


def papers(office: Office) -> tuple[Paper, ...]:
    """The meeting's documents."""
    with office.store.reading() as connection:
        return papers_for(connection, MEETING)


def sealed(office: Office) -> list[Paper]:
    """The research packs that were sealed and not put away, in the order in which they leave."""
    packs = (paper for paper in papers(office) if paper.kind == "research")
    return [paper for paper in packs if paper.sealed_sha256 and paper.state != "superseded"]


def states(office: Office) -> list[str]:
    """The states of the sealed documents."""
    return [paper.state for paper in sealed(office)]


def give_an_action(office: Office, agency: str = "police") -> None:
    """Enter an action, so that the documents that rest on it say something else."""
    with office.store.changing() as connection:
        add_action(connection, "M26-0001", agency, MEETING, "Place a marker.", AFTER_CUT_OFF)


class FaultyOutbox(MemoryOutbox):
    """An outbox that fails at some letters, in the way that was put beside the place of the letter (from 0)."""

    def __init__(self, *faults: Exception | None, left: bool | None = None) -> None:
        super().__init__()
        self.faults = list(faults)
        self.left = left
        self.tried: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.tried.append(letter)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        super().send(letter)

    def was_sent(self, message_id: str) -> bool:
        """What it says of letters that it does not have is `left`."""
        if super().was_sent(message_id):
            return True
        return self.left  # type: ignore[return-value]
