"""The ruled lines of a scan: long straight runs of ink that are thin and stand alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from marac.parsers.scans.paper import DOTS_PER_INCH, patches

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_LONG = round(0.38 * DOTS_PER_INCH)  # a level line is at least so long
_HIGH = round(0.13 * DOTS_PER_INCH)  # an upright one: as high as the lowest row of a table
_ALONE = round(0.45 * DOTS_PER_INCH)  # an upright line so long is a rule even where it meets no other
_DOTTED = round(0.09 * DOTS_PER_INCH)  # a gap in a line that a fax has broken
_THICK = round(0.045 * DOTS_PER_INCH)
_SURE = round(1.2 * DOTS_PER_INCH)  # a line so long is hardly ever the foot of a word
_BREAK = round(0.7 * DOTS_PER_INCH)  # the longest stretch that a broken line may be thin in
_LEAST_ALONE = 0.2  # how much of the paper beside a dotted line may be ink
_BESIDE = 4  # dots on each side of a line that must be mostly empty
_PRINT = 100  # steps of brightness by which a letter that crosses a line is darker than paper
_MEET = 5  # dots between the ends of lines that meet


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, in dots: where it begins and ends, and how thick it is."""

    x0: int
    top: int
    x1: int
    bottom: int
    thickness: float
    is_across: bool
    y_left: float = 0.0
    """Where a level line begins and ends, for paper that is not quite flat; an upright one has its x at top and foot."""
    y_right: float = 0.0

    @property
    def middle(self) -> float:
        """The height of a level line; how far from the left an upright one stands."""
        return (self.y_left + self.y_right) / 2

    def near(self, x: float, y: float) -> bool:
        """Whether a point lies on the line or at its end."""
        return self.x0 - _MEET <= x <= self.x1 + _MEET and self.top - _MEET <= y <= self.bottom + _MEET


def rules(ink: "Picture", *, are_broken: bool = False) -> list[Rule]:
    """The level and upright lines of a page; on a fax, where they `are_broken`, those too that are rows of dots."""
    turned = np.ascontiguousarray(ink.T)
    across, standing = _lines(ink, _LONG), _lines(turned, _HIGH)
    if are_broken:
        across, standing = _with_dotted(across, ink, _SURE), _with_dotted(standing, turned, _ALONE)
    upright = [_stood(rule) for rule in standing]
    kept = [rule for rule in upright if rule.bottom - rule.top >= _ALONE or _meets_two(rule, across)]
    return [*across, *kept]


def _with_dotted(lines: list[Rule], ink: "Picture", length: int) -> list[Rule]:
    """The lines, with long ones of which a fax has left dots and dashes."""
    dotted = [line for line in _lines(ink, length, _DOTTED) if not any(_is_same(line, each) for each in lines)]
    kept = [line for line in lines if not any(_lies_on(line, each) for each in dotted)]
    return [*kept, *dotted]


def _is_same(line: Rule, other: Rule) -> bool:
    return _lies_on(line, other) or (_lies_on(other, line) and other.x1 - other.x0 > 0.9 * (line.x1 - line.x0))


def _lies_on(line: Rule, other: Rule) -> bool:
    """Whether all of a level line is part of another."""
    is_level = line.top - _MEET <= other.bottom and other.top - _MEET <= line.bottom
    return is_level and other.x0 - _MEET <= line.x0 and line.x1 <= other.x1 + _MEET


def _lines(ink: "Picture", length: int, gap: int = 3) -> list[Rule]:
    """The level lines that are at least so long, across gaps that are shorter than `gap`."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    thicker = cv2.dilate(joined, np.ones((3, 1), np.uint8))
    found = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    del joined, thicker
    lines = []
    for x0, y0, x1, y1 in patches(np.asarray(found, np.uint8)):
        own = found[y0:y1, x0:x1] > 0
        wide = x1 - x0
        thickness = float(own.sum()) / wide - 2
        if thickness > _THICK or y1 - y0 > max(0.04 * wide, 3 * _THICK):
            continue
        left, right = (_height_at(own[:, side]) + y0 for side in (slice(0, 12), slice(-12, None)))
        line = Rule(x0, y0 + 1, x1, y1 - 1, max(thickness, 1.0), True, left, right)
        if _stands_alone(line, ink, is_dotted=gap == _DOTTED):
            lines.append(line)
    return _whole(lines, ink)


def _whole(lines: list[Rule], ink: "Picture") -> list[Rule]:
    """The lines, with those made one that a fax or a faint print has broken."""
    kept: list[Rule] = []
    for line in sorted(lines, key=lambda each: (each.x0, each.top)):
        before = next((each for each in reversed(kept) if _goes_on(each, line, ink)), None)
        if before is None:
            kept.append(line)
            continue
        kept = [each for each in kept if each is not before]
        top, bottom, x1 = min(before.top, line.top), max(before.bottom, line.bottom), max(before.x1, line.x1)
        kept.append(Rule(before.x0, top, x1, bottom, before.thickness, True, before.y_left, line.y_right))
    return kept


def _goes_on(before: Rule, after: Rule, ink: "Picture") -> bool:
    if abs(before.y_right - after.y_left) > 3.5 or not 0 <= after.x0 - before.x1 <= _BREAK:
        return False
    low, high = sorted((before.y_right, after.y_left))
    between = ink[max(round(low) - 1, 0) : round(high) + 2, before.x1 : after.x0] > 0
    return between.size == 0 or float(between.any(axis=0).mean()) > 0.7


def _height_at(part: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]") -> float:
    rows = np.nonzero(part)[0]
    return float(rows.mean()) if len(rows) else 0.0


def _stands_alone(line: Rule, ink: "Picture", *, is_dotted: bool) -> bool:
    """Whether there is paper above and below it, as there is not about the foot of bold print."""
    half = line.thickness / 2 + 1
    steps = np.linspace(line.x0, line.x1 - 1, min(max(line.x1 - line.x0, 2), 400)).astype(int)
    middles = np.linspace(line.y_left, line.y_right, len(steps))
    shares = []
    for side in (-1, 1):
        rows = [
            np.clip((middles + side * (half + away)).astype(int), 0, ink.shape[0] - 1) for away in range(1, _BESIDE)
        ]
        shares.append(max(float((ink[row, steps] > 0).mean()) for row in rows))
    most = _LEAST_ALONE if is_dotted else 0.6 if line.x1 - line.x0 > _SURE else 0.35
    return max(shares) < most and min(shares) < 0.6 * most


def _stood(rule: Rule) -> Rule:
    """A line of the page on its side, as it stands on the page."""
    return Rule(rule.top, rule.x0, rule.bottom, rule.x1, rule.thickness, False, rule.y_left, rule.y_right)


def _meets_two(rule: Rule, across: list[Rule]) -> bool:
    ends = ((rule.y_left, rule.top), (rule.y_right, rule.bottom))
    return all(any(line.near(x, y) for line in across) for x, y in ends)


def painted_over(picture: "Picture", lines: Iterable[Rule], brightness: int) -> "Picture":
    """A copy of the picture with the lines painted over, but for letters that reach down through a level one."""
    clean = picture.copy()
    for line in lines:
        left, right = round(line.y_left), round(line.y_right)
        ends = ((line.x0, left), (line.x1, right)) if line.is_across else ((left, line.top), (right, line.bottom))
        half = max(round(line.thickness / 2), 1) + 1
        cv2.line(clean, ends[0], ends[1], (brightness,), 2 * half)
        if line.is_across and brightness:
            _put_back(clean, picture, line, half + 1, brightness - _PRINT)
    return clean


def _put_back(clean: "Picture", picture: "Picture", line: Rule, half: int, dark: int) -> None:
    """Restores the columns of a level line that have print both above and below it."""
    columns = np.arange(max(line.x0, 0), min(line.x1, picture.shape[1]))
    middles = np.linspace(line.y_left, line.y_right, len(columns)).round().astype(int)
    middles = np.clip(middles, half + 1, picture.shape[0] - half - 2)
    crossed = (clean[middles - half, columns] < dark) & (clean[middles + half, columns] < dark)
    for away in range(-half, half + 1):
        clean[middles[crossed] + away, columns[crossed]] = picture[middles[crossed] + away, columns[crossed]]
