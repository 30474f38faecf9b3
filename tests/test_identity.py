"""One item of a mailbox is one entry in the books, however often it is listed, fetched, moved or numbered anew."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError
from marac.intake.pipeline import Intake
from marac.mailbox.memory import MemoryInbox
from marac.mailbox.protocol import Item, Outcome
from tests.invented_mail import NOON, an_intake, cases_in, deliveries_in, mail, typed

pytestmark = pytest.mark.both_databases

FORM = b"%PDF-1.4 not a form that anybody can read"


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


class Exchange(MemoryInbox):
    """A mailbox that words a message anew at each fetch, and gives an item another id when it is moved."""

    verbatim = False

    def __init__(self) -> None:
        super().__init__("exchange")
        self.fetches = 0
        self.files = True
        self._moves = 0

    def raw(self, item: Item) -> bytes:
        self.fetches += 1
        boundary = b"=_anew_%d_=" % self.fetches
        return re.sub(rb"={5,}\d+==", boundary, super().raw(item))

    def file(self, item: Item, outcome: Outcome) -> None:
        if not self.files:
            raise MailboxError
        super().file(item, outcome)

    def move_about(self) -> None:
        """Move everything that waits out of the inbox and back."""
        for _, content in list(self._waiting.values()):
            self._moves += 1
            self.deliver(content, NOON)
        for known in list(self._waiting)[: self._moves]:
            del self._waiting[known]


def attached(message_id: str = "<first@carrowdale-school.example>", content: bytes = FORM) -> bytes:
    return mail(files={"form.pdf": content}, message_id=message_id)


def test_what_was_stored_from_exchange_is_not_fetched_again(intake: Intake) -> None:
    inbox = Exchange()
    inbox.deliver(attached(), NOON)
    inbox.files = False
    intake.sweep(inbox)
    intake.sweep(inbox)
    assert (inbox.fetches, len(deliveries_in(intake))) == (1, 1)
    inbox.files = True
    intake.sweep(inbox)
    assert [delivery.filed for delivery in deliveries_in(intake)] == [True]
    assert inbox.fetches == 1


def test_what_exchange_words_anew_after_a_move_is_the_same_message(intake: Intake) -> None:
    inbox = Exchange()
    inbox.deliver(attached(), NOON)
    inbox.files = False
    intake.sweep(inbox)
    inbox.move_about()
    inbox.files = True
    intake.sweep(inbox)
    (delivery,) = deliveries_in(intake)
    assert delivery.filed
    assert len(list(intake.originals._folder.glob("*/*.eml"))) == 1


def test_a_message_that_a_person_put_back_into_the_inbox_is_no_new_one(intake: Intake) -> None:
    inbox = Exchange()
    inbox.deliver(attached(), NOON)
    intake.sweep(inbox)
    inbox.deliver(inbox.filed["needs-a-person"][0], NOON)
    intake.sweep(inbox)
    assert len(deliveries_in(intake)) == 1
    assert list(inbox.waiting()) == []


def test_two_messages_that_wait_side_by_side_are_two_whatever_they_hold(intake: Intake) -> None:
    inbox = Exchange()
    for _ in range(2):
        inbox.deliver(attached(), NOON)
    intake.sweep(inbox)
    assert len(deliveries_in(intake)) == 2


def test_one_message_id_with_other_attachments_is_another_message(intake: Intake) -> None:
    inbox = Exchange()
    for content in (FORM, FORM + b", another"):
        inbox.deliver(attached(content=content), NOON)
        intake.sweep(inbox)
    assert len(deliveries_in(intake)) == 2


class Numbered(MemoryInbox):
    """An IMAP folder, whose ids tell the numbering that they belong to."""

    def __init__(self, validity: int) -> None:
        super().__init__("imap")
        self._validity = validity

    def deliver(self, content: bytes, received: dt.datetime | None = None, file_name: str | None = None) -> Item:
        self._deliveries += 1
        item = Item(f"{self._validity}.{self._deliveries}", received, len(content), file_name)
        self._waiting[item.id] = item, content
        return item


def test_a_mailbox_that_numbers_its_messages_anew_brings_nothing_twice(intake: Intake) -> None:
    class Unmoving(Numbered):
        def file(self, item: Item, outcome: Outcome) -> None:
            raise MailboxError(f"{item.id} stays where it is, not {outcome}.")

    before, after = Unmoving(7), Numbered(8)
    before.deliver(mail(typed()), NOON)
    intake.sweep(before)
    after.deliver(b"Subject: something else\r\n\r\n", NOON)
    after.deliver(mail(typed()), NOON)
    intake.sweep(after)
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral", "no_referral"]
    assert len(cases_in(intake)) == 1


def test_the_twin_of_a_message_that_a_killed_run_had_moved_is_a_message_of_its_own(intake: Intake) -> None:
    class Killed(MemoryInbox):
        def file(self, item: Item, outcome: Outcome) -> None:
            super().file(item, outcome)
            raise KeyboardInterrupt

    inbox, rest = Killed(), MemoryInbox()
    inbox.deliver(mail(typed()), NOON)
    with pytest.raises(KeyboardInterrupt):
        intake.sweep(inbox)
    rest._deliveries = 1
    rest.deliver(mail(typed()), NOON)
    intake.sweep(rest)
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral", "duplicate_message"]
    assert all(delivery.filed for delivery in deliveries_in(intake))


def test_a_message_that_was_filed_and_is_listed_still_is_filed_again_and_not_entered_again(intake: Intake) -> None:
    class Forgetful(MemoryInbox):
        """A POP3 server whose connection was lost before it removed anything."""

        def file(self, item: Item, outcome: Outcome) -> None:
            self.filed[outcome].append(self.raw(item))

    inbox = Forgetful()
    inbox.deliver(mail(typed()), NOON)
    for _ in range(3):
        intake.sweep(inbox)
    assert len(deliveries_in(intake)) == 1
    assert len(inbox.filed["processed"]) == 3


def test_an_item_that_is_listed_twice_is_one(intake: Intake) -> None:
    class Stuttering(MemoryInbox):
        def waiting(self) -> Iterator[Item]:
            return iter([item for item in super().waiting() for _ in range(2)])

    inbox = Stuttering()
    inbox.deliver(mail(typed()), NOON)
    assert intake.sweep(inbox).taken_in == 1
    assert len(deliveries_in(intake)) == 1


def test_an_emptied_mailbox_loses_no_case(intake: Intake) -> None:
    inbox = MemoryInbox()
    inbox.deliver(mail(typed()), NOON)
    intake.sweep(inbox)
    intake.sweep(MemoryInbox())
    assert len(cases_in(intake)) == 1
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral"]


def test_what_was_stored_from_one_mailbox_is_finished_when_the_settings_name_another(intake: Intake) -> None:
    old = MemoryInbox("an old mailbox")
    item = old.deliver(mail(typed()), NOON)
    intake._entered(old, item, old.raw(item), {item.id})
    intake.sweep(MemoryInbox("the new mailbox"))
    assert [delivery.state for delivery in deliveries_in(intake)] == ["done"]
