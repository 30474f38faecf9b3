"""A sheet before it is a file: columns, rows of plain values, and what is said about single cells."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "code", "date", "number", "link"]
"""`code` is short text that looks like a number (phones, references) and must never become one; `text` is any other."""

Choices = Literal["states", "yes or no", "agencies", "decisions", "genders", "sides", "outcomes"]
"""`decisions` is what can be typed as one; `sides` says which of two values is right: `typed` or `register`."""

Hue = Literal["red", "amber", "green", "blue", "violet", "grey"]
Group = Literal["case", "risk", "victim", "perpetrator", "children", "decision", "form", "other"]
Value = str | int | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class Colour:
    """What colours a cell: its words, or words in another column, or a day that has passed while `unless` is empty."""

    hue: Hue
    words: tuple[str, ...] = ()
    where: str | None = None
    """The column whose words count, where that is another one."""
    overdue_unless: str | None = None
    """Colours days before today as long as the column of this title is empty; Excel itself knows which day it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width in characters, and what stands in it."""

    title: str
    width: float
    kind: Kind = "text"
    group: Group = "other"
    choices: Choices | None = None
    colours: tuple[Colour, ...] = ()
    edits: str | None = None
    """The leaf that an edit in this column goes to; None where the program owns the column.

    On the sheet of cases leaves of the referral record (`victim.phone`, `perpetrators.0.name`, `criteria.score`) and
    `agency`, `decision`, `decided by`, `reason for decision`; on those of people and children leaves of that person
    (`name`); on that of actions `text`, `due`, `done`, `outcome`, `note`, `owner`, `risk`; on that of conflicts `which`.
    """


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about one cell; `doubtful` also colours it, so that a person looks."""

    text: str = field(repr=False)
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some rows of a table, its own sheet's or another's."""

    title: str
    kind: Literal["column", "bar", "line"]
    sheet: str
    names: str
    """The title of the column with the names of its points."""
    values: tuple[str, ...]
    """The titles of the columns that it shows, one line or one set of bars each."""
    first: int
    """The first row of the table that it shows, from 0."""
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: some lines of words, then a table. `notes` are by row and column of the table, from 0."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]] = field(repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    notes: Mapping[tuple[int, int], Note] = field(default_factory=dict, repr=False)
    printed: int | None = None
    """How many columns, from the left, are printed; None for all."""
    tallest: int | None = None
    """Lines that a row is high at most; None for as many as its text has."""
    sized_by: int | None = None
    """How many columns, from the left, make a row as high as their text; None for all. Stories do not."""
    grey_rows: Colour | None = None
    """Rows that are over and done with: the whole row turns grey where the column `where` has these words."""
    keyed: bool = False
    """Whether the first column is the key by which a row is found again, so that edits can be read back."""
    locked: frozenset[tuple[int, int]] = frozenset()
    """Cells that the program owns although their column can be edited, by row and column of the table, from 0."""
    advice: str = ""
    """One line above the table: what can be edited there, and what becomes of an edit."""
    charts: tuple[Chart, ...] = ()
    """Pictures between the words and the table."""

    def programs(self, column: Column) -> bool:
        """Whether the program owns this column of a sheet that people edit: it is shaded, and edits there are undone."""
        return self.keyed and column.edits is None
