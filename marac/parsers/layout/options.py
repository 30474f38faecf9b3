"""A printed choice with its box, and text in one line."""

import re
from dataclasses import dataclass
from functools import lru_cache

from marac.parsers.dictionary.prompts import without_prompts

_APART = re.compile(r" {3,}|\t")
_MOST_REMEMBERED = 4_000


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with its box."""

    text: str
    ticked: bool
    after: str = ""
    """What stands after a wide gap, where the box stands before its words."""


def option_of(words: str, ticked: bool) -> Option:
    """The choice that these words about a box name."""
    name, *after = _APART.split(words.strip(), maxsplit=1)
    return Option(folded(name).strip(" :-–/|,;"), ticked, folded(after[0]).strip(" :-–/|,;") if after else "")


@lru_cache(maxsize=_MOST_REMEMBERED)
def folded(text: str) -> str:
    """The text without prompts, its white space folded into single spaces."""
    return " ".join(without_prompts(text).split())
