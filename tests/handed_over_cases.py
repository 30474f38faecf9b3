"""A MARAC with a case that it heard, and messages that hand it over, as they arrive at another one."""

import datetime as dt
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

from marac.cli import main
from marac.document import Document
from marac.fortnight import CaseMinutes
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.register.actions import add_action
from marac.register.cases import add_case
from marac.register.deliveries import Delivery, every_delivery
from marac.register.minutes import set_case_minutes
from tests.invented_cases import case, children, referral
from tests.prepared_meetings import NOON, opened
from tests.two_maracs import CARROWDALE, GATEWAY, NORTHTOWN
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder

CASE = "M26-0001"
HEARD = dt.date(2026, 9, 3)


def told(folder: WorkingFolder, *words: str, on: dt.date = AFTER_CUT_OFF) -> int:
    """Run a command in this process; its exit code."""
    return main([*words, "--config", str(folder.path / "config.toml"), "--today", on.isoformat()])


def hear(folder: WorkingFolder) -> None:
    """Enter a case that was heard, with minutes and an action."""
    form = referral(children=children())
    heard = case(CASE, form=form, state="heard", received=dt.date(2026, 8, 20), meeting=HEARD)
    with opened(folder) as office, office.store.changing() as connection:
        add_case(connection, heard)
        add_action(connection, CASE, "police", HEARD, "Place a marker on the address.", HEARD, meeting=HEARD)
        set_case_minutes(connection, CaseMinutes(HEARD, CASE, "Stalking at work.", "The police visit weekly."))


def send(folder: WorkingFolder, *more: str, on: dt.date = AFTER_CUT_OFF) -> None:
    """Hand the case over to Northtown."""
    assert told(folder, "transfer", "send", CASE, "--to", "northtown", "--by", "H. Shah", *more, on=on) == 0


def parcel_in(folder: WorkingFolder) -> Path:
    """The one file that waits to be sealed, as it lies in the meetings folder."""
    [path] = (folder.path / "meetings" / "transfers").glob("*.zip")
    return path


def message(
    *files: Document,
    sender: str = CARROWDALE[1],
    to: str = NORTHTOWN[1],
    text: str = "Please find a case.",
    confirmed: bool = True,
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A message as the mail gateway hands it on; `confirmed` is what the gateway says of its sender."""
    made = EmailMessage()
    verdict = "pass" if confirmed else "none"
    made["Authentication-Results"] = f"{GATEWAY}; dmarc={verdict} header.from={sender.rpartition('@')[2]}"
    made["From"], made["To"], made["Subject"] = sender, to, "Sealed papers"
    made["Date"] = "Fri, 20 Nov 2026 09:00:00 +0000"
    made["Message-ID"] = f"<{abs(hash((sender, text, files)))}@{sender.rpartition('@')[2]}>"
    for name, value in headers:
        made[name] = value
    made.set_content(text)
    for file in files:
        made.add_attachment(file.content, maintype="application", subtype="zip", filename=file.name)
    return made.as_bytes()


def taken_in(folder: WorkingFolder, reader: Reader, *messages: bytes) -> tuple[Delivery, ...]:
    """Every message in the books after these were taken in."""
    with opened(folder) as office, office.alone():
        inbox = MemoryInbox(f"memory {len(messages[0])}")
        for each in messages:
            inbox.deliver(each, NOON)
        Intake(office.store, office.originals, reader, office.settings, office.today, office.now).sweep(inbox)
        with office.store.reading() as connection:
            return every_delivery(connection)


def with_machine_part(parcel: Document, content: bytes) -> Document:
    """The same parcel with another machine part in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parcel.content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name.endswith(".json") else old.read(name))
    return Document(parcel.name, parcel.media_type, packed.getvalue())


def machine_part_in(parcel: bytes) -> bytes:
    """The machine part of a parcel."""
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        return archive.read("marac-transfer.json")
