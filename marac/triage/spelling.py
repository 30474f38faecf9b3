"""Whether two words are the same name: another form of it, a slip of the pen, or the same sound."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from marac.triage.variants import LINES

WordLikeness = Literal["same", "form", "spelling", "sound", "initial", "different"]
"""`form`: Bob and Robert, Mohammed and Muhammad; `spelling`: a letter or two apart; `initial`: J, or Joh, and John."""

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u02bb`\u00b4]")
_NO_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ə": "a"}
)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^mac(?=...)", "mc"),
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"ph|v|w", "f"),
        (r"gh|kh|q|ck|ch(?=[rl])", "k"),
        (r"tch|cz|ch", "x"),
        (r"sch|sz|sh", "x"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"dj|g(?=[ei])", "j"),
        (r"th|dh", "t"),
        (r"mps", "ms"),
    )
)
_VOWELS = re.compile(r"(?<!^)[aeiouyh]")
_DOUBLED = re.compile(r"(.)\1+")
_ALIKE_IN_LETTERS = 0.75
"""Jaro-Winkler from which two words of one sound can be one name; below it Reid is taken for Rudd."""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Small letters without accents or apostrophes: `O'Connor` is `oconnor`, `Łukasz` is `lukasz`."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_NO_DECOMPOSITION)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """The consonants that are heard, so that Rahman and Rehman, Thompson and Tomson, Philips and Fillips are one."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _DOUBLED.sub(r"\1", word)))


@lru_cache(maxsize=1)
def _variants() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(LINES.splitlines()):
        for word in line.split():
            found.setdefault(folded(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str) -> WordLikeness:
    """How alike two folded words are, the same whichever comes first."""
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[:1] == other[:1] else "different"
    known_one, known_other = _variants().get(one), _variants().get(other)
    if known_one and known_other:
        return "form" if known_one & known_other else "different"
    if _slip(one, other):
        return "spelling"
    if _sounds_alike(one, other):
        return "sound"
    shorter, longer = sorted((one, other), key=len)
    return "initial" if len(shorter) >= 3 and longer.startswith(shorter) else "different"


def may_be_brother_and_sister(one: str, other: str) -> bool:
    """Whether two first names differ as a man's and a woman's do (Amir and Amira), which is no slip of the pen."""
    shorter, longer = sorted((one, other), key=len)
    return longer in {shorter + ending for ending in ("a", "e", "ah", "na", "ne")}


def _slip(one: str, other: str) -> bool:
    """Whether the words are so few strokes apart that one may be the other mistyped; short ones get no benefit."""
    from rapidfuzz.distance import OSA

    if _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other):
        return True
    shorter, longer = sorted((len(one), len(other)))
    allowed = 2 if shorter >= 8 else 1
    return (
        shorter >= 4
        and longer >= 5
        and (one[0] == other[0] or one[:2] == other[1::-1])
        and OSA.distance(one, other, score_cutoff=allowed) <= allowed
    )


def _sounds_alike(one: str, other: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return (
        len(sound(one)) >= 2 and sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= _ALIKE_IN_LETTERS
    )
