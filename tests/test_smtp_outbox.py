"""The SMTP outbox against a real server, and over a line that is cut, bent and silenced."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.smtp import SmtpOutbox, _spoke_too_early
from tests.mailbox_contract import letter
from tests.mailbox_places import SmtpPlace, by_token
from tests.smtp_server import TOKEN, SmtpServer
from tests.wire import Bend, Wire


@pytest.fixture
def place(tmp_path: Path) -> Iterator[SmtpPlace]:
    with SmtpServer("tls") as server:
        yield SmtpPlace(server, tmp_path)


@pytest.fixture
def starttls(tmp_path: Path) -> Iterator[SmtpPlace]:
    with SmtpServer("starttls") as server:
        yield SmtpPlace(server, tmp_path)


def wire(place: SmtpPlace, to_client: Bend = lambda said: said, to_server: Bend = lambda said: said) -> Wire:
    return Wire(place.server.port, place.server.files, to_client, to_server)


def refusal(outbox: SmtpOutbox) -> str:
    """Why the outbox cannot be opened."""
    with pytest.raises(MailboxError) as caught, outbox:
        pass
    return str(caught.value)


def failure(outbox: SmtpOutbox, lines: int = 10) -> MailboxError:
    """Why a letter of so many lines does not leave, or may not have left."""
    with outbox, pytest.raises(MailboxError) as caught:
        outbox.send(letter(text="Please see the attached file.\r\n" * lines))
    return caught.value


def test_the_envelope_names_one_sender_and_one_recipient(place: SmtpPlace) -> None:
    with place.outbox() as outbox:
        outbox.send(letter())
    [taken] = place.server.taken
    assert (taken.sender, taken.recipients) == ("marac@council.example", ("inbox@housing.example",))


@pytest.mark.parametrize(
    "recipient",
    [
        "marac@housing.example,other@else.example",
        "marac@housing.example other@else.example",
        "marac@housing.example>\r\nRCPT TO:<other@else.example",
        "<marac@housing.example>",
        "Housing <marac@housing.example>",
        '"marac@housing.example" <other@else.example>',
        "alice@housing.example)bob@else.example",
        "marac@hоusing.example",  # noqa: RUF001 - the o is Cyrillic
        "marac@housing.example\n",
        "housing.example",
        "",
    ],
)
def test_a_recipient_that_is_not_one_plain_address_gets_nothing(place: SmtpPlace, recipient: str) -> None:
    with place.outbox() as outbox:
        with pytest.raises(RefusedError, match="did not leave") as caught:
            outbox.send(replace(letter(), recipient=recipient))
        outbox.send(letter())
    assert len(place.server.taken) == 1
    assert "else" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "reply", "kind", "told"),
    [
        ("MAIL", "451 busy inbox@housing.example", MailboxError, "just now (451)"),
        ("MAIL", "530 log in first", MailboxError, "just now (530)"),
        ("MAIL", "550 no such sender", MailboxError, "just now (550)"),
        ("MAIL", "552 too large", RefusedError, "refuses the sender's address or the letter's size (552)"),
        ("RCPT", "451 later", MailboxError, "does not take the recipient's address just now (451)"),
        ("RCPT", "550 no such user inbox@housing.example", RefusedError, "refuses the recipient's address (550)"),
        ("RCPT", "251 forwarded to somebody else", RefusedError, "refuses the recipient's address (251)"),
        ("DATA", "452 disk full", MailboxError, "does not take the letter just now (452)"),
        ("DATA", "550 looks like spam", RefusedError, "refuses the letter (550)"),
    ],
)
def test_a_refusal_is_said_without_its_text_and_the_next_letter_leaves(
    place: SmtpPlace, command: str, reply: str, kind: type[MailboxError], told: str
) -> None:
    with place.outbox() as outbox:
        place.server.refusals[command] = reply
        with pytest.raises(MailboxError) as caught:
            outbox.send(letter())
        place.server.refusals.clear()
        outbox.send(letter(2))
    assert type(caught.value) is kind
    assert told in str(caught.value)
    assert "did not leave" in str(caught.value)
    assert "housing" not in str(caught.value)
    assert [taken.content for taken in place.server.taken] == [letter(2).content]


def test_a_line_cut_in_the_middle_of_a_letter_means_that_it_did_not_leave(place: SmtpPlace) -> None:
    cut = wire(place, to_server=lambda said: None if b"Please see" in said else said)
    with cut:
        error = failure(place.outbox(cut.port), lines=500_000)  # more than the operating system holds back on its own
    assert type(error) is MailboxError
    assert "did not leave" in str(error)
    assert place.left() == []


def test_a_server_that_speaks_or_hangs_up_before_the_end_of_a_letter_is_noticed() -> None:
    for early in (b"421 closing\r\n", b""):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            smtp = smtplib.SMTP()
            smtp.sock = ours
            assert not _spoke_too_early(smtp)
            theirs.sendall(early) if early else theirs.close()
            assert _spoke_too_early(smtp)


def test_a_line_cut_after_the_end_of_a_letter_means_that_nobody_knows(place: SmtpPlace) -> None:
    cut = wire(place, to_client=lambda said: None if b"250 taken" in said else said)
    with cut:
        error = failure(place.outbox(cut.port))
    assert type(error) is UnknownOutcomeError
    assert "<1.a1b2@council.example>" in str(error)
    assert len(place.left()) == 1


def test_a_server_that_falls_silent_after_the_end_of_a_letter_means_that_nobody_knows(place: SmtpPlace) -> None:
    silent = wire(place, to_client=lambda said: b"" if b"250 taken" in said else said)
    with silent:
        error = failure(SmtpOutbox(place.settings(silent.port, timeout=0.5)))
    assert type(error) is UnknownOutcomeError


def test_an_answer_after_the_end_of_a_letter_that_is_no_smtp_means_that_nobody_knows(place: SmtpPlace) -> None:
    with wire(place, to_client=lambda said: said.replace(b"250 taken", b"welcome")) as bent:
        error = failure(place.outbox(bent.port))
    assert type(error) is UnknownOutcomeError


def test_after_a_doubt_no_letter_leaves_over_the_same_connection(place: SmtpPlace) -> None:
    cut = wire(place, to_client=lambda said: None if b"250 taken" in said else said)
    with cut, place.outbox(cut.port) as outbox:
        with pytest.raises(UnknownOutcomeError):
            outbox.send(letter())
        with pytest.raises(MailboxError, match="There is no connection") as caught:
            outbox.send(letter(2))
    assert type(caught.value) is MailboxError
    assert len(place.left()) == 1


def test_a_letter_is_not_sent_outside_the_with_block(place: SmtpPlace) -> None:
    with pytest.raises(MailboxError, match="There is no connection"):
        place.outbox().send(letter())


def test_a_server_signed_by_a_stranger_is_refused(place: SmtpPlace) -> None:
    with SmtpServer("tls", authority="Stranger") as stranger:
        told = refusal(place.outbox(stranger.port))
    assert "not signed by anybody this computer trusts" in told


def test_a_stranger_is_refused_by_starttls_too(starttls: SmtpPlace) -> None:
    with SmtpServer("starttls", authority="Stranger") as stranger:
        told = refusal(starttls.outbox(stranger.port))
    assert "not signed by anybody this computer trusts" in told


def test_the_certificate_of_another_server_is_refused(place: SmtpPlace) -> None:
    with SmtpServer("tls", host="mail.else.example") as other:
        assert "shows the certificate of another server" in refusal(place.outbox(other.port))


def test_a_certificate_that_has_expired_is_refused(place: SmtpPlace) -> None:
    with SmtpServer("tls", valid_days=-1) as old:
        assert "has expired" in refusal(place.outbox(old.port))


def test_a_server_whose_starttls_was_stripped_on_the_way_is_refused(starttls: SmtpPlace) -> None:
    heard: list[bytes] = []

    def strip(said: bytes) -> bytes:
        return re.sub(rb"250-STARTTLS\r\n", b"", said)

    def listen(said: bytes) -> bytes:
        heard.append(said)
        return said

    with Wire(starttls.server.port, None, strip, listen) as stripped:
        assert "offers no TLS, or somebody on the way hides it" in refusal(starttls.outbox(stripped.port))
    assert b"AUTH" not in b"".join(heard)
    assert starttls.left() == []


def test_a_server_that_takes_starttls_back_is_refused(starttls: SmtpPlace) -> None:
    bent = Wire(starttls.server.port, None, lambda said: said.replace(b"220 Ready to start TLS", b"454 not now"))
    with bent:
        assert "was lost" in refusal(starttls.outbox(bent.port))


def test_a_server_that_speaks_plain_text_is_refused(place: SmtpPlace) -> None:
    with SmtpServer("none") as plain:
        assert "does not speak TLS" in refusal(place.outbox(plain.port))


def test_a_wrong_password_is_said_without_telling_it(place: SmtpPlace) -> None:
    settings = place.settings()
    assert settings.password is not None
    assert settings.password.file is not None
    settings.password.file.write_text("guess", encoding="utf-8")
    told = refusal(SmtpOutbox(settings))
    assert "did not accept the user and the password" in told
    assert "guess" not in told


def test_a_server_that_is_not_there_is_said(place: SmtpPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "takes no connections" in refusal(place.outbox(port))


@pytest.mark.parametrize("kind", ["tls", "starttls"])
def test_a_server_that_does_not_answer_is_given_up(place: SmtpPlace, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = place.settings(silent.getsockname()[1], timeout=0.3).model_copy(update={"security": kind})
        assert "localhost" in refusal(SmtpOutbox(settings))


def test_lines_that_end_in_a_bare_line_feed_cannot_end_the_letter_early(place: SmtpPlace) -> None:
    smuggled = b"Subject: x\n\none\n.\nMAIL FROM:<a@else.example>\n\r.\rtwo\n"
    with place.outbox() as outbox:
        outbox.send(replace(letter(), content=smuggled))
    assert place.left() == [b"Subject: x\r\n\r\none\r\n.\r\nMAIL FROM:<a@else.example>\r\n\r\n.\r\ntwo\r\n"]


def test_this_computers_name_is_not_told(place: SmtpPlace) -> None:
    heard: list[bytes] = []

    def listen(said: bytes) -> bytes:
        heard.append(said)
        return said

    with wire(place, to_server=listen) as tapped, place.outbox(tapped.port):
        pass
    greetings = [line for line in b"".join(heard).lower().split(b"\r\n") if line.startswith((b"ehlo", b"helo"))]
    assert set(greetings) == {b"ehlo [127.0.0.1]"}


def test_a_context_that_trusts_anybody_is_never_used() -> None:
    from marac.mailbox.connection import verified_tls

    tls = verified_tls(None)
    assert tls.verify_mode is ssl.CERT_REQUIRED
    assert tls.check_hostname
    assert tls.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_token_lets_letters_leave(place: SmtpPlace) -> None:
    with SmtpOutbox(by_token(place.settings()), lambda: TOKEN) as outbox:
        outbox.send(letter())
    assert place.left() == [letter().content]


def test_a_token_that_is_refused_is_said_without_telling_it(place: SmtpPlace) -> None:
    told = refusal(SmtpOutbox(by_token(place.settings()), lambda: "expired.token"))
    assert "did not accept the sign-in" in told
    assert "expired.token" not in told


def test_what_was_sent_is_known_where_somebody_keeps_it_and_never_denied(place: SmtpPlace) -> None:
    assert place.outbox().was_sent(letter().message_id) is None
    for kept, known in ((True, True), (False, None)):
        outbox = SmtpOutbox(place.settings(), sent_items=lambda _, kept=kept: kept)  # type: ignore[misc]
        assert outbox.was_sent(letter().message_id) is known
