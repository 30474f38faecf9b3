"""The questions of the risk checklists, told apart by their words: what `checklists.toml` says, and never their order."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from marac.parsers.dictionary.wordings import plain

_LONGEST = 480
_NUMBER = re.compile(
    r"^\s*(?:q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):\-–]?\s+(?=\D)|^\s*(?:q(?:uestion)?\.?\s*)?(\d{1,2})[.):]\s*(?=\D)",
    re.IGNORECASE,
)
_MOST_MET = 2_000


@dataclass(frozen=True, slots=True)
class _Question:
    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]
    dash: int | None
    police: int | None


@cache
def _questions() -> tuple[_Question, ...]:
    rows = tomllib.loads((files("marac") / "parsers" / "checklists" / "checklists.toml").read_text(encoding="utf-8"))[
        "question"
    ]
    return tuple(
        _Question(
            tuple(re.compile(each) for each in row["all"]),
            tuple(re.compile(each) for each in row.get("none", ())),
            row.get("dash"),
            row.get("police"),
        )
        for row in rows
    )


@cache
def _topics() -> re.Pattern[str]:
    """What the words of every question have at least one of."""
    return re.compile("|".join(question.wanted[0].pattern for question in _questions()))


def question_in(text: str) -> tuple[int | None, int | None, int | None] | None:
    """The printed number and the two lists' numbers of the question that a text asks; None where it asks none."""
    if not 14 <= len(text) <= _LONGEST:
        return None
    return _asked(text)


@lru_cache(maxsize=_MOST_MET)
def _asked(text: str) -> tuple[int | None, int | None, int | None] | None:
    """The same, remembered: every form of an area prints the same questions."""
    number = _NUMBER.match(text)
    if number is None and "?" not in text:
        return None
    rest = text[number.end() :] if number else text
    if not _topics().search(rest.casefold()) and number is None:
        return None
    first = plain(rest.split("?")[0])
    whole = plain(rest)
    for words in dict.fromkeys((first, whole) if number else (first,)):
        for question in _questions():
            if all(each.search(words) for each in question.wanted) and not any(
                each.search(words) for each in question.unwanted
            ):
                return int(number[1] or number[2]) if number else None, question.dash, question.police
    return (int(number[1] or number[2]), None, None) if number and "?" in text else None


@lru_cache(maxsize=_MOST_MET)
def is_numbered(text: str) -> bool:
    """Whether a text begins with the number of a question."""
    return _NUMBER.match(text) is not None


def printed_number(text: str) -> int | None:
    """The number that a text begins with, as a question's does."""
    found = _NUMBER.match(text)
    return int(found[1] or found[2]) if found else None
