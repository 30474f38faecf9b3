"""What makes a word of a scan doubtful: ink that its letters do not explain, and a choice on which no mark was found."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from marac.parsers.scans.marks import UNSURE
from marac.parsers.scans.words import Stroke, Word, lines_of

if TYPE_CHECKING:
    from marac.parsers.scans.boxes import TickBox
    from marac.parsers.scans.paper import Picture

_LOW = frozenset("acemnorsuvwxz")  # letters without ink above the small ones
_DEEP = frozenset("gjpqyQJ,;_()[]/|{}@$§&f'\"")  # letters that may reach below their line
_ABOVE = (0.74, 0.54)  # parts of the size above the foot of the letters, between which small letters have no ink
_BELOW = (0.09, 0.2)  # parts of the size below it, between which letters without a tail have none
_TOPS = dict.fromkeys('HKMNUVXY"”“', 2) | {"W": 3, "w": 0, ".": 0, ",": 0, "-": 0}  # strokes side by side at the top
_THIN = 3  # dots across a stroke
_PAIR = re.compile(r"(?<!\w)(?:[Yy¥][Ee][Ss]|[Yy])\s*[/|\\]?\s*(?:[Nn][Oo]|[Nn])(?!\w)")
_HARD = 0.89  # how sure Tesseract is of a page on the whole, below which nothing of it can be trusted
_FEWEST_LETTERS = 40  # of a page, from which this is known


def doubt_odd_letters(found: list[Word], ink: "Picture", drawn: Iterable[Stroke]) -> None:
    """Lowers the sureness of words with ink above or below letters that have none there.

    An accent that the English model does not know (`ś`, `ą`) is such ink, and so is the tail of a `g` read as `a`.
    """
    ink = ink.copy()
    for left, y, right in drawn:
        ink[max(round(y) - 2, 0) : round(y) + 5, max(round(left) - 4, 0) : round(right) + 5] = 0
    for word in found:
        if _has_odd_ink(word, ink):
            word.sureness = min(word.sureness, UNSURE)


def _has_odd_ink(word: Word, ink: "Picture") -> bool:
    """Whether there are more strokes above the small letters, or below all of them, than the letters have."""
    above = _strokes(word, ink, word.base - _ABOVE[0] * word.size, word.base - _ABOVE[1] * word.size)
    below = _strokes(word, ink, word.base + _BELOW[0] * word.size, word.base + _BELOW[1] * word.size)
    high = sum(_TOPS.get(text, 0 if text in _LOW else 1) for text, _, _ in word.letters)
    return above > high or below > sum(text in _DEEP for text, _, _ in word.letters)


def _strokes(word: Word, ink: "Picture", top: float, bottom: float) -> int:
    """How many strokes there are side by side in a band of the word."""
    band = ink[max(round(top), 0) : max(round(bottom), 0), word.x0 : word.x1]
    inked = (band > 0).sum(axis=0) > 1
    turns = np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))
    starts, ends = np.nonzero(turns == 1)[0], np.nonzero(turns == -1)[0]
    return int((ends - starts >= _THIN).sum())


def doubt_open_choices(found: list[Word], boxes: "Iterable[TickBox]", drawn: Iterable[Stroke]) -> None:
    """Lowers the sureness of a printed yes and no that nothing marks: what marks them may not have been seen."""
    boxes, drawn = list(boxes), list(drawn)
    for line in lines_of(found):
        for pair in _pairs(line):
            if not _is_marked(pair, boxes, drawn):
                for word in pair:
                    word.sureness = min(word.sureness, UNSURE)


def _pairs(line: list[Word]) -> Iterator[list[Word]]:
    """The words that hold a printed yes and no."""
    text, starts = "", list[int]()
    for word in line:
        starts.append(len(text))
        text += word.text + " "
    for match in _PAIR.finditer(text):
        yield [
            word
            for word, start in zip(line, starts, strict=True)
            if start < match.end() and start + len(word.text) > match.start()
        ]


def _is_marked(pair: list[Word], boxes: "list[TickBox]", drawn: list[Stroke]) -> bool:
    if len({word.bold for word in pair if any(map(str.isalpha, word.text))}) > 1 or any(
        word.highlighted for word in pair
    ):
        return True
    x0, x1 = min(word.x0 for word in pair), max(word.x1 for word in pair)
    top, bottom = min(word.top for word in pair), max(word.bottom for word in pair)
    room = 2 * pair[0].size
    beside = any(box.top < bottom and box.bottom > top and x0 - room < box.x1 and box.x0 < x1 + room for box in boxes)
    return beside or any(top - 2 <= y <= bottom + 8 and left < x1 and right > x0 for left, y, right in drawn)


def is_hard_to_read(found: list[Word]) -> bool:
    """Whether Tesseract is unsure of the page on the whole."""
    letters = sum(len(word.letters) for word in found)
    if letters < _FEWEST_LETTERS:
        return False
    return sum(word.sureness * len(word.letters) for word in found) / letters < _HARD
