"""Whether a letter lies among the sent mail of an IMAP account, on a real Dovecot."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError
from marac.mailbox import open_outbox
from marac.mailbox.imap.sent import ImapSentItems
from marac.settings import SmtpSending
from tests.dovecot import TOKEN, Dovecot
from tests.mailbox_places import ImapPlace, by_token

OURS = "<7.a1b2@council.example>"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def place(server: Dovecot, tmp_path: Path) -> ImapPlace:
    place = ImapPlace(server, tmp_path)
    with server.client() as client:
        client.create_folder("Sent")
    return place


def keep(place: ImapPlace, message_id: str) -> None:
    """Put a letter among the sent mail."""
    content = f"From: marac@council.example\r\nMessage-ID: {message_id}\r\n\r\nThe letter is attached.\r\n"
    with place.server.client() as client:
        client.append("Sent", content.encode())


@pytest.mark.parametrize("header", [OURS, f"\r\n {OURS}"])
def test_a_letter_that_was_sent_is_found(place: ImapPlace, header: str) -> None:
    keep(place, "<6.a1b2@council.example>")
    keep(place, header)
    assert ImapSentItems(place.settings(), "Sent")(OURS)


def test_a_letter_that_was_not_sent_is_not_found(place: ImapPlace) -> None:
    assert not ImapSentItems(place.settings(), "Sent")(OURS)
    keep(place, "<6.a1b2@council.example>")
    assert not ImapSentItems(place.settings(), "Sent")(OURS)


def test_another_letter_whose_id_contains_this_one_is_not_taken_for_it(place: ImapPlace) -> None:
    keep(place, f"x{OURS}y")
    assert not ImapSentItems(place.settings(), "Sent")(OURS)


def test_looking_marks_nothing_as_read(place: ImapPlace) -> None:
    keep(place, OURS)
    ImapSentItems(place.settings(), "Sent")(OURS)
    with place.server.client() as client:
        client.select_folder("Sent", readonly=True)
        assert rb"\Seen" not in next(iter(client.get_flags(client.search()).values()))


def test_a_folder_that_is_not_there_is_said(place: ImapPlace) -> None:
    with pytest.raises(MailboxError, match="There is no folder Outgoing"):
        ImapSentItems(place.settings(), "Outgoing")(OURS)


def test_a_server_that_is_not_there_is_said(place: ImapPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(MailboxError, match="takes no connections"):
        ImapSentItems(place.settings(port), "Sent")(OURS)


def test_a_token_opens_it(place: ImapPlace) -> None:
    keep(place, OURS)
    assert ImapSentItems(by_token(place.settings()), "Sent", lambda: TOKEN)(OURS)


def test_an_smtp_outbox_looks_where_the_mailbox_keeps_what_was_sent(place: ImapPlace, tmp_path: Path) -> None:
    mailbox = place.settings().model_copy(update={"sent": "Sent"})
    sending = SmtpSending(kind="smtp", host="mail.council.example")
    outbox = open_outbox(sending, mailbox, tmp_path)
    assert outbox.was_sent(OURS) is None
    keep(place, OURS)
    assert outbox.was_sent(OURS) is True
    assert open_outbox(sending, place.settings(), tmp_path).was_sent(OURS) is None
