import datetime as dt
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from marac.register.workbook.contents import Generation, RegisterContents, generation_id
from marac.register.workbook.place import WorkbookOutcome, workbook, written
from marac.register.workbook.sheet import Sheet
from tests.invented_register import contents, told
from tests.opened_workbook import values

NOW = dt.datetime(2026, 12, 1, 14, 30)
Write = Callable[..., WorkbookOutcome]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.xlsx"


@pytest.fixture
def write(path: Path) -> Write:
    """Writes the register as a store would: every generation is remembered."""
    ours: list[Generation] = []

    def remember(generation: Generation, _sheets: Sequence[Sheet]) -> None:
        ours.append(generation)

    def writing(register: RegisterContents, now: dt.datetime = NOW) -> WorkbookOutcome:
        return written(path, register, ours, now, remember)

    return writing


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_the_workbook_is_written_once_and_then_left_alone(path: Path, write: Write) -> None:
    first = write(contents())
    assert (first.state, first.path, first.message) == ("written", path, "")
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.stat()
    again = write(contents(), NOW + dt.timedelta(days=1))
    assert (again.state, again.generation) == ("unchanged", first.generation)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert names_in(path.parent) == ["register.xlsx"]


def test_a_deleted_workbook_is_written_again(path: Path, write: Write) -> None:
    write(contents())
    path.unlink()
    assert write(contents()).state == "written"


def test_a_generation_is_remembered_before_a_byte_is_written(path: Path) -> None:
    def killed(_generation: Generation, _sheets: Sequence[Sheet]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        written(path, contents(), [], NOW, killed)
    assert not path.exists()


def test_a_workbook_that_a_person_changed_is_kept_aside(path: Path, write: Write) -> None:
    write(contents())
    book = openpyxl.load_workbook(path)
    book["Cases"]["B2"] = "heard"
    book.save(path)
    edited = path.read_bytes()
    outcome = write(contents())
    aside = path.with_name("register (your changes, 2026-12-01 1430).xlsx")
    assert (outcome.state, outcome.kept_aside) == ("written", aside)
    assert aside.read_bytes() == edited
    assert aside.name in outcome.message
    assert path.read_bytes() == workbook(contents())
    assert write(contents()).state == "unchanged"


@pytest.mark.parametrize("found", [b"", b"PK\x03\x04 half a file", b"somebody's notes", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_register_of_ours_is_kept_aside(path: Path, write: Write, found: bytes) -> None:
    path.write_bytes(found)
    outcome = write(contents())
    assert outcome.kept_aside == path.with_name("register (found here, 2026-12-01 1430).xlsx")
    assert outcome.kept_aside.read_bytes() == found
    assert "not a register that marac wrote" in outcome.message
    assert path.read_bytes() == workbook(contents())


def test_an_older_copy_of_ours_is_no_change_of_a_persons(path: Path, write: Write) -> None:
    write(contents())
    older = path.read_bytes()
    write(told("newer"))
    path.write_bytes(older)
    outcome = write(told("newer"))
    assert (outcome.state, outcome.kept_aside) == ("written", None)


@pytest.mark.parametrize(
    ("lock", "content"),
    [
        (".~lock.register.xlsx#", b",J. Marsh,pc1,01.12.2026 09:12,file:///x;"),
        ("~$register.xlsx", b"\x08J. Marsh" + b" " * 46 + b"\x08\0J\0.\0 \0M\0a\0r\0s\0h\0"),
    ],
)
def test_a_workbook_that_somebody_has_open_stays_and_the_new_one_waits_beside_it(
    path: Path, write: Write, lock: str, content: bytes
) -> None:
    write(contents())
    before = path.read_bytes()
    path.with_name(lock).write_bytes(content)
    pending = path.with_name("register (pending 2026-12-01 1430).xlsx")
    outcome = write(told("newer"))
    assert (outcome.state, outcome.path) == ("pending", pending)
    assert outcome.message.startswith("J. Marsh has register.xlsx open")
    assert path.read_bytes() == before
    assert pending.read_bytes() == workbook(told("newer"))

    assert write(told("newer"), NOW + dt.timedelta(hours=1)).path == pending
    newest = write(told("newest"), NOW + dt.timedelta(hours=2))
    assert newest.path.name == "register (pending 2026-12-01 1630).xlsx"
    assert not pending.exists()

    path.with_name(lock).unlink()
    assert write(told("newest")).state == "written"
    assert names_in(path.parent) == ["register.xlsx"]


def test_a_lock_that_a_crash_left_behind_does_not_block_for_ever(path: Path, write: Write) -> None:
    write(contents())
    lock = path.with_name(".~lock.register.xlsx#")
    lock.write_bytes(b",,pc1,01.12.2026 09:12,file:///x;")
    two_days_ago = lock.stat().st_mtime - 2 * 24 * 60 * 60
    os.utime(lock, (two_days_ago, two_days_ago))
    assert write(told("newer")).state == "written"


def test_a_pending_copy_that_a_person_changed_is_never_removed(path: Path, write: Write) -> None:
    write(contents())
    lock = path.with_name("~$register.xlsx")
    lock.write_bytes(b"")
    pending = write(told("newer")).path
    pending.write_bytes(pending.read_bytes() + b"changed")
    lock.unlink()
    outcome = write(told("newer"))
    assert outcome.state == "written"
    assert pending.name in outcome.message
    assert names_in(path.parent) == [pending.name, "register.xlsx"]


def test_a_replacement_that_the_system_refuses_is_a_pending_copy_too(
    path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(contents())
    replace = Path.replace

    class HeldByExcelError(PermissionError):
        winerror = 32

    def held(self: Path, target: Path) -> Path:
        if target == path:
            raise HeldByExcelError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    outcome = write(told("newer"))
    assert outcome.state == "pending"
    assert outcome.message.startswith("Somebody has register.xlsx open")
    monkeypatch.undo()
    assert write(told("newer")).state == "written"
    assert names_in(path.parent) == ["register.xlsx"]


def test_libreoffice_opens_the_workbook_and_what_it_saves_is_still_known_as_a_changed_register(
    path: Path, write: Write, tmp_path: Path
) -> None:
    write(told("=1+1", "a story"))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    path.write_bytes((saved / "register.xlsx").read_bytes())
    book = openpyxl.load_workbook(path)
    assert values(book["Cases"])[0]["Reason for referral"] == "=1+1"
    assert book["_sync"]["B1"].value == generation_id(told("=1+1", "a story"))
    outcome = write(told("=1+1", "a story"))
    assert outcome.kept_aside == path.with_name("register (your changes, 2026-12-01 1430).xlsx")
