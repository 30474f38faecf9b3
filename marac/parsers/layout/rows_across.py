"""Rows of a table from left to right: labels, and headings at the left, with their words beside them. Pure."""

import re
from dataclasses import dataclass

from marac.parsers.dictionary.wordings import Meaning, plain
from marac.parsers.filling.names import name_in
from marac.parsers.layout.columns import Columns
from marac.parsers.layout.label_answers import LabelAnswers, asks_beside
from marac.parsers.layout.owners import NAMES
from marac.parsers.layout.page import PEOPLE, Page
from marac.parsers.layout.squares import LabelLook, Row, Square
from marac.parsers.layout.unread import own_label
from marac.parsers.layout.writing import Writing

_MOST_STACKED = 5  # words of a label over its own words in one cell
_ASKS_NAME = re.compile(r"\bname\b|\bofficer\b", re.IGNORECASE)


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
        elif values or square.role != "text" or not self._leave_under(square, row):
            self.answers.leave_values(square, values)
        return after

    def _leave_under(self, square: Square, row: Row) -> bool:
        """Notes the words under an unknown label in the cell of a row whose other cells hold label and words too."""
        own = own_label(square.writing) if any(each.role == "pairs" for each in row) else None
        if own is None:
            return False
        label, value = own
        if self._is_officer(square, label, value):
            return True
        self.page.leave(label, value, self.answers.where(square), self.columns.scope(square))
        return True

    def _is_officer(self, square: Square, label: str, under: Writing) -> bool:
        """Whether the words under a question about the police are an officer's, whom a label there asks for by name."""
        asked, mark, name = under.text.partition(":")
        is_theirs = mark and self.page.vocabulary.section(label.partition("?")[0]) == "police"
        if not is_theirs or not name.strip() or not _ASKS_NAME.search(asked):
            return False
        value = under.part(len(asked) + 1, len(under.text))
        where, scope = self.answers.where(square), self.columns.scope(square)
        self.page.answer(Meaning("police.officer", ""), asked, value, where, scope)
        return True

    def _name_child(self, row: Row) -> None:
        """A row that begins with a child's name is the child's, whoever the columns above it were of.

        What the next rows ask of a child is asked of the same one, up to the next child's name.
        """
        first = row[0]
        if first.found and first.meaning.person == "child" and self.columns.scope(first).section != "child":
            self.columns.name_child(first, is_name=first.meaning.key in NAMES)

    def _is_value(self, square: Square, before: Row) -> bool:
        stacked = _is_stacked(square) or _may_be_stacked(square)
        if square.role == "choices" or (stacked and any(map(_is_stacked, before))):
            return False
        if square.role == "label" and before[-1].role == "label" and before[-1].meaning.key == "role":
            return square.writing.words.split()[-1].casefold() in self.page.vocabulary.roles
        if square.role in ("label", "pairs"):
            last = before[-1]
            open_label = last.role == "label" or (last.role == "pairs" and asks_beside(last.found[-1].value))
            return open_label and not self.look.marks(square)
        if square.role == "heading" and (self._shows_itself(square) or square.writing.words.endswith(":")):
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
        if index == 0 and square.section in PEOPLE and _is_beside_rows(square, rest):
            scope = self.page.begun(square.section)
            self.columns.name_rows(square, scope)
            self.page.scope = scope
            return index + 1
        has_labels = any(each.role in ("label", "pairs") for each in rest)
        has_labels = has_labels and not (rest[0].role == "text" and self._is_named(square, rest[0]))
        named = bool(square.found) and bool(rest) and self._is_words(rest[0])
        if has_labels and index == 0 and not named:
            scope = self.page.begun(square.section)
            self.columns.name_rows(square, scope)
            self.page.scope = scope
            return index + 1
        if rest and (rest[0].role in ("blank", "prompt") or self._is_words(rest[0])):
            self._answer_heading(square, rest[0])
            return index + 2
        return index + 1

    def _is_named(self, square: Square, value: Square) -> bool:
        """Whether the words beside a heading name its person (`Victim | Jo Smith | Date | …`)."""
        if square.section == "other":
            return True
        name = name_in(value.writing.words) if square.section in PEOPLE and square.cell.rows == 1 else None
        return name is not None and name.certain

    def _is_words(self, square: Square) -> bool:
        """Whether a cell holds words, or a label's words that look like none here (`Repeat`, chosen of a list)."""
        return square.role == "text" or (square.role == "label" and not self.look.marks(square))

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
        elif square.section == "other":
            self.page.ignored.append(value.writing.text)
        else:
            self.page.leave(words, value.writing, where)


def _is_beside_rows(square: Square, rest: Row) -> bool:
    """Whether a heading stands beside several rows of labels with their words, known or not; no words answer it."""
    return square.cell.rows > 1 and len(rest) > 1 and all(each.role == "text" for each in rest[:2])


def _may_be_stacked(square: Square) -> bool:
    """Whether a cell may hold an unknown label with its words on the next line: a short first line without numbers."""
    first, mark, rest = square.writing.text.partition("\n")
    if not mark or not rest.strip() or square.role != "text" or square.writing.boxed:
        return False
    return first[:1].isupper() and len(first.split()) <= _MOST_STACKED and not re.search(r"[\d,;.]", first)


def _is_stacked(square: Square) -> bool:
    """Whether a cell holds a label with its words on the next line, as every cell of such a row does."""
    first, mark, rest = square.writing.text.partition("\n")
    if not mark or not rest.strip() or square.role not in ("pairs", "text"):
        return False
    if square.role == "pairs":
        return square.found[0].start == 0 and plain(first) == plain(square.found[0].label)
    return first.isupper() or first.rstrip().endswith((":", "?"))
