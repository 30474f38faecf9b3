"""What keeps a file from being read: a password, or somebody's key. Told by the bytes, never by the name."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from marac.document import Document
from marac.intake.opening.locked import archive as archive_locks
from marac.intake.opening.locked import office as office_locks
from marac.intake.opening.locked import pdf as pdf_locks
from marac.intake.opening.locked.passwords import passwords_in
from marac.intake.opening.message import Lock
from marac.intake.opening.sealed.kinds import is_enveloped, is_openpgp_message
from marac.intake.reading.word_kinds import OLE

__all__ = ["lock_of", "passwords_in", "unlocked", "unlocked_for_everybody"]

_LONGEST_PASSWORD = 255
_LARGEST = 120 * 1024 * 1024  # bytes; no mail is larger
_FOR_EVERYBODY = "VelvetSweatshop"  # the password of Excel's write-protected files (MS-OFFCRYPTO 2.4.2.3)
_PDF = re.compile(rb"%PDF-\d")

_Kind = Literal["office", "pdf", "archive"]


def lock_of(document: Document) -> Lock | None:
    """What the file needs before it can be read; None where it needs nothing, or is nothing that this program knows.

    `password`: Office files, PDFs that do not open without one, zip archives with a locked file in them. `openpgp` and
    `smime`: messages for somebody's key. A 7z archive is not looked into: it is unreadable here, locked or not. A
    workbook that is only write-protected is locked too; `unlocked_for_everybody` opens it.
    """
    content = document.content
    kind = _kind(content)
    if kind is not None:
        return "password" if len(content) <= _LARGEST and _NEEDS[kind](content) else None
    if is_openpgp_message(content):
        return "openpgp"
    return "smime" if is_enveloped(content) else None


def unlocked(content: bytes, password: str) -> bytes | None:
    """The file without its lock; None where the password does not fit, or the file is damaged or of no known kind.

    A zip archive comes back as a plain zip with the same files.
    """
    kind = _kind(content)
    if kind is None or len(content) > _LARGEST or not 0 < len(password) <= _LONGEST_PASSWORD:
        return None
    return _OPENS[kind](content, password)


def unlocked_for_everybody(content: bytes) -> bytes | None:
    """The file, where its lock is the one that Office opens for everybody without asking; None for every other file."""
    return unlocked(content, _FOR_EVERYBODY) if _kind(content) == "office" else None


def _kind(content: bytes) -> _Kind | None:
    if content.startswith(OLE):
        return "office"
    if content.startswith(b"PK\x03\x04"):
        return "archive"
    return "pdf" if _PDF.search(content, 0, 1024) else None


_NEEDS: Mapping[_Kind, Callable[[bytes], bool]] = {
    "office": office_locks.needs_password,
    "pdf": pdf_locks.needs_password,
    "archive": archive_locks.needs_password,
}
_OPENS: Mapping[_Kind, Callable[[bytes, str], bytes | None]] = {
    "office": office_locks.unlocked,
    "pdf": pdf_locks.unlocked,
    "archive": archive_locks.unlocked,
}
