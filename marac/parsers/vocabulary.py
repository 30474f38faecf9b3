"""What wordings mean: the dictionary of `fields.toml`, looked up by exact words first and by likeness last."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from marac.parsers.wordings import Meaning, Question, plain

_LIKE_ENOUGH = 90  # of 100; below it rapidfuzz's ratio begins to join different labels (measured on 41 label wordings)
_LONGEST_LABEL = 260
_MOST_REMEMBERED = 2_000
_NUMBERING = re.compile(
    r"^(?:(?:section|part|box|question|q)?\s*(?:\d{1,2}|[a-h]|i{1,3}|iv|v)[\s.):\-]+|(?:section|part|annex)\s+\w{1,2}\b[\s.):\-–]*)(?=\w)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_HINT = re.compile(
    r"\s(?:if known|if applicable|if available|if relevant|where known|please state|please specify|please tick|mandatory|required|if different|office use only|tick all that apply|"
    r"e g|eg|i e|ie|for example|please include|include|including|if any|as stated|optional|in capitals|block capitals|y n|yes no|if not known|if so|tick|please provide|please give details|please circle|delete as appropriate|dd mm yyyy|must be completed)\b.*$"
)
_FILLER = frozenset(
    (
        "details",
        "detail",
        "information",
        "of",
        "the",
        "about",
        "for",
        "alleged",
        "section",
        "personal",
        "data",
        "and",
        "s",
        "this",
        "info",
        "profile",
        "1",
        "2",
        "3",
        "4",
        "one",
        "two",
        "three",
        "no",
        "number",
        "main",
        "first",
        "second",
        "additional",
        "any",
        "all",
        "please",
        "list",
        "family",
        "or",
        "other",
        "to",
        "be",
        "completed",
    )
)
_PEOPLE = ("victim", "perpetrator", "child", "referrer", "other")


class Vocabulary:
    """The dictionary. Lookups are remembered: forms repeat their wordings."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._people = {plain(word): person for person in _PEOPLE for word in rows["people"][person]}
        words = sorted((word for word in self._people), key=len, reverse=True)
        one = "|".join(re.escape(word) for word in words)
        self._before = re.compile(rf"(?:the )?({one})(?:s)?(?: \d)?(?: s)? (.+)")
        self._after = re.compile(rf"(.+?) (?:of|for|to) (?:the |an? )?({one})(?:s)?(?: \d)?")
        self._headings = {plain(w): section for section, wordings in rows["headings"].items() for w in wordings}
        self._person: dict[str, str] = {}
        for key, wordings in rows["labels"]["person"].items():
            for wording in wordings:
                self._person.setdefault(plain(wording), key)
        self._form: dict[str, Meaning] = {}
        for path, wordings in rows["labels"]["form"].items():
            self._form.update(dict.fromkeys(map(plain, wordings), _form_meaning(path)))
        self._child = {
            plain(w): key
            for key in ("relationship_to_victim", "relationship_to_perpetrator", "relationship_to_both")
            for w in rows["labels"]["person"][key]
        }
        self._child_squeezed = {words.replace(" ", ""): key for words, key in self._child.items()}
        self._squeezed = {words.replace(" ", ""): words for words in (*self._form, *self._person)}
        """For labels that a narrow column broke in the middle of a word."""
        self._options = {
            plain(w): Meaning(path.removeprefix("person."), None if path.startswith("person.") else "")
            for path, wordings in rows["options"].items()
            for w in wordings
        }
        self.roles = frozenset(rows["words"]["roles"])
        self._questions = [_question(row) for row in rows["questions"]]
        self._known: dict[str, Meaning | None] = {}
        self._literal: dict[str, Meaning | None] = {}
        self._asked: dict[str, Meaning | None] = {}
        self._sections: dict[str, str | None] = {}
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
            numbered = _NUMBERING.sub("", label)
            tried = dict.fromkeys((plain(label), plain(numbered), plain(_BRACKETS.sub(" ", numbered))))
            self._literal[label] = next((found for words in tried if (found := self._looked_up(words))), None)
        return self._literal[label]

    def question(self, label: str) -> Meaning | None:
        """What a long question asks for, by the words in it."""
        if not 8 <= len(label) <= _LONGEST_LABEL:
            return None
        if label not in self._asked:
            _make_room(self._asked)
            words = plain(_NUMBERING.sub("", label))
            self._asked[label] = next((question.means for question in self._questions if question.fits(words)), None)
        return self._asked[label]

    def alike(self, label: str) -> Meaning | None:
        """What the label most like this one asks for, if it is very like; never certain."""
        words = plain(_NUMBERING.sub("", label))
        if words not in self._fuzzy:
            _make_room(self._fuzzy)
            self._fuzzy[words] = self._closest(words)
        return self._fuzzy[words]

    def option(self, text: str) -> Meaning | None:
        """What a printed choice is about, by exact words, with and without what follows a colon or stands in brackets."""
        bare = plain(_BRACKETS.sub(" ", text).partition(":")[0])
        return self._options.get(plain(text)) or self._options.get(bare)

    def child_key(self, label: str) -> str | None:
        """The key of a column of a table of children, where it differs from that of an adult."""
        words = plain(label)
        bare = plain(_BRACKETS.sub(" ", label))
        return self._child.get(words) or self._child.get(bare) or self._child_squeezed.get(bare.replace(" ", ""))

    def section(self, text: str) -> str | None:
        """The part of the form that a heading with this text begins; None where it is no known heading."""
        if len(text) > _LONGEST_LABEL:
            return None
        if text not in self._sections:
            _make_room(self._sections)
            self._sections[text] = self._heading(text)
        return self._sections[text]

    def person_word(self, text: str) -> str | None:
        """Which person a text that is nothing but a word for a person names (`Suspect`, `Victim 1`, `Child 2`)."""
        words = re.sub(r" \d$| s$", "", plain(_BRACKETS.sub(" ", text)))
        return self._people.get(words) or (self._people.get(words[:-1]) if words.endswith("s") else None)

    def _heading(self, text: str) -> str | None:
        bare = _BRACKETS.sub(" ", text)
        for wording in (text, _NUMBERING.sub("", text.strip()), bare, _NUMBERING.sub("", bare.strip())):
            words = plain(wording)
            section = self._headings.get(words) or self.person_word(wording)
            if section:
                return section
        words = plain(_NUMBERING.sub("", bare.strip()))
        kept = [word for word in words.split() if word not in _FILLER]
        if kept and len(words.split()) <= 9:
            core = " ".join(kept)
            return self._people.get(core) or (self._people.get(core[:-1]) if core.endswith("s") else None)
        return None

    def _exact(self, label: str) -> Meaning | None:
        numbered = _NUMBERING.sub("", label.strip())
        bare = _BRACKETS.sub(" ", numbered)
        tried = dict.fromkeys(
            (
                plain(label),
                plain(numbered),
                plain(bare),
                _HINT.sub("", plain(numbered)).strip(" ?"),
                _HINT.sub("", plain(bare)).strip(" ?"),
            )
        )
        return next((found for words in tried if words and (found := self._looked_up(words))), None)

    def _looked_up(self, words: str) -> Meaning | None:
        if words in self._form:
            return self._form[words]
        if words in self._person:
            return Meaning(self._person[words], None)
        before = self._before.fullmatch(words)
        if before and before[2] in self._person:
            return Meaning(self._person[before[2]], self._people[before[1]])
        after = self._after.fullmatch(words)
        if after and after[1] in self._person:
            return Meaning(self._person[after[1]], self._people[after[2]])
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
    return Meaning(key, person) if person in _PEOPLE else Meaning(path, "")


def _question(row: Mapping[str, Any]) -> Question:
    path = row["means"]
    means = Meaning(path.partition(".")[2], None) if path.startswith("person.") else _form_meaning(path)
    wanted = tuple(re.compile(each) for each in row["all"])
    return Question(means, wanted, tuple(re.compile(each) for each in row.get("none", ())))


@cache
def vocabulary() -> Vocabulary:
    """The dictionary that comes with the program."""
    return Vocabulary(tomllib.loads((files("marac") / "parsers" / "fields.toml").read_text(encoding="utf-8")))
