"""Zip attachments unpacked within limits. A Word, Excel or OpenDocument file is a zip too, and is left as it is."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from marac.document import Document
from marac.intake.opening.asides import in_its_role
from marac.intake.opening.message import Found, shown

_MOST_MEMBERS = 50
_LARGEST = 40 * 1024 * 1024
_LARGEST_TOTAL = 120 * 1024 * 1024
_HARMLESS = 10 * 1024 * 1024  # bytes; less may be packed as small as it will go
_MOST_OF_A_BYTE = 100  # how many bytes one packed byte may hold: forms and pictures of them stay below


class UnsafeArchiveError(Exception):
    """This archive was not opened; the text is one sentence for the coordinator."""


@dataclass(slots=True)
class Room:
    """How much may still be unpacked of the archives in one message, those in other archives among them."""

    members: int = _MOST_MEMBERS
    size: int = _LARGEST_TOTAL


def is_archive(content: bytes) -> bool:
    """Whether these bytes are a zip of other files rather than one office document."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return not names & {"[Content_Types].xml", "mimetype"}


def members(archive: Found, room: Room | None = None) -> Iterator[Found]:
    """The files in an archive, each with its place: `documents.zip/referral/form.docx`.

    Args:
        archive: the archive.
        room: what may still be unpacked in this message, which becomes less.

    Raises:
        UnsafeArchiveError: it is encrypted, damaged, or larger unpacked than any referral.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive.document.content)) as opened:
            files = [info for info in opened.infolist() if not info.is_dir() and not _left_by_macs(info.filename)]
            _take_room(files, len(archive.document.content), room or Room())
            for info in files:
                name = shown(info.filename)
                document = Document(name, "application/octet-stream", opened.read(info))
                yield in_its_role(Found(document, f"{archive.source}/{name}", "form"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError):
        raise UnsafeArchiveError("The zip archive is damaged or of a kind that this program cannot open.") from None


def _take_room(files: list[zipfile.ZipInfo], packed: int, room: Room) -> None:
    """Take the room that these files need; nothing has been unpacked yet."""
    if any(info.flag_bits & 0x1 for info in files):
        raise UnsafeArchiveError(
            "The zip archive is locked with a password. Open it by hand and drop the form into the inbox."
        )
    size = sum(info.file_size for info in files)
    flood = size > max(_HARMLESS, packed * _MOST_OF_A_BYTE)
    largest = max((info.file_size for info in files), default=0)
    if flood or len(files) > room.members or largest > _LARGEST or size > room.size:
        raise UnsafeArchiveError("The zip archive holds more than any referral, so it was not opened.")
    room.members -= len(files)
    room.size -= size


def _left_by_macs(name: str) -> bool:
    return "__MACOSX" in name.split("/")[:-1] or name.endswith(".DS_Store")
