"""Tables to answers: labels beside and above their words, people side by side, and matrices. Pure."""

from collections.abc import Collection

from marac.parsers.blocks import Table
from marac.parsers.choices import about, is_truth
from marac.parsers.lists import PeopleList, is_header
from marac.parsers.page import PEOPLE, Page, Scope
from marac.parsers.squares import Row, Square, choice_of, columns_of, label_look, mark_prompts, rows_of
from marac.parsers.vocabulary import Meaning
from marac.parsers.writing import OFF, ON, Writing, joined, ticked_box

_MARKS = frozenset(("x", "✓", "✔", "y", "yes", "1", "true", "tick", ON))
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
        self._bands: list[tuple[range, Scope]] = []
        self._beside: list[tuple[range, Scope]] = []
        self._choices: dict[int, str] = {}
        self._done: set[int] = set()
        self._answered = False

    def read(self) -> None:
        """Adds the table's answers to the page."""
        for place, number in enumerate(self._numbers):
            if number not in self._done:
                self._read_row(place, number)
        if self._answered:
            self._page.waiting = None
        if self._bands:
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
        elif self._is_bands(row, full):
            self._begin_bands(full)
        elif self._is_choices(row):
            self._choices = {square.cell.column: choice for square in row if (choice := choice_of(square))}
        elif place + 1 < len(self._numbers) and is_header(row, self._rows[self._numbers[place + 1]], self._look):
            people = PeopleList(self._page, row, self._scope(row[0]), self._look, self._table.where)
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
            self._bands, self._choices = [], {}
            page.enter(square.section)
            if square.section == "reason" and lone:
                page.waiting = (Meaning("reason", ""), words.words, page.scope)
        elif square.role in ("label", "pairs", "heading"):
            self._answer_pairs(square)
            last = square.found[-1]
            if not last.value:
                page.waiting = (last.meaning, last.label, self._scope(square))
        elif square.role == "prompt" and not lone:
            if len(words.words.split()) <= 8 and not words.words.casefold().startswith(("if ", "please ")):
                self._bands, self._choices = [], {}
                page.enter(None)
        elif page.waiting is not None:
            meaning, label, scope = page.waiting
            page.answer(meaning, label, words, self._where(square), scope, square.cell)
            self._answered = True
            if meaning.key != "reason":
                page.waiting = None

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

    # people side by side -------------------------------------------------------------------------------------

    def _is_bands(self, row: Row, full: Row) -> bool:
        headings = [square for square in full if square.role == "heading" and square.section in PEOPLE]
        if len(headings) < 2:
            return len(headings) == 1 == len(full) and row[0].role == "blank"
        rest = [square for square in full if square not in headings]
        return not rest or (rest == [row[0]] and rest[0].role in ("prompt", "text", "label"))

    def _begin_bands(self, full: Row) -> None:
        self._choices = {}
        self._page.waiting = None
        self._bands = [
            (columns_of(square.cell), self._page.begun(square.section)) for square in full if square.role == "heading"
        ]

    def _scope(self, square: Square) -> Scope:
        column = square.cell.column
        for spread, scope in self._beside:
            if square.cell.row in spread:
                return scope
        for spread, scope in self._bands:
            if column in spread:
                return scope
        return self._page.scope

    # yes and no as columns -----------------------------------------------------------------------------------

    def _is_choices(self, row: Row) -> bool:
        if row[0].role in ("label", "pairs", "choices"):
            return False
        named = {choice for square in row[1:] if (choice := choice_of(square))}
        return {"Yes", "No"} <= named and not any(square.role in ("label", "pairs") for square in row[1:])

    # labels with their words to the right --------------------------------------------------------------------

    def _read_across(self, row: Row) -> None:
        filled = [square for square in row if square.role != "blank"]
        if len(filled) >= 3 and all(square.role == "label" and square.found[0].exact for square in filled):
            return
        index = 0
        people = {
            pair.meaning.person
            for square in row
            for pair in square.found
            if pair.meaning.person in ("victim", "perpetrator")
        }
        if len(people) == 2 and not self._bands:
            self._bands = self._implicit_bands(row)
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

    def _implicit_bands(self, row: Row) -> list[tuple[range, Scope]]:
        """Two people's own labels in one row: each has the columns up to the other's."""
        begins: list[tuple[int, str]] = []
        for square in row:
            for pair in square.found:
                person = pair.meaning.person
                if person in ("victim", "perpetrator") and (not begins or begins[-1][1] != person):
                    begins.append((square.cell.column, person))
        ends = [column for column, _ in begins[1:]] + [10_000]
        return [
            (range(column if place else 0, end), self._page.begun(person))
            for place, ((column, person), end) in enumerate(zip(begins, ends, strict=True))
        ]

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
            self._beside = [*self._beside, (range(square.cell.row, square.cell.row + square.cell.rows), scope)]
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
                self._page.answer(choice.meaning, choice.label, ticked_box(), self._where(square), self._scope(square))
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
                    self._scope(square),
                )

    def _answer_values(self, square: Square, values: Row) -> None:
        pair = square.found[-1]
        if pair.value:
            self._without_lists(values, pair.meaning)
            return
        meaning = self._adapted(pair.meaning, pair.label, square)
        values = self._without_lists(values, meaning)
        banded = [value for value in values if any(value.cell.column in spread for spread, _ in self._bands)]
        own = self._scope(square)
        groups = {self._scope(value).group for value in banded} | {own.group}
        if banded and (own.section not in PEOPLE or (len(groups) > 1 and len(values) > 1)):
            for value in banded:
                meaning = self._adapted(pair.meaning, pair.label, value)
                self._page.answer(
                    meaning, pair.label, value.writing, self._where(value), self._scope(value), value.cell
                )
            return
        values = self._own_values(meaning, values)
        writing = self._with_choices(values)
        filled = [value for value in values if value.role != "blank"]
        cell = filled[0].cell if len(filled) == 1 else None
        self._page.answer(meaning, pair.label, writing, self._where(square), own, cell)

    def _own_values(self, meaning: Meaning, values: Row) -> Row:
        """The cells that are this label's: where labels look like words, a second cell of words may be another label's."""
        filled = [value for value in values if value.role != "blank"]
        plain_labels = self._look.plain
        if plain_labels and len(filled) > 1 and not self._choices and not is_truth(meaning) and meaning.key != "reason":
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
                self._page.answer(topic, topic.key, value.writing, self._where(value), self._scope(value))
        return kept

    def _adapted(self, meaning: Meaning, label: str, square: Square) -> Meaning:
        if self._scope(square).section == "child" and meaning.person is None:
            key = self._page.vocabulary.child_key(label)
            return Meaning(key, None, meaning.certain) if key else meaning
        return meaning

    def _with_choices(self, values: Row) -> Writing:
        """Words beside a label as one writing; a mark under Yes or No becomes that word with a ticked box."""
        parts = []
        for value in values:
            choice = self._choices.get(value.cell.column)
            words = value.writing.text.strip().casefold()
            if choice is None or (words and words not in _MARKS and words != OFF):
                parts.append(value.writing)
            elif words in _MARKS:
                parts.append(ticked_box(choice))
        return joined(parts, "\n")

    def _where(self, square: Square) -> str:
        return f"{self._table.where}, row {square.cell.row + 1}"
