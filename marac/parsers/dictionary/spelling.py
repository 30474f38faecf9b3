"""Labels with a word spelt wrongly (`Perpertrators adress`): the words that the dictionary has in their place. Pure."""

from collections.abc import Iterable
from functools import cached_property

_SHORTEST = 5  # characters; a shorter word one letter away from another is as often a word of its own
_LONG = 8  # characters of a word that may have two letters wrong
_MOST_WORDS = 10
_MOST_WRONG = 3


class Spelling:
    """The words that wordings are made of, and what a word like one of them was meant to be."""

    def __init__(self, wordings: Iterable[str]) -> None:
        """`wordings` are plain; what they are made of is gathered when a word is first looked up."""
        self._wordings = tuple(wordings)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for wording in self._wordings for word in wording.split())

    @cached_property
    def _choices(self) -> dict[str, list[str]]:
        """The words that one may be meant for, by their first letter, which hardly anybody gets wrong."""
        choices: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= _SHORTEST:
                choices.setdefault(word[0], []).append(word)
        return choices

    def mended(self, words: str) -> str | None:
        """These plain words with the right spelling; None where none is wrong, or one is like no word of the dictionary.

        A single word is left alone: it is more often somebody's name than a label spelt wrongly.
        """
        each = words.split()
        if not 2 <= len(each) <= _MOST_WORDS:
            return None
        wrong = {word for word in each if word not in self._words}
        if not 0 < len(wrong) <= _MOST_WRONG or any(len(word) < _SHORTEST or not word.isalpha() for word in wrong):
            return None
        right: dict[str, str] = {}
        for word in wrong:
            meant = self._meant(word)
            if meant is None:
                return None
            right[word] = meant
        return " ".join(right.get(word, word) for word in each)

    def _meant(self, word: str) -> str | None:
        """The one word of the dictionary that this was meant to be."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        wrong = 2 if len(word) >= _LONG else 1
        found = process.extractOne(word, self._choices.get(word[0], ()), scorer=OSA.distance, score_cutoff=wrong)
        return found[0] if found is not None else None
