"""What a format yields: where words and boxes stand in a file, and nothing about what they mean.

A file is a sequence of blocks in reading order: tables of cells, and lines outside tables. Their content is spans:
pieces of text in one look, and boxes. A format strips no placeholder and decides no answer; it reports.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from marac.document import Document


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look, or a box.

    A box has `ticked` True or False and an empty `text`: ☒, ✓, Wingdings, content controls, form fields and drawn
    squares all arrive here as the same thing. A new line inside a cell is a newline in `text`.
    """

    text: str = field(default="", repr=False)
    ticked: bool | None = None
    bold: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    entered: bool = False
    """Typed into a field or control by whoever filled in the form, beyond doubt."""
    placeholder: bool = False
    """A prompt that a field or control shows while it is empty."""
    hidden: bool = False
    """In the file but not shown to a reader of it."""
    look: str = ""
    """Font, size and colour where the format knows them: what was typed often differs in it from what was printed."""
    sureness: float = 1.0
    """How sure it is that this was read as it stands, from 0 to 1; less than 1 only in pictures."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (numbered from 1), in points from its top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with its place in the grid (from 0) and how many rows and columns it covers."""

    row: int
    column: int
    spans: tuple[Span, ...] = field(default=(), repr=False)
    rows: int = 1
    columns: int = 1
    shaded: bool = False
    value: dt.date | float | bool | None = field(default=None, repr=False)
    """The value where the format has types (a spreadsheet's date, number or truth value)."""

    @property
    def text(self) -> str:
        """The words of the cell, boxes left out."""
        spans = self.spans
        if len(spans) == 1:
            return spans[0].text
        return "".join([span.text for span in spans]) if spans else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells; a merged cell stands once, at its top left."""

    cells: tuple[Cell, ...]
    where: str
    """The table's place for a person: `table 2`, `page 1, table 3`, `sheet Referral`."""
    places: Mapping[int, Place] = field(default_factory=dict)
    """Where each row stands, in a format that has pages."""
    column: int | None = None
    """The column of the cell that an inner table stands in, of the outermost table; None for any other table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line of print outside tables."""

    spans: tuple[Span, ...] = field(repr=False)
    where: str
    heading: bool = False
    unread: str = ""
    """One sentence on what stands here and could not be read (a scanned page); such a line has no spans."""
    place: Place | None = None

    @property
    def text(self) -> str:
        """The words of the line, boxes left out."""
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


Block = Table | Line


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the reading of one file may use: time, and the folder of the models that read scans."""

    patient: bool = True
    """Whether a page may be read that takes seconds; if not, the format raises `NeedsTime`."""
    twice: bool = True
    """Whether what decides a case is read by a second library as well."""
    models: Path | None = None
    """The folder of Tesseract's models (`eng.traineddata`); None for where the system keeps them."""
    wordings: Path | None = None
    """The file of the area's own wordings; None where it has none. No format reads it: the dictionary does."""


class Format(Protocol):
    """One file format. Exactly one must recognise a document, by its bytes and never by its name."""

    @property
    def name(self) -> str:
        """The format as a person calls it: `Word`, `PDF`, `Excel`."""

    def recognises(self, document: Document) -> bool:
        """Whether the bytes are this format."""

    def blocks(self, document: Document) -> Iterable[Block]:
        """The document's blocks in reading order.

        Raises:
            UnreadableDocument: the bytes are this format, but damaged, encrypted or beyond the limits.
            NeedsTime: it has pages that take seconds to read, and the allowance has not the time.
        """

    def blocks_again(self, document: Document) -> Iterable[Block] | None:
        """The same blocks, read by another library; None where there is no second way to read this file.

        What decides a case is read by both ways, and a difference is shown to a person.
        """


class UnreadableDocument(Exception):  # noqa: N818 - it says what the document is
    """This document cannot be read; the message is one sentence for the coordinator, without a name in it."""


class NeedsTime(Exception):  # noqa: N818 - it says what the document needs
    """This document has pages that take seconds to read; ask again with patience."""
