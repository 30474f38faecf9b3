"""The sheets of an old spreadsheet as plain values: what stands in which cell, and what is hidden. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marac.parsers.sheets.sheet_values import shown

Value = str | float | bool | dt.date
"""What a filled cell holds; a date has no time of day."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by its number in the spreadsheet (from 1), with its filled cells by column (from 0)."""

    number: int
    cells: Mapping[int, Value] = field(repr=False)

    def text(self, column: int) -> str:
        """The words of a cell, white space folded line by line; empty where nothing stands."""
        return words_of(self.cells[column]) if column in self.cells else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with every row from the first to the last in use, blank ones among them."""

    number: int
    title: str = field(repr=False)
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True, slots=True)
class OldFile:
    """A spreadsheet that was read."""

    sheets: tuple[Sheet, ...]
    ours: bool = False
    """Whether it says of itself that marac wrote it."""


def words_of(value: Value) -> str:
    """A value as the spreadsheet shows it; the lines of a text stay apart."""
    text = value if isinstance(value, str) else shown(value)
    return "\n".join(folded for line in text.splitlines() if (folded := " ".join(line.split())))


def old_file_from(answer: Mapping[str, Any]) -> OldFile:
    """What the process that opens spreadsheets answered (`opened.answer_for`), as values.

    Raises:
        KeyError, TypeError, ValueError: it is no such answer.
    """
    sheets = (_sheet(number, each) for number, each in enumerate(answer["sheets"], 1))
    return OldFile(tuple(sheets), bool(answer["ours"]))


def _sheet(number: int, told: Mapping[str, Any]) -> Sheet:
    rows = tuple(
        Row(place, {column: _value(value) for column, value in enumerate(cells) if _fills(value)})
        for place, cells in enumerate(told["rows"], 1)
    )
    hidden = int(told["hidden_rows"]), int(told["hidden_columns"])
    return Sheet(number, str(told["title"]), rows, bool(told["hidden"]), *hidden)


def _fills(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, str) and not value.strip())


def _value(told: Any) -> Value:
    """A value; JSON has no dates, so they come as `{"date": "2025-03-12"}`."""
    if isinstance(told, Mapping):
        return dt.date.fromisoformat(told["date"])
    return told if isinstance(told, bool | str) else float(told)
