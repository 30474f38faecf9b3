"""Cells that stand for a whole row of a table: headings, labels over their words, and narratives. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.filling.values import dates_in
from marac.parsers.layout.columns import Columns
from marac.parsers.layout.label_answers import LabelAnswers
from marac.parsers.layout.page import PEOPLE, Page, Scope
from marac.parsers.layout.squares import LabelLook, Row, Square
from marac.parsers.layout.stories import is_story
from marac.parsers.layout.unread import own_label
from marac.parsers.layout.writing import Writing

_TITLE_WORDS = 8
_SAID_BY_A_WORD = frozenset(("role", "occupation", "relationship"))
"""What a word for another person answers: `GP`, `Social Worker`, `Parent`."""
_MOST_ASKED = 12  # words of a sentence that asks for a narrative
_TELLS = re.compile(
    r"\b(?:is|was|has|had|were|are|been|s?he|they|her|his|him|their|says?|said|told|on)\b|\d", re.IGNORECASE
)
"""What a sentence tells with, and a label hardly ever has."""
_LONGEST_TITLE = 160  # characters over a narrative
_LABEL_WORDS = 4  # over a narrative in its cell


@dataclass(slots=True)
class LoneCells:
    """The lone cells of one table; `numbers` are those of its rows, from top to bottom."""

    page: Page
    rows: Mapping[int, Row]
    numbers: Sequence[int]
    columns: Columns
    look: LabelLook
    answers: LabelAnswers
    answered: bool = False
    """Whether a label that waited has found its words here."""
    is_others: bool = False
    """Whether the last heading began a part about other people."""

    def read(self, place: int, square: Square) -> None:
        """Adds to the page what the only cell of a row says; `place` is the row's among the rows."""
        page, below = self.page, self._below(place)
        lone = below is not None and below.role == "text" and self._is_alone(below)
        if page.waiting is not None and self._is_job(place, square, page.waiting[0]):
            self._answer_waiting(square, *page.waiting)
        elif square.role == "heading" and not (square.found and lone and square.section not in PEOPLE):
            self._enter(square)
        elif square.role == "label" and not lone and page.vocabulary.person_word(square.writing.words) == "other":
            self.columns.clear()
            page.enter("other")
        elif square.role in ("label", "pairs", "heading") and not self._is_narrative(square):
            self._answer_label(square)
        elif square.role == "prompt":
            self._read_title(square, lone=lone)
        elif page.waiting is not None and square.role in ("text", "label", "pairs"):
            self._answer_waiting(square, *page.waiting)
        elif square.role == "text" and below is not None and lone and self._is_title(square, below):
            page.titled = square.writing.words
        elif square.role == "text":
            self._leave_single(square)

    def _is_job(self, place: int, square: Square, waiting: Meaning) -> bool:
        """Whether a word for somebody at work answers the question above it, in plain print where labels are not."""
        named = square.section == "other" or self.page.vocabulary.person_word(square.writing.words) == "other"
        if waiting.key not in _SAID_BY_A_WORD or not named or place == 0:
            return False
        above = self.rows[self.numbers[place - 1]][0]
        return (above.writing.bold, above.cell.shaded) > (square.writing.bold, square.cell.shaded)

    def _is_title(self, square: Square, below: Square) -> bool:
        """Whether words alone in their row are the title of the narrative alone in the next."""
        return is_story(below.writing) and not is_story(square.writing) and len(square.writing.words) <= _LONGEST_TITLE

    def stands_for_row(self, place: int, square: Square) -> bool:
        """Whether the only filled cell of a row stands for the whole row."""
        awaited = self.page.waiting is not None and square.role == "text" and square.cell.column == 0
        return (
            square.role == "heading" or awaited or self._stands_over(place, square) or self._heads_list(place, square)
        )

    def _enter(self, square: Square) -> None:
        """A heading across the table begins another part of the form."""
        if square.cell.rows > 1:
            return
        page = self.page
        self.columns.clear()
        page.enter(square.section)
        if square.section == "reason":
            page.waiting = (Meaning("reason", ""), square.writing.words, page.scope)
        self.is_others = square.section == "other"

    def _answer_label(self, square: Square) -> None:
        """Answers the labels of a cell; the last one waits for its words where it has none."""
        self.answers.answer_pairs(square)
        last = square.found[-1]
        if not last.value:
            self.page.waiting = (last.meaning, last.label, self.columns.scope(square))

    def _answer_waiting(self, square: Square, meaning: Meaning, label: str, scope: Scope) -> None:
        """Gives the words of a cell to the label that waits for them; a narrative may go on in the next row."""
        self.page.answer(meaning, label, square.writing, self.answers.where(square), scope, square.cell)
        self.answered = True
        if meaning.key != "reason":
            self.page.waiting = None

    def _read_title(self, square: Square, *, lone: bool) -> None:
        """A heading that the dictionary lacks, or a question whose words stand below it."""
        page, words = self.page, square.writing.words
        if lone:
            page.waiting = None
        elif len(words.split()) <= _TITLE_WORDS and not words.casefold().startswith(("if ", "please ")):
            self.columns.clear()
            page.enter(None)
        page.titled = words

    def _leave_single(self, square: Square) -> None:
        """Words alone in their row that no known label stands over: a narrative, a child told of, or not understood."""
        page, writing = self.page, square.writing
        label, mark, rest = writing.text.partition("\n")
        if is_story(writing) and mark and rest.strip() and len(label.split()) <= _LABEL_WORDS and "." not in label:
            told = writing.part(len(label) + 1, len(writing.text))
            page.tell(label.strip(), told, self.answers.where(square))
        elif is_story(writing) and (asked := self._asked_first(writing)):
            told = writing.part(len(asked) + 1, len(writing.text))
            page.answer(Meaning("reason", ""), asked, told, self.answers.where(square), page.scope)
        elif is_story(writing):
            page.tell(page.titled, writing, self.answers.where(square))
        elif page.scope.section == "child" and dates_in(writing.words):
            page.answer(Meaning("name_dob", "child"), "", writing, self.answers.where(square), page.begun("child"))
        elif (writing.bold or square.cell.shaded) and len(writing.words.split()) <= _TITLE_WORDS:
            page.titled = writing.words
        elif page.titled or writing.entered or (page.scope.section == "child" and re.search(r"\d", writing.words)):
            page.leave(page.titled, writing, self.answers.where(square), self.columns.scope(square))
            page.titled = ""
        elif (own := own_label(writing)) is not None:
            page.leave(own[0], own[1], self.answers.where(square), self.columns.scope(square))

    def _asked_first(self, writing: Writing) -> str:
        """The first sentence of a narrative, where it is the form's own and asks for it; empty where it is not."""
        first, mark, _ = writing.text.partition(". ")
        if not mark or len(first.split()) > _MOST_ASKED or _TELLS.search(first):
            return ""
        asked = self.page.vocabulary.question(first)
        return first + "." if asked is not None and asked.key == "reason" else ""

    def _is_narrative(self, square: Square) -> bool:
        """Whether words below the label of a narrative belong to it, although they begin like a label."""
        if self.page.waiting is None or self.page.waiting[0].key != "reason":
            return False
        if self.look.bold or self.look.shaded:
            return not self.look.fits(square)
        return square.role == "pairs" and square.found[0].meaning.person != ""

    def _stands_over(self, place: int, square: Square) -> bool:
        """Whether a label alone in its row has its words in the row below, alone in theirs and in the same column."""
        below = self._below(place)
        return (
            square.role in ("label", "prompt")
            and below is not None
            and below.role == "text"
            and below.cell.column == square.cell.column
            and not (len(self.rows[square.cell.row]) > 1 and below.cell.columns > square.cell.columns)
            and self._is_alone(below)
        )

    def _heads_list(self, place: int, square: Square) -> bool:
        """Whether a label that the dictionary lacks is the title of a list: the row below is labels in all its columns."""
        if square.role != "prompt" or square.cell.column or place + 1 >= len(self.numbers):
            return False
        below = self.rows[self.numbers[place + 1]]
        return len(below) >= 2 and all(each.role in ("label", "prompt") for each in below)

    def _is_alone(self, square: Square) -> bool:
        return sum(each.role != "blank" for each in self.rows[square.cell.row]) == 1

    def _below(self, place: int) -> Square | None:
        for number in self.numbers[place + 1 : place + 2]:
            return next((square for square in self.rows[number] if square.role != "blank"), None)
        return None
