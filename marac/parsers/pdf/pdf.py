"""PDF: printed words, ruled tables, drawn boxes and form fields of a PDF form, as blocks in reading order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from marac.document import Document
from marac.parsers.blocks import Allowance, Block

if TYPE_CHECKING:
    from marac.parsers.pdf.panes import Part
    from marac.parsers.pdf.shapes import Print


class Pdf:
    """PDF files."""

    name = "PDF"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()
        self._has_scans = False

    def recognises(self, document: Document) -> bool:
        """Whether the file begins as a PDF; some programs put a few bytes before."""
        return b"%PDF-" in document.content[:1024]

    def blocks(self, document: Document) -> Iterable[Block]:
        """Running heads, then the pages in reading order, then running feet; what could not be read is said last.

        Raises:
            UnreadableDocument: locked, damaged, too long, without text, or a form that only Adobe Reader shows.
            NeedsTime: it has scanned pages, and the allowance has not the time.
        """
        from marac.parsers.pdf.file import sheets
        from marac.parsers.pdf.scans import read_scans

        found = sheets(document.content)
        self._has_scans = any(sheet.is_scan for sheet in found)
        told = read_scans(document.content, found, self._allowance) if self._has_scans else []
        return [*blocks_of(found), *told]

    def blocks_again(self, document: Document) -> Iterable[Block] | None:
        """The same blocks by pdfplumber; None for scans, which only one library reads."""
        if self._has_scans:
            return None  # and pdfplumber is not loaded beside all that reads pictures
        from marac.parsers.pdf.again import sheets_again

        found = sheets_again(document.content)
        return None if any(sheet.is_scan for sheet in found) else blocks_of(found)


def blocks_of(sheets: "list[Print]") -> list[Block]:
    """What stands on these pages, in reading order; what was not read is said last."""
    from marac.parsers.pdf.boxes import take_boxes
    from marac.parsers.pdf.coverage import left_out
    from marac.parsers.pdf.emphasis import take_emphasis
    from marac.parsers.pdf.grid import grids
    from marac.parsers.pdf.joins import blocks
    from marac.parsers.pdf.parts import parts

    pages: list[list[Part]] = []
    unread: list[Block] = []
    for sheet in sheets:
        take_boxes(sheet)
        take_emphasis(sheet)
        pages.append(parts(sheet, grids(sheet)))
        unread += left_out(sheet, pages[-1])
    return [*blocks(pages, sheets[-1].height), *unread]
