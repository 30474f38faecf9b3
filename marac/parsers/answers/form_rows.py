"""The rows of a filled-in form, one after the other, wherever its tables were cut by a page. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marac.parsers.blocks import Block, Cell, Line, Span, Table

_EDGES = ("page header", "page footer")
_PRINTED_EDGE = re.compile(r"^\s*(?:official[- ]sensitive\b|.*\bpage \d+ of \d+\s*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a table, or a line outside tables, which has one cell."""

    cells: tuple[Cell, ...] = field(repr=False)
    where: str
    in_table: bool = True
    heading: bool = False

    @property
    def label(self) -> str:
        """The words of its first cell."""
        return " ".join(self.cells[0].text.split()) if self.cells else ""

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(text for cell in self.cells if (text := cell.text.strip()))


def rows_in(blocks: Sequence[Block]) -> Iterator[FormRow]:
    """The rows of all tables and the lines between them, in reading order; what stands at the edges of pages is left out."""
    for block in blocks:
        if isinstance(block, Line):
            if not block.where.startswith(_EDGES) and not _PRINTED_EDGE.match(block.text) and _says(block.spans):
                yield FormRow((Cell(0, 0, block.spans),), block.where, in_table=False, heading=block.heading)
        elif not block.where.startswith(_EDGES):
            yield from _rows(block)


def texts_in(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of a file, its page headers and footers among them."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def spans_in(blocks: Sequence[Block]) -> Iterator[Span]:
    """Every span of a file."""
    for block in blocks:
        if isinstance(block, Line):
            yield from block.spans
        else:
            yield from (span for cell in block.cells for span in cell.spans)


def unread_in(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What a format could not read, in its own words, and what makes all of it uncertain."""
    told = dict.fromkeys(block.unread for block in blocks if isinstance(block, Line) and block.unread)
    if any(span.hidden and span.text.strip() for span in spans_in(blocks)):
        told["The file holds hidden text, which was not read."] = None
    if any(span.sureness < 1 for span in spans_in(blocks)):
        told["It was read from a picture of a page, which is never certain."] = None
    return tuple(told)


def written_in(spans: Sequence[Span]) -> str:
    """What was written: no prompts, nothing hidden, nothing crossed out; a new line stays one."""
    kept = (span.text for span in spans if not (span.placeholder or span.hidden or span.struck))
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def crossed_out(spans: Sequence[Span]) -> bool:
    """Whether words in it are crossed out."""
    return any(span.struck and span.text.strip() for span in spans)


def _rows(table: Table) -> Iterator[FormRow]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for number in sorted(rows):
        cells = sorted(rows[number], key=lambda cell: cell.column)
        yield FormRow(tuple(cells), f"{table.where}, row {number + 1}")


def _says(spans: Sequence[Span]) -> bool:
    return any(span.ticked is not None or span.text.strip() for span in spans)
