"""Labels of a table with the words that answer them: in the same cell, in cells beside it, or by ticked boxes. Pure."""

import re
from dataclasses import dataclass

from marac.parsers.blocks import Table
from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.layout.cells import is_comb, joined_comb
from marac.parsers.layout.choices import about, is_truth
from marac.parsers.layout.columns import Columns
from marac.parsers.layout.labels import Pair
from marac.parsers.layout.page import PEOPLE, Page
from marac.parsers.layout.sides import choice_across, is_untouched, printed_choice, side_of
from marac.parsers.layout.squares import LabelLook, Row, Square
from marac.parsers.layout.stories import is_story
from marac.parsers.layout.unread import own_label
from marac.parsers.layout.writing import Writing, ticked_box

_HOW = re.compile(
    r"\(?(?:please )?(?:choose|select|pick|tick|circle|delete|complete|drop ?down|see list)\b", re.IGNORECASE
)
_BOTH_SIDES = ("yes", "no")
_ANSWERS_AND_QUESTION = 3  # cells
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


@dataclass(frozen=True, slots=True)
class LabelAnswers:
    """What the labels of one table add to the page."""

    page: Page
    table: Table
    columns: Columns
    look: LabelLook

    def where(self, square: Square) -> str:
        """The row of the table that a cell stands in, in words."""
        return f"{self.table.where}, row {square.cell.row + 1}"

    def answer_choices(self, square: Square) -> None:
        """Entries of a list that are true where ticked; an empty box leaves the question open."""
        for choice in square.choices:
            if choice.ticked:
                self.page.answer(
                    choice.meaning, choice.label, ticked_box(), self.where(square), self.columns.scope(square)
                )
        if square.choices and square.found:
            self.answer_pairs(square)

    def answer_pairs(self, square: Square) -> None:
        """Answers from a cell that holds labels and their words; a last label without words waits for those beside it."""
        for pair in square.found:
            if pair.value or pair is not square.found[-1]:
                self.page.answer(
                    self._adapted(pair.meaning, pair.label, square),
                    pair.label,
                    pair.value,
                    self.where(square),
                    self.columns.scope(square),
                )

    def answer_values(self, square: Square, values: Row) -> None:
        """Answers the last label of a cell from the cells beside it."""
        pair = square.found[-1]
        filled = [value for value in values if value.role != "blank"]
        if pair.value and not (filled and asks_beside(pair.value)):
            for value in self._without_lists(values, pair.meaning):
                self._leave_beside(pair, value)
            return
        meaning = self._adapted(pair.meaning, pair.label, square)
        values = self._without_lists(values, meaning)
        banded = self._under_names(square, values)
        if banded:
            self._answer_each(pair, banded)
            return
        own = self.columns.scope(square)
        whole = _across(values)
        if whole is not None:
            self.page.answer(meaning, pair.label, whole, self.where(square), own)
            return
        values = self._own_values(meaning, values)
        writing = self.columns.with_choices(values)
        filled = [value for value in values if value.role != "blank"]
        cell = filled[0].cell if len(filled) == 1 else None
        self.page.answer(meaning, pair.label, writing, self.where(square), own, cell)

    def _leave_beside(self, pair: Pair, value: Square) -> None:
        """Notes words beside a label that is answered already; with a label of their own above them, they answer that."""
        if value.role == "blank" or value.writing.boxed:
            return
        own = None if is_story(value.writing) else own_label(value.writing)
        if own is None:
            self.page.leave(pair.label, value.writing, self.where(value), self.columns.scope(value))
            return
        label, words = own
        person = self.page.vocabulary.person_word(label)
        if person in PEOPLE and person == self.columns.scope(value).section:
            meaning = Meaning("name", person, certain=False)
            self.page.answer(meaning, label, words, self.where(value), self.columns.scope(value))
        else:
            self.page.leave(label, words, self.where(value), self.columns.scope(value))

    def _under_names(self, square: Square, values: Row) -> list[Square]:
        """The words under people's own headings, where each person answers the label; none where it is one person's."""
        banded = [value for value in values if self.columns.are_named(value)]
        own = self.columns.scope(square)
        groups = {self.columns.scope(value).group for value in banded} | {own.group}
        return banded if own.section not in PEOPLE or (len(groups) > 1 and len(values) > 1) else []

    def _answer_each(self, pair: Pair, banded: Row) -> None:
        for value in banded:
            meaning = self._adapted(pair.meaning, pair.label, value)
            self.page.answer(
                meaning, pair.label, value.writing, self.where(value), self.columns.scope(value), value.cell
            )

    def _own_values(self, meaning: Meaning, values: Row) -> Row:
        """The cells that are this label's: where labels look like words, a second cell of words may be another label's."""
        filled = [value for value in values if value.role != "blank"]
        plain_labels = self.look.plain
        if is_truth(meaning) and not self.columns.choices and _asks_again(filled, plain_labels=plain_labels):
            self.leave_values(filled[1], filled[2:])
            return filled[:1]
        if (
            plain_labels
            and len(filled) > 1
            and not self.columns.choices
            and not is_truth(meaning)
            and meaning.key != "reason"
        ):
            others = [value for value in filled if value not in values[:1]]
            if len(others) > 1:
                self.leave_values(others[0], others[1:])
            return values[:1]
        return values

    def _without_lists(self, values: Row, meaning: Meaning) -> list[Square]:
        """The words beside a label, less lists of choices about something else (housing beside an address)."""
        kept = []
        for value in values:
            topic = about(value.writing, self.page.vocabulary, single=True) if value.role == "text" else None
            if topic is None or topic.key == meaning.key or meaning.key in _LISTED:
                kept.append(value)
            else:
                self.page.answer(topic, topic.key, value.writing, self.where(value), self.columns.scope(value))
        return kept

    def leave_values(self, square: Square, values: Row) -> None:
        """Notes what is filled in beside words that no dictionary has."""
        likely = self.page.vocabulary.alike(square.writing.words) if values else None
        if likely is not None and square.role == "text" and not square.writing.boxed:
            square.found, square.role = [Pair(square.writing.words, likely, Writing(), 0)], "label"
            self.answer_values(square, values)
            return
        for value in values:
            if value.role == "blank":
                continue
            writing = self.columns.with_choices([value])
            if is_story(value.writing):
                self.page.tell(square.writing.words, value.writing, self.where(value))
            else:
                self.page.leave(square.writing.words, writing, self.where(value), self.columns.scope(value))

    def _adapted(self, meaning: Meaning, label: str, square: Square) -> Meaning:
        if self.columns.scope(square).section == "child" and meaning.person is None:
            key = self.page.vocabulary.child_key(label)
            return Meaning(key, None, meaning.certain) if key else meaning
        return meaning


def asks_beside(value: Writing) -> bool:
    """Whether the words after a label are print that asks for the answer beside it: an open choice, or how to choose."""
    return not value.entered and (is_untouched(value) or _HOW.match(value.words) is not None)


def _asks_again(filled: Row, *, plain_labels: bool) -> bool:
    """Whether words that are no answer stand between two answers of yes or no, as an unknown question does.

    Where labels show themselves, both sides must stand in the first cell: `Yes | why | No` is one answer in cells.
    """
    if len(filled) < _ANSWERS_AND_QUESTION:
        return False
    if not plain_labels and not set(_BOTH_SIDES) <= set(filled[0].writing.words.casefold().split()):
        return False
    first, between, last = (_is_decision(each.writing) for each in filled[:3])
    return first and last and not between


def _is_decision(writing: Writing) -> bool:
    return writing.boxed or printed_choice(writing.text) is not None or side_of(writing.words) is not None


def _across(values: Row) -> Writing | None:
    """Several cells that are one answer: a comb, or choices with a mark in or beside one; None where they are not."""
    if is_comb(values):
        return joined_comb(values)
    return choice_across([value.writing for value in values]) if len(values) > 1 else None
