"""An Exchange mailbox that words messages anew, tells only what changed, and gives moved messages new ids."""

import datetime as dt
import email
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from marac.errors import MailboxError
from marac.mailbox.protocol import Item
from tests.ews_messages import LARGE, with_attachments
from tests.ews_places import EwsPlace
from tests.ews_server import EwsServer
from tests.mailbox_contract import OUTCOMES, message, waiting


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


def test_exchange_words_a_message_anew_at_each_fetch_and_the_inbox_says_so(place: EwsPlace) -> None:
    place.put(with_attachments())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        assert not inbox.verbatim
        first, second = inbox.raw(item), inbox.raw(item)
        assert first != second
        assert list(inbox.waiting()) == [item]


def test_the_first_listing_is_whole_and_later_ones_ask_for_changes_only(place: EwsPlace) -> None:
    first = place.delivered(message("1"))
    inbox = place.inbox()
    with inbox:
        assert [item.id for item in inbox.waiting()] == [first]
    place.server.store.remove(first)
    second = place.delivered(message("2"))
    with inbox:
        assert [item.id for item in inbox.waiting()] == [second]
    states = [b"SyncState>" in asked for asked in place.server.heard if b"SyncFolderItems>" in asked]
    assert states == [False, True]


def test_a_long_listing_comes_in_pages(place: EwsPlace) -> None:
    for number in range(1203):
        place.put(message(str(number)))
    assert len(waiting(place)) == 1203
    assert place.server.asked.count("SyncFolderItems") == 3


@pytest.mark.parametrize("fraction", ["", ".1", ".1234567", ".123456789"])
def test_times_with_many_digits_are_understood(place: EwsPlace, fraction: str) -> None:
    place.delivered(message(), f"2026-03-02T09:30:00{fraction}Z")
    [item] = waiting(place)
    assert item.received is not None
    assert item.received.replace(microsecond=0) == dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def test_a_message_without_a_time_of_receipt_is_waiting_too(place: EwsPlace) -> None:
    place.delivered(message(), "")
    assert [item.received for item in waiting(place)] == [None]


def test_a_large_message_is_put_together_from_its_pieces(place: EwsPlace) -> None:
    place.delivered(with_attachments(), size=LARGE)
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        raw = inbox.raw(item)
        assert raw == inbox.raw(item)
    assert raw.startswith(b"X-MARAC-Reassembled: yes\r\n")
    read = email.message_from_bytes(raw, policy=default)
    body, word, inner, link = read.iter_parts()
    assert (read["Subject"], read["Message-ID"]) == ("Überweisung", "<1@housing.example>")
    assert read["Authentication-Results"].startswith("mx.council.example; dmarc=pass")
    assert read["From"].addresses[0].display_name == "IDVA Örtlich"
    assert body.get_content_type() == "text/html"
    assert body.get_content().strip() == "<p>Straße, £10</p>"
    parts = {part.get_filename(): part for part in (word, inner, link)}
    assert parts["Über weisung.doc"].get_content() == bytes(range(256)) * 300
    assert [
        part.get_content()["Subject"] for part in parts.values() if part.get_content_type() == "message/rfc822"
    ] == ["Inner"]
    assert "kept elsewhere" in parts["link that was attached 1.txt"].get_content()


def test_an_item_that_is_gone_is_no_error_to_file_and_cannot_be_fetched(place: EwsPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        place.server.store.move(item.id, place.server.store.well_known("sentitems").id)
        for outcome in OUTCOMES:
            inbox.file(item, outcome)
            assert place.filed(outcome) == []
        with pytest.raises(MailboxError, match="no longer where it was listed"):
            inbox.raw(item)


def test_an_item_that_was_never_listed_does_not_exist(place: EwsPlace) -> None:
    with place.inbox() as inbox, pytest.raises(MailboxError):
        inbox.raw(Item("AAMkx"))


def test_the_folders_of_the_outcomes_are_made_once_beside_the_inbox(place: EwsPlace) -> None:
    inbox = place.inbox()
    for _ in range(2):
        with inbox:
            pass
    with place.inbox():
        pass
    store = place.server.store
    made = [folder for folder in store.folders.values() if not folder.well_known]
    assert [folder.name for folder in made] == ["Processed", "Needs a person"]
    assert {folder.parent for folder in made} == {store.well_known("msgfolderroot").id}
    assert place.server.asked.count("CreateFolder") == 2


def test_a_folder_that_was_removed_meanwhile_is_made_again(place: EwsPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        place.server.store.remove_folder("Processed")
        inbox.file(next(inbox.waiting()), "processed")
    assert place.filed("processed") == [message()]


def test_folders_may_be_named_by_their_path(place: EwsPlace) -> None:
    store = place.server.store
    referrals = store.add_folder("Referrals", store.well_known("inbox").id)
    store.put(message(), "2026-03-02T09:30:00Z", referrals.id)
    inbox = place.inbox(folder="INBOX/Referrals", processed="MARAC/Done")
    assert inbox.name == "ews marac@council.example/INBOX/Referrals"
    with inbox:
        inbox.file(next(inbox.waiting()), "processed")
    assert store.lying_in("Done") == [message()]


def test_a_folder_that_the_mailbox_does_not_have_is_said(place: EwsPlace) -> None:
    assert "There is no folder Referrals in the mailbox" in refusal(place, folder="Referrals")


def test_nothing_is_marked_as_read(place: EwsPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        item = next(inbox.waiting())
        inbox.raw(item)
        inbox.file(item, "processed")
    assert "UpdateItem" not in place.server.asked
