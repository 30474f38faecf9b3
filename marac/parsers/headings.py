"""Headings: which part of the form each begins, in the dictionary's words or in others around a person. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from marac.parsers.people_words import PeopleWords
from marac.parsers.wordings import BRACKETS, NUMBERING, parts_of, plain

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
    ]
)
_MOST_WORDS = 9  # of a heading around a person's word


class Headings:
    """The headings of the dictionary, with the words for people, who head their own parts."""

    def __init__(
        self, rows: Mapping[str, Sequence[str]], people: PeopleWords, is_foreign: Callable[[str], bool]
    ) -> None:
        self._sections = {plain(wording): section for section, wordings in rows.items() for wording in wordings}
        self._people = people
        self._is_foreign = is_foreign

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def section(self, text: str) -> str | None:
        """The part of the form that a heading with this text begins; None where it is no known heading."""
        bare = BRACKETS.sub(" ", text)
        for wording in (text, NUMBERING.sub("", text.strip()), bare, NUMBERING.sub("", bare.strip())):
            section = self._sections.get(plain(wording)) or self._people.person_word(wording)
            if section:
                return section
        words = plain(NUMBERING.sub("", bare.strip()))
        kept = [word for word in words.split() if word not in _FILLER]
        if kept and len(words.split()) <= _MOST_WORDS and "/" not in bare:
            return self._people.person(" ".join(kept))
        return self._section_in_parts(bare)

    def _section_in_parts(self, text: str) -> str | None:
        """The part of the form that a heading in two languages begins (`Dioddefwr / Victim`)."""
        sections = {part: self.section(part) for part in parts_of(text)}
        named = {section for section in sections.values() if section is not None}
        strange = all(section is not None or self._is_foreign(part) for part, section in sections.items())
        return named.pop() if len(named) == 1 and strange else None
