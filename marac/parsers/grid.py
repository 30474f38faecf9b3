"""Tables to answers: labels beside and above their words, people side by side, and matrices. Pure."""

from collections.abc import Collection

from marac.parsers.blocks import Table
from marac.parsers.choices import about, is_truth
from marac.parsers.columns import Columns, are_choices, are_people
from marac.parsers.lists import PeopleList, is_header
from marac.parsers.page import PEOPLE, Page
from marac.parsers.squares import Row, Square, label_look, mark_prompts, rows_of
from marac.parsers.wordings import Meaning
from marac.parsers.writing import ticked_box

_LISTED = frozenset(
    (
        "relationship_to_victim",
        "relationship_to_perpetrator",
        "relationship_to_both",
        "parent",
        "relationship",
        "housing",
        "gender",
        "occupation",
        "status",
    )
)


class Grid:
    """One table on its way to answers."""

    def __init__(self, page: Page, table: Table, taken: Collection[int] = ()) -> None:
        self._page = page
        self._table = table
        self._rows = rows_of(table, page.vocabulary, taken)
        self._numbers = sorted(self._rows)
        squares = [square for row in self._rows.values() for square in row]
        self._look = label_look(squares)
        mark_prompts(squares, page.vocabulary, self._look)
        self._columns = Columns(page)
        self._done: set[int] = set()
        self._answered = False

    def read(self) -> None:
        """Adds the table's answers to the page."""
        for place, number in enumerate(self._numbers):
            if number not in self._done:
                self._read_row(place, number)
        if self._answered:
            self._page.waiting = None
        if self._columns.bands:
            self._page.scope = self._page.begun(None)

    def _read_row(self, place: int, number: int) -> None:
        row = self._rows[number]
        for square in row:
            self._answer_choices(square)
        full = [square for square in row if square.role != "blank"]
        if not full:
            return
        if len(row) == 1 or (len(full) == 1 and self._is_single(place, full[0])):
            self._read_single(place, full[0])
        elif are_people(row):
            self._columns.name_people(full)
        elif are_choices(row):
            self._columns.name_choices(row)
        elif place + 1 < len(self._numbers) and is_header(row, self._rows[self._numbers[place + 1]], self._look):
            people = PeopleList(self._page, row, self._columns.scope(row[0]), self._look, self._table.where)
            self._done |= people.read(self._rows, self._numbers[place + 1 :])
        else:
            self._read_across(row)

    # one cell across the table -------------------------------------------------------------------------------

    def _read_single(self, place: int, square: Square) -> None:
        page, words = self._page, square.writing
        below = self._below(place)
        lone = below is not None and below.role == "text" and self._is_alone(below)
        if square.role == "heading" and not (square.found and lone and square.section not in PEOPLE):
            if square.cell.rows > 1:
                return
            self._columns.clear()
            page.enter(square.section)
            if square.section == "reason":
                page.waiting = (Meaning("reason", ""), words.words, page.scope)
        elif square.role in ("label", "pairs", "heading") and not self._is_narrative(square):
            self._answer_pairs(square)
            last = square.found[-1]
            if not last.value:
                page.waiting = (last.meaning, last.label, self._columns.scope(square))
        elif square.role == "prompt" and not lone:
            if len(words.words.split()) <= 8 and not words.words.casefold().startswith(("if ", "please ")):
                self._columns.clear()
                page.enter(None)
        elif page.waiting is not None and square.role in ("text", "label", "pairs"):
            meaning, label, scope = page.waiting
            page.answer(meaning, label, words, self._where(square), scope, square.cell)
            self._answered = True
            if meaning.key != "reason":
                page.waiting = None

    def _is_narrative(self, square: Square) -> bool:
        """Whether words below the label of a narrative belong to it, although they begin like a label."""
        if self._page.waiting is None or self._page.waiting[0].key != "reason":
            return False
        if self._look.bold or self._look.shaded:
            return not self._look.fits(square)
        return square.role == "pairs" and square.found[0].meaning.person != ""

    def _is_single(self, place: int, square: Square) -> bool:
        """Whether the only filled cell of a row stands for the whole row."""
        awaited = self._page.waiting is not None and square.role == "text" and square.cell.column == 0
        return square.role == "heading" or awaited or self._stands_over(place, square)

    def _stands_over(self, place: int, square: Square) -> bool:
        """Whether a label alone in its row has its words in the row below, alone in theirs and in the same column."""
        below = self._below(place)
        return (
            square.role in ("label", "prompt")
            and below is not None
            and below.role == "text"
            and below.cell.column == square.cell.column
            and self._is_alone(below)
        )

    def _is_alone(self, square: Square) -> bool:
        return sum(each.role != "blank" for each in self._rows[square.cell.row]) == 1

    def _below(self, place: int) -> Square | None:
        for number in self._numbers[place + 1 : place + 2]:
            return next((square for square in self._rows[number] if square.role != "blank"), None)
        return None

    # labels with their words to the right --------------------------------------------------------------------

    def _read_across(self, row: Row) -> None:
        filled = [square for square in row if square.role != "blank"]
        if len(filled) >= 3 and all(square.role == "label" and square.found[0].exact for square in filled):
            return
        index = 0
        self._columns.name_by_labels(row)
        while index < len(row):
            square = row[index]
            after = index + 1
            if square.role == "heading":
                after = self._read_beside(row, index)
            elif square.role in ("label", "prompt", "pairs", "text"):
                while after < len(row) and self._is_value(row[after], row[:after]):
                    after += 1
                values = row[index + 1 : after]
                if square.role == "pairs":
                    self._answer_pairs(square)
                if square.role in ("label", "pairs"):
                    self._answer_values(square, values)
            index = after
        self._page.waiting = None

    def _is_value(self, square: Square, before: Row) -> bool:
        if square.role == "choices":
            return False
        if square.role in ("label", "pairs"):
            return before[-1].role == "label" and not self._look.marks(square)
        if square.role == "prompt":
            return bool(before) and before[-1].role == "blank"
        return True

    def _read_beside(self, row: Row, index: int) -> int:
        """A heading at the left: the rows beside it are that person's; with bare words beside it, it names them."""
        square, rest = row[index], row[index + 1 :]
        has_labels = any(each.role in ("label", "pairs") for each in rest)
        named = bool(square.found) and bool(rest) and rest[0].role == "text"
        if has_labels and index == 0 and not named:
            scope = self._page.begun(square.section)
            self._columns.name_rows(square, scope)
            self._page.scope = scope
            return index + 1
        if rest and rest[0].role in ("text", "blank", "prompt"):
            if square.found:
                self._answer_values(square, rest[:1])
            elif square.section in ("victim", "perpetrator"):
                scope = self._page.begun(square.section, firm=False)
                self._page.answer(
                    Meaning("name", None, certain=False),
                    square.writing.words,
                    rest[0].writing,
                    self._where(rest[0]),
                    scope,
                )
            return index + 2
        return index + 1

    def _answer_choices(self, square: Square) -> None:
        """Entries of a list that are true where ticked; an empty box leaves the question open."""
        for choice in square.choices:
            if choice.ticked:
                self._page.answer(
                    choice.meaning, choice.label, ticked_box(), self._where(square), self._columns.scope(square)
                )
        if square.choices and square.found:
            self._answer_pairs(square)

    def _answer_pairs(self, square: Square) -> None:
        for pair in square.found:
            if pair.value or pair is not square.found[-1]:
                self._page.answer(
                    self._adapted(pair.meaning, pair.label, square),
                    pair.label,
                    pair.value,
                    self._where(square),
                    self._columns.scope(square),
                )

    def _answer_values(self, square: Square, values: Row) -> None:
        pair = square.found[-1]
        if pair.value:
            self._without_lists(values, pair.meaning)
            return
        meaning = self._adapted(pair.meaning, pair.label, square)
        values = self._without_lists(values, meaning)
        banded = [value for value in values if self._columns.are_named(value)]
        own = self._columns.scope(square)
        groups = {self._columns.scope(value).group for value in banded} | {own.group}
        if banded and (own.section not in PEOPLE or (len(groups) > 1 and len(values) > 1)):
            for value in banded:
                meaning = self._adapted(pair.meaning, pair.label, value)
                self._page.answer(
                    meaning, pair.label, value.writing, self._where(value), self._columns.scope(value), value.cell
                )
            return
        values = self._own_values(meaning, values)
        writing = self._columns.with_choices(values)
        filled = [value for value in values if value.role != "blank"]
        cell = filled[0].cell if len(filled) == 1 else None
        self._page.answer(meaning, pair.label, writing, self._where(square), own, cell)

    def _own_values(self, meaning: Meaning, values: Row) -> Row:
        """The cells that are this label's: where labels look like words, a second cell of words may be another label's."""
        filled = [value for value in values if value.role != "blank"]
        plain_labels = self._look.plain
        if (
            plain_labels
            and len(filled) > 1
            and not self._columns.choices
            and not is_truth(meaning)
            and meaning.key != "reason"
        ):
            return values[:1]
        return values

    def _without_lists(self, values: Row, meaning: Meaning) -> list[Square]:
        """The words beside a label, less lists of choices about something else (housing beside an address)."""
        kept = []
        for value in values:
            topic = about(value.writing, self._page.vocabulary, single=True) if value.role == "text" else None
            if topic is None or topic.key == meaning.key or meaning.key in _LISTED:
                kept.append(value)
            else:
                self._page.answer(topic, topic.key, value.writing, self._where(value), self._columns.scope(value))
        return kept

    def _adapted(self, meaning: Meaning, label: str, square: Square) -> Meaning:
        if self._columns.scope(square).section == "child" and meaning.person is None:
            key = self._page.vocabulary.child_key(label)
            return Meaning(key, None, meaning.certain) if key else meaning
        return meaning

    def _where(self, square: Square) -> str:
        return f"{self._table.where}, row {square.cell.row + 1}"
