"""What the columns of a table stand for: people side by side, or yes and no. Pure."""

import re
from collections.abc import Mapping, Sequence

from marac.parsers.dictionary.wordings import plain
from marac.parsers.layout.page import PEOPLE, Page, Scope
from marac.parsers.layout.squares import Row, Square, choice_of, columns_of
from marac.parsers.layout.writing import OFF, ON, Writing, joined, ticked_box

_MARKS = frozenset(("x", "✓", "✔", "y", "yes", "1", "true", "tick", ON))
_GUIDE = re.compile(
    r"(?:(?:completion|user|further|referrer|form) )?(?:guidance|help|hints?|instructions?|prompts?|tips?)"
    r"(?: (?:notes?|text|for .{3,30}|on .{3,30}))?|notes (?:for|on) (?:completion|completing.*|guidance)"
    r"|how to (?:answer|complete.*|fill.*)|what to (?:write|put|include)|examples?"
)
_ANSWERS = frozenset(("answer", "answers", "your answer", "response", "responses", "reply", "details", "information"))
_BOTH = ("victim", "perpetrator")
_LAST_COLUMN = 10_000


class Columns:
    """The columns of one table, as its headings have named them so far."""

    def __init__(self, page: Page) -> None:
        self.bands: list[tuple[range, Scope]] = []
        self.choices: dict[int, str] = {}
        self._rows: list[tuple[range, Scope]] = []
        self._child: Scope | None = None
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

    def name_child(self, square: Square, *, is_name: bool) -> None:
        """A label at the left that speaks of a child says so for its row; a name begins the next child."""
        if is_name or self._child is None:
            self._child = self._page.begun("child", firm=False)
        self.name_rows(square, self._child)

    def name_by_labels(self, row: Row) -> None:
        """Two people's own labels in one row: each has the columns up to the other's."""
        begins: list[tuple[int, str]] = []
        for square in row:
            for pair in square.found:
                person = pair.meaning.person
                if person in _BOTH and (not begins or begins[-1][1] != person):
                    begins.append((square.cell.column, person))
        if len({person for _, person in begins}) == 1:
            begins = sorted([*begins, *_asked_beside(row, begins[0][1])])
        if self.bands or {person for _, person in begins} != set(_BOTH):
            return
        ends = [*(column for column, _ in begins[1:]), _LAST_COLUMN]
        self.bands = [
            (range(column if place else 0, end), self._page.begun(person))
            for place, ((column, person), end) in enumerate(zip(begins, ends, strict=True))
        ]

    def around(self, last: Row) -> list[tuple[range, Scope]]:
        """Whose the columns are for tables inside the cells of the last row: by heading above, or at the left."""
        beside = [
            (range(square.cell.column + square.cell.columns, _LAST_COLUMN), self._page.begun(square.section))
            for square in reversed(last)
            if square.role == "heading" and square.section in PEOPLE
        ]
        return self.bands + beside if are_people(last) else beside or self.bands

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


def _asked_beside(row: Row, person: str) -> list[tuple[int, str]]:
    """Where the other person's columns begin: a label there asks without a name what one person's own asks (`DOB`)."""
    other = next(each for each in _BOTH if each != person)
    named = {
        pair.meaning.key: square.cell.column for square in row for pair in square.found if pair.meaning.person == person
    }
    bare = [
        square.cell.column
        for square in row
        for pair in square.found
        if pair.meaning.person is None and named.get(pair.meaning.key, square.cell.column) != square.cell.column
    ]
    return [(bare[0], other)] if bare else []


def guides_in(row: Row) -> list[int]:
    """The columns that tell how to answer, where a row heads them so beside the column for the answers."""
    headed = {square.cell.column: plain(square.writing.words) for square in row if square.role != "blank"}
    guides = [column for column, words in headed.items() if _GUIDE.fullmatch(words)]
    return guides if len(headed) > len(guides) + 1 or set(headed.values()) & _ANSWERS else []


def without_guides(rows: Mapping[int, Row], header: int, guides: Sequence[int]) -> dict[int, list[Square]]:
    """The rows less the row that heads columns so, and less those columns, up to a row that heads them otherwise."""
    looks = {(square.writing.bold, square.cell.shaded) for square in rows[header] if square.cell.column in guides}
    kept: dict[int, list[Square]] = {}
    ended = False
    for number, row in rows.items():
        told = [square for square in row if square.cell.column in guides and not square.writing.entered]
        headed = [(square.writing.bold, square.cell.shaded) for square in told if square.writing]
        ended = ended or (number > header and any(look in looks and any(look) for look in headed))
        kept[number] = [square for square in row if ended or number < header or square not in told]
    return {number: row for number, row in kept.items() if number != header}


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
    if row[0].role in ("label", "pairs", "choices") or any(square.role in ("label", "pairs") for square in row[1:]):
        return False
    return {"Yes", "No"} <= {choice for square in row[1:] if square.role != "blank" and (choice := choice_of(square))}
