"""The ruled lines of a page: lines meant as one put together, where they cross, and the cells between them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SNAP = 3.0  # points between lines that are meant as one
_MOST = 3000  # crossings of lines on a page; more of them are graph paper, and would take minutes


class Rule(NamedTuple):
    """A level or an upright line: how far down or to the right it is, and where it begins and ends."""

    at: float
    start: float
    end: float


Corner = tuple[float, float]
"""Points from the left and from the top."""


def cells_between(across: Iterable[Rule], upright: Iterable[Rule]) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the smallest rectangles with lines on all sides; none on graph paper."""
    crossings = _crossings(_merged(across), _merged(upright))
    return [] if crossings is None else list(_cells(crossings))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie beside one another on one line, and those on it that touch made one."""
    found: list[Rule] = []
    for group in _beside(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        parts = sorted((rule.start, rule.end) for rule in group)
        start, end = parts[0]
        for more, further in parts[1:]:
            if more <= end + SNAP:
                end = max(end, further)
            else:
                found.append(Rule(at, start, end))
                start, end = more, further
        found.append(Rule(at, start, end))
    return found


def _beside(rules: list[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[-1].at > SNAP:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


class _Crossings:
    """Where lines cross: for each corner, the numbers of the lines through it."""

    def __init__(self) -> None:
        self.upright: dict[Corner, set[int]] = defaultdict(set)
        self.across: dict[Corner, set[int]] = defaultdict(set)

    def add(self, corner: Corner, upright: int, across: int) -> None:
        """Notes that these two lines cross here."""
        self.upright[corner].add(upright)
        self.across[corner].add(across)


def _crossings(across: list[Rule], upright: list[Rule]) -> _Crossings | None:
    found = _Crossings()
    heights = [rule.at for rule in across]
    for number, side in enumerate(upright):
        for other in range(bisect_left(heights, side.start - SNAP), len(across)):
            level = across[other]
            if level.at > side.end + SNAP:
                break
            if level.start - SNAP <= side.at <= level.end + SNAP:
                found.add((side.at, level.at), number, other)
        if len(found.across) > _MOST:
            return None
    return found


def _cells(crossings: _Crossings) -> Iterator[tuple[float, float, float, float]]:
    corners = sorted(crossings.across)
    columns, levels = defaultdict[float, list[float]](list), defaultdict[float, list[float]](list)
    for x, y in corners:
        columns[x].append(y)
        levels[y].append(x)
    for x, y in corners:
        below = _joined(crossings.upright, [(x, each) for each in _after(columns[x], y)], (x, y))
        right = _joined(crossings.across, [(each, y) for each in _after(levels[y], x)], (x, y))
        found = next((corner for corner in _opposite(below, right) if _is_closed(crossings, x, y, corner)), None)
        if found:
            yield x, y, *found


def _after(places: list[float], place: float) -> list[float]:
    return places[bisect_left(places, place) + 1 :]


def _joined(lines: dict[Corner, set[int]], others: list[Corner], corner: Corner) -> list[Corner]:
    """The corners, from the nearest on, that a line joins to this one."""
    through = lines[corner]
    found: list[Corner] = []
    for other in others:
        if through.isdisjoint(lines[other]):
            break
        found.append(other)
    return found


def _opposite(below: list[Corner], right: list[Corner]) -> Iterator[Corner]:
    return ((x, y) for _, y in below for x, _ in right)


def _is_closed(crossings: _Crossings, x: float, y: float, corner: Corner) -> bool:
    """Whether lines go from the opposite corner to the two that are between."""
    if corner not in crossings.across:
        return False
    right, low = corner
    return not (
        crossings.upright[corner].isdisjoint(crossings.upright[right, y])
        or crossings.across[corner].isdisjoint(crossings.across[x, low])
    )
