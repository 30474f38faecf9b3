"""The inbox by Microsoft Graph, when Graph is busy, forgetful, hurried or gone."""

import datetime as dt
import json
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from marac.errors import MailboxError, SettingsError
from marac.mailbox.graph.inbox import GraphInbox
from marac.mailbox.protocol import Item
from tests.graph_places import GraphPlace
from tests.graph_server import TOKEN, GraphServer
from tests.graph_server_mailbox import ADDRESS, Attached, parsed
from tests.mailbox_contract import MONDAY, OUTCOMES, message, waiting
from tests.token_server import CLIENT, SECRET, TENANT, TokenServer

DELTA = "GET /mailFolders/f-inbox/messages/delta"
VALUE = r"GET /messages/[^$]*/\$value"


@pytest.fixture(scope="module")
def server() -> Iterator[GraphServer]:
    with GraphServer() as server:
        yield server


@pytest.fixture
def place(server: GraphServer, tmp_path: Path) -> GraphPlace:
    return GraphPlace(server, tmp_path)


def refusal(inbox: GraphInbox) -> str:
    """Why the mailbox cannot be opened."""
    with pytest.raises(MailboxError) as caught, inbox:
        pass
    told = str(caught.value)
    assert "must not be shown" not in told
    return told


def referral(size: int = 300) -> bytes:
    """A message with text, a form, a picture in the text, and a message in it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "idva@housing.example", ADDRESS, "Referral – urgent"
    made["Message-ID"] = "<1@housing.example>"
    made.set_content("Please find a referral attached.")
    made.add_attachment(bytes(range(256)) * (size // 256), "application", "octet-stream", filename="Überweisung.docx")
    made.add_attachment(b"a picture", "image", "png", filename="logo.png", cid="<logo@1>", disposition="inline")
    nested = EmailMessage()
    nested["Subject"] = "The message before"
    nested.set_content("As discussed.")
    made.add_attachment(nested)
    return made.as_bytes()


# --- listing ---------------------------------------------------------------------------------------------------------


def test_every_request_wishes_for_ids_that_stay(place: GraphPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        inbox.raw(item)
        inbox.file(item, "processed")
    assert all('IdType="ImmutableId"' in asked.headers["prefer"] for asked in place.server.asked)


def test_nothing_is_marked_as_read_by_listing_fetching_and_filing(place: GraphPlace) -> None:
    stored = place.delivered(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        inbox.raw(item)
        inbox.file(item, "needs-a-person")
    assert not stored.read
    assert not any(line.startswith("PATCH") for line in place.server.lines())


def test_a_listing_of_many_pages_is_whole(place: GraphPlace) -> None:
    place.server.page_size = 2
    for number in range(5):
        place.put(message(str(number)), MONDAY + dt.timedelta(minutes=number))
    assert len(waiting(place)) == 5
    assert place.server.lines()[DELTA] == 3


def test_after_the_first_listing_only_changes_are_asked_for(place: GraphPlace) -> None:
    for number in range(5):
        place.put(message(str(number)))
    inbox = place.inbox()
    with inbox:
        assert len(list(inbox.waiting())) == 5
    place.server.page_size = 1
    place.put(message("late"))
    with inbox:
        assert len(list(inbox.waiting())) == 6
    assert place.server.lines()[DELTA] == 2


def test_a_message_that_somebody_moved_away_or_deleted_leaves_the_list_and_one_moved_back_returns(
    place: GraphPlace,
) -> None:
    moved, deleted, _ = (place.delivered(message(str(number))) for number in range(3))
    inbox = place.inbox()
    with inbox:
        assert len(list(inbox.waiting())) == 3
    place.server.mailbox.move(moved, "f-drafts")
    place.server.mailbox.remove(deleted)
    with inbox:
        assert len(list(inbox.waiting())) == 1
    place.server.mailbox.move(moved, "f-inbox")
    with inbox:
        assert moved.id in {item.id for item in inbox.waiting()}


def test_when_graph_has_forgotten_what_it_told_the_listing_is_whole_again(place: GraphPlace) -> None:
    place.put(message("one"))
    inbox = place.inbox()
    with inbox:
        first = list(inbox.waiting())
        place.server.generation += 1
        late = place.delivered(message("two"), MONDAY + dt.timedelta(hours=1))
        assert [item.id for item in inbox.waiting()] == [first[0].id, late.id]


@pytest.mark.parametrize(
    ("status", "code"), [(400, "syncStateInvalid"), (404, "SyncStateNotFound"), (410, "resyncRequired"), (410, "Gone")]
)
def test_every_way_of_saying_so_is_understood(place: GraphPlace, status: int, code: str) -> None:
    place.put(message())
    with place.inbox() as inbox:
        list(inbox.waiting())
        place.server.fail(DELTA, status=status, code=code)
        assert len(list(inbox.waiting())) == 1


def test_a_mailbox_that_cannot_be_listed_at_all_is_said(place: GraphPlace) -> None:
    place.server.fail(DELTA, status=410, code="SyncStateNotFound", times=2)
    with place.inbox() as inbox, pytest.raises(MailboxError, match="cannot list the mailbox"):
        inbox.waiting()


def test_a_listing_that_broke_off_is_begun_again_where_it_began(place: GraphPlace) -> None:
    inbox = place.inbox()
    with inbox:
        assert list(inbox.waiting()) == []
    for number in range(3):
        place.put(message(str(number)))
    place.server.page_size = 1
    place.server.fail(DELTA, lost=True, skip=2)
    with inbox, pytest.raises(MailboxError, match="was lost"):
        inbox.waiting()
    with inbox:
        assert len(list(inbox.waiting())) == 3


def test_a_link_to_another_server_is_not_followed(place: GraphPlace) -> None:
    place.put(message())
    place.put(message())
    place.server.page_size = 1
    url, place.server.url = place.server.url, "https://graph.else.example/v1.0"
    try:
        with place.inbox(url=url) as inbox, pytest.raises(MailboxError, match="named another server"):
            inbox.waiting()
    finally:
        place.server.url = url


# --- fetching --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_cut_short_gives_no_half_message_and_the_next_attempt_has_it(place: GraphPlace, chunked: bool) -> None:
    place.server.chunked = chunked
    place.put(message("x" * 200_000))
    place.server.fail(VALUE, cut=120_000)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.raw(item)
        assert inbox.raw(item) == message("x" * 200_000)


def test_an_id_stays_when_the_message_is_moved_but_it_is_not_fetched_from_elsewhere(place: GraphPlace) -> None:
    stored = place.delivered(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        place.server.mailbox.move(stored, "f-drafts")
        with pytest.raises(MailboxError, match="no longer in the inbox"):
            inbox.raw(item)
        inbox.file(item, "processed")
        assert stored.folder == "f-drafts"
        place.server.mailbox.move(stored, "f-inbox")
        assert [again.id for again in inbox.waiting()] == [item.id]
        assert inbox.raw(item) == message()


def test_a_message_that_was_deleted_is_said_to_be_gone_and_filing_it_is_no_error(place: GraphPlace) -> None:
    stored = place.delivered(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        place.server.mailbox.remove(stored)
        with pytest.raises(MailboxError, match="no longer in the inbox"):
            inbox.raw(item)
        inbox.file(item, "processed")
    assert [place.filed(outcome) for outcome in OUTCOMES] == [[], []]


def put_together(place: GraphPlace) -> bytes:
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        first = inbox.raw(item)
        assert inbox.raw(item) == first
    assert first.startswith(b"X-MARAC-Reassembled: yes\r\n")
    return first


def assert_whole(content: bytes) -> None:
    whole = parsed(content)
    assert (whole["Subject"], whole["Message-ID"]) == ("Referral – urgent", "<1@housing.example>")
    body = whole.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Please find a referral attached."
    form, picture, nested = whole.iter_attachments()
    assert (form.get_filename(), form.get_payload(decode=True)) == ("Überweisung.docx", bytes(range(256)))
    assert picture.get_content_disposition() == "inline"
    assert picture["Content-ID"] == "<logo@1>"
    assert nested.get_content()["Subject"] == "The message before"


def test_a_message_above_25_megabytes_is_put_together_from_its_parts(place: GraphPlace) -> None:
    place.delivered(referral()).size = 26_000_000
    assert_whole(put_together(place))
    assert place.server.lines()["GET /messages/ID/$value"] == 0


@pytest.mark.parametrize(("status", "code"), [(413, "no words"), (400, "ErrorMessageSizeExceeded")])
def test_a_message_that_is_refused_in_one_piece_for_its_size_is_put_together(
    place: GraphPlace, status: int, code: str
) -> None:
    place.server.tells_size = False
    place.put(referral())
    place.server.fail(VALUE.replace("[^$]*", "[^/$]*/[^/$]*"), status=status, code=code, times=2)
    assert_whole(put_together(place))


def test_mail_of_which_exchange_kept_no_headers_still_tells_who_wrote_it(place: GraphPlace) -> None:
    stored = place.delivered(b"\r\nNo headers")
    stored.size, stored.message_id = 26_000_000, "<2@council.example>"
    stored.fields = {
        "from": {"emailAddress": {"name": "Zoë, IDVA", "address": "idva@council.example"}},
        "subject": "Referral – urgent",
    }
    whole = parsed(put_together(place))
    assert whole["From"].addresses[0].display_name == "Zoë, IDVA"
    assert (whole["From"].addresses[0].addr_spec, whole["Subject"]) == ("idva@council.example", "Referral – urgent")
    assert whole["Message-ID"] == "<2@council.example>"


def test_an_attachment_cut_short_gives_no_half_message(place: GraphPlace) -> None:
    place.delivered(referral()).size = 26_000_000
    place.server.fail(r"GET .*/attachments/.*/\$value", cut=100)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.raw(item)


def test_a_link_to_a_file_elsewhere_leaves_a_word_in_its_place(place: GraphPlace) -> None:
    stored = place.delivered(referral())
    stored.size = 26_000_000
    stored.files = [Attached("1", "Referral.docx", "", b"", "referenceAttachment")]
    [link] = parsed(put_together(place)).iter_attachments()
    assert "Open the message in Outlook" in link.get_content()


# --- filing ----------------------------------------------------------------------------------------------------------


def test_a_folder_that_was_removed_meanwhile_is_made_again(place: GraphPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        mailbox = place.server.mailbox
        del mailbox.folders[mailbox.folder_named("Processed") or ""]
        inbox.file(next(inbox.waiting()), "processed")
    assert place.filed("processed") == [message()]


def test_a_folder_with_a_quotation_mark_and_one_below_another_are_found(place: GraphPlace) -> None:
    inbox = place.inbox(processed="MARAC's own", needs_a_person="Inbox/For a person")
    place.put(message())
    place.put(message())
    with inbox:
        for item, outcome in zip(inbox.waiting(), OUTCOMES, strict=True):
            inbox.file(item, outcome)
    mailbox = place.server.mailbox
    assert place.lying_in("MARAC's own") == [message()]
    assert len(mailbox.lying_in(mailbox.folder_named("For a person", "f-inbox") or "")) == 1


def test_a_folder_that_the_mailbox_does_not_have_is_said(place: GraphPlace) -> None:
    assert "There is no folder Referrals" in refusal(place.inbox(folder="Referrals"))


def test_a_line_cut_after_the_move_and_before_its_answer_moves_once(place: GraphPlace) -> None:
    place.put(message())
    place.server.fail("POST .*/move", lost=True)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.file(item, "processed")
        inbox.file(item, "needs-a-person")
    assert [place.filed(outcome) for outcome in OUTCOMES] == [[message()], []]


def test_a_move_that_was_answered_with_503_after_it_was_made_is_made_once(place: GraphPlace) -> None:
    place.put(message())
    place.server.fail("POST .*/move", status=503, after=True)
    with place.inbox() as inbox:
        inbox.file(next(inbox.waiting()), "processed")
    assert place.filed("processed") == [message()]


# --- patience and permission -----------------------------------------------------------------------------------------


def test_a_busy_graph_is_asked_again_after_as_long_as_it_says(place: GraphPlace) -> None:
    place.put(message())
    place.server.fail(DELTA, status=429, code="TooManyRequests", headers={"Retry-After": "7"})
    place.server.fail(VALUE, status=503, code="ServiceUnavailable", headers={"Retry-After": "11"})
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        assert inbox.raw(item) == message()
    assert place.paused == [7, 11]


def test_a_graph_that_is_busy_for_too_long_is_left_for_the_next_run(place: GraphPlace) -> None:
    place.server.fail(DELTA, status=429, headers={"Retry-After": "600"})
    with place.inbox() as inbox, pytest.raises(MailboxError, match="too busy just now"):
        inbox.waiting()
    assert place.paused == []


def test_a_graph_that_stays_busy_is_not_asked_for_ever(place: GraphPlace) -> None:
    for headers in (
        {},
        {"Retry-After": "0"},
        {"Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT"},
        {"Retry-After": "soon"},
    ):
        place.server.fail(DELTA, status=503, headers=headers, times=100)
        with place.inbox() as inbox, pytest.raises(MailboxError, match="too busy just now"):
            inbox.waiting()
        assert sum(place.paused) <= 60
        place.server.faults.clear()
        place.paused.clear()


def test_a_watch_that_is_told_to_stop_does_not_wait_for_a_busy_graph(place: GraphPlace) -> None:
    settings = place.settings()
    place.server.fail(DELTA, status=503, times=100)
    with (
        GraphInbox(settings, place.tokens(settings), pause=lambda _: True) as inbox,
        pytest.raises(MailboxError, match="told to stop"),
    ):
        inbox.waiting()


def test_an_expired_token_is_replaced_once_without_anybody_noticing(place: GraphPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        place.server.tokens = {"a later one"}
        place.give_token("a later one")
        assert inbox.raw(item) == message()


def test_a_token_that_was_ended_early_is_replaced_by_the_sign_in_service(place: GraphPlace, tmp_path: Path) -> None:
    place.put(message())
    place.server.tokens = {"token-2"}
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    with TokenServer() as service:
        settings = place.settings(
            oauth={"client_id": CLIENT, "tenant": TENANT, "authority": service.url, "secret": {"file": secret}},
            certificate_authority=service.files.authority,
        )
        with GraphInbox(settings, place.tokens(settings)) as inbox:
            assert inbox.raw(next(inbox.waiting())) == message()
    assert service.given == ["token-1", "token-2"]


def test_a_token_that_stays_refused_is_said(place: GraphPlace) -> None:
    place.give_token("expired")
    told = refusal(place.inbox())
    assert "does not accept the access token, nor a new one" in told
    assert "expired" not in told.replace("has expired", "")
    assert len(place.server.asked) == 2


def test_a_mailbox_that_the_app_may_not_open_is_said_with_what_it_needs(place: GraphPlace) -> None:
    place.server.fail("GET /mailFolders/inbox", status=403, code="ErrorAccessDenied")
    told = refusal(place.inbox())
    assert "ErrorAccessDenied" in told
    assert "admin consent to Mail.ReadWrite and Mail.Send" in told
    assert "RBAC for Applications" in told


def test_a_mailbox_that_is_not_there_is_said(place: GraphPlace) -> None:
    assert "knows no mailbox other@council.example" in refusal(place.inbox(mailbox="other@council.example"))


def test_a_missing_token_is_a_mistake_in_the_settings(place: GraphPlace) -> None:
    place.token_file.unlink()
    with pytest.raises(SettingsError), place.inbox():
        pass


def test_a_server_signed_by_a_stranger_is_refused(place: GraphPlace) -> None:
    with GraphServer("Stranger") as stranger:
        told = refusal(place.inbox(url=stranger.url))
        assert stranger.asked == []
    assert "not signed by anybody this computer trusts" in told


def test_without_an_authority_of_its_own_the_program_trusts_what_the_computer_trusts(place: GraphPlace) -> None:
    assert "not signed by anybody this computer trusts" in refusal(place.inbox(certificate_authority=None))


def test_a_server_that_is_not_there_is_said(place: GraphPlace) -> None:
    with GraphServer() as gone:
        url = gone.url
    assert "takes no connections" in refusal(place.inbox(url=url))


def test_a_server_that_does_not_answer_is_given_up(place: GraphPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://localhost:{silent.getsockname()[1]}/v1.0"
        assert "did not answer in time" in refusal(place.inbox(url=url, timeout_seconds=0.3))


def test_the_token_is_sent_in_a_header_and_never_in_an_address(place: GraphPlace) -> None:
    place.put(message())
    waiting(place)
    assert all(asked.headers["authorization"] == f"Bearer {TOKEN}" for asked in place.server.asked)
    assert not any(TOKEN in asked.line for asked in place.server.asked)


def test_nothing_of_the_mailbox_is_logged(place: GraphPlace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    place.put(message())
    with place.inbox() as inbox:
        inbox.raw(next(inbox.waiting()))
    assert caplog.text == ""


@pytest.mark.parametrize("told", [24_000_000, 30_000_000])
def test_a_large_message_costs_at_most_three_times_its_size_in_memory(
    place: GraphPlace, told: int, tmp_path: Path
) -> None:
    place.delivered(referral(6_000_000)).size = told
    code = f"""
import json, sys, tracemalloc
from pathlib import Path
from marac.mailbox.graph.inbox import GraphInbox
from marac.mailbox.tokens import Tokens
from marac.settings import GraphMailbox
settings = GraphMailbox.model_validate(json.loads(sys.argv[1]))
with GraphInbox(settings, Tokens(settings.oauth, Path({str(tmp_path)!r}), "graph")) as inbox:
    [item] = inbox.waiting()
    tracemalloc.start()
    raw = inbox.raw(item)
    print(tracemalloc.get_traced_memory()[1], len(raw), raw.startswith(b"X-MARAC-Reassembled"))
"""
    settings = json.dumps(place.table())
    done = subprocess.run([sys.executable, "-c", code, settings], capture_output=True, text=True, check=True)
    peak, length, reassembled = done.stdout.split()
    assert int(peak) <= 3 * int(length)
    assert reassembled == str(told > 25_000_000)


def test_the_name_tells_mailbox_and_folder_and_no_secret(place: GraphPlace) -> None:
    assert place.inbox().name == f"graph {ADDRESS}/INBOX"
    assert urlsplit(place.server.url).netloc not in place.inbox().name


def test_an_item_of_another_mailbox_is_refused_in_words(place: GraphPlace) -> None:
    with place.inbox() as inbox:
        with pytest.raises(MailboxError, match="no longer in the inbox"):
            inbox.raw(Item("AAkALg/of another=="))
        inbox.file(Item("AAkALg/of another=="), "processed")
