"""Which files of a folder count as arrived: those that are whole, and none that is still being saved."""

import datetime as dt
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from marac.mailbox.arrivals import ABANDONED_SECONDS, EMPTY_SECONDS
from marac.mailbox.folder import FolderInbox
from marac.mailbox.protocol import Item
from tests.mailbox_contract import MONDAY, message
from tests.mailbox_places import FolderPlace


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path)


def word_form() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


def listed(inbox: FolderInbox) -> list[Item]:
    with inbox:
        return list(inbox.waiting())


def patient(place: FolderPlace, meanwhile: Callable[[], object] = lambda: None) -> tuple[FolderInbox, list[float]]:
    """An inbox that settles for two seconds, in which `meanwhile` happens, and the waits that it made."""
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        meanwhile()

    return FolderInbox(place.path, settling_seconds=2, pause=pause), waits


def test_an_old_file_is_taken_without_waiting(place: FolderPlace) -> None:
    place.put(message())
    later = time.time() + 60
    inbox = FolderInbox(place.path, now=lambda: later, pause=lambda _: pytest.fail("it waited"))
    assert len(listed(inbox)) == 1


def test_a_file_that_was_just_saved_is_taken_once_it_has_stayed_as_it_is(place: FolderPlace) -> None:
    place.put(message())
    inbox, waits = patient(place)
    assert len(listed(inbox)) == 1
    assert waits == [2]


def test_a_file_whose_date_was_set_back_by_copying_is_still_waited_for(place: FolderPlace) -> None:
    place.put(message(), MONDAY - dt.timedelta(days=900))
    inbox, waits = patient(place)
    listed(inbox)
    assert waits == [2]


def test_a_file_that_grows_meanwhile_is_found_by_the_next_listing(place: FolderPlace) -> None:
    place.put(message())
    [path] = place.path.iterdir()
    inbox, _ = patient(place, lambda: path.write_bytes(message("Longer.")))
    assert listed(inbox) == []
    assert len(listed(place.inbox())) == 1


def test_a_file_that_is_replaced_meanwhile_is_found_by_the_next_listing(place: FolderPlace, tmp_path: Path) -> None:
    place.put(message())
    [path] = place.path.iterdir()
    other = tmp_path / "other.eml"
    other.write_bytes(message())
    os.utime(other, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))
    inbox, _ = patient(place, lambda: other.exists() and other.replace(path))
    assert listed(inbox) == []
    assert len(listed(place.inbox())) == 1


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("form.docx", word_form()),
        ("form.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * 900 + b"%%EOF\n"),
        ("mail.eml", b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n\r\nx\r\n--b1--\r\n'),
    ],
)
def test_a_file_whose_end_is_missing_is_waited_for_five_times_as_long(
    place: FolderPlace, name: str, whole: bytes
) -> None:
    path = place.path / name
    path.write_bytes(whole[:-10])
    inbox, waits = patient(place, lambda: path.write_bytes(whole))
    assert listed(inbox) == []
    assert waits == [10]
    inbox, waits = patient(place)
    assert len(listed(inbox)) == 1
    assert waits == [2]


def test_a_file_whose_end_never_comes_is_taken_as_it_is(place: FolderPlace) -> None:
    (place.path / "form.docx").write_bytes(word_form()[:-10])
    inbox, _ = patient(place)
    assert len(listed(inbox)) == 1


def test_a_wait_that_is_cut_short_takes_only_what_needs_none(place: FolderPlace) -> None:
    place.put(message())
    assert listed(FolderInbox(place.path, pause=lambda _: True)) == []


def test_an_empty_file_is_shown_as_an_oddity_and_taken_in_after_a_minute(place: FolderPlace) -> None:
    (place.path / "form.docx").touch()
    inbox = FolderInbox(place.path, settling_seconds=0)
    assert listed(inbox) == []
    assert [(odd.name, "is empty" in odd.reason) for odd in inbox.oddities()] == [("form.docx", True)]
    later = time.time() + EMPTY_SECONDS + 1
    inbox = FolderInbox(place.path, now=lambda: later)
    assert [item.size for item in listed(inbox)] == [0]
    assert list(inbox.oddities()) == []


@pytest.mark.parametrize("name", ["~$form.docx", "form.docx.tmp", "form.PDF.part", "form.crdownload", ".form.docx.Ab3"])
def test_names_of_unfinished_files_are_not_taken_in(place: FolderPlace, name: str) -> None:
    (place.path / name).write_bytes(b"half")
    assert listed(place.inbox()) == []


def test_a_download_that_was_never_finished_is_shown(place: FolderPlace) -> None:
    (place.path / "form.pdf.crdownload").write_bytes(b"half")
    (place.path / "~$form.docx").write_bytes(b"owner")
    assert list(place.inbox().oddities()) == []
    later = time.time() + ABANDONED_SECONDS + 1
    odd = FolderInbox(place.path, now=lambda: later).oddities()
    assert [(one.name, "never finished" in one.reason) for one in odd] == [("form.pdf.crdownload", True)]


def test_links_and_folders_and_pipes_are_neither_followed_nor_passed_over(place: FolderPlace, tmp_path: Path) -> None:
    outside = tmp_path / "outside.eml"
    outside.write_bytes(message())
    (place.path / "link.eml").symlink_to(outside)
    (place.path / "referrals").mkdir()
    (place.path / "referrals" / "one.eml").write_bytes(message())
    os.mkfifo(place.path / "pipe.eml")
    assert listed(place.inbox()) == []
    reasons = {odd.name: odd.reason.split(".")[0] for odd in place.inbox().oddities()}
    assert reasons == {
        "link.eml": "A link in the inbox leads to another place, and is not followed",
        "referrals": "A folder in the inbox is not looked into",
        "pipe.eml": "Something in the inbox is neither a file nor a folder",
    }
    assert outside.exists()
