"""The folder mailbox and the folder outbox: what is read, what is moved, and that nothing is overwritten."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.errors import MailboxError
from marac.mailbox.folder import FolderInbox, FolderOutbox
from marac.mailbox.protocol import Item, Outcome
from tests.mailbox_contract import OUTCOMES, letter, message
from tests.mailbox_places import FolderPlace, MaildirPlace


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


def test_a_bare_form_comes_as_it_is_under_its_own_name(place: FolderPlace) -> None:
    (place.path / "DASH form.DOCX").write_bytes(word_form())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        assert item.file_name == "DASH form.DOCX"
        assert inbox.raw(item) == word_form()


def test_a_saved_message_has_no_file_name(place: FolderPlace) -> None:
    (place.path / "RE referral.EML").write_bytes(message())
    assert [item.file_name for item in listed(place.inbox())] == [None]


def test_neither_an_item_nor_its_id_tells_the_name_of_the_file(place: FolderPlace) -> None:
    (place.path / "Jane Example.docx").write_bytes(word_form())
    [item] = listed(place.inbox())
    assert "Jane" not in repr(item)
    assert "Jane" not in item.id


def test_a_file_that_became_a_link_after_the_listing_is_not_followed(place: FolderPlace, tmp_path: Path) -> None:
    place.put(message())
    [path] = place.path.iterdir()
    [item] = listed(place.inbox())
    (tmp_path / "outside.eml").write_bytes(message())
    path.unlink()
    path.symlink_to(tmp_path / "outside.eml")
    with place.inbox() as inbox, pytest.raises(MailboxError, match="moved or changed"):
        inbox.raw(item)


def test_filing_never_overwrites(place: FolderPlace) -> None:
    for number in range(3):
        (place.path / "form.docx").write_bytes(b"%d" % number)
        with place.inbox() as inbox:
            inbox.file(next(inbox.waiting()), "processed")
    processed = place.path.with_name("processed")
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == {
        "form.docx": b"0",
        "form (2).docx": b"1",
        "form (3).docx": b"2",
    }


def test_a_message_saved_over_one_that_was_taken_in_is_not_filed_in_its_place(place: FolderPlace) -> None:
    place.put(message("first"))
    [path] = place.path.iterdir()
    with place.inbox() as inbox:
        [first] = inbox.waiting()
        path.write_bytes(message("second"))
        inbox.file(first, "processed")
        assert [inbox.raw(item) for item in inbox.waiting()] == [message("second")]


NAMES = ("form.docx", "form (2).docx", "FORM.docx", "form", "a.b.eml", "Ünïcode \udcff.pdf", "-n.xlsx")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from(NAMES)), st.sampled_from(OUTCOMES)), max_size=5))
def test_filing_loses_nothing_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, mornings: list[tuple[set[str], Outcome]]
) -> None:
    place = FolderPlace(tmp_path_factory.mktemp("filing"))
    saved = []
    for number, (names, outcome) in enumerate(mornings):
        for name in names:
            saved.append(f"{number} {name}".encode(errors="surrogateescape"))
            (place.path / name).write_bytes(saved[-1])
        with place.inbox() as inbox:
            for item in inbox.waiting():
                inbox.file(item, outcome)
    assert list(place.path.iterdir()) == []
    kept = [path.read_bytes() for path in place.path.parent.rglob("*") if path.is_file()]
    assert sorted(kept) == sorted(saved)


def test_a_folder_that_is_not_there_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="The inbox folder is not there"), FolderInbox(tmp_path / "inbox"):
        pass


def test_a_folder_that_vanishes_is_not_an_empty_one(place: FolderPlace) -> None:
    with place.inbox() as inbox:
        place.path.rmdir()
        with pytest.raises(MailboxError, match="The inbox folder is not there"):
            inbox.waiting()
        with pytest.raises(MailboxError, match="The inbox folder is not there"):
            inbox.oddities()


def test_an_inbox_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_bytes(message())
    with pytest.raises(MailboxError, match="The inbox folder is not there"), FolderInbox(tmp_path / "inbox"):
        pass


def test_an_outcome_that_is_a_file_is_said_before_anything_is_taken_in(place: FolderPlace) -> None:
    place.path.with_name("processed").write_bytes(b"")
    with pytest.raises(MailboxError, match="a folder beside it"), place.inbox():
        pass


def test_an_outcome_on_another_drive_is_refused_before_anything_is_taken_in(place: FolderPlace) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        assert Path(elsewhere).stat().st_dev != place.path.stat().st_dev
        place.path.with_name("processed").symlink_to(elsewhere)
        with pytest.raises(MailboxError, match="on different drives"), place.inbox():
            pass


def test_a_file_that_cannot_be_moved_is_still_waiting(place: FolderPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        place.path.with_name("processed").rmdir()
        with pytest.raises(MailboxError, match="No message was lost"):
            inbox.file(item, "processed")
        assert list(inbox.waiting()) == [item]


def test_a_thousand_messages_are_listed_read_and_filed(place: FolderPlace) -> None:
    for number in range(1000):
        (place.path / f"{number}.eml").write_bytes(b"%d" % number)
    with place.inbox() as inbox:
        for item in inbox.waiting():
            inbox.raw(item)
            inbox.file(item, "processed")
    assert len(place.filed("processed")) == 1000


def test_a_maildir_message_keeps_its_id_when_a_mail_program_marks_it_as_read(tmp_path: Path) -> None:
    place = MaildirPlace(tmp_path)
    place.put(message())
    with place.inbox() as inbox:
        [item] = inbox.waiting()
        [path] = (place.path / "new").iterdir()
        path.rename(place.path / "cur" / f"{path.name}:2,S")
        assert inbox.raw(item) == message()
        assert list(inbox.waiting()) == [item]
        inbox.file(item, "processed")
    [filed] = place.path.with_name("processed").iterdir()
    assert filed.name == "1772443800.M1P7.mail.council.example.eml"


def test_a_message_still_being_delivered_into_a_maildir_is_not_waiting(tmp_path: Path) -> None:
    place = MaildirPlace(tmp_path)
    (place.path / "tmp" / "1772443800.M9P7.mail").write_bytes(b"From: hal")
    assert listed(place.inbox()) == []


def test_a_form_put_beside_the_messages_of_a_maildir_is_shown(tmp_path: Path) -> None:
    place = MaildirPlace(tmp_path)
    (place.path / "form.docx").write_bytes(word_form())
    (place.path / "cur" / "folder").mkdir()
    (place.path / "dovecot-uidlist").write_bytes(b"")
    assert [odd.name for odd in place.inbox().oddities()] == ["form.docx", "folder"]


def test_a_letter_in_the_folder_is_named_for_nobody_and_closed_to_others(tmp_path: Path) -> None:
    with FolderOutbox(tmp_path / "sent") as outbox:
        outbox.send(letter())
    [path] = (tmp_path / "sent").iterdir()
    assert path.suffix == ".eml"
    assert "housing" not in path.name
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_letter_that_cannot_be_written_did_not_leave(tmp_path: Path) -> None:
    with FolderOutbox(tmp_path / "sent") as outbox:
        (tmp_path / "sent").rmdir()
        with pytest.raises(MailboxError, match="did not leave"):
            outbox.send(letter())
        assert not outbox.was_sent(letter().message_id)


def test_a_folder_for_letters_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(b"")
    with pytest.raises(MailboxError, match="cannot be made"), FolderOutbox(tmp_path / "sent"):
        pass
