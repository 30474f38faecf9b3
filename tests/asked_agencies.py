"""A working folder in which agencies were asked about three cases and told of actions, and the mail they answer with."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from marac.fortnight import ActionReport, ResearchReturn
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.meeting import prepare
from marac.office import Office
from marac.register.action_reports import every_report
from marac.register.actions import add_action
from marac.register.cases import add_case
from marac.register.deliveries import Delivery, every_delivery
from marac.register.documents import change_paper
from marac.register.research_returns import every_return
from tests.invented_cases import case
from tests.invented_mail import mail
from tests.prepared_meetings import NOON, opened, papers
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, working_folder

CASES = ("M26-0001", "M26-0002", "M26-0003")
POLICE, HOUSING = "pc.invented@carrowdale-police.example", "officer@weirbankhomes.example"
AGREED = dt.date(2026, 11, 2)
"""When the actions were agreed."""
GATEWAY = "mx.carrowdale.example"


def asked_folder(place: Path) -> WorkingFolder:
    """Three cases listed, four actions of the police, and every pack and letter with its agency."""
    folder = working_folder(place)
    config = folder.path / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('# gateway = "', 'gateway = "'), encoding="utf-8")
    with opened(folder) as office:
        with office.store.changing() as connection:
            for reference in CASES:
                one = dataclasses.replace(case(), reference=reference, received=CUT_OFF, meeting=MEETING)
                add_case(connection, one)
            for number in range(4):
                add_action(connection, CASES[0], "police", MEETING, f"Place marker {number}.", AGREED)
        prepare(office, MEETING)
        with office.store.changing() as connection:
            for paper in papers(office):
                if paper.agency and paper.kind in {"research", "letter"}:
                    change_paper(
                        connection, paper.id, state="sent", message_id=called(paper.kind, paper.agency), sent_at=NOON
                    )
    return folder


def called(kind: str, agency: str) -> str:
    """The Message-ID under which a paper left."""
    return f"<{kind}-{agency}@carrowdale.example>"


def paper(folder: WorkingFolder, kind: str, agency: str = "police") -> bytes:
    """A paper as its agency has it."""
    return (folder.path / "meetings" / MEETING.isoformat() / f"{kind} {agency} {MEETING.isoformat()}.docx").read_bytes()


def answer(
    text: str,
    files: Mapping[str, bytes] | None = None,
    *,
    to: str = "research",
    sender: str = POLICE,
    agency: str = "police",
    confirmed: bool = True,
    number: int = 1,
    **headers: str,
) -> bytes:
    """A reply to a paper (`to` empty: to none), whose sender the council's gateway confirms or says nothing of."""
    domain = sender.partition("@")[2]
    result = (
        f"{GATEWAY}; dmarc=pass header.from={domain}" if confirmed else f"{GATEWAY}; dmarc=fail header.from={domain}"
    )
    told = {"Authentication_Results": result, **({"In_Reply_To": called(to, agency)} if to else {}), **headers}
    return mail(text, files, sender=sender, message_id=f"<answer-{number}@{domain}>", **told)


@contextmanager
def intake_of(folder: WorkingFolder, reader: Reader, on: dt.date = AFTER_CUT_OFF) -> Iterator[tuple[Intake, Office]]:
    """What takes messages in here, and the office."""
    with opened(folder) as office:
        yield Intake(office.store, office.originals, reader, office.settings, on, office.now), office


def deliver(intake: Intake, *messages: bytes) -> Delivery:
    """Take messages in; the last one as it stands then."""
    inbox = MemoryInbox()
    for message in messages:
        inbox.deliver(message, NOON)
    sweep = intake.sweep(inbox)
    assert not sweep.stuck
    with intake.store.reading() as connection:
        return every_delivery(connection)[-1]


def returns_in(office: Office) -> tuple[ResearchReturn, ...]:
    """Every answer."""
    with office.store.reading() as connection:
        return every_return(connection)


def reports_in(office: Office) -> tuple[ActionReport, ...]:
    """Every report."""
    with office.store.reading() as connection:
        return every_report(connection)
