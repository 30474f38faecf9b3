"""The IMAP mailbox on a real Dovecot."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.errors import MailboxError, SettingsError
from marac.mailbox.imap.inbox import ImapInbox
from marac.mailbox.protocol import Item
from tests.dovecot import TOKEN, Dovecot
from tests.mailbox_contract import OUTCOMES, cost_of_fetching, message, waiting
from tests.mailbox_places import ImapPlace, by_token, refusal


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def place(server: Dovecot, tmp_path: Path) -> ImapPlace:
    return ImapPlace(server, tmp_path)


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
    assert settings.password is not None
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


def test_a_message_costs_less_than_three_times_its_size_in_memory(place: ImapPlace) -> None:
    assert cost_of_fetching(place) < 3


def test_a_number_that_a_bad_server_uses_again_gives_what_is_there_now(tmp_path: Path) -> None:
    with Dovecot() as server:
        place = ImapPlace(server, tmp_path)
        place.put(message("first"))
        [old] = waiting(place)
        with server.client() as client:
            client.select_folder("INBOX")
            client.delete_messages(client.search())
            client.expunge()
        server.number_anew(validity=int(old.id.partition(".")[0]))
        place.put(message("second"))
        with place.inbox() as inbox:
            [new] = inbox.waiting()
            assert new.id == old.id
            assert inbox.raw(new) == message("second")


def test_a_folder_that_is_removed_while_it_is_open_is_said_and_lists_nothing_as_empty(place: ImapPlace) -> None:
    with place.server.client() as client:
        client.create_folder("Referrals")
        client.append("Referrals", message())
    settings = place.settings().model_copy(update={"folder": "Referrals"})
    with ImapInbox(settings) as inbox:
        [item] = inbox.waiting()
        with place.server.client() as client:
            client.delete_folder("Referrals")
        with pytest.raises(MailboxError):
            list(inbox.waiting())
        with pytest.raises(MailboxError):
            inbox.raw(item)
    assert "There is no folder Referrals" in refusal(ImapInbox(settings))


def test_a_token_opens_the_mailbox(place: ImapPlace) -> None:
    place.put(message())
    with ImapInbox(by_token(place.settings()), lambda: TOKEN) as inbox:
        assert [inbox.raw(item) for item in inbox.waiting()] == [message()]


def test_a_token_opens_a_mailbox_that_knows_the_standard_way_alone(tmp_path: Path) -> None:
    with Dovecot(mechanisms="plain oauthbearer") as server:
        settings = by_token(ImapPlace(server, tmp_path).settings())
        with ImapInbox(settings, lambda: TOKEN) as inbox:
            assert list(inbox.waiting()) == []
        assert "did not accept the sign-in" in refusal(ImapInbox(settings, lambda: "expired.token"))


def test_a_token_that_is_refused_is_said_without_telling_it(place: ImapPlace) -> None:
    told = refusal(ImapInbox(by_token(place.settings()), lambda: "expired.token"))
    assert "did not accept the sign-in" in told
    assert "expired.token" not in told


def test_a_server_that_knows_no_tokens_is_said(tmp_path: Path) -> None:
    with Dovecot(mechanisms="plain") as server:
        settings = by_token(ImapPlace(server, tmp_path).settings())
        assert "lets nobody in by a token" in refusal(ImapInbox(settings, lambda: TOKEN))


def test_a_token_is_asked_for_at_each_connection(place: ImapPlace) -> None:
    given = iter([TOKEN, "expired.token", TOKEN])
    inbox = ImapInbox(by_token(place.settings()), lambda: next(given))
    with inbox:
        pass
    refusal(inbox)
    with inbox:
        assert list(inbox.waiting()) == []


def test_nothing_can_be_fetched_or_filed_outside_the_with_block(place: ImapPlace) -> None:
    place.put(message())
    [item] = waiting(place)
    inbox = place.inbox()
    with pytest.raises(MailboxError):
        inbox.raw(item)
    with pytest.raises(MailboxError):
        inbox.file(item, "processed")
