"""What each row of an old register is: a case, or a heading, a title, a total, a note, or nothing. Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from marac.parsers.filling.values import dates_in
from marac.takeover.cells import day_in
from marac.takeover.headings import VICTIM_NAMES, Headings, repeats
from marac.takeover.sheets import Row, Sheet

RowKind = Literal["filled", "blank", "heading", "title", "total", "note"]

IN_WORDS: Mapping[RowKind, str] = {
    "blank": "blank", "heading": "headings", "title": "titles", "total": "totals", "note": "notes",
}  # fmt: skip

_TOTAL = re.compile(
    r"\W*(?:grand |sub[- ]?)?totals?\b|\W*(?:number|no|count) of (?:cases|referrals|repeats)\b", re.IGNORECASE
)
_TITLE_WORDS = re.compile(
    r"\b(?:marac|meeting|conference|panel|date|held|on|of|the|mon|tues?|wed|wednes|thurs?|fri|(?:mon|tues|wednes|thurs|fri)day"
    r"|cases|case list|list|agenda|extraordinary|emergency|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|august|september|october|november|december|register|spreadsheet|st|nd|rd|th)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SortedRow:
    """A row, what it is, and the meeting that a title above it, or the sheet's own title, names."""

    row: Row
    kind: RowKind
    meeting: dt.date | None = None


def sorted_rows(sheet: Sheet, headings: Headings, latest: dt.date) -> Iterator[SortedRow]:
    """Every row of the sheet with what it is."""
    titles = [row for row in sheet.rows if headings.row - headings.rows < row.number <= headings.row and row.cells]
    meeting = _day_in_title(sheet.title, latest)
    for row in sheet.rows:
        kind = _kind(row, headings, titles, latest)
        if kind == "title" and (named := _day_in_title(_only(row), latest)) is not None:
            meeting = named
        yield SortedRow(row, kind, meeting)


def _kind(row: Row, headings: Headings, titles: Sequence[Row], latest: dt.date) -> RowKind:
    if not row.cells:
        return "blank"
    if row in titles or (len(row.cells) > 1 and repeats(row, titles)):
        return "heading"
    if any(_TOTAL.match(row.text(place)) for place in row.cells):
        return "total"
    if row.number < headings.row or (len(row.cells) == 1 and _day_in_title(_only(row), latest) is not None):
        return "title"
    return "filled" if _tells_of_a_case(row, headings) else "note"


def _tells_of_a_case(row: Row, headings: Headings) -> bool:
    """Whether a row has something in the columns that are taken; one cell alone must be the victim's name."""
    if len(row.cells) == 1:
        return _names_victim(next(iter(row.cells)), headings)
    return any(column.taken and column.place in row.cells for column in headings.columns)


def _names_victim(place: int, headings: Headings) -> bool:
    return any(column.place == place and column.field in VICTIM_NAMES for column in headings.columns)


def _only(row: Row) -> str:
    return " ".join(row.text(place) for place in sorted(row.cells))


def _day_in_title(title: str, latest: dt.date) -> dt.date | None:
    """The day of a meeting in a title that says little else (`MARAC 12.03.25`); None for a year, a month or other words."""
    found = [each for each in dates_in(title) if each.date is not None]
    if len(found) != 1:
        return None
    rest = title[: found[0].start] + " " + title[found[0].end :]
    if re.search(r"[^\W\d_]{2,}", _TITLE_WORDS.sub(" ", rest)):
        return None
    day = day_in(found[0].text, latest).value
    return day if isinstance(day, dt.date) else None
