"""Word: the tables, paragraphs, headers and text boxes of a .docx, .docm or .dotx in the state a reader sees.

Tracked changes are read as accepted. Content controls stand at every level (body, row, cell, run), so the walk passes
through them everywhere. Only the first choice of alternative content is read: the other says the same once more.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Cell, Line, Table, UnreadableDocument
from marac.parsers.ooxml import holds, package, tree
from marac.parsers.word_runs import Runs
from marac.parsers.word_tables import cells_of_row, count, grown, rows_of_table, spread
from marac.parsers.word_xml import ALTERNATE, CHOICE, VAL, W, control_box, is_entry, shows_prompt

_PASSED = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))
_BODY = W + "body"
_P = W + "p"
_SDT = W + "sdt"
_SDTCONTENT = W + "sdtContent"
_TBL = W + "tbl"
_GRID_BEFORE = f"{W}trPr/{W}gridBefore"
_STYLE = f"{W}pPr/{W}pStyle"
_HEADER_FOOTER = re.compile(r"word/(header|footer)\d*\.xml")


class Word:
    """Word files that are zip packages."""

    name = "Word"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package has a Word part."""
        return holds(document, "word/")

    def blocks(self, document: Document) -> Iterable[Block]:
        """Page headers, then the body in reading order, then page footers.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        with package(document) as archive:
            names = archive.namelist()
            edges = sorted(name for name in names if _HEADER_FOOTER.fullmatch(name))
            found = [
                *_edges(archive, (name for name in edges if "header" in name), "page header"),
                *Story().blocks(_body(archive)),
                *_edges(archive, (name for name in edges if "footer" in name), "page footer"),
            ]
        if not found:
            raise UnreadableDocument("The Word file has no text in it.")
        return found

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - one way so far
        """There is no second way yet."""
        return None


def _body(archive: zipfile.ZipFile) -> etree._Element:
    root = tree(archive, "word/document.xml" if "word/document.xml" in archive.namelist() else _main_part(archive))
    body = root.find(_BODY)
    if body is None:
        raise UnreadableDocument("The Word file is damaged: it has no text body.")
    return body


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that holds the text, where it has an unusual name."""
    for relationship in tree(archive, "_rels/.rels"):
        if (relationship.get("Type") or "").endswith("/officeDocument"):
            return (relationship.get("Target") or "").lstrip("/")
    raise UnreadableDocument("The Word file is damaged: it does not say where its text is.")


def _edges(archive: zipfile.ZipFile, names: Iterable[str], where: str) -> Iterator[Block]:
    for name in names:
        yield from Story(where).blocks(tree(archive, name))


class Story:
    """One run of text: the body, or a page header or footer. Counts its tables and paragraphs from 1."""

    def __init__(self, where: str = "") -> None:
        self._where = where
        self._tables = 0
        self._paragraphs = 0

    def blocks(self, parent: etree._Element, inside: str = "", prompt: bool = False) -> Iterator[Block]:
        """What stands in `parent`; `inside` is the place of the table around it."""
        for child in parent:
            tag = child.tag
            if tag == _P:
                yield from self._paragraph(child, inside, prompt)
            elif tag == _TBL:
                yield from self._table(child, inside)
            elif tag == _SDT:
                content = child.find(_SDTCONTENT)
                if content is not None:
                    yield from self.blocks(content, inside, prompt or shows_prompt(child))
            elif tag in _PASSED:
                yield from self.blocks(child, inside, prompt)
            elif tag == ALTERNATE:
                for choice in child.iterfind(CHOICE):
                    yield from self.blocks(choice, inside, prompt)

    def _paragraph(self, paragraph: etree._Element, inside: str, prompt: bool) -> Iterator[Block]:
        self._paragraphs += 1
        runs = Runs()
        runs.add(paragraph, placeholder=prompt)
        if runs:
            where = self._where or inside or f"paragraph {self._paragraphs}"
            yield Line(runs.spans, where, _is_heading(paragraph))
        yield from self._text_boxes(runs, inside)

    def _text_boxes(self, runs: Runs, inside: str) -> Iterator[Block]:
        for box in runs.text_boxes:
            yield from self.blocks(box, inside or "text box")

    def _table(self, table: etree._Element, inside: str) -> Iterator[Block]:
        if inside.startswith("table"):
            where = f"{inside}, inner table"
        else:
            self._tables += 1
            where = self._where or f"table {self._tables}"
        open_cells: dict[int, int] = {}
        cells: list[Cell] = []
        for number, row in enumerate(rows_of_table(table)):
            inner: list[etree._Element] = []
            for cell, is_merged in self._cells(row, number, inner):
                above = open_cells.get(cell.column)
                if is_merged and above is not None:
                    cells[above] = grown(cells[above], cell)
                    continue
                open_cells[cell.column] = len(cells)
                cells.append(cell)
            if inner:
                yield Table(tuple(cells), where)
                cells, open_cells = [], {}
                for each in inner:
                    yield from self._inner(each, where, number)
        if cells:
            yield Table(tuple(cells), where)

    def _inner(self, element: etree._Element, where: str, row: int) -> Iterator[Block]:
        """A table or a text box that stands inside a cell."""
        place = f"{where}, row {row + 1}"
        if element.tag == _TBL:
            yield from self._table(element, place)
        else:
            yield from self.blocks(element, place)

    def _cells(self, row: etree._Element, number: int, inner: list[etree._Element]) -> Iterator[tuple[Cell, bool]]:
        """The cells of a row, and whether each continues the one above it."""
        column = 0
        before = row.find(_GRID_BEFORE)
        if before is not None:
            column = count(before)
        for cell, prompt, entered in cells_of_row(row):
            width, is_merged, shaded = spread(cell)
            runs = Runs()
            _fill(runs, cell, inner, prompt, entered)
            inner.extend(runs.text_boxes)
            yield Cell(number, column, runs.spans, 1, width, shaded), is_merged
            column += width


def _fill(
    runs: Runs, parent: etree._Element, inner: list[etree._Element], prompt: bool = False, entered: bool = False
) -> None:
    """Adds a cell's paragraphs to `runs`, one a line; tables inside it go to `inner`."""
    for child in parent:
        tag = child.tag
        if tag == _P:
            if runs:
                runs.add_break()
            runs.add(child, entered, prompt)
        elif tag == _TBL:
            inner.append(child)
        elif tag == _SDT:
            _fill_control(runs, child, inner, prompt, entered)
        elif tag in _PASSED:
            _fill(runs, child, inner, prompt, entered)
        elif tag == ALTERNATE:
            for choice in child.iterfind(CHOICE):
                _fill(runs, choice, inner, prompt, entered)


def _fill_control(
    runs: Runs, control: etree._Element, inner: list[etree._Element], prompt: bool, entered: bool
) -> None:
    ticked = control_box(control)
    if ticked is not None:
        runs.add_box(ticked)
        return
    content = control.find(_SDTCONTENT)
    if content is not None:
        shown = prompt or shows_prompt(control)
        _fill(runs, content, inner, shown, entered or (not shown and is_entry(control)))


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(_STYLE)
    return style is not None and (style.get(VAL) or "").casefold().startswith(("heading", "title", "subtitle"))
