"""The story in: every message once, whole, and in exactly one state."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from marac.errors import MailboxError
from marac.intake.opening.mime import opened
from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.mailbox.protocol import Item, Outcome
from marac.register.cases import every_case
from marac.register.deliveries import Delivery, every_delivery
from marac.register.store import Store
from marac.register.trail import trail
from marac.settings import settings_from
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, some_mail, working_folder

pytestmark = pytest.mark.both_databases

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reading:
        yield reading


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return working_folder(tmp_path)


@pytest.fixture
def intake(folder: WorkingFolder, reader: Reader) -> Iterator[Intake]:
    settings = settings_from(folder.path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    yield Intake(store, Originals(settings.folders.store / "originals"), reader, settings, AFTER_CUT_OFF, lambda: NOON)
    store.close()


def inbox_of(*names: str) -> MemoryInbox:
    inbox = MemoryInbox()
    for message in some_mail(*names):
        inbox.deliver(message.raw, message.received)
    return inbox


def deliveries_in(intake: Intake) -> tuple[Delivery, ...]:
    with intake.store.reading() as connection:
        return every_delivery(connection)


def test_a_referral_becomes_a_case_listed_for_the_meeting_whose_cut_off_it_meets(intake: Intake) -> None:
    assert intake.sweep(inbox_of("01-police-referral")).taken_in == 1
    with intake.store.reading() as connection:
        (case,) = every_case(connection)
    assert (case.reference, case.state, case.meeting) == ("M26-0001", "listed", MEETING)
    assert case.received == dt.date(2026, 11, 9)
    assert case.agency == "Carrowdale Police"
    assert "threshold met" in {flag.code for flag in case.flags}


def test_the_mailbox_is_touched_last_and_by_outcome(intake: Intake) -> None:
    inbox = inbox_of("01-police-referral", "11-surgery-form")
    intake.sweep(inbox)
    assert list(inbox.waiting()) == []
    assert {outcome: len(messages) for outcome, messages in inbox.filed.items()} == {
        "processed": 1,
        "needs-a-person": 1,
    }


def test_a_second_sweep_changes_nothing(intake: Intake) -> None:
    inbox = inbox_of("01-police-referral", "12-probation-reply")
    intake.sweep(inbox)
    before = deliveries_in(intake)
    assert intake.sweep(inbox).taken_in == 0
    assert deliveries_in(intake) == before


def test_the_same_bytes_twice_are_two_deliveries_and_one_case(intake: Intake) -> None:
    intake.sweep(inbox_of("03-health-referral", "23-health-referral-again"))
    first, second = deliveries_in(intake)
    assert first.sha256 == second.sha256
    assert (second.disposition, second.state) == ("duplicate_message", "done")
    with intake.store.reading() as connection:
        assert len(every_case(connection)) == 1


def test_two_messages_with_one_message_id_are_both_taken_in(intake: Intake) -> None:
    first, second = some_mail("01-police-referral", "02-idva-referral")
    same_id = second.raw.replace(b"Message-ID: <", b"X-Was: <", 1)
    message_id = next(line for line in first.raw.splitlines() if line.lower().startswith(b"message-id"))
    inbox = MemoryInbox()
    inbox.deliver(first.raw, first.received)
    inbox.deliver(message_id + b"\r\n" + same_id, second.received)
    intake.sweep(inbox)
    with intake.store.reading() as connection:
        assert len(every_case(connection)) == 2


def test_the_raw_message_is_kept_byte_for_byte(intake: Intake) -> None:
    (message,) = some_mail("12-probation-reply")
    intake.sweep(inbox_of("12-probation-reply"))
    assert intake.originals.path(message.sha256).read_bytes() == message.raw


class StubbornInbox(MemoryInbox):
    """An inbox that cannot file."""

    def file(self, item: Item, outcome: Outcome) -> None:
        raise MailboxError("The message could not be moved." if item.id and outcome else "")


def test_a_message_that_cannot_be_filed_is_registered_once_and_filed_later(intake: Intake) -> None:
    stubborn, willing = StubbornInbox(), MemoryInbox()
    for inbox in (stubborn, willing):
        inbox.deliver(some_mail("01-police-referral")[0].raw, NOON)
    assert intake.sweep(stubborn).stuck == ("The message could not be moved.",)
    assert intake.sweep(stubborn).taken_in == 0
    assert [delivery.filed for delivery in deliveries_in(intake)] == [False]
    intake.sweep(willing)
    assert [delivery.filed for delivery in deliveries_in(intake)] == [True]
    with intake.store.reading() as connection:
        assert len(every_case(connection)) == 1


def test_what_a_person_moved_out_of_the_inbox_too_early_is_finished_from_the_stored_bytes(intake: Intake) -> None:
    inbox = inbox_of("01-police-referral")
    (item,) = inbox.waiting()
    raw = inbox.raw(item)
    intake._entered(inbox, item, raw, {item.id})
    inbox.file(item, "processed")
    intake.sweep(inbox)
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral"]


def test_a_broken_file_is_kept_named_and_put_before_a_person_and_the_next_is_read(intake: Intake) -> None:
    inbox = MemoryInbox()
    broken = some_mail("01-police-referral")[0].raw.replace(b"UEsDBB", b"AAAAAA")
    inbox.deliver(broken, NOON)
    inbox.deliver(some_mail("02-idva-referral")[0].raw, NOON)
    assert intake.sweep(inbox).taken_in == 2
    first, second = deliveries_in(intake)
    assert (first.state, first.disposition) == ("needs_person", "unreadable")
    assert first.reasons[0].split(":")[0].endswith(".docx")
    assert second.disposition == "new_referral"


def test_an_archive_that_is_not_opened_does_not_hide_the_form_beside_it(intake: Intake) -> None:
    message = EmailMessage()
    message["From"] = "PC Invented <pc@carrowdale-police.example>"
    message.set_content("See attached.")
    (form,) = [part for part in opened(some_mail("01-police-referral")[0].raw).parts if part.source.endswith(".docx")]
    message.add_attachment(b"PK\x03\x04 broken", maintype="application", subtype="zip", filename="more.zip")
    message.add_attachment(form.document.content, maintype="application", subtype="octet-stream", filename="form.docx")
    inbox = MemoryInbox()
    inbox.deliver(message.as_bytes(), NOON)
    intake.sweep(inbox)
    (delivery,) = deliveries_in(intake)
    assert (delivery.state, delivery.disposition) == ("needs_person", "new_referral")
    assert delivery.reasons[0].startswith("more.zip: ")


def test_a_message_from_the_future_counts_as_received_today(intake: Intake) -> None:
    message = some_mail("12-probation-reply")[0]
    inbox = MemoryInbox()
    inbox.deliver(message.raw.replace(b"2026", b"2031"), NOON)
    intake.sweep(inbox)
    assert deliveries_in(intake)[0].received == AFTER_CUT_OFF


def test_a_file_that_was_begun_three_times_goes_to_a_person(intake: Intake) -> None:
    inbox = inbox_of("01-police-referral")
    (item,) = inbox.waiting()
    raw = inbox.raw(item)
    delivery = intake._unpacked(intake._entered(inbox, item, raw, {item.id}), raw)
    for part in list(intake._unread_parts(delivery)):
        intake._read(replace(part, attempts=3))
    intake.sweep(inbox)
    (closed,) = deliveries_in(intake)
    assert closed.state == "needs_person"
    assert "begun three times" in closed.reasons[0]


def test_the_trail_holds_no_name(intake: Intake) -> None:
    messages = some_mail("01-police-referral", "10-housing-referral")
    intake.sweep(inbox_of("01-police-referral", "10-housing-referral"))
    with intake.store.reading() as connection:
        told = json.dumps([[entry.event, entry.subject, entry.detail] for entry, _ in trail(connection)]).casefold()
    for message in messages:
        assert message.referral is not None
        referral = message.referral
        names = {str(referral.victim.name), *(str(one.name) for one in referral.perpetrators)}
        names |= {str(child.name) for child in referral.children}
        assert not [name for name in names if name.casefold() in told]
