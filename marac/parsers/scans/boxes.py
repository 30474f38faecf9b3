"""Tick boxes of a scan: small squares, and how much ink is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from marac.parsers.scans.paper import DOTS_PER_INCH, PAPER, Area, patches

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_SHORTEST = round(0.073 * DOTS_PER_INCH)  # a side of a box
_LONGEST = round(0.24 * DOTS_PER_INCH)
_THICK = round(0.035 * DOTS_PER_INCH)
_WHOLE = 0.66  # how dark the palest side of a box is, to the darkest part of its sides
_ENOUGH = 3  # sure boxes from which their size is known
_LIKELY = 0.79
_SURE = 0.82
_GAP = 3  # dots of paper about a box
_CLOSE = 5  # dots between the letters of a word, at most
_BAND, _OUT = 5, 2  # dots across a side in which it is looked for, and how many of them lie outside
_OFF = 4  # dots by which a side may miss its corner
_STEP = 16  # dots
_INSIDE = 0.56  # of a box: its frame and what only touches it lie outside
_TICKED = 0.11  # of the inside is ink; an empty box has next to none, the thinnest tick about twice as much
_EMPTY = 0.05

Side = Area


@dataclass(frozen=True, slots=True)
class TickBox:
    """A tick box, in dots."""

    x0: int
    top: int
    x1: int
    bottom: int
    share: float
    """How much of its inside is ink, from 0 to 1."""
    is_sure: bool = True
    """Whether it is certainly a box; what is not may be a letter."""

    @property
    def ticked(self) -> bool:
        """Whether there is a mark in it."""
        return self.share >= (_TICKED + _EMPTY) / 2

    @property
    def is_doubtful(self) -> bool:
        """Whether what is in it may be a faint mark or dirt."""
        return _EMPTY < self.share < _TICKED


def tick_boxes(picture: "Picture", ink: "Picture") -> list[TickBox]:
    """The small squares of the page, from top to bottom."""
    across = _sides(ink)
    upright = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _sides(np.ascontiguousarray(ink.T))]
    framed = {each: _frame(picture, *each) for each in {*_squares(across, upright), *_compact(ink)}}
    likely = [each for each, score in framed.items() if score >= (_WHOLE if _stands_alone(ink, *each) else _SURE)]
    likely.sort(key=lambda each: -framed[each])
    found: list[TickBox] = []
    for x0, top, x1, bottom in [*likely, *_blots(ink)]:
        is_known = any(
            box.x0 <= (x0 + x1) / 2 <= box.x1 and box.top <= (top + bottom) / 2 <= box.bottom for box in found
        )
        if not is_known:
            is_sure = framed.get((x0, top, x1, bottom), 1.0) >= _LIKELY and _is_apart(ink, x0, top, x1, bottom)
            found.append(TickBox(x0, top, x1, bottom, share_of_ink(ink, x0, top, x1, bottom), is_sure))
    return sorted(_alike(found), key=lambda box: (box.top, box.x0))


def _alike(found: list[TickBox]) -> list[TickBox]:
    """The sure boxes, and those of the others that are as large: a form draws its boxes in one size."""
    sizes = sorted(box.x1 - box.x0 for box in found if box.is_sure)
    if len(sizes) < _ENOUGH:
        return found
    usual = sizes[len(sizes) // 2]
    return [box for box in found if box.is_sure or abs(box.x1 - box.x0 - usual) <= 0.15 * usual]


def share_of_ink(ink: "Picture", x0: int, top: int, x1: int, bottom: int) -> float:
    """How much of the inner part of a rectangle is ink, from 0 to 1."""
    aside, above = round((x1 - x0) * (1 - _INSIDE) / 2), round((bottom - top) * (1 - _INSIDE) / 2)
    inside = ink[top + above : bottom - above, x0 + aside : x1 - aside]
    return float((inside > 0).mean()) if inside.size else 0.0


def _stands_alone(ink: "Picture", x0: int, top: int, x1: int, bottom: int) -> bool:
    """Whether there is paper on both sides, as there is not about a letter in a word."""
    beside = (ink[top:bottom, max(x0 - 1 - _GAP, 0) : max(x0 - 1, 0)], ink[top:bottom, x1 + 1 : x1 + 1 + _GAP])
    return all(float(side.any(axis=1).mean()) < 0.3 for side in beside if side.size)


def _is_apart(ink: "Picture", x0: int, top: int, x1: int, bottom: int) -> bool:
    """Whether no letter stands as close to it as the letters of a word stand to one another."""
    close = (ink[top:bottom, max(x0 - 1 - _CLOSE, 0) : max(x0 - 1, 0)], ink[top:bottom, x1 + 1 : x1 + 1 + _CLOSE])
    return all(float(side.any(axis=1).mean()) < 0.3 for side in close if side.size)


def _frame(picture: "Picture", x0: int, top: int, x1: int, bottom: int) -> float:
    """How straight and whole the four sides are, from 0 to 1: a letter rounds one off or leaves it open."""
    dark = np.maximum(
        PAPER - picture[max(top - _OUT, 0) : bottom + _OUT, max(x0 - _OUT, 0) : x1 + _OUT].astype(np.float32), 0
    )
    across, upright = dark[:, _OUT:-_OUT], dark[_OUT:-_OUT].T
    sides = (across[:_BAND], across[-_BAND:], upright[:_BAND], upright[-_BAND:])
    if min(side.size for side in sides) == 0:
        return 0.0
    peaks = np.concatenate([side.max(axis=0) for side in sides])
    darkest = max(float(np.percentile(peaks, 75)), 0.75 * float(np.percentile(peaks, 95)))
    return min(float(side.mean(axis=1).max()) for side in sides) / max(darkest, 1.0)


def _compact(ink: "Picture") -> Iterator[Side]:
    """Patches of ink that are about square."""
    for x0, y0, x1, y1 in patches(ink):
        wide, high = x1 - x0, y1 - y0
        if min(wide, high) >= _SHORTEST and max(wide, high) <= _LONGEST and 0.72 <= wide / high <= 1.4:
            yield x0, y0, x1, y1


def _sides(ink: "Picture") -> list[Side]:
    """Level lines as long as a side of a box."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    thicker = cv2.dilate(joined, np.ones((2, 1), np.uint8))
    runs = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones((1, _SHORTEST), np.uint8))
    return [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1 in patches(np.asarray(runs, np.uint8))
        if x1 - x0 <= _LONGEST and y1 - y0 <= _THICK + 2
    ]


def _squares(across: list[Side], upright: list[Side]) -> Iterator[Side]:
    """Squares of two level and two upright lines."""
    columns, starts = _by_place(upright), _by_place(across)
    for upper in across:
        wide = upper[2] - upper[0]
        for lower in _near(starts, upper[0]):
            high = lower[3] - upper[1]
            if abs(lower[0] - upper[0]) > _OFF or abs(lower[2] - upper[2]) > _OFF:
                continue
            if (
                min(wide, high) < _SHORTEST
                or not 0.72 <= wide / max(high, 1) <= 1.4
                or lower[1] - upper[3] < _SHORTEST // 2
            ):
                continue
            middle = (upper[1] + lower[3]) / 2
            if all(_has_side(columns, x, middle, high) for x in (upper[0], upper[2])):
                yield min(upper[0], lower[0]), upper[1], max(upper[2], lower[2]), lower[3]


def _by_place(sides: list[Side]) -> dict[int, list[Side]]:
    """The lines by about how far from the left they begin."""
    places: dict[int, list[Side]] = {}
    for side in sides:
        places.setdefault(side[0] // _STEP, []).append(side)
    return places


def _near(places: dict[int, list[Side]], x: int) -> Iterator[Side]:
    for key in range(x // _STEP - 1, x // _STEP + 2):
        yield from places.get(key, ())


def _has_side(columns: dict[int, list[Side]], x: int, middle: float, high: int) -> bool:
    return any(
        abs((side[0] + side[2]) / 2 - x) <= _OFF + 1
        and abs((side[1] + side[3]) / 2 - middle) <= _OFF
        and side[3] - side[1] >= 0.75 * high
        for side in _near(columns, x)
    )


def _blots(ink: "Picture") -> Iterator[Side]:
    """Squares that are black all over."""
    core = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_SHORTEST, _SHORTEST), np.uint8))
    for x0, y0, x1, y1 in patches(np.asarray(core, np.uint8)):
        wide, high = x1 - x0, y1 - y0
        if max(wide, high) <= _LONGEST and 0.75 <= wide / high <= 1.34 and (core[y0:y1, x0:x1] > 0).mean() > 0.9:
            yield x0, y0, x1, y1
