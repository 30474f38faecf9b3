"""Words for the people of a case (`Suspect`, `Victim 1`), and labels and questions that hold such a word. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from marac.parsers.dictionary.shapes import PeopleShapes
from marac.parsers.dictionary.wordings import BRACKETS, ORDINAL, RELATED, TableMaker, plain, plain_table

PERSONS = ("victim", "perpetrator", "child", "referrer", "other")
"""Whom the dictionary has words for."""
WORKER = "worker"
"""Somebody at work (`Officer's telephone`): the referrer where the form speaks of them, somebody else everywhere else."""
_WORKERS = frozenset(("officer", "worker", "practitioner", "professional", "staff member", "member of staff", "staff"))
_MOST_WORDS_OWNED = 12
_OF = re.compile(r"(?:of|for|to) (?:the |an? |each |every |any |all )?")
_RELATED_TO = re.compile(rf"(?:(?P<who>[^\d]{{3,40}}) )?{RELATED}(?P<whom>[^\d]{{3,60}})")
_ANYBODY = r"they|he|she|he she|that person|this person|the person|you"
_SHORTEST_BROKEN = 7  # characters of a word that a narrow column may have broken in two


class PeopleWords:
    """The words for each person, from the table `people` of the dictionary."""

    def __init__(
        self, rows: Mapping[str, Sequence[str]], shapes: PeopleShapes, table: TableMaker = plain_table
    ) -> None:
        self.shapes = shapes
        self._people = table("people", {plain(word): person for person in PERSONS for word in rows[person]})
        self._broken = {words.replace(" ", ""): words for words in self._people}
        one = "|".join(re.escape(word) for word in sorted(self._people, key=len, reverse=True))
        self._before = re.compile(rf"(?:the )?({one})(?:s)?(?: \d)?(?: s)? (.+)")
        self._after = re.compile(rf"(.+?) (?:of|for|to) (?:the |an? |each |every |any |all )?({one})(?:s)?(?: \d)?")
        self._related = re.compile(rf"{RELATED}({one})(?:s)?")
        self._questions = _questions_of(one)
        begin = {plain(word).split()[0] for person in ("victim", "perpetrator") for word in rows[person]}
        self._renamed_begin = begin | {f"{word}s" for word in begin}
        """The words that one to be renamed may begin with, so that most labels need no search."""
        self._renaming = re.compile(
            "|".join(
                rf"(?<!\S)(?P<{person}>(?:{_one_of(rows[person])})s?(?: s)?(?!\S))"
                for person in ("victim", "perpetrator")
            )
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def person_word(self, text: str) -> str | None:
        """Which person a text that is nothing but a word for a person names (`Suspect`, `Victim 1`, `Child 2`)."""
        words, alone = _bare(text)
        if words == alone:
            return self._person_of(words) or self.shapes.person(words)
        found = self._person_of(words) or self._person_of(alone)
        return found or self.shapes.person(words) or self.shapes.person(alone)

    def _person_of(self, words: str) -> str | None:
        whole = self._broken.get(words.replace(" ", "")) if len(words) >= _SHORTEST_BROKEN else None
        return self.person(words) or (self._people[whole] if whole else None)

    def person(self, words: str) -> str | None:
        """Which person these plain words are for, one or several of a kind."""
        return self._people.get(words) or (self._people.get(words[:-1]) if words.endswith("s") else None)

    def related_to(self, words: str) -> str | None:
        """To whom a label asks the relationship (`relationship to victim`), in whatever words for that person."""
        related = self._related.fullmatch(words)
        if related:
            return self._people[related[1]]
        about = _RELATED_TO.fullmatch(words)
        if about is None or (about["who"] and self.person_word(about["who"]) is None):
            return None
        return self._people.get(about["whom"]) or self.shapes.person(about["whom"])

    def owned(self, words: str) -> Iterator[tuple[str, str]]:
        """The noun of a label and the person it is asked of: `victims address`, then `address of the victim`."""
        before = self._before.fullmatch(words)
        if before:
            yield before[2], self._owner(before[1])
        after = self._after.fullmatch(words)
        if after:
            yield after[1], self._owner(after[2])
        yield from self._owned_by_shape(words)

    def _owned_by_shape(self, words: str) -> Iterator[tuple[str, str]]:
        """The same for words that only their shape shows to be a person (`abusers address`, `name of adult at risk`)."""
        each = words.removeprefix("the ").split()
        if not 2 <= len(each) <= _MOST_WORDS_OWNED:
            return
        for place in range(len(each) - 1, 0, -1):
            before, after = " ".join(each[:place]), " ".join(each[place:])
            person = self.shapes.person(before) or (self.shapes.person(before[:-1]) if before[-1] == "s" else None)
            if person:
                yield after, person
            joined = _OF.match(after)
            person = self.shapes.person(after[joined.end() :]) if joined else None
            if person:
                yield before, person

    def _owner(self, word: str) -> str:
        return WORKER if word in _WORKERS else self._people[word]

    def renamed(self, words: str) -> str:
        """These plain words with `victim` and `perpetrator` in the place of every other word for them."""
        if self._renamed_begin.isdisjoint(words.split()):
            return words
        return self._renaming.sub(lambda found: str(found.lastgroup), words)

    def asked_of(self, words: str) -> tuple[str, str | None] | None:
        """The key that a question about a person asks for, and that person (`where does the victim live`).

        The person is None where the question has nothing but a word such as `they`.
        """
        for pattern, key in self._questions:
            found = pattern.fullmatch(words)
            if found:
                return key, self._people.get(found[1])
        return None


@lru_cache(maxsize=4_000)
def _bare(text: str) -> tuple[str, str]:
    """The plain words of a text, and the same without the numbers that tell people apart."""
    words = re.sub(r" s$", "", plain(BRACKETS.sub(" ", text)))
    return words, ORDINAL.sub("", ORDINAL.sub("", words))


def _one_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(plain(word)) for word in sorted(words, key=len, reverse=True))


def _questions_of(one: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Questions that hold no label, with the key of each; `one` matches a word for a person."""
    one = rf"{one}|{_ANYBODY}"
    return (
        (
            re.compile(
                rf"where (?:does|do|is|are) (?:the )?({one}) (?:currently |now )?(?:live|living|staying|stay)\b.*"
            ),
            "address",
        ),
        (re.compile(rf"(?:when|what day|what date) (?:was|were) (?:the )?({one}) born"), "date_of_birth"),
        (re.compile(rf"how old (?:is|are) (?:the )?({one})"), "age"),
        (re.compile(r"where do (you) work"), "agency"),
        (re.compile(rf"where (?:does|do) (?:the )?({one}) work"), "occupation"),
        (re.compile(rf"what (?:does|do) (?:the )?({one}) do(?: for (?:a living|work))?"), "occupation"),
        (re.compile(rf"who is (?:the )?({one})"), "name"),
        (
            re.compile(
                rf"(?:is|are|has|have) (?:the )?({one}) (?:ever |also )?(?:been )?(?:known|called|used) (?:by |as )?(?:any )?other names?"
            ),
            "aliases",
        ),
    )
