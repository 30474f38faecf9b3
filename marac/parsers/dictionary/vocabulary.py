"""What wordings mean: the dictionary of `fields.toml`, looked up by exact words first and by likeness last."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from marac.parsers.dictionary.child_columns import ChildColumns
from marac.parsers.dictionary.headings import Headings
from marac.parsers.dictionary.label_meanings import LabelMeanings, meaning_of
from marac.parsers.dictionary.people_words import PeopleWords
from marac.parsers.dictionary.shapes import PeopleShapes
from marac.parsers.dictionary.wordings import BRACKETS, NUMBERING, Meaning, Question, TableMaker, plain, plain_table

_LONGEST_LABEL = 260
_MOST_REMEMBERED = 2_000


class Vocabulary:
    """The dictionary. Lookups are remembered: forms repeat their wordings."""

    def __init__(self, rows: Mapping[str, Any], table: TableMaker = plain_table) -> None:
        """The dictionary of these rows; `table` makes what each table of wordings is kept in."""
        self.people = PeopleWords(rows["people"], PeopleShapes(rows["people_shapes"], table), table)
        self._headings = Headings(rows["headings"], self.people, self._is_foreign, table)
        self.labels = LabelMeanings(rows, self.people, self._headings, table)
        self._children = ChildColumns(rows["labels"]["person"], self.labels.person, self.people, table)
        self._options = table("options", _options(rows["options"]))
        self.roles = frozenset(rows["words"]["roles"])
        self._questions = table("questions", {place: _question(row) for place, row in enumerate(rows["questions"])})
        self._forget()

    def _forget(self) -> None:
        """Begins with nothing looked up."""
        self._known: dict[str, Meaning | None] = {}
        self._literal: dict[str, Meaning | None] = {}
        self._compounds: dict[str, Meaning | None] = {}
        self._asked: dict[str, Meaning | None] = {}
        self._sections: dict[str, str | None] = {}
        self._child_keys: dict[str, str | None] = {}
        self._fuzzy: dict[str, Meaning | None] = {}

    def meaning(self, label: str) -> Meaning | None:
        """What a label asks for; None where the dictionary neither has it nor can make it out."""
        if len(label) > _LONGEST_LABEL:
            return None
        if label not in self._known:
            _make_room(self._known)
            self._known[label] = self.labels.meaning(label)
        return self._known[label]

    def literal(self, label: str) -> Meaning | None:
        """What these words ask for, as they stand (numbering and brackets aside): no question and no hint among them."""
        if len(label) > _LONGEST_LABEL:
            return None
        if label not in self._literal:
            _make_room(self._literal)
            self._literal[label] = self.labels.literal(label)
        return self._literal[label]

    def compound(self, label: str) -> Meaning | None:
        """What a label of several parts asks for (`Children: name`, `Enw / Name`); None where it is no such label."""
        if label not in self._compounds:
            _make_room(self._compounds)
            self._compounds[label] = self.labels.compound(label)
        return self._compounds[label]

    def question(self, label: str) -> Meaning | None:
        """What a long question asks for, by the words in it."""
        if not 8 <= len(label) <= _LONGEST_LABEL:
            return None
        if label not in self._asked:
            _make_room(self._asked)
            words = self.people.renamed(plain(NUMBERING.sub("", label)))
            place = next((place for place, question in self._questions.items() if question.fits(words)), None)
            self._asked[label] = None if place is None else self._questions[place].means
        return self._asked[label]

    def alike(self, label: str) -> Meaning | None:
        """What the label most like this one asks for, if it is very like; never certain."""
        words = plain(NUMBERING.sub("", label))
        if words not in self._fuzzy:
            _make_room(self._fuzzy)
            self._fuzzy[words] = self.labels.closest(words)
        return self._fuzzy[words]

    def option(self, text: str) -> Meaning | None:
        """What a printed choice is about, by exact words, with and without what follows a colon or stands in brackets."""
        found = self._options.get(plain(text))
        if found is not None or not any(mark in text for mark in "([:"):
            return found
        return self._options.get(plain(BRACKETS.sub(" ", text).partition(":")[0]))

    def child_key(self, label: str) -> str | None:
        """The key of a column of a table of children, where it differs from that of an adult."""
        if label not in self._child_keys:
            _make_room(self._child_keys)
            key = self._children.key(label)
            mended = self.labels.mended(label) if key is None else None
            self._child_keys[label] = key if mended is None else self._children.key(mended)
        return self._child_keys[label]

    def section(self, text: str) -> str | None:
        """The part of the form that a heading with this text begins; None where it is no known heading."""
        if len(text) > _LONGEST_LABEL:
            return None
        if text not in self._sections:
            _make_room(self._sections)
            self._sections[text] = self._headings.section(text)
        return self._sections[text]

    def person_word(self, text: str) -> str | None:
        """Which person a text that is nothing but a word for a person names (`Suspect`, `Victim 1`, `Child 2`)."""
        return self.people.person_word(text)

    def _is_foreign(self, text: str) -> bool:
        return self.labels.is_foreign(text)


def _make_room(remembered: dict[str, Any]) -> None:
    """Forgets everything once there is much: what was looked up holds words of people's forms."""
    if len(remembered) > _MOST_REMEMBERED:
        remembered.clear()


def _options(rows: Mapping[str, Sequence[str]]) -> dict[str, Meaning]:
    return {plain(wording): meaning_of(path) for path, wordings in rows.items() for wording in wordings}


def _question(row: Mapping[str, Any]) -> Question:
    wanted = tuple(re.compile(each) for each in row["all"])
    return Question(meaning_of(row["means"]), wanted, tuple(re.compile(each) for each in row.get("none", ())))
