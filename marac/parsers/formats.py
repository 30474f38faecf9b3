"""Which format a file is, told by its bytes; each format is imported only when its turn has come."""

from importlib import import_module

from marac.document import Document
from marac.parsers.blocks import Allowance, Format, UnreadableDocument

_FORMATS = {
    "Word": "word.word",
    "Pdf": "pdf.pdf",
    "Excel": "sheets.excel",
    "Xls": "sheets.xls",
    "Xlsb": "sheets.xlsb",
    "Ods": "sheets.ods",
    "Picture": "scans.picture",
    "Body": "body.body",
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def format_of(document: Document, allowance: Allowance) -> Format | None:
    """The one format that recognises these bytes; None where none does.

    Raises:
        UnreadableDocument: more than one does.
    """
    recognised = [each for each in _possible(document, allowance) if each.recognises(document)]
    if len(recognised) > 1:
        raise UnreadableDocument("The file is two kinds of file at once, which no form is.")
    return recognised[0] if recognised else None


def _possible(document: Document, allowance: Allowance) -> list[Format]:
    """The formats that come into question by the first bytes."""
    head = document.content[:1024]
    wanted = ["Body"] if document.media_type.startswith("text/") else []
    if head[:4] == b"PK\x03\x04":
        wanted += ["Word", "Excel", "Xlsb", "Ods"]
    if head.startswith(_OLE):
        wanted.append("Xls")
    if b"%PDF-" in head:
        wanted.append("Pdf")
    if head.startswith(_PICTURES):
        wanted.append("Picture")
    return [getattr(import_module(f"marac.parsers.{_FORMATS[name]}"), name)(allowance) for name in wanted]


def has_pages(content: bytes) -> bool:
    """Whether a file has pages that can be shown as they are: a PDF, or pictures of pages."""
    return b"%PDF-" in content[:1024] or content.startswith(_PICTURES)
