"""Which format a file is, told by its bytes; each format is imported only when its turn has come."""

from importlib import import_module

from marac.document import Document
from marac.parsers.blocks import Allowance, Format, UnreadableDocument

_FORMATS = (("word", "Word"), ("pdf", "Pdf"), ("excel", "Excel"), ("body", "Body"))


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
    wanted = {"body"} if document.media_type.startswith("text/") else set()
    if head[:4] == b"PK\x03\x04":
        wanted |= {"word", "excel"}
    if b"%PDF-" in head:
        wanted |= {"pdf"}
    return [
        getattr(import_module(f"marac.parsers.{module}"), name)(allowance)
        for module, name in _FORMATS
        if module in wanted
    ]
