"""The letters of a PDF page as pdfium knows them: where each stands, and in which look it is drawn."""

import ctypes
from collections.abc import Iterator
from itertools import groupby, repeat
from math import hypot
from typing import Any

from marac.parsers.pdf import pdfium
from marac.parsers.pdf.doubled import with_bold
from marac.parsers.pdf.drawings import Drawings
from marac.parsers.pdf.fonts import Font, font
from marac.parsers.pdf.runs import Look, Runs, filler
from marac.parsers.pdf.shapes import Piece, plain
from marac.parsers.pdf.sight import UNKNOWN
from marac.parsers.pdf.turned import TurnedLetter, turned
from marac.parsers.pdf.view import View, times

_INK = 0.15  # of their size: what a letter takes beside its ink
_UNPAINTED = (3, 7)  # text that paints nothing (PDF 32000-1, 9.3.6)
_LONGEST_NAME = 256


def pieces_of(text: int, count: int, view: View, drawings: Drawings) -> list[Piece]:
    """The print of a page; `text` is pdfium's page of text, with so many letters."""
    page = _Letters(text, count, view)
    runs, sideways = Runs(filler(page.spaces, count)), list[TurnedLetter]()
    end = 0
    for thing, group in groupby(page.objects):
        start, end = end, end + sum(1 for _ in group)
        if not thing:
            continue  # white space that pdfium adds between words
        look = page.look(start, thing)
        if look.is_turned:
            sideways += page.sideways(start, end, look)
        else:
            runs.add(page.texts[start:end], *page.sides(start, end, look), page.origin(start)[1], look)
    again = drawings.texts_without(set(page.objects))
    return [*with_bold(runs.pieces, again), *turned(sideways)]


class _Letters:
    """The letters of one page, asked for all at once."""

    def __init__(self, text: int, count: int, view: View) -> None:
        self._text = text
        self._view = view.matrix
        self._is_upright = view.turn == 0
        self._shift = -view.left
        self.texts = pdfium.letters_of(text, count)
        self.objects = list(map(pdfium.letter_object, repeat(text), range(count)))
        unknown = list(map(pdfium.letter_is_unknown, repeat(text), range(count)))
        if any(unknown):
            self.texts = [UNKNOWN if it else letter for letter, it in zip(self.texts, unknown, strict=True)]
        rooms = pdfium.rooms_of(text, count)
        self._lefts, self._rights = rooms[0::4], rooms[2::4]
        if self._shift:
            self._lefts = [left + self._shift for left in self._lefts]
            self._rights = [right + self._shift for right in self._rights]
        self._fonts: dict[int, Font] = {}
        self._looks: dict[Any, Look] = {}
        self._colour = pdfium.Colour()
        self._matrix = pdfium.Numbers(pdfium.FLOAT, 6)
        self._places = pdfium.Numbers(pdfium.DOUBLE, 4)
        self._size = pdfium.Numbers(pdfium.FLOAT, 1)

    @property
    def spaces(self) -> int:
        """How many spaces are printed; those of no object are pdfium's own, as are the ends of lines."""
        ends = self.texts.count("\r") + self.texts.count("\n")
        own = self.objects.count(None) - ends
        return self.texts.count(" ") - own

    def look(self, number: int, thing: int) -> Look:
        """How this letter and its neighbours in the same object are drawn."""
        pdfium.letter_matrix(self._text, number, self._matrix.at[0])
        pdfium.text_size(thing, self._size.at[0])
        drawn = (
            pdfium.text_font(thing),
            self._size.values[0],
            self._colour.of(pdfium.fill_colour, thing),
            pdfium.text_mode(thing),
            *self._matrix.values[:4],
        )
        if drawn not in self._looks:
            self._looks[drawn] = self._look(*drawn)
        return self._looks[drawn]

    def _look(self, handle: int, size: float, colour: tuple[int, ...], mode: int, *directions: float) -> Look:
        a, b, c, d = directions
        matrix = times((a, b, c, d, 0, 0), self._view)
        *rgb, opacity = colour
        shown, paint, size = self._font(handle), tuple(part / 255 for part in rgb), abs(size) * hypot(*matrix[2:4])
        hidden = not opacity or mode in _UNPAINTED
        return Look(shown, size, paint, hidden, matrix, f"{shown.family} {size:.1f} {colour}")

    def _font(self, handle: int) -> Font:
        if handle not in self._fonts:
            room = ctypes.create_string_buffer(_LONGEST_NAME)
            pdfium.font_name(handle, ctypes.addressof(room), _LONGEST_NAME)
            self._fonts[handle] = font(room.value.decode("utf-8", "replace"))
        return self._fonts[handle]

    def origin(self, number: int) -> tuple[float, float]:
        """Where a letter stands, as shown."""
        pdfium.letter_origin(self._text, number, *self._places.at[:2])
        x, y = self._places.values[:2]
        a, b, c, d, e, f = self._view
        return a * x + c * y + e, b * x + d * y + f

    def _ink(self, number: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the ink of a letter, as shown."""
        pdfium.letter_box(self._text, number, *self._places.at)
        left, right, low, high = self._places.values
        a, b, c, d, e, f = self._view
        xs, ys = (a * left + c * low + e, a * right + c * high + e), (b * left + d * low + f, b * right + d * high + f)
        return min(xs), min(ys), max(xs), max(ys)

    def sides(self, start: int, end: int, look: Look) -> tuple[list[float], list[float]]:
        """Where these letters begin and end."""
        if self._is_upright and look.matrix[0] > 0:
            return self._lefts[start:end], self._rights[start:end]
        lefts = [self.origin(number)[0] for number in range(start, end)]
        inks = [self._ink(number) for number in range(start, end)]
        if look.matrix[0] < 0:
            return [ink[0] for ink in inks], [ink[2] for ink in inks]
        ends = [max(ink[2], left) + _INK * look.size for ink, left in zip(inks, lefts, strict=True)]
        nexts = [*lefts[1:], ends[-1]]
        return lefts, [min(following, end) if following > left else end
                       for following, end, left in zip(nexts, ends, lefts, strict=True)]  # fmt: skip

    def sideways(self, start: int, end: int, look: Look) -> Iterator[TurnedLetter]:
        """Letters that run up or down the page."""
        along, across = look.matrix[:2]
        length = hypot(along, across) or 1.0
        down, right = across / length, along / length
        for number in range(start, end):
            x, y = self.origin(number)
            ink = self._ink(number)
            reach = max(abs(edge - y) for edge in (ink[1], ink[3])) if ink[3] > ink[1] else 0.3 * look.size
            xs = (x + 0.8 * look.size * down, x - 0.2 * look.size * down, x + reach * right)
            ys = (y, y + reach * down)
            text = plain(self.texts[number])
            yield TurnedLetter(
                text, min(xs), min(ys), max(xs), max(ys), look.font.family, look.font.is_bold, look.colour, look.hidden
            )
