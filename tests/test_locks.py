"""Locked files: known by their bytes, opened with the password that fits, and with no other."""

import email
import io
import os
import zipfile
from typing import Literal

import olefile
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.document import Document
from marac.intake.opening.locked import archive as archive_locks
from marac.intake.opening.locked import locks
from marac.intake.opening.locked import office as office_locks
from marac.intake.opening.locked.locks import lock_of, unlocked, unlocked_for_everybody
from marac.intake.opening.message import Lock
from tests.locked_files import (
    PLAIN_RECORD,
    locked_office,
    locked_office_2007,
    locked_pdf,
    locked_text,
    locked_workbook,
    locked_zip,
    zip_locked_long_ago,
)
from tests.outlook_messages import file_of_streams, outlook_message
from tests.test_passwords import SIGNATURE
from tests.word_forms import word_form

PASSWORD = "Harbour-824!"


@pytest.fixture(scope="module")
def form() -> bytes:
    return word_form("MARAC referral", [["Victim", "Maya Sample"]]).content


def lock(content: bytes) -> Lock | None:
    """The lock, whatever the file is called."""
    return lock_of(Document("a photograph.png", "image/png", content))


@pytest.mark.parametrize("make", [locked_office, locked_office_2007])
def test_a_locked_word_file_opens_with_its_password_and_with_no_other(form: bytes, make: object) -> None:
    assert callable(make)
    locked = make(form, PASSWORD)
    assert lock(form) is None
    assert lock(locked) == "password"
    assert unlocked(locked, PASSWORD) == form
    assert unlocked(locked, PASSWORD[:-1]) is None
    assert unlocked(locked, "") is None
    assert unlocked_for_everybody(locked) is None


def test_a_write_protected_workbook_opens_for_everybody(form: bytes) -> None:
    assert unlocked_for_everybody(locked_office(form, "VelvetSweatshop")) == form


def test_an_old_workbook_opens_with_its_password_and_with_no_other() -> None:
    locked = locked_workbook(PASSWORD)
    assert lock(locked) == "password"
    assert PLAIN_RECORD not in locked
    opened = unlocked(locked, PASSWORD)
    assert opened is not None
    with olefile.OleFileIO(io.BytesIO(opened)) as streams:
        assert PLAIN_RECORD in streams.openstream("Workbook").read()
    assert lock(opened) is None
    assert unlocked(locked, "harbour-824!") is None


def test_an_old_word_file_that_is_locked_is_known_and_other_files_of_streams_are_not() -> None:
    assert lock(locked_text()) == "password"
    assert unlocked(locked_text(), PASSWORD) is None
    assert lock(file_of_streams({"WordDocument": b"\xec\xa5" + bytes(5000)})) is None
    assert lock(file_of_streams(outlook_message())) is None


def test_a_locked_file_that_was_changed_does_not_open(form: bytes) -> None:
    locked = locked_office(form, PASSWORD)
    at = locked.rindex(b"\0" * 16) // 2
    assert unlocked(locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :], PASSWORD) is None
    assert unlocked(locked[: len(locked) // 2], PASSWORD) is None


def test_a_file_that_has_the_password_hashed_for_hours_is_not_tried(form: bytes) -> None:
    locked = locked_office(form, PASSWORD).replace(b'spinCount="100000"', b'spinCount="900000"')
    assert b'spinCount="900000"' in locked
    assert lock(locked) == "password"
    assert unlocked(locked, PASSWORD) is None


def test_a_description_of_the_lock_that_defines_things_is_not_read() -> None:
    described = b"\x04\0\x04\0\x40\0\0\0<!DOCTYPE a [<!ENTITY b 'c'>]><encryption/>"
    hostile = file_of_streams({"EncryptionInfo": described, "EncryptedPackage": bytes(5000)})
    assert lock(hostile) == "password"
    assert unlocked(hostile, PASSWORD) is None
    assert not office_locks._is_plainly_described(hostile)


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_pdf_that_needs_a_password_opens_with_it_and_holds_all(revision: Literal[3, 4, 6]) -> None:
    locked = locked_pdf("Maya Sample", user="Harbour824", attachment=b"the form", revision=revision)
    assert lock(locked) == "password"
    opened = unlocked(locked, "Harbour824")
    assert opened is not None
    assert lock(opened) is None
    with pikepdf.open(io.BytesIO(opened)) as pdf:
        assert not pdf.is_encrypted
        assert b"Maya Sample" in pdf.pages[0].Contents.read_bytes()
        assert pdf.attachments["form.docx"].get_file().read_bytes() == b"the form"
    assert unlocked(locked, "Harbour825") is None


def test_a_pdf_that_only_forbids_things_is_not_locked() -> None:
    assert lock(locked_pdf("Maya Sample", user="")) is None


def test_a_password_that_is_not_plain_ascii_opens_what_it_locked(form: bytes) -> None:
    assert unlocked(locked_pdf("x", user="Gonçalves£9"), "Gonçalves£9") is not None
    assert unlocked(locked_office(form, "Gonçalves£9"), "Gonçalves£9") == form
    for encoding in ("utf-8", "cp1252"):
        assert unlocked(locked_zip({"a": b"x"}, "Gonçalves£9".encode(encoding)), "Gonçalves£9") is not None


@pytest.mark.parametrize("old", [False, True])
def test_a_locked_zip_comes_back_as_a_plain_one_with_the_same_files(form: bytes, old: bool) -> None:
    password = PASSWORD.encode()
    locked = zip_locked_long_ago("a/form.docx", form, password) if old else locked_zip({"a/form.docx": form}, password)
    assert lock(locked) == "password"
    opened = unlocked(locked, PASSWORD)
    assert opened is not None
    assert lock(opened) is None
    with zipfile.ZipFile(io.BytesIO(opened)) as archive:
        assert {info.filename: archive.read(info) for info in archive.infolist()} == {"a/form.docx": form}
    assert unlocked(locked, "Harbour-825!") is None


def test_one_locked_file_in_an_archive_locks_it_and_a_plain_one_does_not(form: bytes) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("form.docx", form)
    assert lock(plain.getvalue()) is None
    assert lock(locked_zip({"form.docx": form}, b"x1y2")) == "password"


def test_an_archive_that_holds_more_than_any_referral_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unlocked(locked_zip({f"{n}.txt": b"x" for n in range(51)}, b"x1y2"), "x1y2") is None
    monkeypatch.setattr(archive_locks, "_LARGEST", 1000)
    assert unlocked(locked_zip({"a.txt": bytes(1001)}, b"x1y2"), "x1y2") is None
    assert unlocked(locked_zip({"a.txt": bytes(1000)}, b"x1y2"), "x1y2") is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 /Encrypt",
        b"PK\x03\x04",
        b"7z\xbc\xaf\x27\x1c" + bytes(50),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99,
    ],
)
def test_what_is_no_whole_file_is_not_locked_and_opens_with_nothing(content: bytes) -> None:
    assert lock(content) is None
    assert unlocked(content, PASSWORD) is None


@given(st.binary(max_size=200), st.integers(0, 5000), st.sampled_from(["office", "zip", "openpgp", "cms"]))
def test_damaged_files_never_end_the_program(noise: bytes, at: int, kind: str) -> None:
    whole = {
        "office": _OFFICE,
        "zip": _ZIP,
        "openpgp": b"\x85\x01\x0c\x03" + bytes(400),
        "cms": bytes.fromhex("3080") + bytes(99),
    }
    content = whole[kind][:at] + noise + whole[kind][at + len(noise) :]
    assert lock(content) in {None, "password", "openpgp", "smime"}
    unlocked(content, "x1y2")


_OFFICE = file_of_streams({"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>", "EncryptedPackage": bytes(5000)})
_ZIP = locked_zip({"a.txt": os.urandom(300)}, b"x1y2")


def test_the_password_of_one_mail_opens_the_file_of_the_other(form: bytes) -> None:
    told = f"Password for the referral I just sent: {PASSWORD}\n\nThanks{SIGNATURE}"
    locked = locked_office(form, PASSWORD)
    opened = [unlocked(locked, candidate) for candidate in locks.passwords_in(told)]
    assert opened[0] == form


def test_a_message_is_not_taken_for_a_locked_file() -> None:
    message = email.message_from_string("Subject: password\n\nThe password is Harbour-824!")
    assert lock(message.as_bytes()) is None
