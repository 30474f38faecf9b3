"""A scanned page as print: what Tesseract reads, the lines and boxes found beside it, and how each word looks."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from marac.parsers.pdf.grid import Box, grids
from marac.parsers.pdf.shapes import Print, Shape
from marac.parsers.scans.boxes import TickBox, tick_boxes
from marac.parsers.scans.doubts import doubt_odd_letters, doubt_open_choices, is_hard_to_read
from marac.parsers.scans.frames import without_field_frames
from marac.parsers.scans.look import ground_of, set_looks, set_sizes
from marac.parsers.scans.marks import Ring, doubt_written_over, marked_by, marks_in_cells, take_rings
from marac.parsers.scans.mended import mend, mend_underlined
from marac.parsers.scans.models import engine
from marac.parsers.scans.paper import DOTS_PER_INCH, PAPER, Area, evenly_lit, ink_of, take_dust
from marac.parsers.scans.places import choices_parted, set_places
from marac.parsers.scans.print import box, line, mark, pieces, shades, stroke
from marac.parsers.scans.rules import Rule, painted_over, rules
from marac.parsers.scans.strokes import strokes
from marac.parsers.scans.turn import upright
from marac.parsers.scans.words import Glyph, Stroke, Word, read_without, words

if TYPE_CHECKING:
    from marac.parsers.scans.paper import Picture

cv2.setNumThreads(1)  # more of them hold more memory, and the computer has other work

_SHADED = 24  # steps of brightness: paper so much darker than the page is made white before it is read
_HARD = "Page {} is hard to read: type it in by hand, or ask for the form as it was typed."
_FULL = 68  # steps of brightness by which the core of a stroke is darker than paper

__all__ = ["DOTS_PER_INCH", "scanned"]


def scanned(picture: "Picture", number: int, width: float, height: float, models: Path | None) -> Print:
    """The page in a picture, the right way up and level.

    Args:
        picture: grey, 8 bits, height x width; any number of dots to the inch.
        number: of the page, from 1.
        width: of the page in points.
        height: of the page in points.
        models: the folder of Tesseract's models; None for where the system keeps them.

    Raises:
        UnreadableDocument: there is no Tesseract or no model on this computer.
    """
    reader = engine(models)
    try:
        paper = upright(evenly_lit(_resized(picture, width)), reader)
        del picture  # four megabytes, as every copy of a page
        sheet = _sheet(paper, number, width, height)
        written = _written_on(sheet, reader)
    finally:
        reader.End()
    return _print(sheet, written)


@dataclass(slots=True)
class _Sheet:
    """A page the right way up, with what is drawn on it; its size is in points."""

    number: int
    width: float
    height: float
    paper: "Picture"
    ink: "Picture"
    ruled: list[Rule]
    boxes: list[TickBox]
    shapes: list[Shape]
    cells: list[Box]

    @property
    def scale(self) -> float:
        """Dots to the point."""
        return float(self.paper.shape[1] / self.width)

    @property
    def areas(self) -> list[Area]:
        """The cells of its tables, in dots."""
        return [_dots(cell, self.scale) for cell in self.cells]


@dataclass(slots=True)
class _Written:
    """What is written on a page, the rings and strokes about it, and its ink without lines and boxes."""

    words: list[Word]
    rings: list[Ring]
    strokes: list[Stroke]
    ink: "Picture"


def _sheet(paper: "Picture", number: int, width: float, height: float) -> _Sheet:
    """The lines, boxes and tables of a page; one that lay on its side changes its width and height."""
    if (paper.shape[1] > paper.shape[0]) != (width > height):
        width, height = height, width
    is_fax = take_dust(paper)
    ink = ink_of(paper)
    ruled = rules(ink, are_broken=is_fax)
    shapes = [line(each, paper.shape[1] / width) for each in without_field_frames(ruled)]
    cells = [cell for table in grids(Print(number, width, height, [], list(shapes))) for cell in table]
    return _Sheet(number, width, height, paper, ink, ruled, tick_boxes(paper, ink), shapes, cells)


def _written_on(sheet: _Sheet, reader: Any) -> _Written:
    """The words of a page, read where no line or box is in the way."""
    clean = _without(sheet.paper, sheet.ruled, sheet.boxes)
    rings = take_rings(clean, ink_of(clean))
    found = words(clean.copy(), sheet.areas, reader)
    set_sizes(found)
    mend_underlined(found, sheet.ruled, sheet.ink)
    ink = ink_of(clean)
    set_places(found, ink)
    drawn = list(strokes(found, ink_of(clean, _FULL)))
    found = read_without(drawn, found, clean, reader)
    set_places(found, ink)
    return _Written(choices_parted(found), rings, drawn, ink)


def _print(sheet: _Sheet, written: _Written) -> Print:
    """The page as print, each word with its look, its marks and how sure it is."""
    boxes, found = _apart(sheet.boxes, written.words)
    doubt_odd_letters(found, written.ink, written.strokes)
    mend(found)
    marks, found = marks_in_cells(sheet.areas, found, written.ink)
    set_looks(found, sheet.paper)
    found = marked_by(written.rings, found)
    doubt_written_over(found, written.ink)
    doubt_open_choices(found, boxes, written.strokes)
    is_hard, scale = is_hard_to_read(found), sheet.scale
    printed = pieces(found, scale, is_hard=is_hard)
    drawn = [stroke(*each, scale) for each in written.strokes]
    return Print(
        sheet.number,
        sheet.width,
        sheet.height,
        [*printed, *(box(each, scale) for each in boxes), *(mark(each, scale) for each in marks)],
        [*sheet.shapes, *shades(sheet.paper, sheet.cells, scale), *drawn],
        unread=[_HARD.format(sheet.number)] if is_hard else [],
    )


def _resized(picture: "Picture", width: float) -> "Picture":
    scale = width * DOTS_PER_INCH / 72 / picture.shape[1]
    if abs(scale - 1) < 0.02:
        return picture
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method), np.uint8)


def _dots(cell: Box, scale: float) -> Area:
    return round(cell.x0 * scale), round(cell.top * scale), round(cell.x1 * scale), round(cell.bottom * scale)


def _without(paper: "Picture", ruled: list[Rule], boxes: list[TickBox]) -> "Picture":
    """The picture with its shading taken out, and its lines and boxes painted over."""
    ground = ground_of(paper)
    ground[ground > PAPER - _SHADED] = PAPER
    clean = painted_over(np.asarray(cv2.divide(paper, np.maximum(ground, 1), scale=PAPER), np.uint8), ruled, PAPER)
    for each in boxes:
        if each.is_sure:
            clean[max(each.top - 3, 0) : each.bottom + 4, max(each.x0 - 3, 0) : each.x1 + 4] = PAPER
    return clean


def _apart(boxes: list[TickBox], found: list[Word]) -> tuple[list[TickBox], list[Word]]:
    """Boxes that are no letters, and words without the boxes that were read as letters."""
    kept: list[TickBox] = []
    for each in boxes:
        over = [word for word in found if _letters_on(word, each)]
        if not each.is_sure and any(sum(map(str.isalnum, word.text)) > 1 and word.sureness > 0.75 for word in over):
            continue
        kept.append(each)
        for word in over:
            taken = _letters_on(word, each)
            word.letters = [letter for letter in word.letters if letter not in taken]
            if word.letters:
                word.x0, word.x1 = word.letters[0][1], word.letters[-1][2]
    return kept, [word for word in found if word.letters]


def _letters_on(word: Word, box_: TickBox) -> list[Glyph]:
    if word.bottom < box_.top or word.top > box_.bottom:
        return []
    return [letter for letter in word.letters if box_.x0 <= (letter[1] + letter[2]) / 2 <= box_.x1]
