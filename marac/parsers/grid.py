"""Tables to answers: labels beside and above their words, people side by side, lists of people, and matrices."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.parsers.blocks import Cell, Table
from marac.parsers.choices import Choice, about, is_truth, truths_in
from marac.parsers.labels import Pair, pairs
from marac.parsers.layout import PEOPLE, Page, Scope
from marac.parsers.values import is_unknown
from marac.parsers.vocabulary import Meaning, Vocabulary, plain
from marac.parsers.writing import OFF, ON, Writing, joined, ticked_box

Role = Literal["blank", "heading", "label", "pairs", "prompt", "choices", "text"]
_OPTIONS = {
    "yes": "Yes", "y": "Yes", "yes tick": "Yes", "no": "No", "n": "No", "no tick": "No", "dont know": "Not known", "don t know": "Not known",
    "not known": "Not known", "dk": "Not known", "nk": "Not known", "n k": "Not known", "unknown": "Not known", "n a": "N/A", "na": "N/A",
}  # fmt: skip
_MARKS = frozenset(("x", "✓", "✔", "y", "yes", "1", "true", "tick", ON))
_LISTED = frozenset(("relationship_to_victim", "relationship_to_perpetrator", "relationship_to_both", "parent", "relationship", "housing", "gender", "occupation", "status"))
_WORDY = re.compile(r"[^\W\d_]{2,}")
_CHILD_KEYS = frozenset(("school", "living_with", "present", "relationship_to_victim", "relationship_to_perpetrator", "relationship_to_both"))


@dataclass(slots=True)
class Square:
    """A cell with what its writing is: a heading, a label, labels with their answers, or other words."""

    cell: Cell
    writing: Writing
    found: list[Pair] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    role: Role = "blank"
    section: str | None = None

    @property
    def meaning(self) -> Meaning:
        """What the label asks for."""
        return self.found[0].meaning


def read_table(page: Page, table: Table, taken: Collection[int] = ()) -> None:
    """Adds the answers in a table to the page."""
    Grid(page, table, taken).read()


class Grid:
    """One table on its way to answers."""

    def __init__(self, page: Page, table: Table, taken: Collection[int]) -> None:
        self._page = page
        self._table = table
        self._rows = _squares(table, page.vocabulary, taken)
        self._numbers = sorted(self._rows)
        squares = [square for row in self._rows.values() for square in row]
        self._labels = [square for square in squares if square.role in ("label", "pairs") and square.found[0].exact]
        self._bold = _mostly(square.writing.look_at(square.found[0].start).bold for square in self._labels)
        self._shaded = _mostly(square.cell.shaded for square in self._labels)
        self._closed = _mostly(square.found[0].closed for square in self._labels)
        _mark_prompts(squares, page.vocabulary, self._bold, self._shaded)
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
            self._choices = {square.cell.column: choice for square in row if (choice := _choice(square))}
        elif (header := self._is_header(place, row, full)) is not None:
            self._read_list(place, row, header)
        else:
            self._read_across(number, row)

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

    def _is_bands(self, row: Sequence[Square], full: Sequence[Square]) -> bool:
        headings = [square for square in full if square.role == "heading" and square.section in PEOPLE]
        if len(headings) < 2:
            return len(headings) == 1 == len(full) and row[0].role == "blank"
        rest = [square for square in full if square not in headings]
        return not rest or (rest == [row[0]] and rest[0].role in ("prompt", "text", "label"))

    def _begin_bands(self, full: Sequence[Square]) -> None:
        self._choices = {}
        self._page.waiting = None
        self._bands = [
            (_columns(square.cell), self._page.begun(square.section)) for square in full if square.role == "heading"
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

    def _is_choices(self, row: Sequence[Square]) -> bool:
        if row[0].role in ("label", "pairs", "choices"):
            return False
        named = {choice for square in row[1:] if (choice := _choice(square))}
        return {"Yes", "No"} <= named and not any(square.role in ("label", "pairs") for square in row[1:])

    # lists: a row of labels over rows of words ----------------------------------------------------------------

    def _is_header(self, place: int, row: Sequence[Square], full: Sequence[Square]) -> list[Square] | None:
        """The labels of a list, if this row is one: all labels, and the next row is words in the same columns."""
        known = [square for square in full if square.role == "label" or (square.role == "heading" and self._looks_like_label(square))]
        if len(full) < 2 or len(known) < max(2, (len(full) + 1) // 2):
            return None
        if any(square not in known and square.role != "prompt" for square in full[1:]):
            return None
        if full[0] not in known and (full[0].role not in ("prompt", "text") or len(full[0].writing.words) > 60):
            return None
        if place + 1 >= len(self._numbers):
            return None
        below = self._rows[self._numbers[place + 1]]
        aligned = sum(any(_columns(each.cell) == _columns(square.cell) for each in below) for square in row)
        if aligned * 10 < len(row) * 6:
            return None
        if any(square.role in ("label", "pairs") and _leads(square) and self._is_marked(square) for square in below):
            return None
        if full[0].role == "text" and len(known) < 3:
            return None
        return list(row)

    def _read_list(self, place: int, row: Sequence[Square], header: list[Square]) -> None:
        section = self._list_section(header)
        scope = self._scope(row[0]) if section == self._page.scope.section else self._page.begun(section, firm=False)
        first, last = True, row[0].cell.row
        for number in self._numbers[place + 1 :]:
            values = self._rows[number]
            if number > last + max(square.cell.rows for square in self._rows[last]) or not self._is_record(values, header):
                break
            last = number
            self._done.add(number)
            if all(is_unknown(square.writing.words) and not square.writing.boxed for square in values):
                continue
            named = values[0].section if values[0].role == "heading" and header[0].role in ("blank", "prompt", "text") else None
            if named in PEOPLE:
                each = self._page.begun(named)
            elif first and section != "child":
                each = scope
            else:
                each = self._page.begun(section, firm=False)
            first = False
            self._read_record(values, header, each)
        if section in PEOPLE and section != self._page.scope.section:
            self._page.scope = self._page.begun(None)

    def _list_section(self, header: Sequence[Square]) -> str | None:
        keys = {self._key(square, "child") for square in header if square.role == "label"}
        for square in header:
            if square.role == "heading" and square.section in PEOPLE:
                return square.section
        scope = self._scope(header[0])
        if scope.section in PEOPLE and (scope.section != "victim" or not keys & _CHILD_KEYS):
            return scope.section
        if "school" in keys or len(keys & _CHILD_KEYS) >= 2:
            return "child"
        people = {square.meaning.person for square in header if square.role == "label" and square.meaning.person}
        return people.pop() if len(people) == 1 else scope.section

    def _key(self, square: Square, section: str | None) -> str | None:
        if square.role == "heading" and square.section == section:
            return "name"
        if square.role not in ("label", "heading") or not square.found:
            return None
        if section == "child":
            return self._page.vocabulary.child_key(square.found[0].label) or square.meaning.key
        return square.meaning.key

    def _read_record(self, values: Sequence[Square], header: Sequence[Square], scope: Scope) -> None:
        for square in values:
            title = next((each for each in header if square.cell.column in _columns(each.cell)), None)
            key = None if title is None else self._key(title, scope.section)
            if key is None or title is None:
                continue
            meaning = Meaning(key, title.meaning.person if title.found and title.role == "label" else None)
            if meaning.person in PEOPLE:
                meaning = Meaning(key, scope.section if scope.section in PEOPLE else meaning.person)
            self._page.answer(meaning, title.writing.words, square.writing, self._where(square), scope, square.cell)

    def _is_record(self, values: Sequence[Square], header: Sequence[Square]) -> bool:
        """Whether a row below the labels of a list holds words for them, and not more labels or another heading."""
        if len(values) == 1 < len(header):
            return False
        filled = [square for square in values if square.role != "blank"]
        if len(filled) == 1 and filled[0].role == "heading":
            return False
        labels = [square for square in values if square.role in ("label", "pairs") and _leads(square) and self._is_marked(square)]
        return len(labels) * 3 <= len(values) and not (labels and values[0] is labels[0])

    # labels with their words to the right --------------------------------------------------------------------

    def _read_across(self, number: int, row: Sequence[Square]) -> None:
        filled = [square for square in row if square.role != "blank"]
        if len(filled) >= 3 and all(square.role == "label" and square.found[0].exact for square in filled):
            return
        index = 0
        people = {pair.meaning.person for square in row for pair in square.found if pair.meaning.person in ("victim", "perpetrator")}
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

    def _implicit_bands(self, row: Sequence[Square]) -> list[tuple[range, Scope]]:
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

    def _is_value(self, square: Square, before: Sequence[Square]) -> bool:
        if square.role == "choices":
            return False
        if square.role in ("label", "pairs"):
            return before[-1].role == "label" and not self._is_marked(square)
        if square.role == "prompt":
            return bool(before) and before[-1].role == "blank"
        return True

    def _is_marked(self, square: Square) -> bool:
        """Whether a cell with a label's words shows itself to be a label, as this table shows its labels."""
        first = square.found[0]
        if first.closed:
            return True
        if self._bold or self._shaded:
            return self._looks_like_label(square)
        if self._closed or not first.exact or square.role != "label":
            return False
        column = sum(each.cell.column == square.cell.column for each in self._labels)
        return column >= 2 or len(self._labels) <= 2

    def _looks_like_label(self, square: Square) -> bool:
        """Whether a cell is bold or shaded where this table's labels are."""
        if not (self._bold or self._shaded):
            return True
        start = square.found[0].start if square.found else 0
        return (self._bold and square.writing.look_at(start).bold) or (self._shaded and square.cell.shaded)

    def _read_beside(self, row: Sequence[Square], index: int) -> int:
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
                self._page.answer(Meaning("name", None, certain=False), square.writing.words, rest[0].writing, self._where(rest[0]), scope)
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
        found = square.found if square.found[-1].value or len(square.found) == 1 else square.found
        for pair in found:
            if pair.value or pair is not square.found[-1]:
                self._page.answer(self._adapted(pair.meaning, pair.label, square), pair.label, pair.value, self._where(square), self._scope(square))

    def _answer_values(self, square: Square, values: Sequence[Square]) -> None:
        pair = square.found[-1]
        if pair.value:
            self._without_lists(values, pair.meaning)
            return
        meaning = self._adapted(pair.meaning, pair.label, square)
        values = self._without_lists(values, meaning)
        banded = [value for value in values if any(value.cell.column in spread for spread, _ in self._bands)]
        own = self._scope(square)
        if banded and len({self._scope(value).group for value in banded} | {own.group}) > 1 and len(values) > 1 or (banded and own.section not in PEOPLE):
            for value in banded:
                meaning = self._adapted(pair.meaning, pair.label, value)
                self._page.answer(meaning, pair.label, value.writing, self._where(value), self._scope(value), value.cell)
            return
        values = self._own_values(meaning, values)
        writing = self._with_choices(values)
        filled = [value for value in values if value.role != "blank"]
        cell = filled[0].cell if len(filled) == 1 else None
        self._page.answer(meaning, pair.label, writing, self._where(square), own, cell)

    def _own_values(self, meaning: Meaning, values: Sequence[Square]) -> Sequence[Square]:
        """The cells that are this label's: where labels look like words, a second cell of words may be another label's."""
        filled = [value for value in values if value.role != "blank"]
        plain_labels = not (self._bold or self._shaded or self._closed)
        if plain_labels and len(filled) > 1 and not self._choices and not is_truth(meaning) and meaning.key != "reason":
            return values[:1]
        return values

    def _without_lists(self, values: Sequence[Square], meaning: Meaning) -> list[Square]:
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

    def _with_choices(self, values: Sequence[Square]) -> Writing:
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


def _squares(table: Table, vocabulary: Vocabulary, taken: Collection[int]) -> dict[int, list[Square]]:
    rows: dict[int, list[Square]] = {}
    for cell in table.cells:
        if cell.row in taken:
            continue
        square = Square(cell, Writing(cell.spans))
        if square.writing:
            _recognise(square, vocabulary)
        rows.setdefault(cell.row, []).append(square)
    for row in rows.values():
        row.sort(key=lambda square: square.cell.column)
    return rows


def _recognise(square: Square, vocabulary: Vocabulary) -> None:
    writing = square.writing
    words = writing.words
    square.role = "text"
    if not words:
        return
    if writing.entered and not writing.turns():
        return
    square.choices = truths_in(writing, vocabulary)
    square.found = pairs(writing, vocabulary)
    if square.choices:
        square.role = "choices"
        square.found = [pair for pair in square.found if pair.closed and pair.value and not is_truth(pair.meaning)]
        return
    if not writing.boxed and len(words) < 90:
        square.section = vocabulary.section(words)
    if square.section == "other" and square.found and square.found[0].meaning.person is None:
        square.section = None
    if square.section and not any(pair.value for pair in square.found):
        square.role = "heading" if not square.found or square.section in PEOPLE or square.found[0].meaning.person == "" else "label"
        if square.found and vocabulary.person_word(words) is None and square.section not in PEOPLE:
            square.role = "heading"
    elif square.found:
        square.role = "label" if len(square.found) == 1 and _leads(square) and not square.found[0].value else "pairs"


def _mostly(facts: Iterable[bool]) -> bool:
    counted = list(facts)
    return sum(counted) * 2 > len(counted)


def _mark_prompts(squares: Sequence[Square], vocabulary: Vocabulary, bold: bool, shaded: bool) -> None:
    """Finds labels that the dictionary lacks: cells that look like this table's labels."""
    for square in squares:
        if square.role != "text":
            continue
        words = square.writing.words
        closed = words.endswith((":", "?"))
        styled = (bold and square.writing.bold) or (shaded and square.cell.shaded)
        if not (closed or styled) or len(words) > 200 or square.writing.boxed or not _WORDY.search(words):
            continue
        if plain(words) in _OPTIONS:
            continue
        meaning = vocabulary.alike(words) if len(words) <= 90 else None
        if meaning is not None:
            square.found = [Pair(words, meaning, Writing(), 0)]
            square.role = "label"
        else:
            square.role = "prompt"


def _leads(square: Square) -> bool:
    """Whether the cell begins with a label."""
    text = square.writing.text
    return square.found[0].start <= len(text) - len(text.lstrip(" \t\n-–•*·"))


def _choice(square: Square) -> str | None:
    return _OPTIONS.get(plain(square.writing.words))


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)
