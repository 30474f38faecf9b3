"""Where the headings of a sheet stand: under titles, in one row or in two. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import plain
from marac.takeover.columns import Column, columns_of
from marac.takeover.register_words import ACTIONS, COUPLE, COUPLE_REVERSED
from marac.takeover.sheets import Row, Sheet

_FIRST_ROWS = 40  # in which the headings stand
_FEWEST = 2
_LONGEST_TITLE = 120
VICTIM_NAMES = frozenset(("victim.name", "victim.surname", COUPLE, COUPLE_REVERSED))
"""The fields of which a row of a case has one."""
_WORTH = {"sure": 3, "likely": 2}
_SINGLE = re.compile(r"[\d./:\-\s]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of the headings (its number; the lower one of two) and the columns under them."""

    row: int
    columns: tuple[Column, ...]
    rows: int = 1
    """How many rows the headings fill: 2 where a heading above covers several columns."""

    @property
    def names_victims(self) -> bool:
        """Whether a column holds the victim's name."""
        return any(column.field in VICTIM_NAMES for column in self.columns)

    @property
    def lists_actions(self) -> bool:
        """Whether this is a list of actions, by the number of their case."""
        return not self.names_victims and any(column.field == ACTIONS for column in self.columns)


def headings_of(sheet: Sheet, vocabulary: Vocabulary) -> Headings | None:
    """The headings of a sheet: of its first rows the one with most titles that are known; None where there is none."""
    best: Headings | None = None
    filled = [row for row in sheet.rows if row.cells][:_FIRST_ROWS]
    for place, row in enumerate(filled):
        above = filled[place - 1] if place and filled[place - 1].number == row.number - 1 else None
        for found in _possible(row, above, vocabulary):
            if best is None or _worth(found) > _worth(best):
                best = found
    return best


def _possible(row: Row, above: Row | None, vocabulary: Vocabulary) -> list[Headings]:
    """The headings that a row may be, alone and together with the row above it."""
    if not _may_be_titles(row):
        return []
    alone = [(place, _title(row, place), "") for place in sorted(row.cells)]
    found = [Headings(row.number, columns_of(alone, vocabulary))]
    if above is not None and len(above.cells) > 1 and _may_be_titles(above):
        found.append(Headings(row.number, columns_of(_joined(row, above, vocabulary), vocabulary), 2))
    return [each for each in found if _known(each) >= _FEWEST and _known(each) * 2 >= len(each.columns)]


def _joined(row: Row, above: Row, vocabulary: Vocabulary) -> list[tuple[int, str, str]]:
    """The titles of two rows; a word for a person above goes on over the columns to its right, up to the next one."""
    titles, person = [], ""
    for place in range(max(*row.cells, *above.cells) + 1):
        over = _title(above, place)
        if over:
            person = over if vocabulary.person_word(over) else ""
        if place in row.cells or over:
            titles.append((place, _title(row, place), over or person))
    return titles


def _may_be_titles(row: Row) -> bool:
    """Whether the cells of a row may be titles: words, none of them long, and no dates or figures."""
    texts = [row.text(place) for place in row.cells]
    words = [text for text in texts if not _SINGLE.fullmatch(text) and len(text) <= _LONGEST_TITLE]
    return len(words) >= _FEWEST and len(words) * 4 >= len(texts) * 3


def _known(headings: Headings) -> int:
    """How many titles are known."""
    return sum(each.taken or each.sureness == "whose?" for each in headings.columns)


def _worth(headings: Headings) -> int:
    """How much is known of the columns; that a victim is named counts for one more."""
    return sum(_WORTH.get(each.sureness, 0) for each in headings.columns if each.taken) + headings.names_victims


def _title(row: Row, place: int) -> str:
    return " ".join(row.text(place).split()).strip(" :*")


def repeats(row: Row, titles: Sequence[Row]) -> bool:
    """Whether a row is the headings over again."""
    words = {plain(row.text(place)) for place in row.cells}
    return any(
        len(words & {plain(each.text(place)) for place in each.cells}) * 3 >= len(each.cells) * 2 for each in titles
    )
