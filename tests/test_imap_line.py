"""The IMAP mailbox over a line that is cut, bent and silenced, with a real Dovecot behind it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError
from tests.certificates import server_files
from tests.dovecot import Dovecot
from tests.mailbox_contract import message, waiting
from tests.mailbox_places import ImapPlace, refusal
from tests.wire import Bend, Wire


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def place(server: Dovecot, tmp_path: Path) -> ImapPlace:
    return ImapPlace(server, tmp_path)


def wire(place: ImapPlace, to_client: Bend = lambda said: said, to_server: Bend = lambda said: said) -> Wire:
    return Wire(place.server.port, place.server.files, to_client, to_server)


def test_the_certificate_of_another_server_is_refused(place: ImapPlace, tmp_path: Path) -> None:
    with Wire(place.server.port, server_files(tmp_path, "mail.else.example")) as other:
        assert "shows the certificate of another server" in refusal(place.inbox(other.port))


def test_a_server_without_tls_is_refused(place: ImapPlace) -> None:
    plain = Wire(place.server.port, None, to_client=lambda _: b"* OK plain text here\r\n")
    with plain:
        assert "does not speak TLS" in refusal(place.inbox(plain.port))


def test_a_line_cut_in_the_middle_of_a_message_gives_no_half_message(place: ImapPlace) -> None:
    place.put(message("x" * 20_000))
    cut = wire(place, to_client=lambda said: None if b"x" * 500 in said else said)
    with cut, place.inbox(cut.port) as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="The connection to the mail server localhost"):
            inbox.raw(item)
    with place.inbox() as inbox:
        assert inbox.raw(item) == message("x" * 20_000)


def test_a_message_shorter_than_announced_is_refused(place: ImapPlace) -> None:
    place.put(message())
    size = len(message())

    def lied(said: bytes) -> bytes:
        return re.sub(rb"RFC822\.SIZE %d" % size, b"RFC822.SIZE %d" % (size + 2000), said)

    with wire(place, to_client=lied) as bent, place.inbox(bent.port) as inbox:
        [item] = inbox.waiting()
        assert item.size == size + 2000
        with pytest.raises(MailboxError, match=f"{size + 2000} bytes were announced, {size} came"):
            inbox.raw(item)


def test_a_message_without_a_body_in_the_answer_is_refused(place: ImapPlace) -> None:
    place.put(message())
    with (
        wire(place, to_server=lambda said: said.replace(b"BODY.PEEK[]", b"FLAGS")) as bent,
        place.inbox(bent.port) as inbox,
    ):
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="could not be fetched"):
            inbox.raw(item)


def test_news_of_other_messages_before_the_answer_does_no_harm(place: ImapPlace) -> None:
    place.put(message())
    with (
        wire(
            place, to_client=lambda said: re.sub(rb"(?m)^\* 1 FETCH", b"* 7 FETCH (FLAGS ())\r\n* 1 FETCH", said)
        ) as bent,
        place.inbox(bent.port) as inbox,
    ):
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_line_cut_after_the_move_and_before_its_answer_moves_once(place: ImapPlace) -> None:
    place.put(message())
    cut = wire(place, to_client=lambda said: None if b"COPYUID" in said else said)
    with cut, place.inbox(cut.port) as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.file(item, "processed")
    with place.inbox() as inbox:
        assert list(inbox.waiting()) == []
        inbox.file(item, "processed")
    assert place.filed("processed") == [message()]


def test_a_message_that_is_gone_is_not_asked_to_move_again(place: ImapPlace) -> None:
    heard: list[bytes] = []

    def listen(said: bytes) -> bytes:
        heard.append(said)
        return said

    place.put(message())
    with wire(place, to_server=listen) as tapped, place.inbox(tapped.port) as inbox:
        [item] = inbox.waiting()
        inbox.file(item, "processed")
        inbox.file(item, "processed")
    assert b"".join(heard).count(b"UID MOVE") == 1


def test_a_line_cut_while_logging_in_is_not_called_a_wrong_password(place: ImapPlace) -> None:
    with wire(place, to_server=lambda said: None if b"AUTHENTICATE" in said else said) as cut:
        assert "was lost" in refusal(place.inbox(cut.port))


def test_an_answer_that_is_no_imap_is_refused_without_repeating_it(place: ImapPlace) -> None:
    place.put(message())
    with (
        wire(place, to_client=lambda said: re.sub(rb"\* 1 FETCH \(.*\)", b"* 1 FETCH (Jane Example", said)) as bent,
        place.inbox(bent.port) as inbox,
        pytest.raises(MailboxError) as caught,
    ):
        list(inbox.waiting())
    assert "Jane" not in str(caught.value)


def test_a_folder_that_may_only_be_read_is_refused(place: ImapPlace) -> None:
    with wire(place, to_client=lambda said: said.replace(b"[READ-WRITE]", b"[READ-ONLY]")) as bent:
        assert "not move messages out of it" in refusal(place.inbox(bent.port))


def test_a_server_that_does_not_number_its_messages_is_refused(place: ImapPlace) -> None:
    with wire(place, to_client=lambda said: re.sub(rb"\[UIDVALIDITY \d+\]", b"", said)) as bent:
        assert "does not number the messages" in refusal(place.inbox(bent.port))


def test_a_line_cut_in_the_middle_of_a_message_holds_up_no_other(place: ImapPlace) -> None:
    place.put(message("x" * 20_000))
    place.put(message("whole"))
    with (
        wire(place, to_client=lambda said: None if b"x" * 500 in said else said) as cut,
        place.inbox(cut.port) as inbox,
    ):
        half, whole = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.raw(half)
        assert inbox.raw(whole) == message("whole")
        inbox.file(whole, "processed")
    assert waiting(place) == [half]
    assert place.filed("processed") == [message("whole")]


def test_a_line_that_stays_cut_is_not_tried_for_every_message(place: ImapPlace) -> None:
    for number in range(3):
        place.put(message(str(number)))
    heard: list[bytes] = []
    cut = False

    def listen(said: bytes) -> bytes | None:
        heard.append(said)
        return None if cut else said

    with wire(place, to_server=listen) as tapped, place.inbox(tapped.port) as inbox:
        items = list(inbox.waiting())
        cut = True
        heard.clear()
        for item in items:
            with pytest.raises(MailboxError, match="was lost"):
                inbox.raw(item)
    assert len(heard) == 2  # what was asked over the old line, and over one new one


def test_a_message_of_four_gigabytes_is_refused_unread_and_holds_up_no_other(place: ImapPlace) -> None:
    place.put(message("large" * 100))
    place.put(message("small"))
    announced = re.compile(rb"BODY\[\] \{%d\}" % len(message("large" * 100)))
    with (
        wire(place, to_client=lambda said: announced.sub(b"BODY[] {4294967296}", said)) as bent,
        place.inbox(bent.port) as inbox,
    ):
        large, small = inbox.waiting()
        with pytest.raises(MailboxError, match="larger than 150 MB"):
            inbox.raw(large)
        assert inbox.raw(small) == message("small")
    assert waiting(place) == [large, small]


def test_a_message_that_is_listed_above_the_limit_is_not_asked_for(place: ImapPlace) -> None:
    place.put(message())
    heard: list[bytes] = []

    def listen(said: bytes) -> bytes:
        heard.append(said)
        return said

    lied = re.compile(rb"RFC822\.SIZE %d" % len(message()))
    with (
        wire(place, lambda said: lied.sub(b"RFC822.SIZE 150000001", said), listen) as bent,
        place.inbox(bent.port) as inbox,
    ):
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="It stays where it is"):
            inbox.raw(item)
    assert b"BODY.PEEK" not in b"".join(heard)


def test_news_of_the_same_message_before_the_answer_does_no_harm(place: ImapPlace) -> None:
    place.put(message())
    news = re.compile(rb"(?m)^\* 1 FETCH \((?=UID (\d+))")
    with (
        wire(
            place, to_client=lambda said: news.sub(rb"* 1 FETCH (UID \1 FLAGS (\\Seen))\r\n* 1 FETCH (", said)
        ) as bent,
        place.inbox(bent.port) as inbox,
    ):
        [item] = inbox.waiting()
        assert inbox.raw(item) == message()
