"""Words for the people of a case (`Suspect`, `Victim 1`), and labels and questions that hold such a word. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from marac.parsers.wordings import BRACKETS, ORDINAL, RELATED, plain

PERSONS = ("victim", "perpetrator", "child", "referrer", "other")
"""Whom the dictionary has words for."""
_SHORTEST_BROKEN = 7  # characters of a word that a narrow column may have broken in two


class PeopleWords:
    """The words for each person, from the table `people` of the dictionary."""

    def __init__(self, rows: Mapping[str, Sequence[str]]) -> None:
        self._people = {plain(word): person for person in PERSONS for word in rows[person]}
        self._broken = {words.replace(" ", ""): person for words, person in self._people.items()}
        one = "|".join(re.escape(word) for word in sorted(self._people, key=len, reverse=True))
        self._before = re.compile(rf"(?:the )?({one})(?:s)?(?: \d)?(?: s)? (.+)")
        self._after = re.compile(rf"(.+?) (?:of|for|to) (?:the |an? |each |every |any |all )?({one})(?:s)?(?: \d)?")
        self._related = re.compile(rf"{RELATED}({one})(?:s)?")
        self._questions = _questions_of(one)

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def person_word(self, text: str) -> str | None:
        """Which person a text that is nothing but a word for a person names (`Suspect`, `Victim 1`, `Child 2`)."""
        words = re.sub(r" s$", "", plain(BRACKETS.sub(" ", text)))
        return self._person_of(words) or self._person_of(ORDINAL.sub("", ORDINAL.sub("", words)))

    def _person_of(self, words: str) -> str | None:
        return self.person(words) or (
            self._broken.get(words.replace(" ", "")) if len(words) >= _SHORTEST_BROKEN else None
        )

    def person(self, words: str) -> str | None:
        """Which person these plain words are for, one or several of a kind."""
        return self._people.get(words) or (self._people.get(words[:-1]) if words.endswith("s") else None)

    def related_to(self, words: str) -> str | None:
        """To whom a label asks the relationship (`relationship to victim`), in whatever words for that person."""
        related = self._related.fullmatch(words)
        return self._people[related[1]] if related else None

    def owned(self, words: str) -> Iterator[tuple[str, str]]:
        """The noun of a label and the person it is asked of: `victims address`, then `address of the victim`."""
        before = self._before.fullmatch(words)
        if before:
            yield before[2], self._people[before[1]]
        after = self._after.fullmatch(words)
        if after:
            yield after[1], self._people[after[2]]

    def asked_of(self, words: str) -> tuple[str, str] | None:
        """The key that a question about a person asks for, and that person (`where does the victim live`)."""
        for pattern, key in self._questions:
            found = pattern.fullmatch(words)
            if found:
                return key, self._people[found[1]]
        return None


def _questions_of(one: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Questions that hold no label, with the key of each; `one` matches a word for a person."""
    return (
        (
            re.compile(rf"where (?:does|do|is|are) (?:the )?({one}) (?:currently )?(?:live|living|staying)\b.*"),
            "address",
        ),
        (re.compile(rf"(?:when|what day|what date) (?:was|were) (?:the )?({one}) born"), "date_of_birth"),
        (re.compile(rf"how old (?:is|are) (?:the )?({one})"), "age"),
        (re.compile(rf"what does (?:the )?({one}) do(?: for (?:a living|work))?"), "occupation"),
        (re.compile(rf"who is (?:the )?({one})"), "name"),
    )
