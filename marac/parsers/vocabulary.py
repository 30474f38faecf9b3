"""What wordings mean: the dictionary of `fields.toml`, looked up by exact words first and by likeness last."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from marac.parsers.child_columns import ChildColumns
from marac.parsers.headings import Headings
from marac.parsers.people_words import PERSONS, PeopleWords
from marac.parsers.wordings import ASKED, BRACKETS, HINT, NUMBERING, Meaning, Question, parts_of, plain

_LIKE_ENOUGH = 90  # of 100; below it rapidfuzz's ratio begins to join different labels (measured on 41 label wordings)
_LONGEST_LABEL = 260
_MOST_REMEMBERED = 2_000


class Vocabulary:
    """The dictionary. Lookups are remembered: forms repeat their wordings."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._people = PeopleWords(rows["people"])
        self._headings = Headings(rows["headings"], self._people, self._is_foreign)
        self._person: dict[str, str] = {}
        for key, wordings in rows["labels"]["person"].items():
            for wording in wordings:
                self._person.setdefault(plain(wording), key)
        self._form: dict[str, Meaning] = {}
        for path, wordings in rows["labels"]["form"].items():
            self._form.update(dict.fromkeys(map(plain, wordings), _form_meaning(path)))
        self._children = ChildColumns(rows["labels"]["person"], self._person, self._people)
        self._known_words = frozenset(
            word for wording in (*self._form, *self._person, *self._people, *self._headings) for word in wording.split()
        )
        self._squeezed = {words.replace(" ", ""): words for words in (*self._form, *self._person)}
        """For labels that a narrow column broke in the middle of a word."""
        self._options = _options(rows["options"])
        self.roles = frozenset(rows["words"]["roles"])
        self._questions = [_question(row) for row in rows["questions"]]
        self._forget()

    def _forget(self) -> None:
        """Begins with nothing looked up."""
        self._known: dict[str, Meaning | None] = {}
        self._literal: dict[str, Meaning | None] = {}
        self._asked: dict[str, Meaning | None] = {}
        self._sections: dict[str, str | None] = {}
        self._child_keys: dict[str, str | None] = {}
        self._fuzzy: dict[str, Meaning | None] = {}

    def meaning(self, label: str) -> Meaning | None:
        """What these exact words ask for; None where the dictionary does not have them."""
        if len(label) > _LONGEST_LABEL:
            return None
        if label not in self._known:
            _make_room(self._known)
            self._known[label] = self._exact(label)
        return self._known[label]

    def literal(self, label: str) -> Meaning | None:
        """What these words ask for, if the dictionary has them to the letter (numbering and brackets aside)."""
        if len(label) > _LONGEST_LABEL:
            return None
        if label not in self._literal:
            _make_room(self._literal)
            numbered = NUMBERING.sub("", label)
            tried = dict.fromkeys((plain(label), plain(numbered), plain(BRACKETS.sub(" ", numbered))))
            self._literal[label] = next((found for words in tried if (found := self._looked_up(words))), None)
        return self._literal[label]

    def question(self, label: str) -> Meaning | None:
        """What a long question asks for, by the words in it."""
        if not 8 <= len(label) <= _LONGEST_LABEL:
            return None
        if label not in self._asked:
            _make_room(self._asked)
            words = plain(NUMBERING.sub("", label))
            self._asked[label] = next((question.means for question in self._questions if question.fits(words)), None)
        return self._asked[label]

    def alike(self, label: str) -> Meaning | None:
        """What the label most like this one asks for, if it is very like; never certain."""
        words = plain(NUMBERING.sub("", label))
        if words not in self._fuzzy:
            _make_room(self._fuzzy)
            self._fuzzy[words] = self._closest(words)
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
            self._child_keys[label] = self._children.key(label)
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
        return self._people.person_word(text)

    def _exact(self, label: str) -> Meaning | None:
        numbered = NUMBERING.sub("", label.strip())
        bare = BRACKETS.sub(" ", numbered)
        tried = dict.fromkeys(
            (
                plain(label),
                plain(numbered),
                plain(bare),
                HINT.sub("", plain(numbered)).strip(" ?"),
                HINT.sub("", plain(bare)).strip(" ?"),
            )
        )
        found = next((found for words in tried if words and (found := self._looked_up(words))), None)
        return found or self._put_as_question(plain(bare)) or self.compound(label)

    def compound(self, label: str) -> Meaning | None:
        """What a label of several parts asks for (`Children: name`, `Enw / Name`); None where it is no such label."""
        return self._compound(BRACKETS.sub(" ", label.strip()))

    def _compound(self, label: str) -> Meaning | None:
        numbered = NUMBERING.sub("", label)
        return (
            self._under_person(label)
            or self._under_person(numbered)
            or self._in_parts(label)
            or self._in_parts(numbered)
        )

    def _under_person(self, label: str) -> Meaning | None:
        """What a label asks for that a person's word goes before (`Children: name`, `Victim - date of birth`)."""
        before, mark, after = (
            re.split(r"(:| [-–] )", label, maxsplit=1) if re.search(r":| [-–] ", label) else ("", "", "")
        )
        person = self.person_word(before) if mark else None
        meaning = self._looked_up(plain(after)) if person else None
        return Meaning(meaning.key, person) if meaning is not None and meaning.person is None else None

    def _put_as_question(self, words: str) -> Meaning | None:
        """What a question asks that has a label in it (`What is the victim's date of birth?`)."""
        asked = ASKED.fullmatch(words)
        if asked:
            return self._looked_up(asked["noun"].removeprefix("the ")) or self._looked_up(asked["noun"])
        about = self._people.asked_of(words)
        return Meaning(*about) if about else None

    def _in_parts(self, label: str) -> Meaning | None:
        """What a label of two parts asks for: in two languages, in two words for one thing, or for two things at once.

        A part that the dictionary lacks must be in words that no label has, as those of another language are.
        """
        parts = parts_of(label)
        if not parts or any(self.person_word(part) for part in parts):
            return None
        meanings = [self.meaning(part) for part in parts]
        if not all(meaning or self._is_foreign(part) for part, meaning in zip(parts, meanings, strict=True)):
            return None
        known = [meaning for meaning in meanings if meaning is not None]
        if not known:
            return None
        keys = [meaning.key for meaning in known]
        if sorted(keys) == ["interpreter", "language"]:
            return Meaning("language", known[0].person)
        return known[0] if len(set(known)) == 1 else Meaning(keys[0], known[0].person, certain=False)

    def _is_foreign(self, text: str) -> bool:
        """Whether a text is in words that no label has, as those of another language are."""
        if re.search(r"[\d@:]", text):
            return False
        words = plain(text).split()
        return sum(word in self._known_words for word in words) * 2 < max(len(words), 1)

    def _looked_up(self, words: str) -> Meaning | None:
        if words in self._form:
            return self._form[words]
        if words in self._person:
            return Meaning(self._person[words], None)
        if self._people.related_to(words):
            return Meaning("relationship", None)
        for noun, person in self._people.owned(words):
            if noun in self._person:
                return Meaning(self._person[noun], person)
        return None

    def _closest(self, words: str) -> Meaning | None:
        from rapidfuzz import process
        from rapidfuzz.fuzz import ratio

        if not 5 <= len(words) <= 90:
            return None
        whole = self._squeezed.get(words.replace(" ", ""))
        if whole is not None:
            return self._looked_up(whole)
        found = process.extractOne(words, [*self._form, *self._person], scorer=ratio, score_cutoff=_LIKE_ENOUGH)
        if found is None:
            return None
        meaning = self._looked_up(found[0])
        return None if meaning is None else Meaning(meaning.key, meaning.person, certain=False)


def _make_room(remembered: dict[str, Any]) -> None:
    """Forgets everything once there is much: what was looked up holds words of people's forms."""
    if len(remembered) > _MOST_REMEMBERED:
        remembered.clear()


def _form_meaning(path: str) -> Meaning:
    person, _, key = path.partition(".")
    return Meaning(key, person) if person in PERSONS else Meaning(path, "")


def _options(rows: Mapping[str, Sequence[str]]) -> dict[str, Meaning]:
    return {
        plain(wording): Meaning(path.removeprefix("person."), None if path.startswith("person.") else "")
        for path, wordings in rows.items()
        for wording in wordings
    }


def _question(row: Mapping[str, Any]) -> Question:
    path = row["means"]
    means = Meaning(path.partition(".")[2], None) if path.startswith("person.") else _form_meaning(path)
    wanted = tuple(re.compile(each) for each in row["all"])
    return Question(means, wanted, tuple(re.compile(each) for each in row.get("none", ())))


@cache
def vocabulary() -> Vocabulary:
    """The dictionary that comes with the program."""
    return Vocabulary(tomllib.loads((files("marac") / "parsers" / "fields.toml").read_text(encoding="utf-8")))
