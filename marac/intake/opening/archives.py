"""Zip attachments unpacked within limits. A Word, Excel or OpenDocument file is a zip too, and is left as it is."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from marac.document import Document
from marac.intake.opening.message import Found, shown

_MOST_MEMBERS = 50
_LARGEST = 40 * 1024 * 1024
_LARGEST_TOTAL = 120 * 1024 * 1024


class UnsafeArchiveError(Exception):
    """This archive was not opened; the text is one sentence for the coordinator."""


def is_archive(content: bytes) -> bool:
    """Whether these bytes are a zip of other files rather than one office document."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return not names & {"[Content_Types].xml", "mimetype"}


def members(archive: Found) -> Iterator[Found]:
    """The files in an archive, each with its place: `documents.zip/referral/form.docx`.

    Raises:
        UnsafeArchiveError: it is encrypted, damaged, or larger unpacked than any referral.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive.document.content)) as opened:
            files = [info for info in opened.infolist() if not info.is_dir() and not _left_by_macs(info.filename)]
            _refuse_unsafe(files)
            for info in files:
                name = shown(info.filename)
                document = Document(name, "application/octet-stream", opened.read(info))
                yield Found(document, f"{archive.source}/{name}", "form")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError):
        raise UnsafeArchiveError("The zip archive is damaged or of a kind that this program cannot open.") from None


def _refuse_unsafe(files: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 0x1 for info in files):
        raise UnsafeArchiveError(
            "The zip archive is locked with a password. Open it by hand and drop the form into the inbox."
        )
    sizes = [info.file_size for info in files]
    if len(files) > _MOST_MEMBERS or max(sizes, default=0) > _LARGEST or sum(sizes) > _LARGEST_TOTAL:
        raise UnsafeArchiveError("The zip archive holds more than any referral, so it was not opened.")


def _left_by_macs(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.endswith(".DS_Store")
