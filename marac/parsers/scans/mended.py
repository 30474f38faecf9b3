"""Letters that Tesseract takes for others, mended where the shape of what they stand in proves which is meant."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from marac.parsers.scans.marks import UNSURE
from marac.parsers.scans.rules import Rule
from marac.parsers.scans.words import Word, lines_of

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_DIGITS = {"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "s": "5", "B": "8", "Z": "2"}
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.IGNORECASE)
_INWARD = re.compile(r"\d[ABD-HJLNP-UW-Z]{2}\W?", re.IGNORECASE)
_LIKE_OUTWARD = re.compile(r"[A-Z]{1,2}[OISBZl]")
_LIKE_INWARD = re.compile(r"[OISBZl][ABD-HJLNP-UW-Z]{2}\W?")
_INWARD_WITH_J = re.compile(r"\d(?:\)[ABD-HJLNP-UW-Z]|[ABD-HJLNP-UW-Z]\))")
_NO_WORD = re.compile(r"l[bcdfgkmnpqrstvwxz][a-z]")  # no English word begins so
_LIKE_NAME = re.compile(r"l[aeo][a-z]+$|lan$")
_TAIL = 6  # dots of ink below a line that are no roughness of it
_TAILED = frozenset("gjpqyQ,;")
_WITHOUT_TAIL = {"a": "g", "v": "y"}  # what a letter becomes whose tail is hidden
_PARTICLES = frozenset(("la", "le", "les", "las", "los", "lo"))  # of names, and small in them


def mend(found: list[Word]) -> None:
    """Puts right what Tesseract is known to take for something else."""
    for word in found:
        word.letters = [("Y", x0, x1) if text == "¥" else (text, x0, x1) for text, x0, x1 in word.letters]
        _strip_strokes(word)
    mend_postcodes(found)
    _mend_capitals(found)
    _mend_brackets(found)


def mend_postcodes(found: list[Word]) -> None:
    """Puts a digit where the other half of a postcode shows that there is one; the word is unsure from then on."""
    for line in lines_of(found):
        for outward, inward in pairwise(line):
            if _INWARD.fullmatch(inward.text) and _LIKE_OUTWARD.fullmatch(outward.text):
                _put_digit(outward, len(outward.letters) - 1)
            elif _OUTWARD.fullmatch(outward.text) and _LIKE_INWARD.fullmatch(inward.text):
                _put_digit(inward, 0)
            elif _OUTWARD.fullmatch(outward.text) and _INWARD_WITH_J.fullmatch(inward.text):
                _put(inward, inward.text.index(")"), "J")


def _put_digit(word: Word, place: int) -> None:
    text = word.letters[place][0]
    if text in _DIGITS:
        _put(word, place, _DIGITS[text])


def _put(word: Word, place: int, text: str) -> None:
    """Puts another letter in a place; the word is unsure from then on."""
    _, x0, x1 = word.letters[place]
    word.letters[place] = (text, x0, x1)
    word.sureness = min(word.sureness, UNSURE)


def _mend_capitals(found: list[Word]) -> None:
    """Makes a small l a capital I where a name begins: in many fonts they are one stroke."""
    names: set[str] = set()
    for line in lines_of(found):
        others = [word.text for word in line if word.text[:1].isalpha() and not _may_be_name(word)]
        are_names = 0 < len(others) < 5 and all(text[0].isupper() for text in others)
        names |= {word.text for word in line if _may_be_name(word) and are_names}
    for word in found:
        if word.text in names or _NO_WORD.match(word.text):
            _put(word, 0, "I")


def _may_be_name(word: Word) -> bool:
    is_like = _LIKE_NAME.match(word.text) is not None and word.text not in _PARTICLES
    return is_like and (not word.is_known or word.text == "lan")


def _mend_brackets(found: list[Word]) -> None:
    """Makes `{ ]` the typed box that it is."""
    for line in lines_of(found):
        for opening, closing in pairwise(line):
            if opening.text in ("{", "(", "|") and closing.text == "]":
                _put(opening, 0, "[")


def _strip_strokes(word: Word) -> None:
    """Takes off the stroke that words are written on, where it was read as part of one."""
    if sum(map(str.isalnum, word.text)) < 2:
        return
    while word.letters[-1][0] == "_":
        del word.letters[-1]
    while word.letters[0][0] == "_":
        del word.letters[0]
    word.x0, word.x1 = max(word.x0, word.letters[0][1]), min(word.x1, word.letters[-1][2])


def mend_underlined(found: list[Word], lines: list[Rule], ink: "Picture") -> None:
    """Puts back the tail of a g or y that the line under the word has hidden; the word is unsure from then on."""
    level = [line for line in lines if line.is_across]
    for word in found:
        if any(_stands_on(word, line) for line in level):
            _mend_tails(word, ink)


def _stands_on(word: Word, line: Rule) -> bool:
    is_close = -0.1 * word.size <= line.middle - word.base <= 0.3 * word.size
    return is_close and line.x0 < word.x1 and line.x1 > word.x0


def _mend_tails(word: Word, ink: "Picture") -> None:
    """Looks below the line for what reaches deeper than the line itself."""
    base = round(word.base)
    part = ink[base : base + round(0.3 * word.size), word.x0 : word.x1] > 0
    if not part.size or not part.any():
        return
    ends = part.shape[0] - 1 - np.argmax(part[::-1], axis=0)
    foot = int(np.median(ends[part.any(axis=0)])) + 1
    for place, (text, x0, x1) in enumerate(word.letters):
        if int(part[foot:, max(x0 - word.x0, 0) : x1 - word.x0].sum()) < _TAIL or text in _TAILED:
            continue
        if text in _WITHOUT_TAIL:
            _put(word, place, _WITHOUT_TAIL[text])
        elif text.isalnum():
            word.sureness = min(word.sureness, UNSURE)
