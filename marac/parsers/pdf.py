"""PDF: printed words, ruled tables, drawn boxes and form fields of a PDF form, as blocks in reading order."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line

if TYPE_CHECKING:
    from marac.parsers.pdf_parts import Part
    from marac.parsers.pdf_shapes import Print


class Pdf:
    """PDF files."""

    name = "PDF"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the file begins as a PDF; some programs put a few bytes before."""
        return b"%PDF-" in document.content[:1024]

    def blocks(self, document: Document) -> Iterable[Block]:
        """Running heads, then the pages in reading order, then running feet.

        Raises:
            UnreadableDocument: locked, damaged, too long, a scan, or a form that only Adobe Reader shows.
        """
        from marac.parsers.pdf_boxes import take_boxes
        from marac.parsers.pdf_emphasis import take_emphasis
        from marac.parsers.pdf_file import sheets
        from marac.parsers.pdf_grid import grids
        from marac.parsers.pdf_joins import blocks
        from marac.parsers.pdf_parts import parts

        pages: list[list[Part]] = []
        unread: list[Block] = []
        height = 0.0
        for sheet in sheets(document.content):
            unread += [Line((), f"page {sheet.number}", unread=why.format(sheet.number)) for why in _unread(sheet)]
            take_boxes(sheet)
            take_emphasis(sheet)
            pages.append(parts(sheet, grids(sheet)))
            height = sheet.height
        return [*blocks(pages, height), *unread]

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - one way so far
        """There is no second way yet."""
        return None


def _unread(sheet: "Print") -> Iterator[str]:
    if sheet.is_scan:
        yield "Page {} of the PDF is a scan, a picture without text, and was not read. Look at it."
    if any(markup.how == "drawn" for markup in sheet.markups):
        yield "Somebody wrote or stamped on page {} of the PDF by hand, which was not read. Look at it."
