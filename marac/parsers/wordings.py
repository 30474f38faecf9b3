"""Wordings of labels: how two are compared, and what one of them asks for. Pure."""

import re
from dataclasses import dataclass

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
ASKED = re.compile(
    r"(?:what (?:is|are|was)|please (?:give|state|enter|provide|tell us)|tell us|give|enter|state) (?P<noun>.+)"
)
RELATED = r"(?:relationship|relation|link|connection|related|links)(?: to| with| of)?(?: the| an?)? "
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
HINT = re.compile(
    r"\s(?:if known|if applicable|if available|if relevant|where known|please state|please specify|please tick|mandatory|required|if different|office use only|tick all that apply|"
    r"e g|eg|i e|ie|for example|please include|include|including|if any|as stated|optional|in capitals|block capitals|y n|yes no|if not known|if so|tick|please provide|please give details|please circle|delete as appropriate|dd mm yyyy|must be completed)\b.*$"
)
_NOT_WORDS = re.compile(r"[^\w?+]+")
_ODD = re.compile(r"[^\w?+ ]|_|  |b and me")
"""What comparing has to even out; most labels hold nothing of it."""


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


def parts_of(label: str) -> list[str]:
    """The parts of a label that strokes part; none where it is one."""
    parts = [part for part in SLASHED.split(label.strip()) if part.strip()]
    return parts if 2 <= len(parts) <= 3 else []
