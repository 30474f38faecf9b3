"""Which files of a folder have arrived whole, which are still being saved, and which are never taken in."""

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from marac.mailbox.protocol import Oddity

UNFINISHED = ("*.tmp", "*.part", "*.partial", "*.crdownload", "*.download", ".*")
"""Names that programs give to files they are still writing."""

OF_NO_CONTENT = ("~$*", ".~lock.*", "._*", ".ds_store", ".directory", ".gitkeep", "thumbs.db", "desktop.ini")
"""Names that office programs and desktops leave beside files; no referral is ever in one."""

ABANDONED_SECONDS = 15 * 60.0
"""From this age on a half-written file is nobody's any more, and a person must hear of it."""

EMPTY_SECONDS = 60.0
"""A file of no bytes is about to be written, until it has been left alone for so long."""

CUT_OFF_FACTOR = 5.0
"""How many times longer a file is waited for whose end is plainly missing: slow copies come in pieces."""

_HEAD_BYTES = 65_536
_TAIL_BYTES = 66_000  # the end record of a ZIP file lies in its last 65,557 bytes
_ZIP_END_BYTES = 22  # and after them a comment, whose length stands in the last two
_PDF_TAIL_BYTES = 2_048  # a PDF made for the web has an earlier end mark near its start
_BOUNDARY = re.compile(rb'boundary="?([^";\s]{1,70})', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is a message or a form, as one look at the folder found it.

    `id` is the same while the file stays as it is, is another for a later file of the same name, and tells no name.
    `touched` is in seconds since 1970: the later of the two times that a file system keeps, because programs that copy
    files set the first one back. `file_name` is None for a message.
    """

    path: Path = field(repr=False)
    id: str
    size: int
    modified_ns: int
    touched: float
    file_name: str | None = field(default=None, repr=False)
    filed_as: str = field(default="", repr=False)


class LooseFiles:
    """A folder of saved messages (`.eml`) and of bare form files, which somebody may be saving right now."""

    def __init__(
        self,
        folder: Path,
        settling_seconds: float,
        now: Callable[[], float] = time.time,
        pause: Callable[[float], bool | None] = time.sleep,
    ) -> None:
        """A folder, and how long a file in it must have been left alone.

        Args:
            folder: where the files are.
            settling_seconds: for so long a file must not have changed.
            now: the clock, in seconds since 1970.
            pause: waits for so many seconds. Where it says True it was cut short (as `threading.Event.wait` does), and
                no young file is believed.
        """
        self._folder = folder
        self._settling_seconds = settling_seconds
        self._now = now
        self._pause = pause

    def present(self) -> Iterator[Arrival]:
        """Every file that could be a message or a form, whole or not.

        Raises:
            OSError: the folder cannot be listed.
        """
        for path, status in entries(self._folder):
            if (arrival := _arrival(path, status)) is not None:
                yield arrival

    def at(self, path: Path) -> Arrival | None:
        """What lies at a path now."""
        try:
            return _arrival(path, path.lstat())
        except FileNotFoundError:
            return None

    def settled(self) -> list[Arrival]:
        """The files that have been left alone for a while, waiting so long for the young ones and no longer.

        A file that the clock calls old is taken as it is. A young one must look the same before and after the wait;
        that holds on a network drive too, whose clock may be wrong.

        Raises:
            OSError: the folder cannot be listed.
        """
        found = [arrival for arrival in self.present() if not self._may_be_on_its_way(arrival.size, arrival.touched)]
        patience = {arrival.id: self._patience(arrival) for arrival in found}
        whole = [arrival for arrival in found if patience[arrival.id] == 0]
        waited = 0.0
        for wait in sorted(set(patience.values()) - {0.0}):
            if self._pause(wait - waited):
                break
            waited = wait
            whole += [arrival for arrival in self.present() if patience.get(arrival.id) == wait]
        return whole

    def oddities(self) -> list[Oddity]:
        """Links, folders and abandoned downloads, none of which is taken in; and empty files, which come a little later.

        Raises:
            OSError: the folder cannot be listed.
        """
        found = ((path, self._oddity(path, status)) for path, status in entries(self._folder))
        return [Oddity(path.name, reason) for path, reason in found if reason]

    def _oddity(self, path: Path, status: os.stat_result) -> str | None:
        if _named(path, OF_NO_CONTENT):
            return None
        if not stat.S_ISREG(status.st_mode):
            return _no_file(path, status.st_mode)
        if _named(path, UNFINISHED):
            abandoned = self._now() - _touched(status) > ABANDONED_SECONDS
            return (
                "A file in the inbox was never finished being saved. Save or download it again." if abandoned else None
            )
        if self._may_be_on_its_way(status.st_size, _touched(status)):
            return "A file in the inbox is empty, and may still be on its way. It is taken in a minute after it came."
        return None

    def _patience(self, arrival: Arrival) -> float:
        """How long to wait before the file is believed: 0 for an old one, and else one of two times."""
        age, longest = self._now() - arrival.touched, self._settling_seconds * CUT_OFF_FACTOR
        if age >= longest:
            return 0.0
        needed = longest if _end_is_missing(arrival.path) else self._settling_seconds
        return 0.0 if age >= needed else needed

    def _may_be_on_its_way(self, size: int, touched: float) -> bool:
        return size == 0 and self._now() - touched <= EMPTY_SECONDS


def entries(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """What lies in a folder, by name, each with its status; a link's own, not its target's.

    Raises:
        OSError: the folder cannot be listed.
    """
    for path in sorted(folder.iterdir()):
        try:
            yield path, path.lstat()  # a directory entry's own status has no inode on Windows
        except FileNotFoundError:
            continue  # moved away since; the next look finds what there is


def _arrival(path: Path, status: os.stat_result) -> Arrival | None:
    if not stat.S_ISREG(status.st_mode) or _named(path, OF_NO_CONTENT) or _named(path, UNFINISHED):
        return None
    mark = f"{status.st_ino} {status.st_size} {status.st_mtime_ns} ".encode() + os.fsencode(path.name)
    name = hashlib.sha256(mark).hexdigest()[:32]
    bare = None if path.suffix.lower() == ".eml" else path.name
    return Arrival(path, name, status.st_size, status.st_mtime_ns, _touched(status), bare, path.name)


def _no_file(path: Path, mode: int) -> str | None:
    if stat.S_ISLNK(mode):
        return "A link in the inbox leads to another place, and is not followed. Put the file itself there."
    if not stat.S_ISDIR(mode):
        return "Something in the inbox is neither a file nor a folder. Ask IT what it is."
    hidden = path.name.startswith(".")  # a desktop's or a synchroniser's own
    return None if hidden else "A folder in the inbox is not looked into. Put the files themselves into the inbox."


def _touched(status: os.stat_result) -> float:
    return max(status.st_mtime, status.st_ctime)


def _named(path: Path, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path.name.lower(), pattern) for pattern in patterns)


def _end_is_missing(path: Path) -> bool:
    """Whether the file's own format shows that its end has not been written yet."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
            tail = file.read()
    except OSError:
        return True  # held by the program that writes it, or gone
    if head.startswith(b"PK\x03\x04"):
        record = tail[tail.rfind(b"PK\x05\x06") :] if b"PK\x05\x06" in tail else b""
        return len(record) < _ZIP_END_BYTES or len(record) < _ZIP_END_BYTES + int.from_bytes(record[20:22], "little")
    if head.startswith(b"%PDF-"):
        return b"%%EOF" not in tail[-_PDF_TAIL_BYTES:]
    boundary = _BOUNDARY.search(head.replace(b"\r\n", b"\n").partition(b"\n\n")[0])
    return boundary is not None and b"--" + boundary[1] + b"--" not in tail
