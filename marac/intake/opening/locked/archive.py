"""Zip archives whose files are locked with a password: the old zip encryption, and AES (WinZip, 7-Zip)."""

import io
import struct
import zipfile
from collections.abc import Iterator

_LOCKED = 0x1  # bit 0 of the general purpose flag, APPNOTE.TXT 4.4.4
_MOST_MEMBERS = 50
_LARGEST = 40 * 1024 * 1024
_LARGEST_TOTAL = 120 * 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, LookupError, struct.error)


def needs_password(content: bytes) -> bool:
    """Whether any file in the archive is locked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(info.flag_bits & _LOCKED for info in archive.infolist())
    except _DAMAGED:
        return False


def unlocked(content: bytes, password: str) -> bytes | None:
    """The same files in a plain archive; None where the password does not fit every locked one, or it holds too much."""
    for spelt in _spellings(password):
        opened = _opened(content, spelt)
        if opened is not None:
            return opened
    return None


def _opened(content: bytes, password: bytes) -> bytes | None:
    import pyzipper

    plain = io.BytesIO()
    try:
        with (
            pyzipper.AESZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as written,
        ):
            files = [info for info in archive.infolist() if not info.is_dir()]
            sizes = [info.file_size for info in files]
            if len(files) > _MOST_MEMBERS or max(sizes, default=0) > _LARGEST or sum(sizes) > _LARGEST_TOTAL:
                return None
            for info in files:
                locked = info.flag_bits & _LOCKED
                name = zipfile.ZipInfo(info.filename)
                name.compress_type = zipfile.ZIP_DEFLATED
                written.writestr(name, archive.read(info, pwd=password if locked else None))
    except Exception:  # noqa: BLE001 - the library has copies of zipfile's errors, and raises others on damaged files
        return None
    return plain.getvalue()


def _spellings(password: str) -> Iterator[bytes]:
    """The password in the bytes that programs make of it: they differ where it is not plain ASCII."""
    seen: set[bytes] = set()
    for encoding in ("utf-8", "cp1252", "cp437"):
        try:
            spelt = password.encode(encoding)
        except UnicodeEncodeError:
            continue
        if spelt not in seen:
            seen.add(spelt)
            yield spelt
