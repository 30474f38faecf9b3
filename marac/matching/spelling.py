"""Whether two words are the same name: another form of it, a slip of the pen, or the same sound."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import OSA, JaroWinkler

from marac.matching.variants import LINES

WordLikeness = Literal["same", "form", "spelling", "sound", "initial", "different"]
"""`form`: Bob and Robert, Mohammed and Muhammad; `spelling`: a letter or two apart; `initial`: J, or Joh, and John."""

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u02bb`\u00b4]")
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
_WRITTEN_OTHERWISE = re.compile(r"^(?:[kgp]n|x)|[hvwqcz]|dj|g[ei]|mps")
_VOWELS = str.maketrans("", "", "aeiouyh")
_ALIKE_IN_LETTERS = 0.75
"""Jaro-Winkler from which two words of one sound can be one name; below it Reid is taken for Rudd."""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Small Latin letters without accents or apostrophes: `O'Connor` is `oconnor`, `Łukasz` is `lukasz`."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(_APOSTROPHES.sub("", text))
    plain = text.casefold()
    return plain.replace("'", "").replace("`", "") if "'" in plain or "`" in plain else plain


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """The consonants that are heard, so that Rahman and Rehman, Thompson and Tomson, Philips and Fillips are one."""
    if _WRITTEN_OTHERWISE.search(word):
        for pattern, heard in _SOUNDS:
            word = pattern.sub(heard, word)
    single = _undoubled(word)
    return _undoubled(single[:1] + single[1:].translate(_VOWELS))


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


@lru_cache(maxsize=1)
def _variants() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in LINES.splitlines():
        words = [folded(word) for word in line.split()]
        for word in words:
            found.setdefault(word, set()).add(words[0])
    return {word: frozenset(roots) for word, roots in found.items()}


def roots(word: str) -> frozenset[str]:
    """The names that this one is a form of, itself included where it is one: Bob is a form of Robert."""
    return _variants().get(word, frozenset())


@lru_cache(maxsize=8192)
def sounds(word: str) -> tuple[str, ...]:
    """The sounds under which a name is looked for: its own, and those of the names that it is a form of; sorted."""
    return tuple(sorted({sound(each) for each in (word, *roots(word)) if each}))


@lru_cache(maxsize=4096)
def word_likeness(one: str, other: str) -> WordLikeness:
    """How alike two folded words are, the same whichever comes first."""
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[:1] == other[:1] else "different"
    known_one, known_other = roots(one), roots(other)
    if known_one and known_other:
        return "different" if known_one.isdisjoint(known_other) else "form"
    if _slip(one, other):
        return "spelling"
    if _sounds_alike(one, other):
        return "sound"
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    return "initial" if len(shorter) >= 3 and longer.startswith(shorter) else "different"


def nearly(one: str, other: str) -> bool:
    """Whether two words, names or not, are so few strokes apart that one may be the other badly written."""
    longer = max(len(one), len(other))
    allowed = 1 if longer < 6 else 2 if longer < 10 else 3
    return longer > 3 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def may_be_brother_and_sister(one: str, other: str) -> bool:
    """Whether two first names differ as a man's and a woman's do (Amir and Amira), which is no slip of the pen."""
    shorter, longer = sorted((one, other), key=len)
    return longer in {shorter + ending for ending in ("a", "e", "ah", "na", "ne")}


def _slip(one: str, other: str) -> bool:
    """Whether the words are so few strokes apart that one may be the other mistyped; short ones get no benefit."""
    if one[0] != other[0] and one[:2] != other[1::-1]:
        return False
    shorter, longer = sorted((len(one), len(other)))
    allowed = 2 if shorter >= 8 else 1
    if shorter >= 4 and longer >= 5 and OSA.distance(one, other, score_cutoff=allowed) <= allowed:
        return True
    return _undoubled(one) == _undoubled(other)


def _sounds_alike(one: str, other: str) -> bool:
    return (
        len(sound(one)) >= 2 and sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= _ALIKE_IN_LETTERS
    )
