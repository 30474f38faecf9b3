"""Rows of a table from left to right: labels, and headings at the left, with their words beside them. Pure."""

from dataclasses import dataclass

from marac.parsers.columns import Columns
from marac.parsers.label_answers import LabelAnswers
from marac.parsers.page import Page
from marac.parsers.squares import LabelLook, Row, Square
from marac.parsers.wordings import Meaning


@dataclass(frozen=True, slots=True)
class RowsAcross:
    """The rows of one table that have their words to the right of what they answer."""

    page: Page
    columns: Columns
    look: LabelLook
    answers: LabelAnswers

    def read(self, row: Row) -> None:
        """Adds the answers of a row to the page; a row of labels alone has none."""
        filled = [square for square in row if square.role != "blank"]
        if len(filled) >= 3 and all(square.role == "label" and square.found[0].exact for square in filled):
            return
        self.columns.name_by_labels(row)
        self._name_child(row)
        index = 0
        while index < len(row):
            index = self._read_beside(row, index) if row[index].role == "heading" else self._read_values(row, index)
        self.page.waiting = None

    def _read_values(self, row: Row, index: int) -> int:
        """Reads a label, or words that stand as one, with the cells that answer it; the place after them."""
        square, after = row[index], index + 1
        if square.role not in ("label", "prompt", "pairs", "text"):
            return after
        while after < len(row) and self._is_value(row[after], row[:after]):
            after += 1
        values = row[index + 1 : after]
        if square.role == "pairs":
            self.answers.answer_pairs(square)
        if square.role in ("label", "pairs"):
            self.answers.answer_values(square, values)
        else:
            self.answers.leave_values(square, values)
        return after

    def _name_child(self, row: Row) -> None:
        """A row that begins with a child's name is the child's, whoever the columns above it were of."""
        first = row[0]
        if first.found and first.meaning.person == "child" and self.columns.scope(first).section != "child":
            self.columns.name_rows(first, self.page.begun("child", firm=False))

    def _is_value(self, square: Square, before: Row) -> bool:
        if square.role == "choices":
            return False
        if square.role in ("label", "pairs"):
            return before[-1].role == "label" and not self.look.marks(square)
        if square.role == "heading" and self._shows_itself(square):
            return False
        if square.role == "prompt":
            return bool(before) and before[-1].role == "blank"
        return True

    def _shows_itself(self, square: Square) -> bool:
        """Whether a heading inside a row looks as this table's labels look, and not as its words."""
        if self.look.bold or self.look.shaded:
            return self.look.fits(square)
        return self.look.closed and square.writing.words.endswith((":", "?"))

    def _read_beside(self, row: Row, index: int) -> int:
        """A heading at the left: the rows beside it are that person's; with bare words beside it, it names them."""
        square, rest = row[index], row[index + 1 :]
        has_labels = any(each.role in ("label", "pairs") for each in rest)
        has_labels = has_labels and not (square.section == "other" and rest[0].role == "text")
        named = bool(square.found) and bool(rest) and rest[0].role == "text"
        if has_labels and index == 0 and not named:
            scope = self.page.begun(square.section)
            self.columns.name_rows(square, scope)
            self.page.scope = scope
            return index + 1
        if rest and rest[0].role in ("text", "blank", "prompt"):
            self._answer_heading(square, rest[0])
            return index + 2
        return index + 1

    def _answer_heading(self, square: Square, value: Square) -> None:
        """The words beside a heading: they answer the label in it, name its person, or are left."""
        words, where = square.writing.words, self.answers.where(value)
        if square.found:
            self.answers.answer_values(square, [value])
        elif square.section in ("victim", "perpetrator", "referrer"):
            scope = self.page.begun(square.section, firm=False)
            self.page.answer(Meaning("name", None, certain=False), words, value.writing, where, scope)
        elif square.section == "child" and value.writing:
            scope = self.page.begun("child", firm=False)
            self.page.answer(Meaning("name_dob", "child"), words, value.writing, where, scope)
        elif square.section != "other":
            self.page.leave(words, value.writing, where)
