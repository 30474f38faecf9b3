"""Why a file is no form that this version reads, in one sentence for the coordinator. Told by its bytes."""

from marac.document import Document

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASK = "Ask the sender for it as Word (.docx) or PDF, or open it by hand."
_PHONE_PICTURES = (b"ftypheic", b"ftypmif1", b"ftypheix")
_TEXTS = (
    (b"{\\rtf", "The file is rich text (.rtf)."),
    (b"%PDF-", "The file is a PDF, but it cannot be read."),
    (b"<html", "The file is a web page and no form."),
    (b"BEGIN PGP MESSAGE", "The file is encrypted, and this program has no key for it."),
)
_PICTURES = (b"GIF8", b"BM", b"RIFF")


def why_unreadable(document: Document) -> str:
    """The sentence for a file that no format recognises."""
    content = document.content
    head = content[:4096]
    if not content.strip(b"\x00 \t\r\n"):
        return "The file is empty."
    if head.startswith(_OLE):
        return _old_office(content)
    if head.startswith(b"PK"):
        return _zipped(head, content)
    if head.startswith(_PICTURES) or head[4:12] in _PHONE_PICTURES:
        return "The file is a picture of a kind that is not read here. Ask the sender for JPEG, PNG or PDF, or open it by hand."
    return next(
        (f"{words} {_ASK}" for mark, words in _TEXTS if mark in head[:1024]),
        f"The file is no form that can be read. {_ASK}",
    )


def _old_office(content: bytes) -> str:
    """Old Office files and locked new ones share a container; its directory names what is in it, in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "The file is protected with a password. Ask the sender for the password, or for a copy without one."
    if "WordDocument".encode("utf-16-le") in content:
        return f"The file is an old Word document (.doc). {_ASK}"
    return f"The file is an old Office file. {_ASK}"


def _zipped(head: bytes, content: bytes) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return f"The file is an OpenDocument file (such as .odt). {_ASK}"
    if b"PK\x05\x06" not in content[-70_000:]:
        return "The file is damaged or cut off: its contents cannot be unpacked."
    return "The file is a zip archive and no form. Open it by hand and save what is in it."
