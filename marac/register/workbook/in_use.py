"""Whether somebody has the workbook open, by the small files that Excel and LibreOffice put beside it, and who."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from marac.errors import StoreError

_BELIEVED = 24 * 60 * 60
"""Seconds for which such a file counts. A program that crashed leaves it behind, and that must not block for ever."""

_READ = 1_000
"""Bytes of the file that are looked at."""


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """Somebody has the workbook open; `by` is the name that their program wrote down, where it did."""

    by: str | None = field(default=None, repr=False)


def open_elsewhere(path: Path) -> OpenElsewhere | None:
    """Who has the file open, as far as can be seen.

    On Linux and macOS an open file can be replaced, and the person's next save would overwrite ours; so the file beside it
    is believed for a day. Its age is taken against a file made in the same folder now, because a shared drive has a clock
    of its own.

    Raises:
        StoreError: the folder cannot be read or written.
    """
    locks = (
        (path.with_name(f".~lock.{path.name}#"), _named_by_libreoffice),
        (path.with_name(f"~${path.name}"), _named_by_excel),
    )
    try:
        now = _folder_clock(path.parent)
        for lock, name in locks:
            if lock.is_file() and now - lock.stat().st_mtime < _BELIEVED:
                return OpenElsewhere(name(lock))
    except OSError:
        raise StoreError(f"The folder {path.parent} cannot be read or written. Is the drive connected?") from None
    return None


def _folder_clock(folder: Path) -> float:
    with tempfile.TemporaryFile(dir=folder) as file:
        return os.fstat(file.fileno()).st_mtime


def _named_by_libreoffice(lock: Path) -> str | None:
    """The name in `,user,host,day and time,profile;`: the name set in LibreOffice first, the account's second."""
    fields = _beginning(lock).decode("utf-8", "replace").split(",")
    return next((each.strip() for each in fields[:2] if each.strip()), None)


def _named_by_excel(lock: Path) -> str | None:
    """The name in a file of Excel's: its length in the first byte, then the letters in Windows' own encoding."""
    beginning = _beginning(lock)
    if not beginning:
        return None
    return beginning[1 : 1 + beginning[0]].decode("cp1252", "replace").strip("\0 ") or None


def _beginning(lock: Path) -> bytes:
    try:
        with lock.open("rb") as file:
            return file.read(_READ)
    except OSError:  # Excel on Windows may keep it to itself; then nobody is named
        return b""
