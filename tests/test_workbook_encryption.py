import datetime as dt
import io
from pathlib import Path

import msoffcrypto
import pytest
from python_calamine import CalamineWorkbook

from marac.errors import StoreError
from marac.register.workbook.contents import Generation
from marac.register.workbook.encryption import decrypted, encrypted, is_encrypted
from marac.register.workbook.place import workbook, written
from tests.invented_register import contents

NOW = dt.datetime(2026, 11, 20, 9)
PASSWORD = "Larch rise, 14 gärten"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return workbook(contents())


@pytest.fixture(scope="module")
def locked(plain: bytes) -> bytes:
    return encrypted(plain, PASSWORD)


def test_a_locked_workbook_opens_with_its_password_and_with_no_other(plain: bytes, locked: bytes) -> None:
    assert decrypted(locked, PASSWORD) == plain
    assert decrypted(locked, PASSWORD.upper()) is None
    assert decrypted(locked, "") is None


def test_the_lock_is_the_one_that_office_itself_uses(locked: bytes) -> None:
    file = msoffcrypto.OfficeFile(io.BytesIO(locked))
    file.load_key(password=PASSWORD, verify_password=True)
    assert (file.type, file.info["passwordHashAlgorithm"], file.info["passwordKeyBits"]) == ("agile", "SHA512", 256)
    opened = io.BytesIO()
    file.decrypt(opened, verify_integrity=True)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(opened.getvalue())).sheet_names
    assert sheets[:2] == ["Needs attention", "Cases"]


def test_nothing_of_the_register_can_be_read_in_a_locked_workbook(plain: bytes, locked: bytes) -> None:
    assert is_encrypted(locked)
    assert not is_encrypted(plain)
    assert b"xl/worksheets" not in locked
    assert plain[:1000] not in locked


def test_a_locked_workbook_that_was_damaged_does_not_open(locked: bytes) -> None:
    middle = len(locked) // 2
    assert decrypted(locked[:middle] + b"\0\0\0\0" + locked[middle + 4 :], PASSWORD) is None
    assert decrypted(locked[:5000], PASSWORD) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a note"])
def test_what_is_no_locked_workbook_does_not_open(content: bytes) -> None:
    assert decrypted(content, PASSWORD) is None


def test_an_unlocked_workbook_is_no_locked_one(plain: bytes) -> None:
    assert decrypted(plain, PASSWORD) is None


def test_what_cannot_be_locked_is_not_handed_out_unlocked() -> None:
    with pytest.raises(StoreError, match="could not be locked"):
        encrypted(b"no workbook", PASSWORD)


def test_a_password_that_was_set_changed_or_taken_away_holds_from_the_next_pass_on(tmp_path: Path) -> None:
    place, ours = tmp_path / "register.xlsx", list[Generation]()

    def states(*passwords: str | None) -> list[str]:
        return [
            written(place, contents(), ours, NOW, lambda new, _: ours.append(new), {}, password).state
            for password in passwords
        ]

    assert states(None, PASSWORD, PASSWORD) == ["written", "written", "unchanged"]
    assert decrypted(place.read_bytes(), PASSWORD) is not None
    assert states("another", "another") == ["written", "unchanged"]
    assert decrypted(place.read_bytes(), PASSWORD) is None
    assert states(None, None) == ["written", "unchanged"]
    assert not is_encrypted(place.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["register.xlsx"]
