"""How the words of a scan look: how large, bold, or on paper that somebody coloured."""

from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from marac.parsers.scans.paper import PAPER
from marac.parsers.scans.words import Word, lines_of

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_BOLDER = 1.25  # how much heavier the strokes of bold print are, at least
_DOUBTFUL = 0.06  # of the weight where bold begins: a word so near looks like its neighbours
_FEWEST = 8  # words from which the weight of usual print is known
_MARKED = 7.0  # steps of brightness by which the paper about a highlighted word is darker than beside it
_NEIGHBOURS = 3  # words on each side
_LOW = 0.9  # of the usual size: the letters of larger print are higher, capitals too
_ALIKE = 0.22  # sizes that differ by less are one size, measured badly


def set_looks(found: list[Word], paper: "Picture") -> None:
    """Says of each word whether it is bold or highlighted."""
    _set_bold(found, paper)
    _set_highlighted(found, paper)


def set_sizes(found: list[Word]) -> None:
    """Gives lines of one size the same size."""
    if not found:
        return
    usual = median(word.size for word in found for _ in word.letters)
    for line in lines_of(found):
        size = median(word.size for word in line for _ in word.letters)
        is_low = max(word.bottom - word.top for word in line) < _LOW * usual
        is_usual = size < (1 + _ALIKE) * usual or is_low
        for word in line:
            word.size = usual if is_usual else round(size / 6) * 6


def _set_bold(found: list[Word], paper: "Picture") -> None:
    """A word is bold where its strokes are heavier than those of usual print on this page."""
    weights = {id(word): _weight(word, paper) for word in found if any(map(str.isalnum, word.text))}
    known = np.log(sorted(weights[id(word)] for word in found if len(word.text) > 1 and weights.get(id(word), 0) > 0))
    if len(known) < _FEWEST:
        return
    begins = _where_bold_begins(known)
    for line in lines_of(found):
        above = [np.log(max(weights.get(id(word), 0.0), 1e-6)) - begins for word in line]
        for number, word in enumerate(line):
            word.bold = bool(_settled(above, number) > 0)


def _where_bold_begins(known: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """Between the weights of two kinds of print; above all of them where there is one kind."""
    margin = max(len(known) // 25, 2)
    cut = min(
        range(margin, len(known) - margin + 1),
        key=lambda at: at * known[:at].var() + (len(known) - at) * known[at:].var(),
        default=len(known) // 2,
    )
    thin, heavy = float(np.median(known[:cut])), float(np.median(known[cut:]))
    return (thin + heavy) / 2 if heavy - thin > np.log(_BOLDER) else float(known[-1]) + 1


def _settled(above: list[float], number: int) -> float:
    """By how much a word is bold; the sign of its neighbours where its own says little."""
    if abs(above[number]) > _DOUBTFUL:
        return above[number]
    beside = [above[at] for at in (number - 1, number + 1) if 0 <= at < len(above) and abs(above[at]) < 3]
    return sum(beside) / len(beside) if beside else above[number]


def _weight(word: Word, paper: "Picture") -> float:
    """How heavy its strokes are: how long ink runs from left to right, times how dark it is to its outline."""
    part = paper[word.top : word.bottom, max(word.x0 - 1, 0) : word.x1 + 1]
    if part.size < 20:
        return 0.0
    _, inked = cv2.threshold(
        cv2.resize(part, None, fx=4, fy=1, interpolation=cv2.INTER_CUBIC), 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU
    )
    turns = np.diff(np.pad(inked, ((0, 0), (1, 1))).astype(np.int8).ravel())
    begins, ends = np.nonzero(turns == 1)[0], np.nonzero(turns == -1)[0]
    if not len(begins):
        return 0.0
    dark = np.clip(np.percentile(part, 90) - part.astype(np.float32), 0, None)
    dark[dark < 30] = 0
    outline = (np.abs(np.diff(dark, axis=1)).sum() + np.abs(np.diff(dark, axis=0)).sum()) / 2
    return float(np.median(ends - begins) * dark.sum() / max(float(outline), 1.0))


def _set_highlighted(found: list[Word], paper: "Picture") -> None:
    """A word is highlighted where the paper close about it is darker than about its neighbours."""
    soft = np.asarray(cv2.blur(paper, (3, 3)), np.uint8)
    for line in lines_of(found):
        grounds = [_close_about(word, soft) for word in line]
        for number, word in enumerate(line):
            others = [
                grounds[at]
                for at in range(max(number - _NEIGHBOURS, 0), min(number + _NEIGHBOURS + 1, len(line)))
                if at != number
            ]
            word.highlighted = bool(others) and max(others) - grounds[number] > _MARKED


def _close_about(word: Word, paper: "Picture") -> float:
    """How bright the paper just above and just below a word is."""
    over = paper[max(word.top - 4, 0) : max(word.top - 1, 1), word.x0 : word.x1]
    under = paper[word.bottom + 1 : word.bottom + 4, word.x0 : word.x1]
    return max(float(np.median(part)) if part.size else 0.0 for part in (over, under))


def ground_of(paper: "Picture") -> "Picture":
    """The paper without its print: how bright it is between and about the letters."""
    return np.asarray(cv2.blur(cv2.dilate(cv2.blur(paper, (3, 3)), np.ones((9, 9), np.uint8)), (7, 7)), np.uint8)


def brightness(ground: "Picture", x0: float, top: float, x1: float, bottom: float) -> float:
    """The usual brightness of the paper in a rectangle."""
    part = ground[max(int(top), 0) : max(int(bottom), 1), max(int(x0), 0) : max(int(x1), 1)]
    return float(np.median(part)) if part.size else float(PAPER)
