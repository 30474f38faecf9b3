"""Excel: the visible sheets of a .xlsx or .xlsm, read from their XML. No formula is worked out and nothing is run."""

from collections.abc import Iterable, Iterator

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, UnreadableDocument
from marac.parsers.ooxml import holds, package, tree
from marac.parsers.sheets.excel_cells import Cells
from marac.parsers.sheets.excel_controls import add_controls
from marac.parsers.sheets.excel_drawings import add_drawings
from marac.parsers.sheets.excel_package import Package
from marac.parsers.sheets.excel_styles import Styles
from marac.parsers.sheets.spreadsheet import Sheet, blocks_of, check_extent

_DAMAGED = "The workbook is damaged: its sheets cannot be read."
_BINARY = "xl/workbook.bin"
_BUILT_WRONGLY = (ValueError, LookupError, AttributeError, TypeError, OverflowError)
"""What numbers that are none and parts without what they need come to."""


class Excel:
    """Excel workbooks that are zip packages of XML."""

    name = "Excel"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package has a workbook, and not a binary one (.xlsb)."""
        return holds(document, "xl/") and not holds(document, _BINARY)

    def blocks(self, document: Document) -> Iterable[Block]:
        """A table for each visible sheet with anything in it, and what floats over the sheets.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        try:
            with package(document) as archive:
                return blocks_of(_sheets(Package(archive)))
        except _BUILT_WRONGLY as error:
            raise UnreadableDocument(_DAMAGED) from error

    def blocks_again(self, document: Document) -> Iterable[Block] | None:
        """The same blocks, with openpyxl reading the cells; None for Strict workbooks, which it cannot read.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        from marac.parsers.sheets.excel_again import blocks_by_openpyxl

        try:
            return blocks_by_openpyxl(document)
        except _BUILT_WRONGLY as error:
            raise UnreadableDocument(_DAMAGED) from error


def _sheets(workbook: Package) -> Iterator[Sheet]:
    cells = Cells(workbook.shared("sharedStrings"), Styles(workbook.shared("styles")), since_1904=workbook.since_1904)
    for each in workbook.sheets():
        if not each.visible:
            continue
        check_extent(size=workbook.archive.getinfo(each.name).file_size)
        root = tree(workbook.archive, each.name)
        sheet = cells.sheet(each.title, root)
        if workbook.links(each.name):
            add_controls(workbook, each.name, root, sheet)
            add_drawings(workbook, each.name, root, sheet)
        yield sheet
