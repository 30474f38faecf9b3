"""What every mailbox and every outbox must do, whatever carries the mail.

A test class for an adapter inherits the contract and supplies one fixture, `place`: the real thing that the adapter
works on, with hands of its own to put messages in and to look what came out.
"""

import datetime as dt
import tracemalloc
from typing import Protocol

import pytest

from marac.errors import MailboxError
from marac.mailbox.protocol import Inbox, Item, Letter, Outbox, Outcome

MONDAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
OUTCOMES: tuple[Outcome, ...] = ("processed", "needs-a-person")


def message(text: str = "Please find a referral attached.") -> bytes:
    """A message as it travels: lines end in CR LF, and the body has bytes that are no ASCII."""
    lines = ["From: idva@housing.example", "Subject: Referral", "", text, "Straße, £10, naïve", ".", "..end"]
    return "\r\n".join([*lines, ""]).encode()


def letter(number: int = 1, text: str = "The sealed letter is attached.") -> Letter:
    """A letter to one made-up agency."""
    sender, recipient, message_id = "marac@council.example", "inbox@housing.example", f"<{number}.a1b2@council.example>"
    headers = f"From: {sender}\r\nTo: {recipient}\r\nMessage-ID: {message_id}\r\n"
    return Letter(message_id, sender, recipient, f"{headers}\r\n{text}\r\n.\r\n.dot\r\n".encode())


class MaildropPlace(Protocol):
    """A mailbox seen from outside, which may have neither folders nor times of receipt."""

    def inbox(self) -> Inbox:
        """A new adapter for this mailbox."""

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        """Deliver a message."""


class InboxPlace(MaildropPlace, Protocol):
    """A mailbox seen from outside, with a folder for each outcome."""

    def filed(self, outcome: Outcome) -> list[bytes]:
        """What lies in the folder of an outcome."""


def waiting(place: MaildropPlace) -> list[Item]:
    with place.inbox() as inbox:
        return list(inbox.waiting())


def cost_of_fetching(place: MaildropPlace) -> float:
    """How many times its own size a message of some megabytes takes in memory, at the most, while it is fetched."""
    place.put(message(("x" * 76 + "\r\n") * 60_000))
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        tracemalloc.start()
        try:
            size = len(inbox.raw(item))
            return tracemalloc.get_traced_memory()[1] / size
        finally:
            tracemalloc.stop()


class MaildropContract:
    """What holds for a mailbox without folders and times too."""

    def test_it_is_an_inbox(self, place: MaildropPlace) -> None:
        assert isinstance(place.inbox(), Inbox)

    def test_an_empty_mailbox_has_nothing_waiting(self, place: MaildropPlace) -> None:
        assert waiting(place) == []

    def test_a_message_is_fetched_byte_for_byte(self, place: MaildropPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            assert [inbox.raw(item) for item in inbox.waiting()] == [message()]

    def test_a_message_of_three_megabytes_comes_whole(self, place: MaildropPlace) -> None:
        large = message("QUJD" * 19 + "\r\n" + ("x" * 76 + "\r\n") * 40_000)
        place.put(large)
        with place.inbox() as inbox:
            assert inbox.raw(next(inbox.waiting())) == large

    def test_the_size_that_is_told_is_the_size_that_comes(self, place: MaildropPlace) -> None:
        place.put(message())
        assert [item.size for item in waiting(place)] == [len(message())]

    def test_the_same_bytes_delivered_twice_are_two_messages(self, place: MaildropPlace) -> None:
        place.put(message())
        place.put(message())
        assert len({item.id for item in waiting(place)}) == 2

    def test_an_item_keeps_its_id_while_the_message_stays(self, place: MaildropPlace) -> None:
        place.put(message("one"))
        place.put(message("two"))
        assert [item.id for item in waiting(place)] == [item.id for item in waiting(place)]

    def test_reading_a_message_leaves_it_waiting(self, place: MaildropPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            [item] = inbox.waiting()
            assert inbox.raw(item) == inbox.raw(item)
        assert waiting(place) == [item]

    def test_filing_one_message_leaves_the_others(self, place: MaildropPlace) -> None:
        for number in range(3):
            place.put(message(str(number)), MONDAY + dt.timedelta(minutes=number))
        with place.inbox() as inbox:
            inbox.file(list(inbox.waiting())[1], "processed")
            assert [inbox.raw(item) for item in inbox.waiting()] == [message("0"), message("2")]

    def test_a_filed_message_cannot_be_fetched_from_the_inbox(self, place: MaildropPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            item = next(inbox.waiting())
            inbox.file(item, "processed")
            with pytest.raises(MailboxError):
                inbox.raw(item)

    def test_what_arrives_after_the_listing_is_found_by_the_next(self, place: MaildropPlace) -> None:
        place.put(message("early"))
        with place.inbox() as inbox:
            list(inbox.waiting())
            place.put(message("late"), MONDAY + dt.timedelta(hours=1))
            assert [inbox.raw(item) for item in inbox.waiting()] == [message("early"), message("late")]

    def test_the_same_adapter_can_be_opened_again(self, place: MaildropPlace) -> None:
        inbox = place.inbox()
        with inbox:
            assert list(inbox.waiting()) == []
        place.put(message())
        with inbox:
            assert [inbox.raw(item) for item in inbox.waiting()] == [message()]

    def test_its_name_is_the_same_in_every_run(self, place: MaildropPlace) -> None:
        assert place.inbox().name == place.inbox().name != ""

    def test_messages_are_no_oddities(self, place: MaildropPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            assert list(inbox.oddities()) == []

    def test_a_failure_inside_the_with_block_is_not_hidden(self, place: MaildropPlace) -> None:
        with pytest.raises(ZeroDivisionError), place.inbox():
            raise ZeroDivisionError

    def test_messages_come_in_the_order_in_which_they_arrived(self, place: MaildropPlace) -> None:
        for number in range(3):
            place.put(message(str(number)), MONDAY + dt.timedelta(minutes=number))
        with place.inbox() as inbox:
            assert [inbox.raw(item) for item in inbox.waiting()] == [message(str(number)) for number in range(3)]

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_a_filed_message_waits_no_more_in_this_run_or_another(self, place: MaildropPlace, outcome: Outcome) -> None:
        place.put(message())
        with place.inbox() as inbox:
            inbox.file(next(inbox.waiting()), outcome)
            assert list(inbox.waiting()) == []
        assert waiting(place) == []

    def test_filing_what_was_filed_in_an_earlier_run_leaves_what_arrived_since(self, place: MaildropPlace) -> None:
        place.put(message())
        [first] = waiting(place)
        with place.inbox() as inbox:
            inbox.file(first, "processed")
            inbox.file(first, "processed")
        place.put(message())
        with place.inbox() as inbox:
            inbox.file(first, "needs-a-person")
        [second] = waiting(place)
        assert first.id != second.id


class InboxContract(MaildropContract):
    """What holds for a mailbox with folders, which knows when each message came."""

    def test_the_oldest_message_comes_first(self, place: InboxPlace) -> None:
        for days in (1, 0, 2):
            place.put(message(f"day {days}"), MONDAY + dt.timedelta(days=days))
        with place.inbox() as inbox:
            assert [inbox.raw(item) for item in inbox.waiting()] == [message(f"day {days}") for days in (0, 1, 2)]

    def test_the_time_of_receipt_is_told_in_utc(self, place: InboxPlace) -> None:
        place.put(message(), dt.datetime(2026, 7, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))))
        [item] = waiting(place)
        assert item.received == dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
        assert item.received.utcoffset() == dt.timedelta(0)

    def test_the_same_bytes_delivered_again_after_filing_are_a_new_item(self, place: InboxPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            first = next(inbox.waiting())
            inbox.file(first, "processed")
        place.put(message())
        with place.inbox() as inbox:
            second = next(inbox.waiting())
            inbox.file(second, "processed")
        assert first.id != second.id
        assert place.filed("processed") == [message(), message()]

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_a_filed_message_lies_in_the_folder_of_its_outcome_alone(self, place: InboxPlace, outcome: Outcome) -> None:
        place.put(message())
        with place.inbox() as inbox:
            inbox.file(next(inbox.waiting()), outcome)
            assert list(inbox.waiting()) == []
        assert {which: place.filed(which) for which in OUTCOMES} == {
            which: [message()] if which == outcome else [] for which in OUTCOMES
        }

    def test_filing_what_is_filed_does_nothing(self, place: InboxPlace) -> None:
        place.put(message())
        with place.inbox() as inbox:
            item = next(inbox.waiting())
            inbox.file(item, "processed")
            inbox.file(item, "processed")
            inbox.file(item, "needs-a-person")
        assert [place.filed(outcome) for outcome in OUTCOMES] == [[message()], []]

    def test_an_item_of_an_earlier_run_can_be_fetched_and_filed(self, place: InboxPlace) -> None:
        place.put(message())
        [item] = waiting(place)
        with place.inbox() as inbox:
            assert inbox.raw(item) == message()
        with place.inbox() as inbox:
            inbox.file(item, "processed")
        with place.inbox() as inbox:
            inbox.file(item, "processed")
        assert place.filed("processed") == [message()]


class OutboxPlace(Protocol):
    """An outbox seen from outside."""

    def outbox(self) -> Outbox:
        """A new adapter for this outbox."""

    def left(self) -> list[bytes]:
        """The letters that left."""


class OutboxContract:
    def test_it_is_an_outbox(self, place: OutboxPlace) -> None:
        assert isinstance(place.outbox(), Outbox)

    def test_a_letter_leaves_byte_for_byte(self, place: OutboxPlace) -> None:
        with place.outbox() as outbox:
            outbox.send(letter())
        assert place.left() == [letter().content]

    def test_a_letter_of_two_megabytes_leaves_whole(self, place: OutboxPlace) -> None:
        large = letter(text=("." + "x" * 75 + "\r\n") * 27_000)
        with place.outbox() as outbox:
            outbox.send(large)
        assert place.left() == [large.content]

    def test_several_letters_leave_one_by_one(self, place: OutboxPlace) -> None:
        letters = [letter(number, f"letter {number}") for number in range(5)]
        with place.outbox() as outbox:
            for one in letters:
                outbox.send(one)
        assert sorted(place.left()) == sorted(one.content for one in letters)

    def test_nothing_leaves_unless_it_is_sent(self, place: OutboxPlace) -> None:
        with place.outbox() as outbox:
            assert outbox.was_sent(letter().message_id) is not True
        assert place.left() == []

    def test_an_outbox_never_denies_a_letter_that_left(self, place: OutboxPlace) -> None:
        with place.outbox() as outbox:
            outbox.send(letter())
            assert outbox.was_sent(letter().message_id) is not False
        with place.outbox() as outbox:
            assert outbox.was_sent(letter().message_id) is not False
            assert outbox.was_sent(letter(2).message_id) is not True

    def test_an_outbox_that_keeps_letters_keeps_the_same_letter_once(self, place: OutboxPlace) -> None:
        keeps = []
        for _ in range(2):
            with place.outbox() as outbox:
                outbox.send(letter())
                keeps.append(outbox.was_sent(letter().message_id))
        assert (keeps, place.left()) in (
            ([True, True], [letter().content]),
            ([None, None], [letter().content, letter().content]),
        )

    def test_an_outbox_that_keeps_letters_refuses_another_under_the_same_id(self, place: OutboxPlace) -> None:
        with place.outbox() as outbox:
            outbox.send(letter())
            if outbox.was_sent(letter().message_id):
                with pytest.raises(MailboxError, match="same message id"):
                    outbox.send(letter(text="Another text."))
        assert place.left() == [letter().content]

    def test_the_same_adapter_can_be_opened_again(self, place: OutboxPlace) -> None:
        outbox = place.outbox()
        for number in (1, 2):
            with outbox:
                outbox.send(letter(number))
        assert len(place.left()) == 2

    def test_a_failure_inside_the_with_block_is_not_hidden(self, place: OutboxPlace) -> None:
        with pytest.raises(ZeroDivisionError), place.outbox():
            raise ZeroDivisionError
