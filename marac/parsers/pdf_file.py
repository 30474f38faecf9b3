"""A PDF file opened: its pages as print with what was entered on them, or one sentence on why it cannot be read."""

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from marac.parsers.blocks import UnreadableDocument
from marac.parsers.pdf_fields import entries
from marac.parsers.pdf_page import printed
from marac.parsers.pdf_shapes import Print

MOST_PAGES = 60
_FEWEST_LETTERS = 20  # on a page that is a picture; fewer are a stamp on a scan
_INVISIBLE = re.compile(rb"\b3\s+Tr\b")  # text painted in no colour (PDF 32000-1, 9.3.6)

_LOCKED = "This PDF is locked with a password. Ask the sender for a copy without one."
_DAMAGED = "This PDF is damaged and cannot be read in full. Ask the sender to send it again."
_SCAN = (
    "This PDF is a scan: it holds pictures of pages and no text. "
    "Ask the sender for the form as it was typed, or type the referral in by hand."
)

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are about fonts, and would quote the file


def sheets(content: bytes) -> list[Print]:
    """The pages of the file.

    Raises:
        UnreadableDocument: locked, damaged, too long, a scan, or a form that only Adobe Reader shows.
    """
    with _opened(content) as pdf:
        pages = pdf.pages
        if not pages:
            raise UnreadableDocument("This PDF has no pages. Ask the sender to send it again.")
        if len(pages) > MOST_PAGES:
            raise UnreadableDocument(
                f"This PDF has more than {MOST_PAGES} pages, so it was not read as a form. If it holds one, send that alone."
            )
        found = [_sheet(page) for page in pages]
        if "AcroForm" in pdf.doc.catalog or any(page.page_obj.annots for page in pages):
            for sheet, entered in zip(found, entries(content, found), strict=False):
                sheet.pieces += entered.pieces
                sheet.markups += entered.markups
    _refuse_unreadable(found)
    return found


@contextmanager
def _opened(content: bytes) -> Iterator[PDF]:
    """The file, with every way in which reading it fails turned into a sentence."""
    try:
        with PDF.open(BytesIO(content), pages=list(range(1, MOST_PAGES + 2))) as pdf:
            yield pdf
    except UnreadableDocument:
        raise
    except Exception as error:  # pdfminer.six raises far outside its own exceptions on damaged files
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        is_locked = isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError))
        raise UnreadableDocument(_LOCKED if is_locked else _DAMAGED) from error


def _sheet(page: Page) -> Print:
    if any(map(_is_cut_off, _streams(page))):
        raise UnreadableDocument(_DAMAGED)
    page.layout  # noqa: B018 - laying out decodes the streams, which are looked into next
    unseen: frozenset[int] = frozenset()
    if any(_INVISIBLE.search(stream.get_data()) for stream in _streams(page)):
        modes = _Modes(page.pdf.rsrcmgr)
        PDFPageInterpreter(page.pdf.rsrcmgr, modes).process_page(page.page_obj)
        unseen = frozenset(modes.unseen)
    return printed(page, unseen)


def _streams(page: Page) -> list[PDFStream]:
    found = [resolve1(each) for each in page.page_obj.contents]
    return [each for each in found if isinstance(each, PDFStream)]


def _is_cut_off(stream: PDFStream) -> bool:
    """Whether a compressed page ends too soon: pdfminer would read its beginning and say nothing."""
    raw = stream.rawdata
    filters = stream.get_filters()
    if raw is None or stream.decipher or len(filters) != 1 or str(filters[0][0]) not in {"/'FlateDecode'", "/'Fl'"}:
        return False
    inflating = zlib.decompressobj()
    try:
        while raw and not inflating.eof:
            inflating.decompress(raw, 1 << 20)
            raw = inflating.unconsumed_tail
    except zlib.error:
        return True
    return not inflating.eof


class _Modes(PDFLayoutAnalyzer):
    """Counts letters, and keeps the numbers of those that are painted in no colour."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.unseen: list[int] = []
        self._count = 0
        self._is_unseen = False

    def render_string(self, textstate: PDFTextState, *rest: Any) -> None:
        """Notes how the letters of this string are painted."""
        self._is_unseen = textstate.render == 3
        super().render_string(textstate, *rest)

    def render_char(self, *args: Any, **named: Any) -> float:
        """Counts a letter."""
        if self._is_unseen:
            self.unseen.append(self._count)
        self._count += 1
        return super().render_char(*args, **named)


def _refuse_unreadable(found: list[Print]) -> None:
    letters = [sheet.letters for sheet in found]
    unknown = sum(sheet.unreadable_letters for sheet in found)
    if unknown > 0.2 * sum(letters) > 0:
        raise UnreadableDocument(
            "This PDF does not say which letters its fonts draw, so its words cannot be read. "
            "Ask the sender for the form in Word, or for another PDF of it."
        )
    for sheet, count in zip(found, letters, strict=True):
        has_fields = any(piece.room and piece.letters for piece in sheet.pieces)
        sheet.is_scan = count < _FEWEST_LETTERS and sheet.is_picture and not has_fields
    scans = sum(sheet.is_scan for sheet in found)
    if 2 * scans > len(found):
        raise UnreadableDocument(_SCAN)
    if not any(letters):
        raise UnreadableDocument("This PDF has no text in it. Ask the sender for the form as it was typed.")
