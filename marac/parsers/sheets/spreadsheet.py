"""What every kind of workbook has in common: a sheet of sparse cells, with what floats over it, as a table."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from marac.parsers.blocks import Block, Cell, Line, Span, Table, UnreadableDocument
from marac.parsers.marks import is_symbol_font, pieces, symbol_box
from marac.parsers.sheets.sheet_values import Value, shown, typed

MOST_BYTES = 8_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 702  # A to ZZ
MOST_MERGED = 20_000
_MOST_CELLS = 200_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED_CELLS = 5  # so many cells are named in one sentence
_TOO_LARGE = "The workbook is far larger than any form, so it was not opened."
EMPTY = "The workbook has no filled cell on a visible sheet."

ERROR = "A cell that shows an error instead of a value"
NOTE = "A note on a cell"
LOST = "A formula whose result is not in the file"
DROP_DOWN = "A drop-down that floats over the cells"
PICTURE = "A picture"
"""What a sheet may hold that is not read."""

Position = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass(frozen=True, slots=True)
class Font:
    """How words are written: what of it can mark an answer."""

    name: str | None = None
    bold: bool = False
    underlined: bool = False
    struck: bool = False
    coloured: bool = False
    """In a colour that stands out, such as red; for a part of a cell that is a way to mark it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in one cell of a sheet."""

    spans: tuple[Span, ...] = field(default=(), repr=False)
    value: Value = field(default=None, repr=False)
    shaded: bool = False


@dataclass(slots=True)
class Sheet:
    """One visible sheet of a workbook on its way to blocks."""

    title: str
    cells: dict[Position, Filled] = field(default_factory=dict, repr=False)
    merged: dict[Position, tuple[int, int]] = field(default_factory=dict)
    """The top left cell of each merged range, to the rows and columns of the range."""
    columns: int = 0
    """How many columns are in use, empty but formatted ones among them."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[tuple[Position, tuple[Span, ...]]] = field(default_factory=list, repr=False)
    """Tick boxes that float over cells, from left to right, each with its caption."""
    texts: list[tuple[Position | None, tuple[Span, ...]]] = field(default_factory=list, repr=False)
    """Words in text boxes, with the cell that each begins over where it is known."""
    missed: dict[str, list[Position]] = field(default_factory=dict)
    """What stands on which cells and cannot be read."""
    unread: list[str] = field(default_factory=list)
    """Sentences on what stands on this sheet and cannot be read."""

    @property
    def where(self) -> str:
        """The sheet's place for a person."""
        return f"sheet {self.title}"

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether this cell is in a hidden row or column."""
        return row in self.hidden_rows or column in self.hidden_columns

    def misses(self, what: str, at: Position) -> None:
        """Notes that `what` stands on this cell, where it can be seen, and is not read."""
        if not self.is_hidden(*at):
            self.missed.setdefault(what, []).append(at)

    def loses_boxes(self) -> None:
        """Notes that there are boxes of which the file does not say where they stand."""
        self.unread.append(f"Boxes on sheet “{self.title}” stand by no cell and were not read. Open it and look.")

    def blocks(self) -> Iterator[Block]:
        """The sheet's table, if anything is in it; then text boxes that stand over filled cells, then what is unread.

        Raises:
            UnreadableDocument: the sheet is far larger than any form.
        """
        covered = self._covered()
        boxes, lines = self._floating(covered)
        rows = sorted({row for (row, _), each in self.cells.items() if each.spans} | {row for row, _ in boxes})
        columns = self._columns(boxes)
        if len(rows) * columns > _MOST_CELLS:
            raise UnreadableDocument(_TOO_LARGE)
        every = ((row, column) for row in rows for column in range(columns))
        cells = [self._cell(at, boxes) for at in every if at not in covered]
        if cells:
            yield Table(tuple(cells), self.where)
        yield from lines
        for sentence in (*map(self._told, self.missed), *self.unread):
            yield Line((), self.where, unread=sentence)

    def _told(self, what: str) -> str:
        names = [cell_name(*each) for each in dict.fromkeys(self.missed[what])]
        more = " and others" if len(names) > _NAMED_CELLS else ""
        cells = ", ".join(names[:_NAMED_CELLS])
        return f"{what} was not read (sheet “{self.title}”, {cells}{more}). Open it and look."

    def _cell(self, at: Position, boxes: dict[Position, list[Span]]) -> Cell:
        filled = self.cells.get(at)
        if filled is None and at not in boxes and at not in self.merged:
            return Cell(*at)
        filled = filled or _NOTHING
        rows, columns = self.merged.get(at, (1, 1))
        spans = (*boxes[at], *filled.spans) if at in boxes else filled.spans
        return Cell(*at, spans, rows, columns, filled.shaded, filled.value)

    def _columns(self, boxes: dict[Position, list[Span]]) -> int:
        """One column more than is filled, where there is one: the empty ones beyond it answer nothing."""
        filled = [at for at, each in self.cells.items() if each.spans]
        last = max((column + self.merged.get((row, column), (1, 1))[1] for row, column in [*filled, *boxes]), default=0)
        return max(last, min(self.columns, last + 1))

    def _covered(self) -> dict[Position, Position]:
        """Each cell that a merged range hides, and the top left one that stands for it."""
        check_extent(merged=sum(rows * columns for rows, columns in self.merged.values()))
        return {
            (row, column): corner
            for corner, (rows, columns) in self.merged.items()
            for row in range(corner[0], corner[0] + rows)
            for column in range(corner[1], corner[1] + columns)
            if (row, column) != corner
        }

    def _floating(self, covered: dict[Position, Position]) -> tuple[dict[Position, list[Span]], list[Line]]:
        """What floats over cells, by cell; and as lines the text boxes over cells with words of their own."""
        found: dict[Position, list[Span]] = {}
        lines = []
        for at, box in self.boxes:
            found.setdefault(covered.get(at, at), []).extend(box)
        for place, words in self.texts:
            owner = None if place is None else covered.get(place, place)
            if owner is None or owner in found or self.cells.get(owner, _NOTHING).spans:
                lines.append(Line(words, f"{self.where}, text box"))
            else:
                found[owner] = list(words)
        return found, lines


_NOTHING = Filled()


def check_extent(rows: int = 0, columns: int = 0, merged: int = 0, size: int = 0, cells: int = 0) -> None:
    """Refuses a sheet that is small in the file and vast when opened.

    Args:
        rows: the last row in use.
        columns: the last column in use.
        merged: how many cells the merged ranges cover.
        size: bytes of the sheet when unpacked.
        cells: how many cells are filled.

    Raises:
        UnreadableDocument: it is larger than any form.
    """
    vast = rows > MOST_ROWS or columns > MOST_COLUMNS or merged > MOST_MERGED
    if vast or size > MOST_BYTES or cells > _MOST_CELLS:
        raise UnreadableDocument(_TOO_LARGE)


def cell_name(row: int, column: int) -> str:
    """The cell as a person calls it: `B7`."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def blocks_of(sheets: Iterable[Sheet]) -> list[Block]:
    """The blocks of all these sheets.

    Raises:
        UnreadableDocument: nothing is in them, or they are far larger than any form.
    """
    found = [block for sheet in sheets for block in sheet.blocks()]
    if not found:
        raise UnreadableDocument(EMPTY)
    return found


def filled(value: object, number_format: str, font: Font, *, shaded: bool, hidden: bool) -> Filled:
    """A cell with one value in one look."""
    text = value if isinstance(value, str) else shown(value, number_format)
    return Filled(tuple(spans(text, font, hidden=hidden)), typed(value), shaded)


def spans(text: str, font: Font, *, hidden: bool = False, part: bool = False) -> Iterator[Span]:
    """Words in one look, with their box glyphs; `part` where they are a part of a cell's words."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if is_symbol_font(font.name):
        drawn = (symbol_box(font.name or "", letter) for letter in text)
        yield from (Span(ticked=each, hidden=hidden) for each in drawn if each is not None)
        return
    marked = part and font.coloured
    for piece in (text,) if text.isascii() else pieces(text):
        if isinstance(piece, bool):
            yield Span(ticked=piece, hidden=hidden)
        elif piece:
            yield Span(piece, None, font.bold, font.underlined, font.struck, marked, hidden=hidden)
