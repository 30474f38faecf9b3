"""Messages made for a test, and an intake to take them in."""

import atexit
import datetime as dt
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marac.demo.body_form import body_form
from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.referral import Consent, Criteria, Perpetrator, Referral, Referrer, Victim
from marac.register.cases import every_case
from marac.register.deliveries import Delivery, every_delivery
from marac.register.store import Store
from marac.settings import settings_from
from tests.working_folder import AFTER_CUT_OFF, working_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marac.case import Case

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
SCHOOL = "siobhan.reid@carrowdale-school.example"
POLICE = "pc.invented@carrowdale-police.example"
REFERRAL = Referral(
    date=AFTER_CUT_OFF,
    referrer=Referrer(name="Siobhan Reid", agency="Carrowdale School", phone="01632960123"),
    victim=Victim(
        name="Elowen Penrose",
        date_of_birth=dt.date(1980, 2, 1),
        address="4 Alma Rise, Carrowdale",
        postcode="CR4 5AB",
        phone="07700900123",
        safe_to_call=True,
        ethnicity="White British",
    ),
    perpetrators=(Perpetrator(name="Jago Tregenza", date_of_birth=dt.date(1990, 5, 4), relationship="Husband"),),
    criteria=Criteria(professional_judgement=True),
    consent=Consent(aware=True, given=True),
    reason="He was arrested on Friday and bailed. She is frightened and wants to move.",
)


def mail(
    text: str = "Please find a referral attached.",
    files: Mapping[str, bytes] | None = None,
    sender: str = SCHOOL,
    message_id: str = "<first@carrowdale-school.example>",
    **headers: str,
) -> bytes:
    """A message as it travels. Underscores in the names of headers stand for hyphens."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "marac@carrowdale.example", "Referral"
    message["Message-ID"], message["Date"] = message_id, "Fri, 20 Nov 2026 09:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def typed(referral: Referral = REFERRAL) -> str:
    """The referral typed into a message."""
    return f"Please accept this referral.\n\n{body_form(referral)}\n"


def moved_house(referral: Referral = REFERRAL) -> Referral:
    """The same referral with another telephone number."""
    return replace(referral, victim=replace(referral.victim, phone="07700900456"))


@contextmanager
def an_intake(place: Path) -> "Iterator[Intake]":
    """An intake on a working folder with an empty register."""
    settings = settings_from(working_folder(place).path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    try:
        originals = Originals(settings.folders.store / "originals")
        yield Intake(store, originals, one_reader(), settings, AFTER_CUT_OFF, lambda: NOON)
    finally:
        store.close()


@cache
def one_reader() -> Reader:
    """A reader for all tests that do nothing to it: its process starts once, and takes half a second for that."""
    reader = Reader()
    atexit.register(reader.__exit__)
    return reader


def taken_in(intake: Intake, *messages: bytes) -> None:
    """Deliver these messages to one mailbox, and take them in together."""
    inbox = MemoryInbox()
    for message in messages:
        inbox.deliver(message, NOON)
    intake.sweep(inbox)


def deliveries_in(intake: Intake) -> "tuple[Delivery, ...]":
    """The books."""
    with intake.store.reading() as connection:
        return every_delivery(connection)


def cases_in(intake: Intake) -> "tuple[Case, ...]":
    """The register."""
    with intake.store.reading() as connection:
        return every_case(connection)
