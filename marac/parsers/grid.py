"""Tables to answers: labels beside and above their words, people side by side, and matrices. Pure."""

import re
from collections.abc import Collection

from marac.parsers.blocks import Table
from marac.parsers.cells import is_comb, join_label, joined_comb, mark_gender
from marac.parsers.choices import about, is_truth
from marac.parsers.columns import Columns, are_choices, are_people
from marac.parsers.lists import PeopleList, is_header
from marac.parsers.page import PEOPLE, Page
from marac.parsers.sides import choice_across
from marac.parsers.squares import Row, Square, label_look, mark_prompts, rows_of
from marac.parsers.stories import is_story
from marac.parsers.values import dates_in
from marac.parsers.wordings import Meaning
from marac.parsers.writing import ticked_box

_TITLE_WORDS = 8
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
        for square in [square for row in self._rows.values() for square in row if square.role == "pairs"]:
            join_label(square, page)
        self._numbers = sorted(self._rows)
        squares = [square for row in self._rows.values() for square in row]
        self._look = label_look(squares)
        mark_prompts(squares, page.vocabulary, self._look)
        for square in squares:
            mark_gender(square, self._look)
        self._tell_stories()
        self._columns = Columns(page)
        self._done: set[int] = set()
        self._answered = False
        self._is_others = False

    def _tell_stories(self) -> None:
        """A long text beside or below anything is words, whatever labels it seems to hold."""
        for row in self._rows.values():
            full = [square for square in row if square.role != "blank"]
            for place, square in enumerate(full):
                if square.role not in ("label", "pairs", "prompt") or not is_story(square.writing):
                    continue
                if place == 0 and (len(full) > 1 or self._begins_with_label(square)):
                    continue
                square.found, square.role, square.section = [], "text", None

    def _begins_with_label(self, square: Square) -> bool:
        """Whether a long text alone in its row begins with its own label, as printed or set off by its look."""
        first = square.found[0] if square.found else None
        if first is None:
            return bool(square.writing.turns()) or not self._look.plain
        return bool(square.writing.turns()) or (first.start == 0 and first.meaning.key == "reason")

    def read(self) -> None:
        """Adds the table's answers to the page."""
        for place, number in enumerate(self._numbers):
            if number not in self._done:
                self._read_row(place, number)
        if self._answered:
            self._page.waiting = None
        if self._columns.bands or (self._is_others and self._page.scope.section == "other"):
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
            self._enter(square)
        elif square.role == "label" and not lone and page.vocabulary.person_word(words.words) == "other":
            self._columns.clear()
            page.enter("other")
        elif square.role in ("label", "pairs", "heading") and not self._is_narrative(square):
            self._answer_pairs(square)
            last = square.found[-1]
            if not last.value:
                page.waiting = (last.meaning, last.label, self._columns.scope(square))
        elif square.role == "prompt":
            self._read_title(square, lone=lone)
        elif page.waiting is not None and square.role in ("text", "label", "pairs"):
            meaning, label, scope = page.waiting
            page.answer(meaning, label, words, self._where(square), scope, square.cell)
            self._answered = True
            if meaning.key != "reason":
                page.waiting = None
        elif square.role == "text":
            self._leave_single(square)

    def _enter(self, square: Square) -> None:
        """A heading across the table begins another part of the form."""
        if square.cell.rows > 1:
            return
        page = self._page
        self._columns.clear()
        page.enter(square.section)
        if square.section == "reason":
            page.waiting = (Meaning("reason", ""), square.writing.words, page.scope)
        self._is_others = square.section == "other"

    def _read_title(self, square: Square, *, lone: bool) -> None:
        """A heading that the dictionary lacks, or a question whose words stand below it."""
        page, words = self._page, square.writing.words
        if lone:
            page.waiting = None
        elif len(words.split()) <= _TITLE_WORDS and not words.casefold().startswith(("if ", "please ")):
            self._columns.clear()
            page.enter(None)
        page.titled = words

    def _leave_single(self, square: Square) -> None:
        """Words alone in their row that no known label stands over: a narrative, a child told of, or not understood."""
        page, writing = self._page, square.writing
        if is_story(writing):
            page.tell(page.titled, writing, self._where(square))
        elif page.scope.section == "child" and dates_in(writing.words):
            page.answer(Meaning("name_dob", "child"), "", writing, self._where(square), page.begun("child"))
        elif (writing.bold or square.cell.shaded) and len(writing.words.split()) <= _TITLE_WORDS:
            page.titled = writing.words
        elif page.titled or writing.entered or (page.scope.section == "child" and re.search(r"\d", writing.words)):
            page.leave(page.titled, writing, self._where(square), self._columns.scope(square))
            page.titled = ""

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
        self._name_child(row)
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
                else:
                    self._leave_values(square, values)
            index = after
        self._page.waiting = None

    def _leave_values(self, square: Square, values: Row) -> None:
        """Notes what is filled in beside words that no dictionary has."""
        for value in values:
            if value.role == "blank":
                continue
            writing = self._columns.with_choices([value])
            if is_story(value.writing):
                self._page.tell(square.writing.words, value.writing, self._where(value))
            else:
                self._page.leave(square.writing.words, writing, self._where(value), self._columns.scope(value))

    def _name_child(self, row: Row) -> None:
        """A row that begins with a child's name is the child's, whoever the columns above it were of."""
        first = row[0]
        if first.found and first.meaning.person == "child" and self._columns.scope(first).section != "child":
            self._columns.name_rows(first, self._page.begun("child", firm=False))

    def _is_value(self, square: Square, before: Row) -> bool:
        if square.role == "choices":
            return False
        if square.role in ("label", "pairs"):
            return before[-1].role == "label" and not self._look.marks(square)
        if square.role == "heading" and self._shows_itself(square):
            return False
        if square.role == "prompt":
            return bool(before) and before[-1].role == "blank"
        return True

    def _shows_itself(self, square: Square) -> bool:
        """Whether a heading inside a row looks as this table's labels look, and not as its words."""
        if self._look.bold or self._look.shaded:
            return self._look.fits(square)
        return self._look.closed and square.writing.words.endswith((":", "?"))

    def _read_beside(self, row: Row, index: int) -> int:
        """A heading at the left: the rows beside it are that person's; with bare words beside it, it names them."""
        square, rest = row[index], row[index + 1 :]
        has_labels = any(each.role in ("label", "pairs") for each in rest)
        has_labels = has_labels and not (square.section == "other" and rest[0].role == "text")
        named = bool(square.found) and bool(rest) and rest[0].role == "text"
        if has_labels and index == 0 and not named:
            scope = self._page.begun(square.section)
            self._columns.name_rows(square, scope)
            self._page.scope = scope
            return index + 1
        if rest and rest[0].role in ("text", "blank", "prompt"):
            if square.found:
                self._answer_values(square, rest[:1])
            elif square.section in ("victim", "perpetrator", "referrer"):
                scope = self._page.begun(square.section, firm=False)
                self._page.answer(
                    Meaning("name", None, certain=False),
                    square.writing.words,
                    rest[0].writing,
                    self._where(rest[0]),
                    scope,
                )
            elif square.section == "child" and rest[0].writing:
                scope = self._page.begun("child", firm=False)
                meaning = Meaning("name_dob", "child")
                self._page.answer(meaning, square.writing.words, rest[0].writing, self._where(rest[0]), scope)
            elif square.section != "other":
                self._page.leave(square.writing.words, rest[0].writing, self._where(rest[0]))
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
        if is_comb(values):
            self._page.answer(meaning, pair.label, joined_comb(values), self._where(square), own)
            return
        choice = choice_across([value.writing for value in values]) if len(values) > 1 else None
        if choice is not None:
            self._page.answer(meaning, pair.label, choice, self._where(square), own)
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
            others = [value for value in filled if value not in values[:1]]
            if len(others) > 1:
                self._leave_values(others[0], others[1:])
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
