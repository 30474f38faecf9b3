"""A sheet before it is a file: columns, rows of plain values, and what is said about single cells."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "code", "date", "number", "link"]
"""`code` is short text that looks like a number (phones, references) and must never become one; `text` is any other."""

Choices = Literal["states", "yes or no", "agencies"]
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


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about one cell; `doubtful` also colours it, so that a person looks."""

    text: str = field(repr=False)
    doubtful: bool = False


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
    sized_by: int | None = None
    """How many columns, from the left, make a row as high as their text; None for all. Stories do not."""
    grey_rows: Colour | None = None
    """Rows that are over and done with: the whole row turns grey where the column `where` has these words."""
