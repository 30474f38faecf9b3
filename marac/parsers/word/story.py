"""The running text of one part of a Word file: its paragraphs, tables and text boxes in the order they are read."""

from collections.abc import Iterator

from lxml import etree

from marac.parsers.blocks import Block, Cell, Line, Table
from marac.parsers.word.cells import CellRuns
from marac.parsers.word.look import PLAIN, Look, around
from marac.parsers.word.part import BROUGHT_IN, ELSEWHERE, Part
from marac.parsers.word.runs import Runs, own_look
from marac.parsers.word.tables import Merged, cells_of_row, grown, rows_of_table, spread, widened
from marac.parsers.word.xml import ALTERNATE, SDT, TBL, VAL, WRAPPERS, Control, P, W, alternative

_P_PR = W + "pPr"
_P_STYLE = W + "pStyle"


class Story:
    """One run of text: the body, or a page header or footer. Counts its tables and paragraphs from 1."""

    def __init__(self, part: Part, where: str = "") -> None:
        self._part = part
        self._where = where
        self._tables = 0
        self._paragraphs = 0
        self._unended: Runs | None = None
        """What stands in a paragraph whose end was deleted, so that the next one goes on with it."""

    def blocks(
        self, parent: etree._Element, inside_of: str = "", look: Look = PLAIN, column: int | None = None
    ) -> Iterator[Block]:
        """What stands in `parent`; `inside_of` is the place of the table around it, `column` the cell's in it."""
        for child in parent:
            tag = child.tag
            if tag == P:
                yield from self._paragraph(child, inside_of, look)
            elif tag == TBL:
                yield from self._table(child, inside_of, column)
            elif tag == SDT:
                control = Control(child)
                if control.content is not None:
                    prompt = look.placeholder or control.shows_prompt
                    shown_as = around(placeholder=prompt, hidden=look.hidden)
                    yield from self.blocks(control.content, inside_of, shown_as, column)
            elif tag in WRAPPERS:
                yield from self.blocks(child, inside_of, look, column)
            elif tag == ALTERNATE:
                shown = alternative(child)
                if shown is not None:
                    yield from self.blocks(shown, inside_of, look, column)
            elif tag in ELSEWHERE:
                self._part.notes.setdefault(BROUGHT_IN, "")

    def _paragraph(self, paragraph: etree._Element, inside_of: str, look: Look) -> Iterator[Block]:
        self._paragraphs += 1
        runs = self._unended or Runs(self._part)
        runs.add(paragraph, own_look(paragraph, look, self._part))
        self._unended = None
        if paragraph in self._part.joined and (after := paragraph.getnext()) is not None and after.tag == P:
            self._unended = runs
            return
        if runs:
            where = self._where or inside_of or f"paragraph {self._paragraphs}"
            yield Line(runs.spans, where, _is_heading(paragraph))
        for box in runs.text_boxes:
            yield from self.blocks(box, inside_of or "text box")

    def _table(self, table: etree._Element, inside_of: str, column: int | None = None) -> Iterator[Block]:
        if inside_of.startswith("table"):
            where = f"{inside_of}, inner table"
        else:
            self._tables += 1
            where = self._where or f"table {self._tables}"
        grid = _Grid()
        number = -1
        for row in rows_of_table(table):
            if row in self._part.gone:
                continue
            number += 1
            inner: list[tuple[int, etree._Element]] = []
            grid.begin_row()
            for cell, merged in self._cells(row, number, inner):
                grid.add(cell, merged)
            if inner:
                yield Table(tuple(grid.cells), where, column=column)
                grid = _Grid()
                for own, each in inner:
                    yield from self._inner(each, f"{where}, row {number + 1}", own if column is None else column)
        if grid.cells:
            yield Table(tuple(grid.cells), where, column=column)

    def _inner(self, element: etree._Element, place: str, column: int) -> Iterator[Block]:
        """A table or a text box that stands inside a cell."""
        if element.tag == TBL:
            yield from self._table(element, place, column)
        else:
            yield from self.blocks(element, place, column=column)

    def _cells(
        self, row: etree._Element, number: int, inner: list[tuple[int, etree._Element]]
    ) -> Iterator[tuple[Cell, Merged]]:
        """The cells of a row, and what each of them continues."""
        part = self._part
        column = part.before.get(row, 0)
        for element, look, control in cells_of_row(row, around(hidden=True) if row in part.hidden else PLAIN):
            if element in part.gone:
                continue
            width, merged, shaded = spread(element)
            held: list[etree._Element] = []
            runs = CellRuns(part, held)
            if control is None:
                runs.fill(element, look)
            else:
                runs.add_control_box(control)
            inner.extend((column, each) for each in (*held, *runs.text_boxes))
            yield Cell(number, column, runs.spans, 1, width, shaded), merged
            column += width


class _Grid:
    """The cells of a table as they come, merged ones joined."""

    __slots__ = ("_open", "_row", "cells")

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._open: dict[int, int] = {}
        self._row = 0

    def begin_row(self) -> None:
        """What comes next stands at the left."""
        self._row = len(self.cells)

    def add(self, cell: Cell, merged: Merged) -> None:
        """Adds a cell, or joins it to the one that it continues."""
        if merged == "above" and (above := self._open.get(cell.column)) is not None:
            self.cells[above] = grown(self.cells[above], cell)
        elif merged == "beside" and len(self.cells) > self._row:
            self.cells[-1] = widened(self.cells[-1], cell)
        else:
            self._open[cell.column] = len(self.cells)
            self.cells.append(cell)


def _is_heading(paragraph: etree._Element) -> bool:
    if not len(paragraph) or paragraph[0].tag != _P_PR:
        return False
    styles = [each.get(VAL) or "" for each in paragraph[0] if each.tag == _P_STYLE]
    return bool(styles) and styles[0].casefold().startswith(("heading", "title", "subtitle"))
