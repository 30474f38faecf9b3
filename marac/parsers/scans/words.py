"""The words of a scan as Tesseract reads them, each letter with its place, and how sure it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from marac.parsers.scans.paper import DOTS_PER_INCH, PAPER, Area

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from marac.parsers.scans.paper import Picture

_X_HEIGHT = 0.46  # of the size of usual print
_LARGER = 1.25  # small print is read better enlarged
_SURE = 0.8
_MARGIN = 8  # dots of paper about what is looked at alone
_INSET = 2  # dots on each side of a cell, where its lines were
_EMPTY = round(0.4 * DOTS_PER_INCH)  # dots: a higher stretch without print parts what is read at once
_BULLETS = frozenset("-–—•·")
_SHORT_LINE = 14  # words; an underlined heading is no choice
_DOT = 0.24  # of the size: what is smaller is a speck, or the sign for one
_LARGEST = 0.4  # of the page: a larger frame is no cell
_DARK, _FEWEST_DOTS = 165, 10  # darkness of print, and dots of it from which there may be a word
_MOST_AGAIN = 40  # lines of a page; more of them are no print
Glyph = tuple[str, int, int]
"""What a letter stands for, and where it begins and ends."""
Stroke = tuple[float, float, float]
"""Left end, height and right end of a short level line, in dots."""


@dataclass(slots=True)
class Word:
    """A word, in dots from the top left."""

    x0: int
    top: int
    x1: int
    bottom: int
    base: float
    """The height that its letters stand on."""
    size: float
    """Of its line's letters: what a printer would call its size."""
    line: int
    sureness: float
    """How sure Tesseract is, from 0 to 1."""
    letters: list[Glyph] = field(repr=False)
    bold: bool = False
    highlighted: bool = False
    is_known: bool = False
    """Whether it stands in Tesseract's dictionary."""

    @property
    def text(self) -> str:
        """The word."""
        return "".join(letter for letter, _, _ in self.letters)


def words(picture: "Picture", cells: Iterable[Area], engine: Any) -> list[Word]:
    """The words of a picture: cell by cell, then what stands outside of cells.

    `picture` has neither lines nor shading, and is not kept as it was. Read in one go, Tesseract would join lines of
    neighbouring cells and break those of one.
    """
    from tesserocr import PSM

    found: list[Word] = []
    largest = _LARGEST * picture.size
    for x0, top, x1, bottom in sorted(cells, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1])):
        part = picture[top + _INSET : bottom - _INSET, x0 + _INSET : x1 - _INSET]
        if part.size == 0 or (part.size > largest):
            continue
        if int(_dark(part).sum()) >= _FEWEST_DOTS:
            found += _read_part(part, x0 + _INSET, top + _INSET, engine, PSM.SINGLE_BLOCK, found)
        picture[top:bottom, x0:x1] = PAPER
    for top, bottom in _bands(picture):
        rest = _read_part(picture[top:bottom], 0, top, engine, PSM.SPARSE_TEXT, found)
        found += _looked_at_again(rest, picture, engine)
    return [word for line in lines_of(found) if not _is_dirt(line) for word in line if not _is_speck(word)]


def _dark(picture: "Picture") -> "NDArray[np.bool_]":
    """Where there is print, and not only the grain of the paper."""
    return np.asarray(cv2.blur(picture, (3, 3)) < _DARK)


def _bands(picture: "Picture") -> Iterator[tuple[int, int]]:
    """Where print outside of cells begins and ends, from top to bottom; wide empty stretches lie between."""
    rows = np.nonzero(_dark(picture).sum(axis=1) > 2)[0]
    if not len(rows):
        return
    breaks = np.nonzero(np.diff(rows) > _EMPTY)[0]
    starts, ends = [rows[0], *rows[breaks + 1]], [*rows[breaks], rows[-1]]
    for start, end in zip(starts, ends, strict=True):
        yield max(int(start) - 4, 0), int(end) + 5


def read_line(picture: "Picture", area: Area, engine: Any) -> list[Word]:
    """The words of one line of print."""
    from tesserocr import PSM

    x0, top, x1, bottom = area
    return _read_part(picture[max(top - 3, 0) : bottom + 3, x0:x1], x0, top, engine, PSM.SINGLE_LINE, [])


def _read_part(
    part: "Picture", x0: int, top: int, engine: Any, mode: int, before: list[Word], scale: float = _LARGER
) -> list[Word]:
    """The words of a part of the picture, in their places in the whole."""
    framed = cv2.copyMakeBorder(part, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(PAPER,))
    read = _read(np.asarray(framed, np.uint8), engine, mode, scale)
    return _numbered([_moved(word, x0 - _MARGIN, top - _MARGIN) for word in read], before)


def _numbered(found: list[Word], before: list[Word]) -> list[Word]:
    """The words with lines counted from those before."""
    first = before[-1].line if before else 0
    for word in found:
        word.line += first
    return found


def _looked_at_again(found: list[Word], picture: "Picture", engine: Any) -> list[Word]:
    """The words, each line that was read badly read once more, alone and larger."""
    from tesserocr import PSM

    lines = [list(line) for line in lines_of(found)]
    doubtful = [line for line in lines if min(word.sureness for word in line) < _SURE and mean_sureness(line) > 0.3]
    for line in doubtful[:_MOST_AGAIN]:
        x0, top = max(min(word.x0 for word in line) - 2, 0), max(min(word.top for word in line) - 2, 0)
        part = picture[top : max(word.bottom for word in line) + 2, x0 : max(word.x1 for word in line) + 2]
        again = _read_part(part, x0, top, engine, PSM.SINGLE_LINE, [], 2 * _LARGER)
        if again and mean_sureness(again) > mean_sureness(line):
            line[:] = [replace(word, size=line[0].size, line=line[0].line) for word in again]
    return [word for line in lines for word in line]


def read_without(drawn: list[Stroke], found: list[Word], picture: "Picture", engine: Any) -> list[Word]:
    """The words, lines with something underlined or struck out in them read again with the strokes painted over."""
    from tesserocr import PSM

    lines = [list(line) for line in lines_of(found)]
    for line in lines:
        x0, x1 = min(word.x0 for word in line), max(word.x1 for word in line)
        top, bottom = min(word.top for word in line), max(word.bottom for word in line)
        here = [each for each in drawn if top - 2 <= each[1] <= bottom + 6 and x0 - 3 <= each[0] < x1]
        if not here or len(line) > _SHORT_LINE:
            continue
        part = picture[max(top - 2, 0) : bottom + 3, max(x0 - 4, 0) : x1 + 4].copy()
        for left, y, right in here:
            row, start = round(y) - max(top - 2, 0), round(left) - max(x0 - 4, 0)
            part[max(row - 1, 0) : row + 4, max(start - 3, 0) : start + round(right - left) + 4] = PAPER
        again = _read_part(part, max(x0 - 4, 0), max(top - 2, 0), engine, PSM.SINGLE_LINE, [], 2 * _LARGER)
        if again and mean_sureness(again) > mean_sureness(line) - 0.03:
            line[:] = [replace(word, size=line[0].size, base=line[0].base, line=line[0].line) for word in again]
    return [word for line in lines for word in line]


def _is_dirt(line: list[Word]) -> bool:
    """Whether a line is the grain of the paper: nothing in it is read with any sureness."""
    return max(word.sureness for word in line) < 0.45 and mean_sureness(line) < 0.3


def _is_speck(word: Word) -> bool:
    """Whether dirt was read as a word."""
    is_low = word.bottom - word.top < 0.3 * word.size
    if not any(map(str.isalnum, word.text)):
        is_dot = word.bottom - word.top < _DOT * word.size and word.x1 - word.x0 < _DOT * word.size
        return len(word.text) < 3 and word.text not in _BULLETS and (is_dot or word.sureness < 0.5)
    return len(word.text) == 1 and word.sureness < 0.6 and is_low


def mean_sureness(line: list[Word]) -> float:
    """How sure Tesseract is of some words, from 0 to 1, long words counting for more."""
    return sum(word.sureness * len(word.letters) for word in line) / sum(len(word.letters) for word in line)


def _moved(word: Word, x: int, y: int) -> Word:
    letters = [(text, start + x, end + x) for text, start, end in word.letters]
    return replace(
        word, x0=word.x0 + x, x1=word.x1 + x, top=word.top + y, bottom=word.bottom + y, base=word.base + y,
        letters=letters,
    )  # fmt: skip


def _read(picture: "Picture", engine: Any, mode: int, scale: float) -> list[Word]:
    """The words that Tesseract finds in one way of looking for lines, in dots of the picture."""
    from tesserocr import RIL, iterate_level

    larger = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    engine.SetPageSegMode(mode)
    high, wide = larger.shape
    engine.SetImageBytes(larger.tobytes(), wide, high, 1, wide)
    engine.SetSourceResolution(round(DOTS_PER_INCH * scale))
    engine.Recognize()
    found: list[Word] = []
    line = 0
    for item in iterate_level(engine.GetIterator(), RIL.SYMBOL):
        place = item.BoundingBox(RIL.SYMBOL)
        if place is None:
            continue
        line += item.IsAtBeginningOf(RIL.TEXTLINE)
        if item.IsAtBeginningOf(RIL.WORD) or not found:
            found.append(_word(item, line, scale))
        found[-1].letters.append((item.GetUTF8Text(RIL.SYMBOL), round(place[0] / scale), round(place[2] / scale)))
    engine.Clear()
    return [word for word in found if word.text.strip()]


def _word(item: Any, line: int, scale: float) -> Word:
    from tesserocr import RIL

    box = item.BoundingBox(RIL.WORD)
    x0, top, x1, bottom = (round(edge / scale) for edge in box)
    base, size = _base(item, box[0], box[2], box[3]) / scale, _size(item) / scale
    return Word(
        x0, top, x1, bottom, base, size, line, item.Confidence(RIL.WORD) / 100, [], is_known=item.WordIsFromDictionary()
    )


def _base(item: Any, x0: int, x1: int, bottom: int) -> float:
    """The height of the line of print in the middle of the word."""
    from tesserocr import RIL

    line = item.Baseline(RIL.TEXTLINE)
    if line is None:
        return float(bottom)
    (left, y_left), (right, y_right) = line
    along = ((x0 + x1) / 2 - left) / max(right - left, 1)
    return float(y_left + along * (y_right - y_left))


def _size(item: Any) -> float:
    row = item.RowAttributes()
    return float(max((row["row_height"] + row["descenders"] - row["ascenders"]) / _X_HEIGHT, 8.0))


def lines_of(found: list[Word]) -> Iterator[list[Word]]:
    """The words line by line."""
    lines: dict[int, list[Word]] = {}
    for word in found:
        lines.setdefault(word.line, []).append(word)
    yield from lines.values()
