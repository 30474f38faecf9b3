"""Wordings of labels: how two are compared, and what one of them asks for. Pure."""

import re
from dataclasses import dataclass

_NOT_WORDS = re.compile(r"[^\w?+]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label asks for: a key, and whose it is (`victim`, `perpetrator`, `child`, `referrer`, `other`).

    `person` is None where the place on the form decides, and empty where the key needs no person.
    """

    key: str
    person: str | None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A long question, known by the words in it."""

    means: Meaning
    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]

    def fits(self, words: str) -> bool:
        """Whether the words of a label ask this."""
        return all(each.search(words) for each in self.wanted) and not any(each.search(words) for each in self.unwanted)


def plain(text: str) -> str:
    """Words for comparing: small letters, no punctuation, `(s)` and `'s` joined on."""
    words = (
        text.casefold()
        .replace("(s)", "s")
        .replace("(ren)", "ren")
        .replace("’", "'")
        .replace("'s", "s")
        .replace("&", " and ")
        .replace("b and me", "b me")
    )
    return _NOT_WORDS.sub(" ", words.replace("'", "").replace("_", " ")).strip(" ?")
