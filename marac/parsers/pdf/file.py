"""A PDF file opened by pdfium: its pages as print with what was entered on them, or one sentence on why it cannot be read."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from marac.parsers.blocks import UnreadableDocument
from marac.parsers.pdf import pdfium
from marac.parsers.pdf.drawings import Drawings
from marac.parsers.pdf.fields import add_entries
from marac.parsers.pdf.letters import pieces_of
from marac.parsers.pdf.refusals import DAMAGED, LOCKED, find_scans, refuse_length
from marac.parsers.pdf.shapes import Print
from marac.parsers.pdf.sight import seen
from marac.parsers.pdf.view import View

_NEEDS_PASSWORD = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_MOST_DOTS = 20e6  # of a page made a picture; a larger page is made with fewer dots to the inch


def sheets(content: bytes) -> list[Print]:
    """The pages of the file.

    Raises:
        UnreadableDocument: locked, damaged, too long, without text, or a form that only Adobe Reader shows.
    """
    with _opened(content) as pdf:
        refuse_length(len(pdf))
        found = [_sheet(pdf, number) for number in range(len(pdf))]
    add_entries(content, found)
    find_scans(found)
    return found


def picture(content: bytes, number: int, dots_per_inch: float) -> Any:
    """A page (from 1) as a reader sees it, as a numpy array of height x width: grey, from 0 for black to 255.

    Raises:
        UnreadableDocument: the file is damaged.
    """
    with _opened(content) as pdf, closing(pdf[number - 1]) as page:
        width, height = page.get_size()
        scale = min(dots_per_inch / 72, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
        with closing(page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)) as drawn:
            dots = drawn.to_numpy()
            return dots.reshape(dots.shape[:2]).copy()


@contextmanager
def _opened(content: bytes) -> Iterator[PdfDocument]:
    """The file; its fields are left alone, because pdfium never comes back from some that go round in a circle."""
    try:
        with closing(PdfDocument(content)) as pdf:
            yield pdf
    except PdfiumError as error:
        raise UnreadableDocument(LOCKED if error.err_code in _NEEDS_PASSWORD else DAMAGED) from error


def _sheet(pdf: PdfDocument, number: int) -> Print:
    with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
        left, low, right, high = page.get_bbox()
        view = View(left, low, right, high, page.get_rotation())
        drawings = Drawings(pdfium.address(page.raw), view)
        pieces = pieces_of(pdfium.address(text.raw), max(text.count_chars(), 0), view, drawings)
    return seen(number + 1, view.width, view.height, pieces, drawings.shapes)
