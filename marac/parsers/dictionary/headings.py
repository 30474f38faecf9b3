"""Headings: which part of the form each begins, in the dictionary's words or in others around a person. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from marac.parsers.dictionary.people_words import PeopleWords
from marac.parsers.dictionary.wordings import BRACKETS, NUMBERING, TableMaker, parts_of, plain, plain_table

_FILLER = frozenset(
    [
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
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
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
        "further",
        "another",
        "2nd",
        "3rd",
        "1st",
        "next",
        "involved",
        "form",
        "who",
        "is",
        "are",
        "tell",
        "us",
        "full",
        "basic",
        "if",
        "known",
        "applicable",
        "health",
        "medical",
        "employment",
        "income",
        "status",
        "needs",
        "equality",
        "demographics",
    ]
)
_GENERAL = frozenset(("contact", "party", "parties", "person", "persons", "particulars"))
"""What a heading may say besides, where it names the person in brackets."""
_WHERE = frozenset(
    [
        "under",
        "over",
        "aged",
        "age",
        "years",
        "18",
        "16",
        "in",
        "household",
        "family",
        "home",
        "living",
        "resident",
        "residing",
        "with",
        "including",
        "inc",
        "unborn",
        "dependent",
        "at",
        "address",
        "same",
        "and",
        "both",
        "linked",
        "affected",
        "present",
        "step",
        "known",
        "who",
        "whom",
        "which",
    ]
)
"""What headings of parts about children say of them besides."""
_OTHERS = re.compile(
    r"(?:(?:any|all|details|of|the|names?|key|current|currently|list) )*"
    r"(?:(?:significant others?|other (?:adults?|people|persons?|relatives|family members|household members|agenc(?:y|ies)|professionals?|services|organisations?|workers))|(?:agenc(?:y|ies)|professionals?|services|workers) (?=involve|working|supporting|engaged))"
    r"(?: (?:involved|involvement|supporting|working|engaged|living|in|with|within|the|this|family|household|home|victim|client|case|child|children|and|or|property|address|who|are|currently))*"
)
_OFFICE = re.compile(r".{0,30}\b(?:office|official|co ?ordinators?|admin(?:istrat(?:or|ion))?) use(?: only)?")
_NOBODY = frozenset(("subject", "party", "person", "individual", "adult"))
"""What a heading calls somebody whose part in the case stands in brackets behind (`Subject 1 (Victim)`)."""
_MOST_WORDS = 9  # of a heading around a person's word


class Headings:
    """The headings of the dictionary, with the words for people, who head their own parts."""

    def __init__(
        self,
        rows: Mapping[str, Sequence[str]],
        people: PeopleWords,
        is_foreign: Callable[[str], bool],
        table: TableMaker = plain_table,
    ) -> None:
        sections = {plain(wording): section for section, wordings in rows.items() for wording in wordings}
        self._sections = table("headings", sections)
        self._people = people
        self._is_foreign = is_foreign

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def section(self, text: str) -> str | None:
        """The part of the form that a heading with this text begins; None where it is no known heading."""
        bare = BRACKETS.sub(" ", text)
        numbered = NUMBERING.sub("", bare.strip())
        for wording in dict.fromkeys((text, NUMBERING.sub("", text.strip()), bare, numbered)):
            section = self._sections.get(plain(wording)) or self._people.person_word(wording)
            if section:
                return section
        if "(" in text and (section := self._section_in_brackets(text)):
            return section
        words = plain(numbered)
        kept = [word for word in words.split() if word not in _FILLER]
        if kept and len(words.split()) <= _MOST_WORDS:
            said = "" if "/" in bare else " ".join(kept)
            found = self._people.person(said) or self._people.shapes.person(said) or self._childrens(kept)
            if found or "/" not in bare:
                return found or self._in_brackets(text, kept) or _others(words)
        return self._section_in_parts(bare)

    def _section_in_brackets(self, text: str) -> str | None:
        """Whose the part is that a general heading begins with the person in brackets (`Contact details (Partner/Victim)`)."""
        told = BRACKETS.findall(text)
        words = plain(NUMBERING.sub("", BRACKETS.sub(" ", text).strip())).split()
        if len(told) != 1 or not words or not all(word in _FILLER or word in _GENERAL for word in words):
            return None
        inside = told[0][1:-1]
        named = {self._people.person_word(part) for part in (parts_of(inside) or [inside])} - {None}
        return named.pop() if len(named) == 1 else None

    def _childrens(self, words: Sequence[str]) -> str | None:
        """Whether a heading says whose children its part is about (`Children of patient or perpetrator`)."""
        if len(words) < 2 or self._people.person(words[0]) != "child":
            return None
        named = self._people.renamed(" ".join(words[1:])).split()
        return "child" if {"victim", "perpetrator", *_WHERE} >= set(named) else None

    def _in_brackets(self, text: str, words: Sequence[str]) -> str | None:
        """Whom a heading names in brackets alone (`Subject 1 (Victim)`)."""
        bracket = BRACKETS.search(text)
        return self._people.person_word(bracket[0][1:-1]) if bracket and set(words) <= _NOBODY else None

    def _section_in_parts(self, text: str) -> str | None:
        """The part of the form that a heading in two languages begins (`Dioddefwr / Victim`)."""
        sections = {part: self.section(part) for part in parts_of(text)}
        named = {section for section in sections.values() if section is not None}
        if len(named) != 1:
            return None
        (section,) = named
        others = [part for part, known in sections.items() if known is None]
        return section if all(self._is_foreign(part) or self._speaks_of(part, section) for part in others) else None

    def _speaks_of(self, text: str, section: str) -> bool:
        """Whether a word for this person, and for no other, is among these words (`Manylion y dioddefwr`)."""
        return {person for word in plain(text).split() if (person := self._people.person(word))} == {section}


def _others(words: str) -> str | None:
    """Whether a heading begins a part about people outside the case, or one that the coordinator fills in."""
    return "other" if _OTHERS.fullmatch(words) or _OFFICE.fullmatch(words) else None
