"""The IMAP mailbox against a real Dovecot, and over a line that is cut, bent and silenced."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError, SettingsError
from marac.mailbox.imap import ImapInbox
from marac.mailbox.protocol import Item
from tests.certificates import server_files
from tests.dovecot import Dovecot
from tests.mailbox_contract import OUTCOMES, message, waiting
from tests.mailbox_places import ImapPlace
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


def refusal(inbox: ImapInbox) -> str:
    """Why the mailbox cannot be opened."""
    with pytest.raises(MailboxError) as caught, inbox:
        pass
    return str(caught.value)


def flags(place: ImapPlace, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
    with place.server.client() as client:
        client.select_folder(folder, readonly=True)
        return list(client.get_flags(client.search()).values())


def test_nothing_is_marked_as_read_by_listing_fetching_and_filing(place: ImapPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        inbox.raw(item)
        assert rb"\Seen" not in flags(place)[0]
        inbox.file(item, "needs-a-person")
    assert rb"\Seen" not in flags(place, "Needs a person")[0]


def test_messages_that_somebody_has_read_or_marked_as_deleted_are_waiting_too(place: ImapPlace) -> None:
    place.put(message("read"))
    place.put(message("deleted"))
    with place.server.client() as client:
        client.select_folder("INBOX")
        client.add_flags([client.search()[0]], [rb"\Seen"])
        client.add_flags([client.search()[1]], [rb"\Deleted"])
    assert len(waiting(place)) == 2


def test_the_folders_of_the_outcomes_are_made_and_subscribed(place: ImapPlace) -> None:
    with place.inbox(), place.server.client() as client:
        assert {"Processed", "Needs a person"} <= {name for _, _, name in client.list_sub_folders()}


def test_a_folder_that_was_removed_meanwhile_is_made_again(place: ImapPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        with place.server.client() as client:
            client.delete_folder("Processed")
        inbox.file(next(inbox.waiting()), "processed")
    assert place.filed("processed") == [message()]


def test_folders_stand_where_the_server_keeps_a_users_own(tmp_path: Path) -> None:
    with Dovecot(prefix="INBOX.") as server:
        place = ImapPlace(server, tmp_path)
        place.put(message())
        with place.inbox() as inbox:
            inbox.file(next(inbox.waiting()), "processed")
        with place.inbox():
            assert place.lying_in("INBOX.Processed") == [message()]


def test_a_server_without_move_leaves_what_others_have_marked_as_deleted(tmp_path: Path) -> None:
    with Dovecot(capability="IMAP4rev1 UIDPLUS AUTH=PLAIN") as server:
        place = ImapPlace(server, tmp_path)
        place.put(message("theirs"))
        place.put(message("ours"))
        with server.client() as client:
            client.select_folder("INBOX")
            client.add_flags([client.search()[0]], [rb"\Deleted"])
        with place.inbox() as inbox:
            inbox.file(list(inbox.waiting())[1], "processed")
        assert place.lying_in("INBOX") == [message("theirs")]
        assert place.filed("processed") == [message("ours")]


def test_a_server_that_cannot_move_safely_is_refused_before_anything_is_taken_in(tmp_path: Path) -> None:
    with Dovecot(capability="IMAP4rev1 AUTH=PLAIN") as server:
        place = ImapPlace(server, tmp_path)
        assert "neither MOVE nor UIDPLUS" in refusal(place.inbox())


def test_after_the_server_has_numbered_anew_an_old_item_is_refused_and_the_message_listed_again(
    tmp_path: Path,
) -> None:
    # paperless-ngx 10080: a reused UID was "already processed", and the message was never read
    with Dovecot() as server:
        place = ImapPlace(server, tmp_path)
        place.put(message("first"))
        [old] = waiting(place)
        server.number_anew()
        with place.inbox() as inbox:
            [new] = inbox.waiting()
            assert new.id != old.id
            assert inbox.raw(new) == message("first")
            with pytest.raises(MailboxError, match="numbered the messages of INBOX anew"):
                inbox.raw(old)
            for outcome in OUTCOMES:
                with pytest.raises(MailboxError, match="numbered the messages of INBOX anew"):
                    inbox.file(old, outcome)
            assert list(inbox.waiting()) == [new]


def test_a_number_is_not_used_again_for_another_message(place: ImapPlace) -> None:
    place.put(message("first"))
    with place.inbox() as inbox:
        [first] = inbox.waiting()
        inbox.file(first, "processed")
    place.put(message("second"))
    with place.inbox() as inbox:
        with pytest.raises(MailboxError, match="could not be fetched"):
            inbox.raw(first)
        inbox.file(first, "needs-a-person")
        assert [inbox.raw(item) for item in inbox.waiting()] == [message("second")]


def test_a_wrong_password_is_said_without_telling_it(place: ImapPlace) -> None:
    told = refusal(ImapInbox(place.settings(password="guess")))
    assert "did not accept the user and the password" in told
    assert "guess" not in told


def test_a_password_that_is_not_there_is_a_mistake_in_the_settings(place: ImapPlace) -> None:
    settings = place.settings()
    assert settings.password.file is not None
    settings.password.file.unlink()
    with pytest.raises(SettingsError), ImapInbox(settings):
        pass


def test_a_folder_that_the_account_does_not_have_is_said(place: ImapPlace) -> None:
    settings = place.settings().model_copy(update={"folder": "Referrals"})
    assert "There is no folder Referrals" in refusal(ImapInbox(settings))


def test_a_server_signed_by_a_stranger_is_refused(place: ImapPlace) -> None:
    with Dovecot(authority="Stranger") as stranger:
        told = refusal(place.inbox(stranger.port))
    assert "not signed by anybody this computer trusts" in told
    assert "certificate_authority" in told


def test_without_an_authority_of_its_own_the_program_trusts_what_the_computer_trusts(place: ImapPlace) -> None:
    settings = place.settings().model_copy(update={"certificate_authority": None})
    assert "not signed by anybody this computer trusts" in refusal(ImapInbox(settings))


def test_the_certificate_of_another_server_is_refused(place: ImapPlace, tmp_path: Path) -> None:
    with Wire(place.server.port, server_files(tmp_path, "mail.else.example")) as other:
        assert "shows the certificate of another server" in refusal(place.inbox(other.port))


def test_an_authority_that_is_no_certificate_is_said(place: ImapPlace, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.pem", tmp_path / "password"):
        place.settings()
        settings = place.settings().model_copy(update={"certificate_authority": path})
        assert "cannot be read as a certificate" in refusal(ImapInbox(settings))


def test_a_server_that_is_not_there_is_said(place: ImapPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "takes no connections" in refusal(place.inbox(port))


def test_a_server_that_does_not_answer_is_given_up(place: ImapPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = place.settings(silent.getsockname()[1], timeout=0.3)
        assert "did not answer in time" in refusal(ImapInbox(settings))


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


def test_the_library_does_not_write_messages_into_a_log(place: ImapPlace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    place.put(message())
    with place.inbox() as inbox:
        inbox.raw(next(inbox.waiting()))
    assert "Referral" not in caplog.text
    assert "marac@council.example" not in caplog.text


def test_an_item_that_was_never_listed_does_not_exist(place: ImapPlace) -> None:
    with place.inbox() as inbox, pytest.raises(MailboxError):
        inbox.raw(Item("1.1"))
