"""The one file that a transfer travels as: the letter and the machine part, packed so that the same contents are the same bytes."""

import io
import zipfile

from marac.document import ARCHIVE, Document

LETTER = "transfer.docx"
"""What the letter is called inside."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that the format knows."""
_OWNER_ONLY = 0o600 << 16


def parcel(name: str, letter: Document, machine_part: Document) -> Document:
    """Both in one zip file of this name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for inside, document in ((LETTER, letter), (machine_part.name, machine_part)):
            entry = zipfile.ZipInfo(inside, _LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _OWNER_ONLY, 3
            archive.writestr(entry, document.content)
    return Document(name, ARCHIVE, packed.getvalue())
