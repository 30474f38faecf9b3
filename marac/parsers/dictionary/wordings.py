"""Wordings of labels: how two are compared, and what one of them asks for. Pure."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|box|question|q)?\.?[ \xa0]*\(?(?:\d{1,2}(?:\.\d{1,2})*\.?[a-h]?|[a-h]\d{0,2}|i{1,3}|iv|v)"
    r"(?:[ \xa0.):]+|[ \xa0]*[\-–][ \xa0]+|[\-–](?=[^\W\d_]{3,}\b(?<!mail)(?<!bost)))|(?:section|part|annex)\s+\w{1,2}\b[\s.):\-–]*)(?=\w)",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"^(?:an? |the |any )?(?:further|second|2nd|third|3rd|1st|first|another|additional|other|next|new|any other|any further) | (?:\d|[a-d]|one|two|three|four|ii|iii)$"
)
"""What marks one of several people: `Further perpetrator`, `2nd victim`, `Perpetrator B`."""
SLASHED = re.compile(r"\s*[/|]\s*")
_JOINED = re.compile(r"\s*(?:,|&|\+|[/|]|\b(?:and|or)\b)\s*", re.IGNORECASE)
RELATED = r"(?:(?:relationship|relation|link|connection|related|links)(?: to| with| of)?(?: the| an?)?|perthynas (?:âr|â|gydar)) "
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
HINT = re.compile(
    r"\s(?:if known|if applicable|if available|if relevant|where known|please state|please specify|please tick|mandatory|required|if different|office use only|tick all that apply|"
    r"e g|eg|i e|ie|for example|please include|include|including|if any|as stated|optional|in capitals|block capitals|y n|yes no|if not known|if so|tick|please provide|please give details|please circle|delete as appropriate|dd mm yyyy|must be completed)\b.*$"
)
_NOT_WORDS = re.compile(r"[^\w?+]+")
NO_PLACE = frozenset(("needs", "title", "present", "employer", "officer_ethnicity", "immigration", "orientation"))
"""What is asked on many forms and has no place in the record."""
_ODD = re.compile(r"[^\w?+ ]|_|  |b and me")
"""What comparing has to even out; most labels hold nothing of it."""


Wording = TypeVar("Wording", bound=Hashable)
Meant = TypeVar("Meant")


class TableMaker(Protocol):
    """Makes what a table of the dictionary is kept in: a dict, or one that notes what is looked up in it."""

    def __call__(self, name: str, entries: dict[Wording, Meant]) -> Mapping[Wording, Meant]:
        """The table with this name."""


def plain_table(name: str, entries: dict[Wording, Meant]) -> Mapping[Wording, Meant]:  # noqa: ARG001 - as asked for
    """The entries as they are."""
    return entries


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label asks for: a key, and whose it is (`victim`, `perpetrator`, `child`, `referrer`, `other`).

    `person` is None where the place on the form decides, and empty where the key needs no person. `second` is the key
    of the other thing that a label asks for (`School / employment`), of those of whom the first is not asked.
    """

    key: str
    person: str | None
    certain: bool = True
    second: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A long question, known by the words in it."""

    means: Meaning
    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]

    def fits(self, words: str) -> bool:
        """Whether the words of a label ask this."""
        return all(each.search(words) for each in self.wanted) and not any(each.search(words) for each in self.unwanted)


@lru_cache(maxsize=8_000)
def plain(text: str) -> str:
    """Words for comparing: small letters, no punctuation, `(s)` and `'s` joined on."""
    words = text.casefold()
    if not _ODD.search(words):
        return words.strip(" ?")
    words = (
        words.replace("(s)", "s")
        .replace("(ren)", "ren")
        .replace("’", "'")
        .replace("'s", "s")
        .replace("&", " and ")
        .replace("b and me", "b me")
    )
    return _NOT_WORDS.sub(" ", words.replace("'", "").replace("_", " ")).strip(" ?")


def listed_parts(label: str) -> list[str]:
    """The parts of a label that names several things (`Name, role and agency`); none where it is one."""
    parts = [part for part in _JOINED.split(label.strip(" :?")) if part.strip()]
    return parts if 2 <= len(parts) <= 4 else []


def parts_of(label: str) -> list[str]:
    """The parts of a label that strokes part; none where it is one."""
    if "/" not in label and "|" not in label:
        return []
    parts = [part for part in SLASHED.split(label.strip()) if part.strip()]
    return parts if 2 <= len(parts) <= 3 else []
