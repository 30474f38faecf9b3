"""Short level lines of a scan, under or through words: what somebody underlined or struck out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

from marac.parsers.scans.words import Glyph, Stroke, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from marac.parsers.scans.paper import Picture

_TAILS = frozenset("gjpqyQ,;_()[]/|{}")  # letters that reach below their line
_OPEN = ({"Y"}, {"¥"}, {"N"}, {"M"})  # letters that a level line through them can be told from
_BARRED = frozenset("4eEHAfFtTzZ+-=")  # letters with a level stroke of their own
_CHOICES = frozenset(("Y/N", "Y", "N"))  # so short a line may be thought to stand on its underline
_SHORT = 4  # letters: a lone letter of a longer word is never struck out
_BREAK = 7  # dots: a pale line is broken for less
_SLACK = 3  # dots by which a line may be longer than its letters
_UNDER = (2, 0.34)  # where an underline lies: from dots below the foot of the letters, to parts of their size
_THROUGH = (0.12, 0.38)  # parts of the size above the foot of the letters between which they are struck through


def strokes(found: list[Word], ink: "Picture") -> Iterator[Stroke]:
    """The lines under and through words, letter by letter."""
    whole = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _BREAK), np.uint8)), np.uint8)
    for word in found:
        foot = round(word.base) + (-_UNDER[0] if word.text in _CHOICES else _UNDER[0])
        under = _longest(whole, word, foot, round(word.base + _UNDER[1] * word.size))
        if under is not None and not _is_own(word, under, _TAILS):
            left, y, right = _fitted(word, under)
            yield left, max(y, word.base), right  # Tesseract may take the line for the foot of the letters
        through = _longest(
            ink, word, round(word.base - _THROUGH[1] * word.size), round(word.base - _THROUGH[0] * word.size)
        )
        if through is not None and _strikes(word, through):
            yield _fitted(word, through)


def _longest(ink: "Picture", word: Word, low: int, high: int) -> Stroke | None:
    """The longest level run of ink in a band of rows that is as long as a letter."""
    left = max(word.x0 - _SLACK, 0)
    band = ink[max(low, 0) : high + 1, left : word.x1 + _SLACK] > 0
    band = band[:-1] | band[1:]  # a line that is not quite level passes from one row to the next
    best: Stroke | None = None
    for number, row in enumerate(band):
        start, end = _run(row)
        if end - start >= 0.3 * word.size and (best is None or end - start > best[2] - best[0]):
            best = (float(left + start), float(low + number), float(left + end))
    return best


def _run(row: "NDArray[np.bool_]") -> tuple[int, int]:
    """The longest run in a row."""
    turns = np.diff(np.concatenate(([0], row.astype(np.int8), [0])))
    starts, ends = np.nonzero(turns == 1)[0], np.nonzero(turns == -1)[0]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(ends - starts))
    return int(starts[longest]), int(ends[longest])


def _over(word: Word, stroke: Stroke) -> list[Glyph]:
    return [letter for letter in word.letters if stroke[0] - 1 <= (letter[1] + letter[2]) / 2 <= stroke[2] + 1]


def _is_own(word: Word, stroke: Stroke, own: frozenset[str]) -> bool:
    """Whether a line is part of a letter, or less than the letters it belongs to."""
    letters = _over(word, stroke)
    if not letters:
        return True
    covered = (stroke[2] - stroke[0]) / max(letters[-1][2] - letters[0][1], 1)
    is_plain = any(text not in own for text, _, _ in letters)
    return covered < 0.85 or not is_plain


def _strikes(word: Word, stroke: Stroke) -> bool:
    """Whether a line runs through the whole of a word, or of a letter without a level stroke of its own."""
    over = _over(word, stroke)
    if len(over) == 1 and {over[0][0]} in _OPEN:
        return len(word.letters) <= _SHORT and (
            stroke[0] <= over[0][1] and stroke[2] >= over[0][2] and stroke[2] - stroke[0] > over[0][2] - over[0][1] + 1
        )
    letters = [letter for letter in word.letters if letter[0].isalnum()]
    is_plain = any(text not in _BARRED for text, _, _ in letters)
    return is_plain and len(letters) > 1 and stroke[2] - stroke[0] >= 0.92 * (letters[-1][2] - letters[0][1])


def _fitted(word: Word, stroke: Stroke) -> Stroke:
    """The line, as long as the letters it belongs to."""
    letters = _over(word, stroke)
    return float(letters[0][1]), stroke[1], float(letters[-1][2])
