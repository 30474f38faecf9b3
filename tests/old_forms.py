"""Forms in the formats that only LibreOffice opens, made by it from a Word form of `tests/forms`, once in a run."""

from functools import cache

from marac.intake.reading.libreoffice import LibreOffice
from tests.scoring import FORMS

WORD_FORM = FORMS / "d06-redbridge.docx"
_FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "html": "html:HTML (StarWriter)",
}


@cache
def old_form(kind: str) -> bytes:
    """The form as `doc`, `rtf`, `odt` or `html`."""
    office = LibreOffice()
    try:
        with office._converted(WORD_FORM.read_bytes(), "docx", "a Word file", _FILTERS[kind]) as made:
            return made.read_bytes()
    finally:
        office.close()


def locked(doc: bytes) -> bytes:
    """An old Word file that says of itself that it is encrypted (MS-DOC 2.5.2, fEncrypted)."""
    at = next(place for place in range(0, len(doc), 512) if doc[place : place + 2] == b"\xec\xa5") + 11
    return doc[:at] + bytes([doc[at] | 1]) + doc[at + 1 :]
