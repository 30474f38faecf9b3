"""Which files hold a text that only LibreOffice opens, told by their bytes and never by their names."""

import io
import re
import zipfile
import zlib
from email import message_from_bytes
from typing import Literal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every file begins that is a small file system of streams: .doc, .xls, .msg (MS-CFB)."""

WordKind = Literal["doc", "rtf", "odt", "html"]

_WORDS = {
    "doc": "an old Word document (.doc)",
    "rtf": "a rich text file (.rtf)",
    "odt": "an OpenDocument text (.odt)",
    "html": "a web page",
}
_HEAD = 2048
_ENCRYPTED = 0x0100  # fEncrypted of the FibBase, MS-DOC 2.5.2
_REFERENCES = re.compile(rb"""\b(?:src|href|background|data|action)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html)", re.IGNORECASE)


def may_be_word_kind(head: bytes) -> bool:
    """Whether a file that begins like this may be one for LibreOffice."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"{\\rtf", OLE, b"PK\x03\x04")) or bool(_PAGE.match(head)) or is_web_archive(head)


def word_kind(content: bytes, media_type: str = "") -> WordKind | None:
    """What LibreOffice is to open this file as; None for every file that is not its affair.

    What says of itself that it is a page of text (`text/html`) is read as a mail's body is, without LibreOffice.
    """
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(OLE):
        return "doc" if _beginning_of_document(content) else None
    if head.startswith(b"PK\x03\x04"):
        return "odt" if _is_open_document_text(content) else None
    page = (_PAGE.match(head) or is_web_archive(content)) and not media_type.startswith("text/")
    return "html" if page else None


def suffix_of(content: bytes) -> str:
    """What the kind of an office document is called by, for a program that goes by it: `docx`, `xls`."""
    kind = word_kind(content)
    if kind is not None:
        return kind
    if content.startswith(OLE):
        return "xls"
    if _member(content, "mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    return "docx" if _member(content, "word/document.xml") else "xlsx"


def in_words(kind: WordKind) -> str:
    """The kind as a person calls it."""
    return _WORDS[kind]


def is_locked(content: bytes, kind: WordKind) -> bool:
    """Whether the file can only be opened with a password."""
    if kind == "doc":
        beginning = _beginning_of_document(content)
        return bool(int.from_bytes(beginning[10:12], "little") & _ENCRYPTED)
    return kind == "odt" and b"encryption-data" in _member(content, "META-INF/manifest.xml")


def is_web_archive(content: bytes) -> bool:
    """Whether this is a page saved as one file (RFC 2557), which Word also writes under a .doc name."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lower()
    first = head.partition(b"\n\n")[0] if b"\r\n\r\n" not in head else head.partition(b"\r\n\r\n")[0]
    sent = any(header in first for header in (b"\nreceived:", b"\nmessage-id:", b"\nto:"))
    return b"mime-version:" in first and b"multipart/related" in first and not sent


def page_of(content: bytes) -> bytes:
    """The page itself, without any of its references: nothing is to be fetched from elsewhere."""
    if is_web_archive(content):
        pages = [part for part in message_from_bytes(content).walk() if part.get_content_type() == "text/html"]
        payload = pages[0].get_payload(decode=True) if pages else b""
        content = payload if isinstance(payload, bytes) else b""
    return _REFERENCES.sub(b"", content)


def _beginning_of_document(content: bytes) -> bytes:
    """The first bytes of the stream that holds a Word document; empty where there is none."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            return opened.openstream("WordDocument").read(32) if opened.exists("WordDocument") else b""
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return b""


def _is_open_document_text(content: bytes) -> bool:
    return _member(content, "mimetype").startswith(b"application/vnd.oasis.opendocument.text")


def _member(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened, opened.open(name) as member:
            return member.read(1 << 20)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError):
        return b""
