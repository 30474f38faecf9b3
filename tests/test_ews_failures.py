"""What Exchange, and what stands before it, does wrong: it breaks off, throttles, forgets and blocks; nothing is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exchangelib.errors import RateLimitError

from marac.errors import MailboxError
from marac.mailbox.ews.line import Patience
from tests.ews_messages import LARGE, with_attachments
from tests.ews_places import EwsPlace
from tests.ews_server import EwsServer
from tests.ews_server_faults import Reply, cut_short, cut_short_unnoticed, lost, refused, status, throttled
from tests.mailbox_contract import message, waiting


@pytest.fixture
def place(tmp_path: Path) -> Iterator[EwsPlace]:
    with EwsServer(rewords=True) as server:
        yield EwsPlace(server, tmp_path)


def refusal(place: EwsPlace, **changed: Any) -> str:
    """Why the mailbox cannot be opened."""
    with pytest.raises(MailboxError) as caught, place.inbox(**changed):
        pass
    assert "Jane" not in str(caught.value)
    return str(caught.value)


def failure(place: EwsPlace) -> str:
    """Why the one message that waits cannot be fetched."""
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError) as caught:
            inbox.raw(item)
    assert "Jane" not in str(caught.value)
    return str(caught.value)


def test_a_listing_that_broke_off_loses_no_change(place: EwsPlace) -> None:
    inbox = place.inbox()
    with inbox:
        assert list(inbox.waiting()) == []
        for number in range(600):
            place.put(message(str(number)))
        place.server.fault("SyncFolderItems", lambda reply: reply, done_first=True)
        place.server.fault("SyncFolderItems", lost, done_first=True)
        with pytest.raises(MailboxError):
            inbox.waiting()
        assert len(list(inbox.waiting())) == 600


@pytest.mark.parametrize("known", [True, False])
def test_a_state_that_the_server_forgot_means_a_whole_listing(place: EwsPlace, known: bool) -> None:
    gone = place.delivered(message("gone"))
    inbox = place.inbox()
    with inbox:
        assert len(list(inbox.waiting())) == 1
        if known:
            place.server.fault("SyncFolderItems", refused("SyncFolderItems", "ErrorInvalidSyncStateData"))
        else:
            place.server.store.epoch += 1
        place.server.store.remove(gone)
        there = place.delivered(message("there"))
        assert [item.id for item in inbox.waiting()] == [there]


def test_a_server_that_refuses_every_listing_is_told_and_not_asked_for_ever(place: EwsPlace) -> None:
    place.server.fault("SyncFolderItems", refused("SyncFolderItems", "ErrorInvalidSyncStateData"), times=9)
    with place.inbox() as inbox, pytest.raises(MailboxError):
        inbox.waiting()


def test_a_message_that_exchange_cannot_word_is_put_together(place: EwsPlace) -> None:
    place.put(with_attachments())
    place.server.fault("GetItem", refused("GetItem", "ErrorMimeContentConversionFailed"))
    with place.inbox() as inbox:
        assert inbox.raw(next(inbox.waiting())).startswith(b"X-MARAC-Reassembled: yes\r\n")


@pytest.mark.parametrize("cut", [cut_short, cut_short_unnoticed, lost])
def test_a_body_cut_short_gives_no_half_message(place: EwsPlace, cut: Callable[[Reply], Reply]) -> None:
    place.put(message("x" * 20_000))
    place.server.fault("GetItem", cut)
    assert "The connection to the Exchange server localhost" in failure(place)


@pytest.mark.parametrize("cut", [cut_short, cut_short_unnoticed, lost])
def test_an_attachment_cut_short_gives_no_half_message(place: EwsPlace, cut: Callable[[Reply], Reply]) -> None:
    place.delivered(with_attachments(), size=LARGE)
    place.server.fault("GetAttachment", lambda reply: reply, done_first=True)  # the message comes first
    place.server.fault("GetAttachment", cut)
    assert "The connection to the Exchange server localhost" in failure(place)


def test_after_an_attachment_cut_short_the_same_inbox_fetches_the_message(place: EwsPlace) -> None:
    place.delivered(with_attachments(), size=LARGE)
    place.server.fault("GetAttachment", cut_short, times=2)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError):
            inbox.raw(item)
        place.server.faults.clear()
        assert inbox.raw(item).startswith(b"X-MARAC-Reassembled: yes\r\n")


def test_a_reply_lost_after_a_move_files_once(place: EwsPlace) -> None:
    place.put(message())
    place.server.fault("MoveItem", lost, done_first=True)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        with pytest.raises(MailboxError, match="was lost"):
            inbox.file(item, "processed")
        inbox.file(item, "processed")
        assert list(inbox.waiting()) == []
    assert place.filed("processed") == [message()]


def test_a_busy_server_after_a_move_files_once(place: EwsPlace) -> None:
    place.put(message())
    place.server.fault("MoveItem", status(503), done_first=True)
    with place.inbox() as inbox:
        inbox.file(next(inbox.waiting()), "processed")
    assert place.filed("processed") == [message()]


def test_a_throttled_question_is_asked_again_after_the_time_that_the_server_names(place: EwsPlace) -> None:
    place.put(message())
    place.server.fault("SyncFolderItems", throttled(50), times=2)
    assert len(waiting(place)) == 1
    assert place.server.asked.count("SyncFolderItems") == 3


def test_a_server_that_wants_more_patience_than_there_is_is_left_alone(place: EwsPlace) -> None:
    place.server.fault("SyncFolderItems", throttled(61_000))
    with place.inbox() as inbox, pytest.raises(MailboxError, match="too busy at present"):
        inbox.waiting()
    assert place.server.asked.count("SyncFolderItems") == 1


def test_a_gateway_that_hiccups_while_reading_is_asked_again(place: EwsPlace) -> None:
    place.put(message())
    place.server.fault("GetItem", status(503))
    with place.inbox() as inbox:
        assert message() in inbox.raw(next(inbox.waiting()))


def test_a_tenant_that_blocks_ews_is_told_to_use_graph(place: EwsPlace) -> None:
    place.server.fault("GetFolder", status(403, "EWS is blocked for Jane Example", **{"X-MS-Diagnostics": "blocked"}))
    told = refusal(place)
    assert "EWS is blocked in this tenant" in told
    assert 'kind = "graph"' in told


def test_an_address_without_exchange_web_services_is_said(place: EwsPlace) -> None:
    place.server.fault("GetFolder", status(404))
    assert "no Exchange Web Services at that address" in refusal(place)
    place.server.fault("GetFolder", status(302, location="https://login.example/owa"))
    assert "no Exchange Web Services at that address" in refusal(place)


def test_an_answer_that_is_no_soap_is_refused_without_repeating_it(place: EwsPlace) -> None:
    place.server.fault("GetFolder", status(418, "Jane Example is a teapot"))
    assert "answered in a way that cannot be understood" in refusal(place)


def test_a_mailbox_that_is_opened_without_rights_is_said(place: EwsPlace) -> None:
    place.server.may_enter.clear()
    assert "Ask IT for full access" in refusal(place)


def test_a_mailbox_that_is_not_there_is_said(place: EwsPlace) -> None:
    assert "has no such mailbox" in refusal(place, mailbox="nobody@council.example")


def test_the_library_writes_nothing_into_a_log(place: EwsPlace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    place.put(message())
    place.server.fault("GetItem", cut_short_unnoticed)
    with place.inbox() as inbox:
        item = next(inbox.waiting())
        with pytest.raises(MailboxError):
            inbox.raw(item)
        inbox.raw(item)
    assert caplog.text == ""


def test_a_server_that_is_busy_again_and_again_is_left_alone_after_a_minute_in_all() -> None:
    patience = Patience()
    for _ in range(2):
        patience.back_off(25)
    with pytest.raises(RateLimitError):
        patience.back_off(25)
