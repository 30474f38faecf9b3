"""The paper of a scan: evenly lit, the right way up and level, and which of its dots are ink.

A picture here is grey, 8 bits, height x width, at `DOTS_PER_INCH`; ink is the same size, 255 where there is ink.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

Area = tuple[int, int, int, int]
"""Left, top, right and bottom, in dots."""

DOTS_PER_INCH = 200
PAPER = 250  # brightness of empty paper once it is evenly lit
_INK = 46  # steps of brightness by which ink is darker than paper; the grain of paper reaches half of it
_COARSE = 8  # dots of the picture to one of the picture in which the light is looked at
_WIDEST_SHADE = 200  # dots: a darker patch that is lower than this is shading, and no shadow on the paper
_SPECK, _MANY_SPECKS = 6, 60  # dots across a speck; so many on one page are dust
_MOST_SKEW = 6.0  # degrees
_SMALL = 4  # dots of the picture to one of the picture in which the skew is looked for


def evenly_lit(picture: "Picture") -> "Picture":
    """The picture with shadows and grey paper taken out; shaded cells stay grey."""
    small = cv2.resize(picture, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 5)
    reach = _WIDEST_SHADE // _COARSE
    light = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    light = cv2.GaussianBlur(light, (0, 0), reach / 2)
    light = cv2.resize(light, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, np.maximum(light, 1), scale=PAPER), np.uint8)


def ink_of(picture: "Picture", darker: int = _INK) -> "Picture":
    """Where there is ink: darker than the brightest paper about it, so that a pale line beside heavy print is seen."""
    soft = cv2.GaussianBlur(picture, (3, 3), 0)
    about = cv2.dilate(soft, np.ones((15, 15), np.uint8))
    cv2.blur(about, (15, 15), dst=about)  # in its own place: a page in one more copy is four megabytes
    cv2.subtract(about, soft, dst=about)
    cv2.threshold(about, darker, 255, cv2.THRESH_BINARY, dst=about)
    return np.asarray(about, np.uint8)


def take_dust(picture: "Picture") -> bool:
    """Paints over the dust of a fax, many specks far from anything else, and says whether there was any."""
    ink = ink_of(picture)
    small = [each for each in patches(ink) if max(each[2] - each[0], each[3] - each[1]) <= _SPECK]
    if len(small) < _MANY_SPECKS:
        return False
    lone = 0
    for x0, y0, x1, y1 in small:
        about = ink[max(y0 - 2 * _SPECK, 0) : y1 + 2 * _SPECK, max(x0 - 4 * _SPECK, 0) : x1 + 4 * _SPECK]
        if cv2.countNonZero(about) == cv2.countNonZero(ink[y0:y1, x0:x1]):
            lone += 1
            picture[max(y0 - 2, 0) : y1 + 2, max(x0 - 2, 0) : x1 + 2] = PAPER
    return lone >= _MANY_SPECKS


def patches(ink: "Picture") -> Iterator[Area]:
    """The rectangles around the connected patches of ink."""
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        x, y, wide, high = cv2.boundingRect(outline)
        yield x, y, x + wide, y + high


def level(picture: "Picture") -> "Picture":
    """The picture turned until its lines of print are level."""
    angle = _skew(picture)
    if abs(angle) < 0.03:
        return picture
    return _rotated(picture, angle, PAPER)


def _rotated(picture: "Picture", angle: float, border: int) -> "Picture":
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    method = cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), flags=method, borderValue=(border,)), np.uint8)


def _skew(picture: "Picture") -> float:
    """By how many degrees the picture must be turned: where the rows of dots are most unlike each other."""
    small = cv2.resize(picture, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    dark = np.asarray(255 - np.minimum(small, 255), np.uint8)
    margin = 3 + small.shape[1] // 50
    dark[:margin], dark[-margin:], dark[:, :margin], dark[:, -margin:] = 0, 0, 0, 0
    best = 0.0
    for reach, step in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(dark, float(angle))))
    return best


def _sharpness(dark: "Picture", angle: float) -> float:
    rows = _rotated(dark, angle, 0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def lies_on_its_side(ink: "Picture") -> bool:
    """Whether the lines of print run from top to bottom."""
    return _lines_along(ink.T.copy()) > 1.5 * _lines_along(ink)


def _lines_along(ink: "Picture") -> int:
    """How many blobs are as long and low as a line of print, once its letters are run together."""
    run = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8)), np.uint8)
    return sum(10 <= y1 - y0 <= 60 and x1 - x0 > 3 * (y1 - y0) for x0, y0, x1, y1 in patches(run))


def print_lines(ink: "Picture") -> list[Area]:
    """The longest lines of print on a level page, as samples of it."""
    run = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 19), np.uint8)), np.uint8)
    found = [
        each for each in patches(run) if 12 <= each[3] - each[1] <= 50 and each[2] - each[0] > 4 * (each[3] - each[1])
    ]
    return sorted(found, key=lambda each: each[0] - each[2])
