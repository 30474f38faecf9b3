"""The workbook behind a password: AES-256 as Office itself locks its files, so that Excel and LibreOffice ask for it.

Source: MS-OFFCRYPTO 2.3.4.10 (agile encryption).
"""

import io
import logging
from typing import Any

from marac.errors import StoreError

_STREAMS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ROUNDS = 500_000
"""Office hashes a password 100,000 times; a file that asks for much more would keep the program busy for hours."""


def encrypted(content: bytes, password: str) -> bytes:
    """The workbook locked with the password. Each time with new keys, so that the bytes are never the same.

    Raises:
        StoreError: it could not be locked; nothing unlocked is handed out.
    """
    locked = io.BytesIO()
    try:
        _office_file(content).encrypt(password, locked)
    except Exception:  # noqa: BLE001 - the library has errors of its own and of three others
        raise StoreError(
            "The register workbook could not be locked with its password, so none was written. The register is complete."
        ) from None
    return locked.getvalue()


def is_encrypted(content: bytes) -> bool:
    """Whether the file is locked: then it is a file of streams with the workbook inside, and no zip archive."""
    return content.startswith(_STREAMS)


def decrypted(content: bytes, password: str) -> bytes | None:
    """The workbook in a locked file; None where the password does not fit, or the file is not whole or no such file."""
    opened = io.BytesIO()
    try:
        file = _office_file(content)
        if not is_encrypted(content) or file.info.get("spinValue", 0) > _MOST_ROUNDS:
            return None
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened, verify_integrity=True)
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return None
    return opened.getvalue()


def _office_file(content: bytes) -> Any:
    from msoffcrypto.format.ooxml import OOXMLFile

    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL)
    return OOXMLFile(io.BytesIO(content))
