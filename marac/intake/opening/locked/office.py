"""Office files locked with a password: new ones wrapped in a file of streams, and old Word and Excel files.

What is read: MS-OFFCRYPTO 2.3.4 (agile, standard), 2.3.6 and 2.3.5 (RC4), MS-DOC 2.5.2, MS-XLS 2.4.117.
"""

import io
import logging
from typing import Any

_ENCRYPTED = 0x0100  # fEncrypted of the FibBase, MS-DOC 2.5.2
_FILE_PASS = 0x002F  # MS-XLS 2.4.117; it stands among the first records
_FIRST_RECORDS = 64
_LARGEST_DESCRIPTION = 64 * 1024
_MOST_ROUNDS = 500_000  # Office hashes a password 100,000 times; a file may ask for hours
_WORKBOOKS = ("Workbook", "Book")


def needs_password(content: bytes) -> bool:
    """Whether a file of streams is an Office file that is locked."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as streams:
            return _is_wrapped(streams) or _is_locked_text(streams) or _is_locked_workbook(streams)
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return False


def unlocked(content: bytes, password: str) -> bytes | None:
    """The Office file without its lock; None where the password does not fit or the file is not whole."""
    import msoffcrypto

    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL)
    if not needs_password(content) or not _is_plainly_described(content):
        return None
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        if _rounds(file) > _MOST_ROUNDS:
            return None
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
            file.decrypt(opened, verify_integrity=True)
        else:  # an old file always shows whether the password fits, and never whether it is whole
            file.load_key(password=password)
            file.decrypt(opened)
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return None
    return opened.getvalue() or None


def _is_wrapped(streams: Any) -> bool:
    return bool(streams.exists("EncryptedPackage") and streams.exists("EncryptionInfo"))


def _is_locked_text(streams: Any) -> bool:
    if not streams.exists("WordDocument"):
        return False
    beginning = streams.openstream("WordDocument").read(32)
    return bool(int.from_bytes(beginning[10:12], "little") & _ENCRYPTED)


def _is_locked_workbook(streams: Any) -> bool:
    for name in _WORKBOOKS:
        if streams.exists(name):
            records = streams.openstream(name).read(_LARGEST_DESCRIPTION)
            return _FILE_PASS in _first_records(records)
    return False


def _first_records(records: bytes) -> list[int]:
    """The kinds of the first records of a workbook."""
    kinds: list[int] = []
    position = 0
    while position + 4 <= len(records) and len(kinds) < _FIRST_RECORDS:
        kinds.append(int.from_bytes(records[position : position + 2], "little"))
        position += 4 + int.from_bytes(records[position + 2 : position + 4], "little")
    return kinds


def _is_plainly_described(content: bytes) -> bool:
    """Whether the XML that says how a new file is locked, if there is one, is short and defines nothing."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as streams:
            if not streams.exists("EncryptionInfo"):
                return True
            described = streams.openstream("EncryptionInfo").read(_LARGEST_DESCRIPTION + 1)
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return False
    in_letters = described[8:].replace(b"\0", b"")
    return len(described) <= _LARGEST_DESCRIPTION and b"<!" not in in_letters


def _rounds(file: Any) -> int:
    """How often the file has the password hashed; 0 where that is fixed."""
    described = getattr(file, "info", None)
    return int(described.get("spinValue", 0)) if isinstance(described, dict) else 0
