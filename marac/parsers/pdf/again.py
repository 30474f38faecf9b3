"""A PDF file opened by pdfplumber: the same pages, read by a library that shares nothing with the first one."""

import logging
import re
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
from marac.parsers.pdf.again_page import printed
from marac.parsers.pdf.fields import add_entries
from marac.parsers.pdf.refusals import DAMAGED, LOCKED, MOST_PAGES, find_scans, refuse_length
from marac.parsers.pdf.shapes import Print

_INVISIBLE = re.compile(rb"\b[37]\s+Tr\b")  # text that paints nothing (PDF 32000-1, 9.3.6)
_UNPAINTED = (3, 7)

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are about fonts, and would quote the file


def sheets_again(content: bytes) -> list[Print]:
    """The pages of the file.

    Raises:
        UnreadableDocument: locked, damaged, too long, without text, or a form that only Adobe Reader shows.
    """
    with _opened(content) as pdf:
        refuse_length(len(pdf.pages))
        found = [_sheet(page) for page in pdf.pages]
    add_entries(content, found)
    find_scans(found)
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
        raise UnreadableDocument(LOCKED if is_locked else DAMAGED) from error


def _sheet(page: Page) -> Print:
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


class _Modes(PDFLayoutAnalyzer):
    """Counts letters, and keeps the numbers of those that are painted in no colour."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.unseen: list[int] = []
        self._count = 0
        self._is_unseen = False

    def render_string(self, textstate: PDFTextState, *rest: Any) -> None:
        """Notes how the letters of this string are painted."""
        self._is_unseen = textstate.render in _UNPAINTED
        super().render_string(textstate, *rest)

    def render_char(self, *args: Any, **named: Any) -> float:
        """Counts a letter."""
        if self._is_unseen:
            self.unseen.append(self._count)
        self._count += 1
        return super().render_char(*args, **named)
