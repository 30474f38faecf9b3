"""A plain referral form of two columns, as blocks: what a test adds to it stands under the victim or the case."""

import datetime as dt

from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.parsers.dictionary.dictionary import vocabulary
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.paper import reading
from marac.referral import Reading

TODAY = dt.date(2024, 4, 1)
Row = tuple[str, str]
REFERRER: tuple[Row, ...] = (("Name", "Jo Whitlock"), ("Agency", "Harbour IDVA"), ("Date of referral", "12/03/2024"))
VICTIM: tuple[Row, ...] = (
    ("Name", "Elowen Penrose"),
    ("Date of birth", "1/2/1980"),
    ("Address", "4 Alma Rise, Carrowdale, CR4 5AB"),
    ("Telephone number", "07700 900123"),
)
PERPETRATOR: tuple[Row, ...] = (("Name", "Jago Tregenza"), ("Date of birth", "04/05/1990"))


def plain_reading(
    *case: Row,
    victim: tuple[Row, ...] = (),
    perpetrator: tuple[Row, ...] = (),
    children: tuple[Row, ...] = (),
    people: tuple[str, str] = ("Victim", "Perpetrator"),
    bold: bool = True,
    words: Vocabulary | None = None,
) -> Reading:
    """What the form says. A row of `victim` takes the place of the row with the same label, or is added."""
    own = {**dict(VICTIM), **dict(victim)}
    story = ("Reason for referral", "He was arrested on Friday and bailed. She is frightened and wants to move.")
    rows: list[str | Row] = ["Referrer", *REFERRER, people[0], *own.items(), people[1], *PERPETRATOR, *perpetrator]
    rows += ["Children", *children] if children else []
    rows += ["Case details", *case, story]
    blocks: list[Block] = [Line((Span("MARAC referral form", bold=True),), "line 1"), _table(rows, bold)]
    return reading(blocks, TODAY, words or vocabulary())


def _table(rows: list[str | Row], bold: bool) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        if isinstance(row, str):
            cells.append(Cell(number, 0, (Span(row, bold=True),), columns=2))
        else:
            cells.append(Cell(number, 0, (Span(row[0], bold=bold),)))
            cells.append(Cell(number, 1, (Span(row[1]),)))
    return Table(tuple(cells), "table 1")
