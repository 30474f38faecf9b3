"""Which way up a scanned page is: print that Tesseract reads is the right way up."""

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from marac.parsers.scans.paper import ink_of, level, lies_on_its_side, print_lines
from marac.parsers.scans.rules import painted_over, rules
from marac.parsers.scans.words import mean_sureness, read_line

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

_SAMPLES = 5  # lines of print that are read to find out
_READABLE = 0.72


def upright(paper: "Picture", engine: Any) -> "Picture":
    """The page level and the right way up. It may lie on its side, so its width and height may change places."""
    paper = level(paper)
    ink = ink_of(paper)
    bare = painted_over(ink, rules(ink), 0)
    if lies_on_its_side(bare):
        paper = level(np.ascontiguousarray(np.rot90(paper, -1)))
        ink = ink_of(paper)
        bare = painted_over(ink, rules(ink), 0)
    samples = print_lines(bare)[: 3 * _SAMPLES : 3]
    del ink, bare  # pages are large, and reading needs room
    if not samples:
        return paper
    here = _read(paper, samples, engine)
    if here >= _READABLE:
        return paper
    high, wide = paper.shape
    turned = np.asarray(cv2.rotate(paper, cv2.ROTATE_180), np.uint8)
    there = _read(turned, [(wide - x1, high - y1, wide - x0, high - y0) for x0, y0, x1, y1 in samples], engine)
    return turned if there > here else paper


def _read(paper: "Picture", samples: list[tuple[int, int, int, int]], engine: Any) -> float:
    """How surely some lines of print are read."""
    found = [word for area in samples for word in read_line(paper, area, engine)]
    return mean_sureness(found) if found else 0.0
