"""Locked files are opened by passwords that their sender tells, or that a person offers."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyzipper

from marac.errors import UsageError
from marac.intake.decisions import MessageDecisions
from marac.intake.opening.locked.password_guesses import guesses_in
from marac.intake.pipeline import Intake
from marac.mailbox.memory import MemoryInbox
from marac.register.cases import cases_of_delivery
from tests.invented_mail import NOON, POLICE, SCHOOL, an_intake, cases_in, deliveries_in, mail, typed

pytestmark = pytest.mark.both_databases

FORM = (Path(__file__).parent / "forms" / "d06-redbridge.docx").read_bytes()
PASSWORD = "Harbour-824!"
TOLD = f"The password for the referral I just sent is: {PASSWORD}\n\nKind regards\n"


def archive(password: str = PASSWORD) -> bytes:
    packed = io.BytesIO()
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as opened:
        opened.setpassword(password.encode())
        opened.writestr("referral.docx", FORM)
    return packed.getvalue()


LOCKED = mail(files={"referral.zip": archive()}, message_id="<locked@carrowdale-school.example>")


def teller(sender: str = SCHOOL, text: str = TOLD) -> bytes:
    return mail(text, sender=sender, message_id="<password@carrowdale-school.example>")


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


def taken_in(intake: Intake, *messages: bytes, at_once: bool = False) -> None:
    inbox = MemoryInbox()
    for message in messages:
        inbox.deliver(message, NOON)
        if not at_once:
            intake.sweep(inbox)
    intake.sweep(inbox)


def dispositions(intake: Intake) -> list[tuple[str | None, str]]:
    return [(delivery.disposition, delivery.state) for delivery in deliveries_in(intake)]


@pytest.mark.parametrize("at_once", [False, True])
def test_the_password_that_comes_second_opens_what_came_first(at_once: bool, intake: Intake) -> None:
    taken_in(intake, LOCKED, teller(), at_once=at_once)
    assert dispositions(intake) == [("locked", "done"), ("password", "done")]
    (case,) = cases_in(intake)
    with intake.store.reading() as connection:
        assert cases_of_delivery(connection, 1) == (case.reference,)


def test_the_password_that_came_first_opens_what_comes_second(intake: Intake) -> None:
    taken_in(intake, teller(), LOCKED)
    assert dispositions(intake)[1] == ("locked", "done")
    assert len(cases_in(intake)) == 1


def test_a_password_in_the_same_message_opens_it_at_once(intake: Intake) -> None:
    taken_in(intake, mail(TOLD, files={"referral.zip": archive()}))
    assert [state for _, state in dispositions(intake)] == ["done"]
    assert len(cases_in(intake)) == 1


def test_the_password_of_another_sender_is_not_tried(intake: Intake) -> None:
    taken_in(intake, LOCKED, teller(POLICE))
    assert dispositions(intake) == [("locked", "needs_person"), ("password", "needs_person")]
    assert cases_in(intake) == ()


def test_a_locked_message_says_what_to_do(intake: Intake) -> None:
    taken_in(intake, LOCKED)
    (delivery,) = deliveries_in(intake)
    assert "marac message password" in " ".join(delivery.reasons)


def test_a_person_opens_it_with_a_password_that_is_kept_nowhere(intake: Intake) -> None:
    taken_in(intake, LOCKED)
    opened = MessageDecisions(intake).open_with(1, PASSWORD, "A. Coordinator")
    assert (opened.disposition, opened.state) == ("locked", "done")
    assert len(cases_in(intake)) == 1
    kept = [path.read_bytes() for path in intake.store.folder.rglob("*") if path.is_file()]
    assert not [content for content in kept if PASSWORD.encode() in content]


def test_a_wrong_password_changes_nothing(intake: Intake) -> None:
    taken_in(intake, LOCKED)
    before = deliveries_in(intake)
    with pytest.raises(UsageError, match="opens nothing"):
        MessageDecisions(intake).open_with(1, "harbour-824!", "A. Coordinator")
    assert deliveries_in(intake) == before


def test_what_was_opened_twice_is_entered_once(intake: Intake) -> None:
    taken_in(intake, LOCKED, teller(), teller(text=f"Sorry, once more: the password is {PASSWORD}"))
    assert len(cases_in(intake)) == 1
    assert len({delivery.state for delivery in deliveries_in(intake)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"To get into the form you will need {PASSWORD}\n\nKind regards\n",
        f"For the form:\n\n{PASSWORD}\n\nSiobhan\n",
    ],
)
@pytest.mark.parametrize("first", ["the file", "the words"])
def test_a_word_that_looks_like_a_password_is_tried_whatever_is_said_around_it(
    text: str, first: str, intake: Intake
) -> None:
    messages = (LOCKED, teller(text=text)) if first == "the file" else (teller(text=text), LOCKED)
    taken_in(intake, *messages)
    assert sorted(dispositions(intake)) == [("locked", "done"), ("password", "done")]
    assert len(cases_in(intake)) == 1


def test_figures_dates_addresses_and_names_of_files_are_not_guessed() -> None:
    text = "See https://x.example/A1b2C3 on 12/03/2026 at 10:30, ring 01632 960123, CR4 5AB, form2.docx, jo@x.example."
    assert guesses_in(text) == ()
    assert guesses_in("The code is harvest-Moon72 or Sluice*Gate*19.\n\nFrom: A1b2C3d4@x.example") == (
        "harvest-Moon72",
        "Sluice*Gate*19",
    )


def test_a_referral_that_tells_a_password_too_is_not_closed_before_it_is_registered(intake: Intake) -> None:
    taken_in(intake, LOCKED)
    inbox = MemoryInbox()
    item = inbox.deliver(mail(f"{TOLD}\n\n{typed()}", message_id="<both@carrowdale-school.example>"), NOON)
    raw = inbox.raw(item)
    both = intake._unpacked(intake._entered(inbox, item, raw, {item.id}), raw)
    assert intake._opened_elsewhere(both).opened, "a run that is killed here has opened the other message"
    assert [delivery.terminal for delivery in deliveries_in(intake)] == [False, False]
    intake.sweep(inbox)
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["locked", "new_referral"]
    assert len(cases_in(intake)) == 2
