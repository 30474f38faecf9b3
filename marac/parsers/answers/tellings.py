"""Whether words about a case say that the victim was told what the meeting came to: "told on 5/12 by telephone". Pure.

Only what stands there from its first word to its last is understood. "Not told yet" is never a telling, nor is a promise.
"""

import re
from dataclasses import dataclass, field

from marac.parsers.answers.statements import DAY, trimmed

# "he was told", or "the client", may be the perpetrator: only words that can mean nobody else are understood
_WHO = r"(?:(?:the\s+)?(?:victim|survivor)\s+)?(?:(?:was|has been|has now been|now)\s+)?"
_OF_WHAT = (
    r"(?:\s+(?:of|about)\s+(?:the\s+|her\s+|his\s+)?(?:outcomes?|meeting|conference|actions?|plan|safety plan|marac))?"
)
_TELLS = rf"{_WHO}(?:told|informed|notified|updated){_OF_WHAT}"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_ON = rf"(?:on\s+)?{_WEEKDAY}(?P<day>{DAY.pattern})"
_PHONE = r"(?:tele)?phone(?:\s+call)?"
_HOW = (
    rf"(?P<how>(?:by|over the|on the|via|via the|per|in a)\s+{_PHONE}|by\s+(?:a\s+)?(?:(?:video|voice)\s+)?call|in person|face[ -]to[ -]face"
    r"|at\s+(?:our|the)\s+(?:office|offices|station|police station|refuge|surgery|hospital|school|centre|center|clinic|court))"
)
_BETWEEN = r"\s*[,;:(-]?\s*"
_DAY_FIRST = re.compile(rf"{_TELLS}{_BETWEEN}{_ON}{_BETWEEN}{_HOW}", re.IGNORECASE)
_HOW_FIRST = re.compile(rf"{_TELLS}{_BETWEEN}{_HOW}{_BETWEEN}{_ON}", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|n['’]t|never|no|nobody|nothing|un(?:able|successful(?:ly)?|reachable|aware)|could\s?n['’o]?t|can\s?not|ca?n['’]?t|"
    r"have\s?n['’]?t|has\s?n['’]?t|did\s?n['’]?t|failed|refused?|declined|tried|trying|attempt\w*|voicemail|unanswered)\b|n['’]t\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:told|tell|telling|informed|inform|notified|notify|updated|reach(?:ed)?|contact(?:ed)?|spoken?|speak|rang|rung|called)\b",
    re.IGNORECASE,
)

_NOT_TOLD = "It says that the victim was not told, or may not have been."
_NO_DAY_SAID = "It does not say on which day the victim was told."
_UNCLEAR = (
    "It is not clear whether, when and how the victim was told: it must be a day, and in person or on the telephone."
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What words say of telling the victim."""

    told: bool
    """Whether they say, and no more, that it was done, on a day, in person or on the telephone."""
    day: str = ""
    """The day as it is written."""
    how: str = field(default="", repr=False)
    doubt: str = ""
    """Why a person has to look at it; empty where it is clear."""


def telling(text: str) -> Telling | None:
    """What the words say of telling the victim; None where they do not speak of it at all."""
    words = trimmed(text, brackets=True)
    for pattern in (_DAY_FIRST, _HOW_FIRST):
        if found := pattern.fullmatch(words):
            return Telling(True, found["day"], " ".join(found["how"].split()))
    if not _SPEAKS.search(words):
        return None
    if _DENIES.search(words):
        return Telling(False, doubt=_NOT_TOLD)
    return Telling(False, doubt=_UNCLEAR if DAY.search(words) else _NO_DAY_SAID)
