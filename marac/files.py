"""Files on disk: written whole or not at all, known by their bytes, and private to whoever runs the program."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marac.errors import StoreError

_PART = ".marac-", ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_HELD = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
_HELD_ON_WINDOWS = {5, 32, 33}  # access denied, sharing violation, lock violation


class FileInUseError(StoreError):
    """A file is open in another program, or marked as read-only. Close it there, then run this again."""


def write_whole(path: Path, content: bytes) -> None:
    """Make `content` all that the file holds: after a crash it is the old file or the new one, never a part of one.

    The bytes are on the disk when this returns. The file can be read by its owner only.

    Raises:
        FileInUseError: the file is there and may not be replaced, because another program has it open.
        StoreError: the disk is full, the folder is read-only, or something else keeps the file from being written.
    """
    with _in_words(path.parent):
        part = _written_beside(path, content)
        try:
            _put_in_place(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def moved_aside(path: Path, stem: str) -> Path:
    """The file's new place: beside its old one, as `stem` with the same suffix, or `stem (2)` where that is taken.

    Raises:
        FileInUseError: another program has the file open.
        StoreError: the file cannot be moved.
    """
    target = free_name(path.parent, stem, path.suffix)
    with _in_words(path.parent):
        _put_in_place(path, target)
        sync_folder(path.parent)
    return target


def remove(path: Path) -> None:
    """Remove a file; one that is not there stays so.

    Raises:
        FileInUseError: another program has it open.
        StoreError: it cannot be removed.
    """
    with _in_words(path.parent):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _refusal(error, path.parent) from None


def remove_leftovers(folder: Path) -> int:
    """Remove what a killed run left half-written in a folder; how many there were.

    To be called only while nobody else writes there.

    Raises:
        StoreError: the folder cannot be read, or a leftover cannot be removed.
    """
    prefix, suffix = _PART
    with _in_words(folder):
        leftovers = [entry for entry in folder.glob(f"{prefix}*{suffix}") if entry.is_file()]
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
    return len(leftovers)


def sha256_of(path: Path) -> str | None:
    """The identity of a file's bytes, 64 hexadecimal digits; None where there is no file.

    Raises:
        StoreError: there is one and it cannot be read.
    """
    with _in_words(path.parent):
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None


def private_folder(path: Path) -> Path:
    """The same folder, made where it is missing, and closed to everybody but its owner (0700; Windows has no such bits).

    Raises:
        StoreError: it is a link to somewhere else, or a file, or cannot be made private.
    """
    if path.is_symlink():
        raise StoreError(f"{path} is a link to another place. Personal data is kept in plain folders only.")
    with _in_words(path):
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise StoreError(f"{path} should be a folder, but it is a file. Move the file elsewhere.")
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(0o700)
    return path


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A path in the folder that nothing has: `stem.suffix`, or else `stem (2).suffix`, and so on."""
    path, number = folder / f"{stem}{suffix}", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem} ({number}){suffix}"
    return path


def sync_folder(folder: Path) -> None:
    """Put the new name on the disk too, where the system can: Windows and some network shares cannot."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written_beside(path: Path, content: bytes) -> Path:
    prefix, suffix = _PART
    descriptor, name = tempfile.mkstemp(suffix, prefix, path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put_in_place(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        raise _refusal(error, target.parent) from None


def _refusal(error: OSError, folder: Path) -> OSError | FileInUseError:
    """What a refusal to replace, move or remove means: if the folder can be written, the file itself is held."""
    held = getattr(error, "winerror", None) in _HELD_ON_WINDOWS or error.errno in _HELD
    return FileInUseError() if held and os.access(folder, os.W_OK) else error


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    """Say in words what the file system refuses, by the folder's name: a file's name may be a person's."""
    try:
        yield
    except OSError as error:
        raise StoreError(_reason(error).format(folder=folder)) from None


def _reason(error: OSError) -> str:
    if error.errno in _FULL:
        return "The disk that holds {folder} is full. Make room on it, then run this again."
    if error.errno == errno.EROFS:
        return "{folder} is on a disk that is read-only. Make it writable, or name another folder in config.toml."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "This user may not read or write in {folder}. Ask IT for access, or name another folder in config.toml."
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return "The folder {folder} is not there. Is the drive connected?"
    return "{folder} cannot be read or written. Is the drive connected and working? Then run this again."
