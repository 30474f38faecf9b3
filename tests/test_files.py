import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marac.errors import StoreError
from marac.files import (
    FileInUseError,
    free_name,
    moved_aside,
    private_folder,
    remove,
    remove_leftovers,
    sha256_of,
    write_whole,
)

WRITES_FOR_EVER = """
import sys
from pathlib import Path
from marac.files import write_whole
path = Path(sys.argv[1])
while True:
    write_whole(path, b"a" * 3_000_000)
    write_whole(path, b"b" * 3_000_000)
"""


class HeldByExcelError(PermissionError):
    winerror = 32


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_file_is_written_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names_in(tmp_path) == ["form.docx"]


def test_a_program_killed_while_writing_leaves_an_old_file_or_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with subprocess.Popen([sys.executable, "-c", WRITES_FOR_EVER, str(path)]) as writer:
        while not path.exists():
            time.sleep(0.01)
        time.sleep(0.2)
        writer.send_signal(signal.SIGKILL)
    assert path.read_bytes() in {b"a" * 3_000_000, b"b" * 3_000_000}
    remove_leftovers(tmp_path)
    assert names_in(tmp_path) == ["register.xlsx"]


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "bytes")
        fsync(descriptor)

    def renamed(self: Path, target: Path) -> Path:
        order.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    write_whole(tmp_path / "a.eml", b"a message")
    assert order == ["bytes", "name", "folder"]


def test_a_full_disk_is_said_in_words_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Jane Invented.docx"
    write_whole(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="is full") as refusal:
        write_whole(path, b"new")
    assert "Jane" not in str(refusal.value)
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == [path.name]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "read-only"), (errno.EACCES, "may not read or write"), (errno.EIO, "connected and working")],
)
def test_what_the_file_system_refuses_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refused(*_arguments: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(StoreError, match=words):
        write_whole(tmp_path / "a.docx", b"new")


@pytest.mark.parametrize("error", [HeldByExcelError("held"), OSError(errno.EBUSY, "busy")])
def test_a_file_that_another_program_holds_is_told_from_other_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    path = tmp_path / "register.xlsx"
    write_whole(path, b"old")

    def held(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileInUseError):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == [path.name]


def test_a_folder_in_the_place_of_a_file_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").mkdir()
    with pytest.raises(StoreError):
        write_whole(tmp_path / "register.xlsx", b"new")
    with pytest.raises(StoreError):
        sha256_of(tmp_path / "register.xlsx")
    assert names_in(tmp_path) == ["register.xlsx"]


def test_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        write_whole(tmp_path / "gone" / "a.docx", b"new")


def test_the_identity_of_a_file_is_the_sha256_of_its_bytes(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_of(tmp_path / "b") is None


def test_a_file_moved_aside_never_takes_the_place_of_another(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        write_whole(tmp_path / "register.xlsx", content)
        moved_aside(tmp_path / "register.xlsx", "kept")
    assert (tmp_path / "kept.xlsx").read_bytes() == b"first"
    assert (tmp_path / "kept (2).xlsx").read_bytes() == b"second"


def test_a_name_is_free_only_where_nothing_has_it_not_even_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path, "a", ".txt") == tmp_path / "a (2).txt"
    assert free_name(tmp_path, "b", ".txt") == tmp_path / "b.txt"


def test_what_is_not_there_can_be_removed(tmp_path: Path) -> None:
    remove(tmp_path / "gone")
    write_whole(tmp_path / "there", b"")
    remove(tmp_path / "there")
    assert names_in(tmp_path) == []


def test_leftovers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "form.part", b"a form of that name")
    (tmp_path / ".marac-x1.part").write_bytes(b"half")
    assert remove_leftovers(tmp_path) == 1
    assert names_in(tmp_path) == ["form.part"]


def test_a_private_folder_is_made_with_its_parents_and_closed_to_others(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "store" / "raw")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    assert private_folder(folder).stat().st_mode & 0o777 == 0o700


def test_a_private_folder_is_never_a_link_and_never_a_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="a link to another place"):
        private_folder(tmp_path / "link")
    with pytest.raises(StoreError, match="it is a file"):
        private_folder(tmp_path / "file")
