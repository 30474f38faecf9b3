"""The POP3 mailbox against a real Dovecot, and over a line that is cut, bent and silenced."""

import itertools
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError
from marac.mailbox.pop3 import line as pop3_line
from marac.mailbox.pop3.inbox import Pop3Inbox
from marac.mailbox.protocol import Item
from tests.dovecot import TOKEN, Dovecot
from tests.mailbox_contract import MaildropContract, cost_of_fetching, message, waiting
from tests.mailbox_places import Pop3Place, by_token, refusal
from tests.wire import Bend, Wire


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def place(server: Dovecot, tmp_path: Path) -> Pop3Place:
    return Pop3Place(server, tmp_path)


def wire(place: Pop3Place, to_client: Bend = lambda said: said, to_server: Bend = lambda said: said) -> Wire:
    return Wire(place.server.pop3_port, place.server.files, to_client, to_server)


def file_and_fail(inbox: Pop3Inbox, item: Item) -> None:
    inbox.file(item, "processed")
    raise ZeroDivisionError


class Ear:
    """Hears what the client says."""

    def __init__(self) -> None:
        self.heard = b""

    def __call__(self, said: bytes) -> bytes:
        self.heard += said
        return said


class TestPop3Inbox(MaildropContract):
    """The contract; the mailbox has neither folders nor times of receipt."""


def test_when_a_message_came_is_not_told(place: Pop3Place) -> None:
    place.put(message())
    assert [item.received for item in waiting(place)] == [None]


def test_lines_of_any_length_with_dots_anywhere_come_byte_for_byte(place: Pop3Place) -> None:
    short = ["".join(letters) for length in range(5) for letters in itertools.product(".x ", repeat=length)]
    long = [
        dots + "y" * length for dots in ("", ".", "..") for length in (2_049, 65_533, 65_534, 65_535, 65_536, 200_000)
    ]
    content = message("\r\n".join([*short, *long, *short]))
    place.put(content)
    with place.inbox() as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [content]


@pytest.mark.parametrize("bare", [b"\n.\r\n", b"\n.\n.", b"x\n.x", b"\r.\r\n", b"x\r.x"])
def test_a_dot_after_half_an_end_of_line_neither_ends_the_message_nor_is_lost(place: Pop3Place, bare: bytes) -> None:
    place.put(message("one MARK two"))
    with (
        wire(place, to_client=lambda said: said.replace(b"MARK", bare)) as bent,
        place.inbox(bent.port) as inbox,
    ):
        [item] = inbox.waiting()
        assert inbox.raw(item) == message("one MARK two").replace(b"MARK", bare)


def test_a_message_costs_less_than_three_times_its_size_in_memory(place: Pop3Place) -> None:
    assert cost_of_fetching(place) < 3


def test_listing_and_fetching_delete_nothing_and_filing_deletes_once(place: Pop3Place) -> None:
    place.put(message())
    ear = Ear()
    with wire(place, to_server=ear) as tapped, place.inbox(tapped.port) as inbox:
        [item] = inbox.waiting()
        inbox.raw(item)
        assert b"DELE" not in ear.heard
        inbox.file(item, "needs-a-person")
        inbox.file(item, "needs-a-person")
    assert ear.heard.count(b"DELE") == 1
    assert place.lying_in("INBOX") == []


def test_a_failure_after_filing_does_not_bring_the_message_back(place: Pop3Place) -> None:
    place.put(message())
    [item] = waiting(place)
    with pytest.raises(ZeroDivisionError), place.inbox() as inbox:
        file_and_fail(inbox, item)
    assert place.lying_in("INBOX") == []


def test_where_the_line_is_cut_before_the_end_of_the_session_the_message_is_listed_again(place: Pop3Place) -> None:
    place.put(message())
    with (
        wire(place, to_server=lambda said: None if b"QUIT" in said else said) as cut,
        place.inbox(cut.port) as inbox,
    ):
        [item] = inbox.waiting()
        inbox.file(item, "processed")
    assert waiting(place) == [item]


def test_a_message_shorter_than_announced_is_refused(place: Pop3Place) -> None:
    place.put(message())
    size = len(message())
    lied = re.compile(rb"(?m)^(\+OK|1) %d\b" % size)
    with (
        wire(place, to_client=lambda said: lied.sub(rb"\g<1> %d" % (size + 500), said)) as bent,
        place.inbox(bent.port) as inbox,
    ):
        [item] = inbox.waiting()
        assert item.size == size + 500
        with pytest.raises(MailboxError, match=f"{size + 500} bytes were announced, {size} came"):
            inbox.raw(item)
    assert place.lying_in("INBOX") == [message()]


def test_a_server_that_counts_the_end_of_a_line_as_one_byte_is_believed(place: Pop3Place) -> None:
    place.put(message())
    size = len(message())
    counted = re.compile(rb"(?m)^1 %d\b" % size)
    with (
        wire(place, to_client=lambda said: counted.sub(b"1 %d" % (size - message().count(b"\n")), said)) as bent,
        place.inbox(bent.port) as inbox,
    ):
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_message_above_the_limit_is_not_asked_for_and_holds_up_no_other(place: Pop3Place) -> None:
    place.put(message("large"))
    place.put(message("small"))
    ear = Ear()
    lied = re.compile(rb"(?m)^1 %d\b" % len(message("large")))
    with wire(place, lambda said: lied.sub(b"1 150000001", said), ear) as bent, place.inbox(bent.port) as inbox:
        large, small = inbox.waiting()
        with pytest.raises(MailboxError, match="larger than 150 MB"):
            inbox.raw(large)
        assert b"RETR" not in ear.heard
        assert inbox.raw(small) == message("small")
    assert len(waiting(place)) == 2


def test_a_message_that_does_not_end_is_given_up_and_holds_up_no_other(
    place: Pop3Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pop3_line, "LARGEST_MESSAGE", 10_000)
    place.put(message("x" * 20_000))
    place.put(message("small"))
    with place.inbox() as inbox:
        large, small = inbox.waiting()
        with pytest.raises(MailboxError, match="was not fetched"):
            inbox.raw(large)
        assert inbox.raw(small) == message("small")


def test_a_line_cut_in_the_middle_of_a_message_gives_no_half_message_and_holds_up_no_other(place: Pop3Place) -> None:
    place.put(message("x" * 20_000))
    place.put(message("whole"))
    with (
        wire(place, to_client=lambda said: None if b"x" * 500 in said else said) as cut,
        place.inbox(cut.port) as inbox,
    ):
        half, whole = inbox.waiting()
        with pytest.raises(MailboxError, match="The connection to the mail server localhost"):
            inbox.raw(half)
        assert inbox.raw(whole) == message("whole")
        inbox.file(whole, "processed")
    assert waiting(place) == [half]


def test_a_line_that_stays_cut_is_not_tried_for_every_message(place: Pop3Place) -> None:
    for number in range(3):
        place.put(message(str(number)))
    ear = Ear()
    tapped = wire(place, to_server=ear)
    with tapped, place.inbox(tapped.port) as inbox:
        items = list(inbox.waiting())
        inbox._drop()
        ear_before = ear.heard.count(b"USER")
        tapped._to_server = lambda said: None if b"USER" in ear(said) else said
        for item in items:
            with pytest.raises(MailboxError, match="was lost"):
                inbox.raw(item)
    assert ear.heard.count(b"USER") == ear_before + 1


def test_a_server_that_does_not_name_its_messages_is_refused(place: Pop3Place) -> None:
    with wire(place, to_server=lambda said: said.replace(b"UIDL", b"NONE")) as bent:
        assert "has no UIDL" in refusal(place.inbox(bent.port))


def test_messages_that_the_server_gives_one_name_are_told_apart(place: Pop3Place) -> None:
    # RFC 1939, section 7: a server that makes names out of the bytes gives equal messages one
    for _ in range(3):
        place.put(message())
    named = re.compile(rb"(?m)^(\d) [0-9a-f]{16}")
    with (
        wire(place, to_client=lambda said: named.sub(rb"\1 same", said)) as bent,
        place.inbox(bent.port) as inbox,
    ):
        items = list(inbox.waiting())
        assert [item.id for item in items] == ["same", "same 2", "same 3"]
        inbox.file(items[1], "processed")
        assert inbox.raw(items[2]) == message()
    assert len(waiting(place)) == 2


def test_a_wrong_password_is_said_without_telling_it(place: Pop3Place) -> None:
    told = refusal(Pop3Inbox(place.settings(password="guess")))
    assert "did not accept the user and the password" in told
    assert "guess" not in told


def test_a_mailbox_that_another_program_has_open_is_not_called_a_wrong_password(place: Pop3Place) -> None:
    with wire(place, to_client=lambda said: said.replace(b"+OK Logged in.", b"-ERR [IN-USE] locked")) as bent:
        told = refusal(place.inbox(bent.port))
    assert "another program may have it open" in told
    assert "locked" not in told


def test_a_token_opens_the_mailbox(place: Pop3Place) -> None:
    place.put(message())
    with Pop3Inbox(by_token(place.settings()), lambda: TOKEN) as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_token_that_fits_on_no_line_opens_the_mailbox(place: Pop3Place) -> None:
    long = "long." * 600
    place.server.desk.tokens[long] = place.settings().user
    with Pop3Inbox(by_token(place.settings()), lambda: long) as inbox:
        assert list(inbox.waiting()) == []


def test_a_token_that_is_refused_is_said_without_telling_it(place: Pop3Place) -> None:
    told = refusal(Pop3Inbox(by_token(place.settings()), lambda: "expired.token"))
    assert "did not accept the sign-in" in told
    assert "expired.token" not in told


def test_a_server_that_knows_no_tokens_is_said(tmp_path: Path) -> None:
    with Dovecot(mechanisms="plain") as server:
        settings = by_token(Pop3Place(server, tmp_path).settings())
        assert "lets nobody in by a token" in refusal(Pop3Inbox(settings, lambda: TOKEN))


def test_a_line_cut_while_logging_in_is_not_called_a_wrong_password(place: Pop3Place) -> None:
    for word in (b"USER", b"PASS"):
        with wire(place, to_server=lambda said, word=word: None if word in said else said) as cut:  # type: ignore[misc]
            assert "was lost" in refusal(place.inbox(cut.port))


def test_an_answer_that_is_no_pop3_is_refused_without_repeating_it(place: Pop3Place) -> None:
    place.put(message())
    with wire(place, to_client=lambda said: said.replace(b"\r\n1 ", b"\r\nJane Example ")) as bent:
        assert "Jane" not in refusal(place.inbox(bent.port))


def test_a_server_signed_by_a_stranger_is_refused(place: Pop3Place) -> None:
    with Dovecot(authority="Stranger") as stranger:
        assert "not signed by anybody this computer trusts" in refusal(place.inbox(stranger.pop3_port))


def test_a_server_without_tls_is_refused(place: Pop3Place) -> None:
    with Wire(place.server.pop3_port, None, to_client=lambda _: b"+OK plain text here\r\n") as plain:
        assert "does not speak TLS" in refusal(place.inbox(plain.port))


def test_a_server_that_is_not_there_is_said(place: Pop3Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "takes no connections" in refusal(place.inbox(port))


def test_a_server_that_does_not_answer_is_given_up(place: Pop3Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = place.settings(silent.getsockname()[1], timeout=0.3)
        assert "did not answer in time" in refusal(Pop3Inbox(settings))


def test_nothing_can_be_fetched_or_filed_outside_the_with_block(place: Pop3Place) -> None:
    place.put(message())
    [item] = waiting(place)
    inbox = place.inbox()
    with pytest.raises(MailboxError):
        inbox.raw(item)
    with pytest.raises(MailboxError):
        inbox.file(item, "processed")
