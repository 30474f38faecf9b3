"""Where the words of a scan truly end: Tesseract now and then stretches a word over the ones after it."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from marac.parsers.scans.words import Glyph, Word, lines_of

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_GAP = 3  # dots between words, at least
_PAIR = re.compile(r"(?:yes|y)/(?:no|n)", re.IGNORECASE)
_LEANS = 10  # dots by which a stroke leans over


def set_places(found: list[Word], ink: "Picture") -> None:
    """Ends each word where its ink ends and before the next word, and lays letters that overlap side by side."""
    for line in lines_of(found):
        for word, after in pairwise(line):
            if word.x0 < after.x0 <= word.x1:
                word.x1 = after.x0 - 1
        for word in line:
            word.x1 = _end_of_ink(ink, word)
            word.letters = _side_by_side(word)


def choices_parted(found: list[Word]) -> list[Word]:
    """The words, `Yes/No` as three of them, because each side has a look of its own."""
    return [part for word in found for part in (_sides(word) if _PAIR.fullmatch(word.text) else [word])]


def _sides(word: Word) -> list[Word]:
    at = word.text.index("/")
    parts = (word.letters[:at], word.letters[at : at + 1], word.letters[at + 1 :])
    return [replace(word, letters=letters, x0=letters[0][1], x1=letters[-1][2]) for letters in parts]


def _end_of_ink(ink: "Picture", word: Word) -> int:
    """Where the last ink of a word ends."""
    part = ink[max(word.top, 0) : word.bottom, word.x0 : word.x1]
    inked = np.nonzero(part.any(axis=0))[0] if part.size else np.zeros(0, int)
    if len(inked) and inked[-1] == part.shape[1] - 1:  # perhaps the foot of a stroke that leans over from the next word
        gaps = np.nonzero(np.diff(inked) > _GAP)[0]
        if len(gaps) and inked[-1] - inked[gaps[-1] + 1] < _LEANS:
            inked = inked[: gaps[-1] + 1]
    return word.x0 + int(inked[-1]) + 1 if len(inked) else word.x1


def _side_by_side(word: Word) -> list[Glyph]:
    """The letters of a word; where their places make no sense, each gets as much room as the others."""
    letters, wide = word.letters, word.x1 - word.x0
    is_odd = letters[-1][2] > word.x1 + 1 or any(
        each[1] >= after[1] or each[2] > after[2] for each, after in pairwise(letters)
    )
    if not is_odd or wide < len(letters):
        return letters
    step = wide / len(letters)
    return [
        (text, round(word.x0 + number * step), round(word.x0 + (number + 1) * step))
        for number, (text, _, _) in enumerate(letters)
    ]
