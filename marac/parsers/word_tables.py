"""Rows and cells of a Word table: what stands in them through controls, and how far each cell reaches."""

from collections.abc import Iterator

from lxml import etree

from marac.parsers.blocks import Cell, Span
from marac.parsers.word_xml import VAL, W, is_entry, shows_prompt

_GRIDSPAN = W + "gridSpan"
_VMERGE = W + "vMerge"
_SHD = W + "shd"
_FILL = W + "fill"
_TCPR = W + "tcPr"
_PLAIN_FILLS = frozenset((None, "auto", "FFFFFF", "ffffff"))
_WIDEST = 63  # columns of a Word table; a larger span is an attack, not a form
_SDT = W + "sdt"
_SDTCONTENT = W + "sdtContent"
_TR = W + "tr"
_TC = W + "tc"
_PASSED = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))
_ROW_DELETED = f"{W}trPr/{W}del"
_HAS_PROMPT = f"{W}sdtPr/{W}placeholder"


def rows_of_table(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for child in table:
        if child.tag == _TR:
            if child.find(_ROW_DELETED) is None:
                yield child
        elif child.tag == _SDT:
            content = child.find(_SDTCONTENT)
            if content is not None:
                yield from rows_of_table(content)
        elif child.tag in _PASSED:
            yield from rows_of_table(child)


def cells_of_row(
    row: etree._Element, prompt: bool = False, entered: bool = False
) -> Iterator[tuple[etree._Element, bool, bool]]:
    """The cells of a row; whether a control around each shows its prompt, or was filled in."""
    for child in row:
        if child.tag == _TC:
            yield child, prompt, entered
        elif child.tag == _SDT:
            content = child.find(_SDTCONTENT)
            if content is not None:
                shown = shows_prompt(child)
                typed = not shown and is_entry(child) and child.find(_HAS_PROMPT) is not None
                yield from cells_of_row(content, prompt or shown, entered or typed)
        elif child.tag in _PASSED:
            yield from cells_of_row(child, prompt, entered)


def spread(cell: etree._Element) -> tuple[int, bool, bool]:
    """How many columns a cell covers, whether it continues the one above, and whether it is shaded."""
    width, is_merged, shaded = 1, False, False
    if len(cell) and cell[0].tag == _TCPR:
        for each in cell[0]:
            tag = each.tag
            if tag == _GRIDSPAN:
                width = count(each)
            elif tag == _VMERGE:
                is_merged = each.get(VAL) != "restart"
            elif tag == _SHD:
                shaded = each.get(_FILL) not in _PLAIN_FILLS
    return width, is_merged, shaded


def grown(above: Cell, below: Cell) -> Cell:
    """The upper cell with the lower one merged into it."""
    spans = above.spans
    if below.spans:
        spans = (*spans, Span("\n"), *below.spans)
    return Cell(above.row, above.column, spans, below.row - above.row + 1, above.columns, above.shaded)


def count(element: etree._Element) -> int:
    """A count of columns, held within what Word itself allows."""
    text = element.get(VAL) or "1"
    return min(max(int(text), 1), _WIDEST) if text.lstrip("-").isdecimal() else 1
