"""What a label asks for: by the wordings listed, by its shape, as a person's own, as a question, or part by part. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from marac.parsers.dictionary.asking import asked_nouns
from marac.parsers.dictionary.headings import Headings
from marac.parsers.dictionary.label_parts import combined, of_form, of_person
from marac.parsers.dictionary.people_words import PERSONS, WORKER, PeopleWords
from marac.parsers.dictionary.shapes import Shapes, paths_of
from marac.parsers.dictionary.spelling import Spelling
from marac.parsers.dictionary.wordings import (
    BRACKETS,
    HINT,
    NO_PLACE,
    NUMBERING,
    Meaning,
    TableMaker,
    listed_parts,
    parts_of,
    plain,
)

_LIKE_ENOUGH = 90  # of 100; below it rapidfuzz's ratio begins to join different labels (measured on 41 label wordings)
_LONGEST_SHAPED = 120
_LISTED = re.compile(r"(?P<person>[^():?]{3,40})\((?P<parts>[^()]*[,/&][^()]*)\)")
"""A person and in brackets what is asked of them: `Referrer (name, role, agency)`."""
_MARKED = re.compile(r"[:?\n\t;]| {2,}| [–-] ")
"""What parts a label from its answer; no label that is known by its shape goes on beyond it."""
_ANSWER_BELOW = re.compile(r"\n[^\n]*\d")
_SHORT_FORM = re.compile(r"\w\W+\(([A-Z][A-Z&+/]{1,6})\)\W*$")
_BEHIND_HEADING = re.compile(r"(:| [-–] )")


class LabelMeanings:
    """The labels of the dictionary, and the ways in which a label on a form may be made of them."""

    def __init__(self, rows: Mapping[str, Any], people: PeopleWords, headings: Headings, table: TableMaker) -> None:
        """The labels of these rows, with the words for people; `headings` are the plain wordings of headings."""
        self._people = people
        self._headings = headings
        listed: dict[str, str] = {}
        for key, wordings in rows["labels"]["person"].items():
            for wording in wordings:
                listed.setdefault(plain(wording), key)
        self.person = table("person", listed)
        """The keys of labels that say less than a person, by plain wording."""
        form: dict[str, Meaning] = {}
        for path, wordings in rows["labels"]["form"].items():
            form.update(dict.fromkeys(map(plain, wordings), meaning_of(path)))
        self._form = table("form", form)
        wordings = (*self._form, *self.person, *people, *headings)
        self._known_words = _words_of_several(wordings)
        self._spelling = Spelling(wordings)
        self._squeezed = {words.replace(" ", ""): words for words in (*self._form, *self.person)}
        """For labels that a narrow column broke in the middle of a word."""
        shapes = rows["shapes"]
        self._shapes = Shapes(shapes, {path: meaning_of(path) for path in paths_of(shapes["rows"])}, table)
        joint = {frozenset(each): key for key, several in rows["together"].items() for each in several}
        self._joint = {**{frozenset((key,)): key for key in rows["labels"]["person"]}, **joint}

    def meaning(self, label: str) -> Meaning | None:
        """What a label asks for, in whatever way it is made."""
        numbered = NUMBERING.sub("", label.strip())
        bare = BRACKETS.sub(" ", numbered)
        hintless = (HINT.sub("", plain(numbered)).strip(" ?"), HINT.sub("", plain(bare)).strip(" ?"))
        tried = dict.fromkeys((plain(label), plain(numbered), plain(bare), *hintless))
        found = self._found(tried, label) or self._put_as_question(plain(bare)) or self._renamed(hintless[1])
        return found or self.compound(label) or self._short(numbered) or self._meant(hintless[1])

    def _short(self, label: str) -> Meaning | None:
        """What a long label asks for that has its usual short form in brackets: `From a minoritised group (B&ME)?`."""
        short = _SHORT_FORM.search(label)
        key = None if short is None else self.person.get(plain(short[1]))
        return None if key is None else Meaning(key, None)

    def literal(self, label: str) -> Meaning | None:
        """What a label asks for without a hint, a question or several parts in it (numbering and brackets aside)."""
        numbered = NUMBERING.sub("", label)
        tried = dict.fromkeys((plain(label), plain(numbered), plain(BRACKETS.sub(" ", numbered))))
        return self._found(tried, label)

    def compound(self, label: str) -> Meaning | None:
        """What a label of several parts asks for (`Children: name`, `Enw / Name`); None where it is no such label."""
        whole = BRACKETS.sub(" ", label.strip())
        numbered = NUMBERING.sub("", whole)
        both = dict.fromkeys((whole, numbered))
        found = next((found for each in both if (found := self._under_heading(each))), None)
        found = found or next((found for each in both if (found := self._in_parts(each))), None)
        return found or self._together(numbered)

    def shaped(self, label: str) -> Meaning | None:
        """What a label asks for by the shape of its words; None where a mark inside shows that it is more than a label."""
        numbered = NUMBERING.sub("", label.strip(" :?*-–•"))
        if len(label) > _LONGEST_SHAPED or _MARKED.search(numbered):
            return None
        words = plain(BRACKETS.sub(" ", numbered))
        hintless = HINT.sub("", words).strip(" ?")
        return self._shapes.meaning(words) or (self._shapes.meaning(hintless) if hintless != words else None)

    def mended(self, label: str) -> str | None:
        """The plain words of a label that has one spelt wrongly, as they should be; None where all are right."""
        return self._spelling.mended(plain(BRACKETS.sub(" ", NUMBERING.sub("", label))))

    def closest(self, words: str) -> Meaning | None:
        """What the listed label most like these plain words asks for, if it is very like; never certain."""
        from rapidfuzz import process
        from rapidfuzz.fuzz import ratio

        if not 5 <= len(words) <= 90:
            return None
        whole = self._squeezed.get(words.replace(" ", ""))
        if whole is not None:
            return self._listed(whole)
        found = process.extractOne(words, [*self._form, *self.person], scorer=ratio, score_cutoff=_LIKE_ENOUGH)
        meaning = self._listed(found[0]) if found is not None else None
        return None if meaning is None else Meaning(meaning.key, meaning.person, certain=False)

    def is_foreign(self, text: str) -> bool:
        """Whether a text is in words that no label has, as those of another language are."""
        if re.search(r"[\d@:]", text):
            return False
        words = plain(text).split()
        return sum(word in self._known_words for word in words) * 2 <= len(words) - (len(words) == 1)

    def _found(self, tried: Iterable[str], label: str) -> Meaning | None:
        """What the first of several ways to write a label asks for: as listed, by its shape, or as a person's own."""
        known = [words for words in tried if words]
        found = self._in_brackets(label) or next((found for words in known if (found := self._listed(words))), None)
        found = found or self.shaped(label) or self._in_parts(label)
        found = found or next((found for words in known if (found := self._owned(words))), None)
        return found or self._asked_twice(label)

    def _asked_twice(self, label: str) -> Meaning | None:
        """What a label asks for that puts one question in two ways (`Interpreter required? Language line needed?`)."""
        first, mark, second = label.strip(" :?").partition("? ")
        if not mark or "?" in second:
            return None
        meaning = self.literal(first)
        return meaning if meaning is not None and meaning == self.literal(second) else None

    def _listed(self, words: str) -> Meaning | None:
        if words in self._form:
            return self._form[words]
        if words in self.person:
            return Meaning(self.person[words], None)
        if self._people.related_to(words):
            return Meaning("relationship", None)
        return Meaning("name", WORKER) if words == "practitioner" else None

    def _owned(self, words: str) -> Meaning | None:
        """What a label asks for that says whose it is (`victims address`, `name of the person at risk`)."""
        for noun, person in self._people.owned(words):
            if noun in self.person:
                return Meaning(self.person[noun], person)
            shaped = self._shapes.meaning(noun)
            if shaped is not None and shaped.person is None:
                return Meaning(shaped.key, person)
        return None

    def _in_brackets(self, label: str) -> Meaning | None:
        """What is asked of a person in the brackets behind them, where the label is not listed as it stands."""
        listed = _LISTED.fullmatch(label.strip(" :?")) if "(" in label else None
        person = self._people.person_word(listed["person"]) if listed else None
        if listed is None or person is None or self._listed(plain(label)):
            return None
        return of_person(person, self._together(listed["parts"]))

    def _together(self, label: str) -> Meaning | None:
        """What a label asks for that names several fields at once (`Address & contact no`)."""
        if len(label) > _LONGEST_SHAPED or _MARKED.search(label.strip(" :?")):
            return None
        parts = listed_parts(label)
        meanings = [each for part in parts if (each := self._listed(plain(part)) or self.shaped(part))]
        if not parts or len(meanings) < len(parts) or len({each.person for each in meanings}) > 1:
            return None
        key = self._joint.get(frozenset(each.key for each in meanings))
        return Meaning(key, meanings[0].person) if key else None

    def _under_heading(self, label: str) -> Meaning | None:
        """What a label asks for that a heading goes before (`Children: name`, `Criteria: repeat`)."""
        before, *rest = _BEHIND_HEADING.split(label, maxsplit=1)
        if not rest:
            return None
        words = plain(rest[1])
        person = self._people.person_word(before)
        section = person or self._headings.section(before)
        if section is None:
            return None
        found = self._listed(words) or self._owned(words) or self._together(rest[1])
        if person is None and found is None:
            found = self._shapes.meaning(words)
        return of_person(section, found) if section in PERSONS else of_form(found)

    def _put_as_question(self, words: str) -> Meaning | None:
        """What a question asks that has a label in it (`What is the victim's date of birth?`)."""
        for noun in asked_nouns(words):
            found = self._listed(noun) or self._owned(noun) or self._shapes.meaning(noun)
            if found is not None:
                return found
        about = self._people.asked_of(words)
        return Meaning(*about) if about else None

    def _renamed(self, words: str) -> Meaning | None:
        """What a label asks for that has some other word where a wording has `victim` or `perpetrator`."""
        renamed = self._people.renamed(words)
        return (self._listed(renamed) or self._shapes.meaning(renamed)) if renamed != words else None

    def _meant(self, words: str) -> Meaning | None:
        """What a label with a word spelt wrongly asks for (`Victims adress`)."""
        mended = self._spelling.mended(words)
        if mended is None:
            return None
        return self._listed(mended) or self._owned(mended) or self._shapes.meaning(mended) or self._renamed(mended)

    def _in_parts(self, label: str) -> Meaning | None:
        """What a label of two parts asks for: in two languages, in two words for one thing, or for two things at once.

        A part that the dictionary lacks must be in words that no label has, as those of another language are.
        """
        parts = parts_of(label)
        if any(_ANSWER_BELOW.search(part) for part in parts):
            return None
        if not parts or any(self._people.person_word(part) not in (None, "other") for part in parts):
            return None
        meanings = [self.meaning(part) for part in parts]
        marked = all(":" in part for part in parts)  # two languages with the same mark in both
        foreign = [part.replace(":", " ") if marked else part for part in parts]
        if not all(meaning or self.is_foreign(part) for part, meaning in zip(foreign, meanings, strict=True)):
            return None
        known = [meaning for meaning in meanings if meaning is not None]
        known = [meaning for meaning in known if meaning.key not in NO_PLACE] or known
        return combined(known, self._joint)


def meaning_of(path: str) -> Meaning:
    """What a field's path means: `person.gp` any person's GP, `victim.gp` the victim's, `consent.given` the form's."""
    person, _, key = path.partition(".")
    if person == "person":
        return Meaning(key, None)
    return Meaning(key, person) if person in PERSONS else Meaning(path, "")


def _words_of_several(wordings: Iterable[str]) -> frozenset[str]:
    """The words that more than one wording has; a word of one alone may be another language's."""
    counts = Counter(word for wording in wordings for word in set(wording.split()))
    return frozenset(word for word, count in counts.items() if count > 1)
