"""What the columns of a table stand for: people side by side, or yes and no. Pure."""

from collections.abc import Sequence

from marac.parsers.page import PEOPLE, Page, Scope
from marac.parsers.squares import Row, Square, choice_of, columns_of
from marac.parsers.writing import OFF, ON, Writing, joined, ticked_box

_MARKS = frozenset(("x", "✓", "✔", "y", "yes", "1", "true", "tick", ON))
_BOTH = ("victim", "perpetrator")
_LAST_COLUMN = 10_000


class Columns:
    """The columns of one table, as its headings have named them so far."""

    def __init__(self, page: Page) -> None:
        self.bands: list[tuple[range, Scope]] = []
        self.choices: dict[int, str] = {}
        self._rows: list[tuple[range, Scope]] = []
        self._page = page

    def clear(self) -> None:
        """A heading across the table ends what its columns stood for."""
        self.bands, self.choices = [], {}

    def scope(self, square: Square) -> Scope:
        """The part of the form that a cell stands in."""
        for spread, scope in self._rows:
            if square.cell.row in spread:
                return scope
        for spread, scope in self.bands:
            if square.cell.column in spread:
                return scope
        return self._page.scope

    def are_named(self, square: Square) -> bool:
        """Whether a heading says whose the column of a cell is."""
        return any(square.cell.column in spread for spread, _ in self.bands)

    def name_people(self, full: Row) -> None:
        """Headings side by side: each says whose its columns are."""
        self.choices = {}
        self._page.waiting = None
        self.bands = [
            (columns_of(square.cell), self._page.begun(square.section)) for square in full if square.role == "heading"
        ]

    def name_choices(self, row: Row) -> None:
        """A row of yes, no and not known over columns of marks."""
        self.choices = {square.cell.column: choice for square in row if (choice := choice_of(square))}

    def name_rows(self, square: Square, scope: Scope) -> None:
        """A heading at the left says whose the rows beside it are."""
        self._rows.append((range(square.cell.row, square.cell.row + square.cell.rows), scope))

    def name_by_labels(self, row: Row) -> None:
        """Two people's own labels in one row: each has the columns up to the other's."""
        begins: list[tuple[int, str]] = []
        for square in row:
            for pair in square.found:
                person = pair.meaning.person
                if person in _BOTH and (not begins or begins[-1][1] != person):
                    begins.append((square.cell.column, person))
        if self.bands or {person for _, person in begins} != set(_BOTH):
            return
        ends = [*(column for column, _ in begins[1:]), _LAST_COLUMN]
        self.bands = [
            (range(column if place else 0, end), self._page.begun(person))
            for place, ((column, person), end) in enumerate(zip(begins, ends, strict=True))
        ]

    def with_choices(self, values: Sequence[Square]) -> Writing:
        """Words beside a label as one writing; a mark under Yes or No becomes that word with a ticked box."""
        parts = []
        for value in values:
            choice = self.choices.get(value.cell.column)
            words = value.writing.text.strip().casefold()
            if choice is None or (words and words not in _MARKS and words != OFF):
                parts.append(value.writing)
            elif words in _MARKS:
                parts.append(ticked_box(choice))
        return joined(parts)


def are_people(row: Row) -> bool:
    """Whether a row is headings that name a person each, over columns; the first may be words over the labels."""
    full = [square for square in row if square.role != "blank"]
    headings = [square for square in full if square.role == "heading" and square.section in PEOPLE]
    if len(headings) < 2:
        return len(headings) == 1 == len(full) and row[0].role == "blank"
    rest = [square for square in full if square not in headings]
    return not rest or (rest == [row[0]] and rest[0].role in ("prompt", "text", "label"))


def are_choices(row: Row) -> bool:
    """Whether a row is yes and no over columns of marks."""
    if row[0].role in ("label", "pairs", "choices"):
        return False
    named = {choice for square in row[1:] if (choice := choice_of(square))}
    return {"Yes", "No"} <= named and not any(square.role in ("label", "pairs") for square in row[1:])
