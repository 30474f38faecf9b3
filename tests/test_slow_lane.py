"""Files that take seconds are read beside the rest of the mail, and several forms in one file are cases of their own."""

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.libreoffice import LibreOffice
from marac.intake.reading.reader import Reader, ReaderError
from marac.intake.reading.word_kinds import WordKind
from marac.mailbox.memory import MemoryInbox
from marac.mailbox.protocol import Item, Outcome
from marac.register.cases import cases_of_delivery, every_case
from marac.register.deliveries import Delivery, Part, every_delivery, parts_of
from marac.register.store import Store
from marac.settings import settings_from
from tests.killed_runs import faults_after_a_kill, undisturbed
from tests.old_forms import old_form
from tests.outlook_messages import attached, file_of_streams, outlook_message
from tests.register_databases import DatabaseKind
from tests.test_forms_apart import MOSS, SHAW
from tests.word_forms import word_form
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, copied, some_mail, working_folder

pytestmark = pytest.mark.both_databases

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
QUICK = some_mail("01-police-referral")[0].raw


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reading:
        yield reading


@pytest.fixture
def intake(tmp_path: Path, reader: Reader) -> Iterator[Intake]:
    settings = settings_from(working_folder(tmp_path).path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    yield Intake(store, Originals(settings.folders.store / "originals"), reader, settings, AFTER_CUT_OFF, lambda: NOON)
    store.close()


def mail(content: bytes, name: str = "referral.rtf", number: int = 1) -> bytes:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "pc@carrowdale-police.example", f"<{number}@carrowdale-police.example>"
    message["Date"] = "Tue, 10 Nov 2026 10:00:00 +0000"
    message.set_content("Please find attached.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def inbox_with(*messages: bytes) -> MemoryInbox:
    inbox = MemoryInbox()
    for message in messages:
        inbox.deliver(message, NOON)
    return inbox


def deliveries_in(intake: Intake) -> tuple[Delivery, ...]:
    with intake.store.reading() as connection:
        return every_delivery(connection)


def cases_in(intake: Intake) -> list[tuple[str, str | None]]:
    with intake.store.reading() as connection:
        return [(case.reference, case.referral.victim.name) for case in every_case(connection)]


def parts_in(intake: Intake, delivery: Delivery) -> tuple[Part, ...]:
    with intake.store.reading() as connection:
        return parts_of(connection, delivery.id)


def test_a_slow_form_is_concluded_after_the_mail_behind_it_and_nothing_is_lost(intake: Intake) -> None:
    inbox = inbox_with(mail(old_form("rtf")), QUICK)
    assert intake.sweep(inbox).taken_in == 2
    slow, quick = deliveries_in(intake)
    with intake.store.reading() as connection:
        assert cases_of_delivery(connection, quick.id) == ("M26-0001",)
        assert cases_of_delivery(connection, slow.id) == ("M26-0002",)
    assert (slow.filed, quick.filed) == (True, True)
    assert list(inbox.waiting()) == []
    assert [part.attempts for part in parts_in(intake, slow) if part.role == "form"] == [1]


class HeldOffice(LibreOffice):
    """LibreOffice that opens nothing until some other message has been filed."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.filed = threading.Event(), threading.Event()

    @contextlib.contextmanager
    def as_word(self, content: bytes, kind: WordKind) -> Iterator[Path]:
        self.begun.set()
        assert self.filed.wait(60)
        with super().as_word(content, kind) as converted:
            yield converted


class NoticedInbox(MemoryInbox):
    """An inbox that says when it files something."""

    def __init__(self, office: HeldOffice) -> None:
        super().__init__()
        self.office = office

    def file(self, item: Item, outcome: Outcome) -> None:
        super().file(item, outcome)
        assert self.office.begun.wait(60)
        self.office.filed.set()


def test_a_slow_form_is_begun_at_once_and_the_mail_behind_it_does_not_wait(intake: Intake) -> None:
    office = HeldOffice()
    inbox = NoticedInbox(office)
    for raw in (mail(old_form("rtf")), QUICK):
        inbox.deliver(raw, NOON)
    with Reader(libreoffice=office) as reader:
        assert replace(intake, reader=reader).sweep(inbox).taken_in == 2
    office.close()


def test_the_same_slow_message_twice_is_read_once(intake: Intake) -> None:
    raw = mail(old_form("rtf"))
    assert intake.sweep(inbox_with(raw, raw)).taken_in == 2
    first, second = deliveries_in(intake)
    assert (first.disposition, second.disposition) == ("new_referral", "duplicate_message")
    assert parts_in(intake, second) == ()


def test_a_sweep_that_is_stopped_leaves_the_slow_message_for_the_next_and_counts_no_attempt(intake: Intake) -> None:
    inbox = inbox_with(mail(old_form("rtf")), QUICK)
    answers = iter([False, False])
    assert intake.sweep(inbox, lambda: next(answers, True)).cut_short
    slow = deliveries_in(intake)[0]
    assert (slow.state, [part.attempts for part in parts_in(intake, slow)]) == ("unpacked", [1, 0])
    assert intake.sweep(inbox).taken_in == 1
    assert deliveries_in(intake)[0].state == "done"


class LameReader(Reader):
    """A reader whose second one reads nothing."""

    def second(self) -> Reader:
        other = super().second()
        other.end()
        return other


def test_a_reader_that_does_not_start_leaves_the_message_where_it_is(intake: Intake) -> None:
    inbox = inbox_with(mail(old_form("rtf")))
    with LameReader() as lame:
        assert replace(intake, reader=lame).sweep(inbox).stuck == (str(ReaderError()),)
    (slow,) = deliveries_in(intake)
    assert [part.attempts for part in parts_in(intake, slow)] == [1, 0]
    assert intake.sweep(inbox).taken_in == 1


def test_several_forms_in_one_file_are_cases_of_their_own(intake: Intake) -> None:
    two = word_form("# Northmoor MARAC referral form", MOSS, "# Northmoor MARAC referral form", SHAW).content
    intake.sweep(inbox_with(mail(two, "referrals.docx")))
    assert cases_in(intake) == [("M26-0001", "Ann Moss"), ("M26-0002", "Eve Shaw")]
    (delivery,) = deliveries_in(intake)
    assert delivery.disposition == "new_referrals"
    forms = [part for part in parts_in(intake, delivery) if part.role == "form"]
    assert [(part.source, part.form) for part in forms] == [("referrals.docx", 1), ("referrals.docx", 2)]


def test_the_same_file_of_two_forms_once_more_makes_no_case(intake: Intake) -> None:
    two = word_form("# Northmoor MARAC referral form", MOSS, "# Northmoor MARAC referral form", SHAW).content
    intake.sweep(inbox_with(mail(two, "referrals.docx"), mail(two, "again.docx", number=2)))
    assert len(cases_in(intake)) == 2
    again = deliveries_in(intake)[1]
    assert again.disposition == "duplicate_referral"
    with intake.store.reading() as connection:
        assert cases_of_delivery(connection, again.id) == ("M26-0001", "M26-0002")


def test_an_outlook_message_dropped_into_the_folder_is_a_message(intake: Intake) -> None:
    form = attached("referral.docx", word_form("# Northmoor MARAC referral form", MOSS).content)
    sent = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    texts = {0x5D01: "pc@carrowdale-police.example", 0x1035: "<7@carrowdale-police.example>"}
    raw = file_of_streams(outlook_message(attachments=(form,), texts=texts, delivered=sent))
    inbox = MemoryInbox()
    inbox.deliver(raw, NOON, file_name="Referral.msg")
    intake.sweep(inbox)
    (delivery,) = deliveries_in(intake)
    assert (delivery.sender, delivery.message_id) == ("pc@carrowdale-police.example", "<7@carrowdale-police.example>")
    assert (delivery.received, delivery.bare_name) == (sent.date(), None)
    assert cases_in(intake) == [("M26-0001", "Ann Moss")]
    assert intake.originals.path(delivery.sha256).suffix == ".msg"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    folder = working_folder(tmp_path_factory.mktemp("waiting"))
    folder.post(some_mail("01-police-referral"))
    two = word_form("# Northmoor MARAC referral form", MOSS, "# Northmoor MARAC referral form", SHAW).content
    for name, raw in (("00-slow", mail(old_form("rtf"))), ("90-two", mail(two, "referrals.docx", 2))):
        (folder.path / "inbox" / f"{name}.eml").write_bytes(raw)
    return folder


def test_a_pass_that_was_killed_while_slow_forms_waited_is_finished_by_the_next(
    waiting: WorkingFolder, tmp_path: Path
) -> None:
    moments, expected = undisturbed(copied(waiting, tmp_path / "undisturbed"), "run")
    assert len(expected.books["cases"]) == 4
    for point in (moments // 3, 2 * moments // 3):
        folder = copied(waiting, tmp_path / f"killed {point}")
        assert not faults_after_a_kill(folder, point, expected, "run")
