"""What somebody put on paper by hand: rings around printed words, marks in cells, and ink that nothing explains."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import cv2

from marac.parsers.scans.paper import DOTS_PER_INCH, PAPER, Area, patches
from marac.parsers.scans.words import Word

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

UNSURE = 0.5
"""How sure a word is that stands where somebody wrote."""

_LOWEST, _HIGHEST = round(0.15 * DOTS_PER_INCH), round(0.6 * DOTS_PER_INCH)  # of a ring
_WIDEST = round(1.6 * DOTS_PER_INCH)
_PEN = 7  # dots: the widest stroke of a pen
_MARK = (round(0.045 * DOTS_PER_INCH), round(0.32 * DOTS_PER_INCH))  # of a tick or cross
_LIKE_MARKS = frozenset("vVxXyY¥/\\JjW√✓✔<>4%&#*Kk")  # what Tesseract takes a tick or a cross for
_TALL = 1.45  # sizes of the letters: higher ink over a word is no print
_EDGE = 5 * DOTS_PER_INCH  # larger patches are the edge of the sheet, or a frame around the page
_SCRAWL = round(0.2 * DOTS_PER_INCH)


@dataclass(frozen=True, slots=True)
class Ring:
    """A line drawn around something."""

    area: Area
    outline: Any = field(repr=False)

    def is_beside(self, word: Word) -> bool:
        """Whether some of a word is inside."""
        x0, top, x1, bottom = self.area
        return word.x0 < x1 and word.x1 > x0 and top <= (word.top + word.bottom) / 2 <= bottom


def take_rings(clean: "Picture", ink: "Picture") -> list[Ring]:
    """The rings on the page; they are painted over in `clean`, or they would be read as letters."""
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for outline in outlines:
        x, y, wide, high = cv2.boundingRect(outline)
        if not (_LOWEST <= high <= _HIGHEST and _LOWEST <= wide <= _WIDEST):
            continue
        if cv2.contourArea(outline) < 0.55 * wide * high:
            continue
        if _is_around_print(ink[y : y + high, x : x + wide]):
            found.append(Ring((x, y, x + wide, y + high), outline))
    for ring in found:
        cv2.drawContours(clean, [ring.outline], -1, (PAPER,), 2 * _PEN - 3)
    return found


def _is_around_print(ink: "Picture") -> bool:
    """Whether a thin line runs around letters that it does not touch, as there are none inside a large O or R."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high, wide = ink.shape
    sizes = [(int(each[2]), int(each[3]), int(each[4]), int(each[0]), int(each[1])) for each in stats[1:]]
    around = [area for w, h, area, _, _ in sizes if w >= wide - 2 and h >= high - 2]
    edge = (round(0.12 * wide), round(0.12 * high))
    within = [
        area
        for w, h, area, x, y in sizes
        if x > edge[0] and y > edge[1] and x + w < wide - edge[0] and y + h < high - edge[1] and h >= 8
    ]
    return bool(around) and around[0] < 0.45 * wide * high and sum(within) > 0.03 * wide * high


def marked_by(rings: Iterable[Ring], found: Iterable[Word]) -> list[Word]:
    """The words, those in rings marked; never for sure, because a ring may be a stain."""
    rings = list(rings)
    return [part for word in found for part in _parts(word, [ring for ring in rings if ring.is_beside(word)])]


def _parts(word: Word, rings: list[Ring]) -> Iterator[Word]:
    """A word, cut where a ring begins and ends in it."""
    if not rings:
        yield word
        return
    x0, x1 = min(ring.area[0] for ring in rings), max(ring.area[2] for ring in rings)
    for inside, group in groupby(word.letters, lambda letter: x0 <= (letter[1] + letter[2]) / 2 <= x1):
        letters = list(group)
        yield replace(
            word, letters=letters, x0=letters[0][1], x1=letters[-1][2], highlighted=inside,
            sureness=min(word.sureness, UNSURE),
        )  # fmt: skip


def marks_in_cells(cells: Iterable[Area], found: list[Word], ink: "Picture") -> tuple[list[Area], list[Word]]:
    """Ticks and crosses that stand alone in cells, and the words without what was read of them."""
    marks: list[Area] = []
    taken: set[int] = set()
    for x0, top, x1, bottom in cells:
        here = [
            word for word in found if x0 < (word.x0 + word.x1) / 2 < x1 and top < (word.top + word.bottom) / 2 < bottom
        ]
        if any(not _may_be_mark(word) for word in here):
            continue
        part = ink[top + 3 : bottom - 3, x0 + 3 : x1 - 3]
        blots = [blot for blot in patches(part) if max(blot[2] - blot[0], blot[3] - blot[1]) >= _MARK[0]]
        if not blots:
            continue
        around = (
            min(b[0] for b in blots),
            min(b[1] for b in blots),
            max(b[2] for b in blots),
            max(b[3] for b in blots),
        )
        if max(around[2] - around[0], around[3] - around[1]) <= _MARK[1]:
            marks.append((x0 + 3 + around[0], top + 3 + around[1], x0 + 3 + around[2], top + 3 + around[3]))
            taken |= {id(word) for word in here}
    return marks, [word for word in found if id(word) not in taken]


def _may_be_mark(word: Word) -> bool:
    if word.text in {"x", "X"}:
        return True
    if word.text in {"Y", "y", "N", "n"} or word.text.isdigit():
        return word.sureness < 0.4
    is_letter = len(word.text) == 1 and word.text.isalpha()
    return len(word.text) <= 2 and (set(word.text) <= _LIKE_MARKS or word.sureness < (0.35 if is_letter else 0.6))


def doubt_written_over(found: list[Word], ink: "Picture") -> None:
    """Lowers the sureness of words that something higher than print runs over."""
    for x0, y0, x1, y1 in patches(ink):
        if y1 - y0 < _SCRAWL or x1 - x0 < _LOWEST // 2 or max(x1 - x0, y1 - y0) > _EDGE:
            continue
        for word in found:
            touches = word.x0 < x1 and word.x1 > x0 and word.top < y1 and word.bottom > y0
            if touches and y1 - y0 > _TALL * max(word.size, word.bottom - word.top):
                word.sureness = min(word.sureness, UNSURE)
