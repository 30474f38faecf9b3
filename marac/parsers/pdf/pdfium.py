"""What is asked of pdfium for every letter and line of a page: its functions, called without the usual ceremony.

ctypes costs more than the functions do. So numbers and addresses are passed instead of objects, the interpreter is not
let go for each call (a call takes less than that), and letters are asked for in one run of `map`. pdfium is not safe
in threads: one process reads one file at a time.
"""

import ctypes
from collections import deque
from itertools import repeat
from typing import Any

from pypdfium2 import raw

FLOAT, DOUBLE, INT, ADDRESS = ctypes.c_float, ctypes.c_double, ctypes.c_int, ctypes.c_void_p
_CODES: Any = {ctypes.c_float: "f", ctypes.c_double: "d", ctypes.c_int: "i", ctypes.c_uint: "I"}  # as `struct` has them
_BLACK = (0, 0, 0, 255)


def address(handle: Any) -> int:
    """A handle of pypdfium2 as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


letter_code = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint, ADDRESS, INT)
letter_object = _quick(raw.FPDFText_GetTextObject, ADDRESS, ADDRESS, INT)
letter_matrix = _quick(raw.FPDFText_GetMatrix, INT, ADDRESS, INT, ADDRESS)
letter_origin = _quick(raw.FPDFText_GetCharOrigin, INT, ADDRESS, INT, ADDRESS, ADDRESS)
letter_is_unknown = _quick(raw.FPDFText_HasUnicodeMapError, INT, ADDRESS, INT)
letter_box = _quick(raw.FPDFText_GetCharBox, INT, ADDRESS, INT, *[ADDRESS] * 4)
_room = _quick(raw.FPDFText_GetLooseCharBox, INT, ADDRESS, INT, ADDRESS)
_letters = _quick(raw.FPDFText_GetText, INT, ADDRESS, INT, INT, ADDRESS)

text_font = _quick(raw.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
text_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, INT, ADDRESS)
text_size = _quick(raw.FPDFTextObj_GetFontSize, INT, ADDRESS, ADDRESS)
font_name = _quick(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, ADDRESS, ADDRESS, ctypes.c_size_t)

count_objects = _quick(raw.FPDFPage_CountObjects, INT, ADDRESS)
page_object = _quick(raw.FPDFPage_GetObject, ADDRESS, ADDRESS, INT)
count_inside = _quick(raw.FPDFFormObj_CountObjects, INT, ADDRESS)
inside_object = _quick(raw.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong)
object_type = _quick(raw.FPDFPageObj_GetType, INT, ADDRESS)
object_matrix = _quick(raw.FPDFPageObj_GetMatrix, INT, ADDRESS, ADDRESS)
object_bounds = _quick(raw.FPDFPageObj_GetBounds, INT, ADDRESS, *[ADDRESS] * 4)
fill_colour = _quick(raw.FPDFPageObj_GetFillColor, INT, ADDRESS, *[ADDRESS] * 4)
stroke_colour = _quick(raw.FPDFPageObj_GetStrokeColor, INT, ADDRESS, *[ADDRESS] * 4)
draw_mode = _quick(raw.FPDFPath_GetDrawMode, INT, ADDRESS, ADDRESS, ADDRESS)
_count_segments = _quick(raw.FPDFPath_CountSegments, INT, ADDRESS)
_segment = _quick(raw.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, INT)
_segment_point = _quick(raw.FPDFPathSegment_GetPoint, INT, ADDRESS, ADDRESS, ADDRESS)
_segment_type = _quick(raw.FPDFPathSegment_GetType, INT, ADDRESS)
_segment_closes = _quick(raw.FPDFPathSegment_GetClose, INT, ADDRESS)

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
LINE_TO, CURVE_TO, MOVE_TO = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO


class Numbers:
    """Where pdfium writes several numbers of one type down; `at` is where each begins."""

    def __init__(self, kind: Any, count: int) -> None:
        self._kept = (kind * count)()
        start, size = ctypes.addressof(self._kept), ctypes.sizeof(kind)
        self.at = range(start, start + count * size, size)
        self.values: Any = memoryview(self._kept).cast("B").cast(_CODES[kind])


class Colour:
    """Where pdfium writes a colour down."""

    def __init__(self) -> None:
        self._parts = Numbers(ctypes.c_uint, 4)

    def of(self, asked: Any, thing: int) -> tuple[int, ...]:
        """Red, green, blue and how far it covers, from 0 to 255; black where it is no plain colour."""
        return tuple(self._parts.values) if asked(thing, *self._parts.at) else _BLACK


def letters_of(text: int, count: int) -> list[str]:
    """The letters of a page of text, one for each number from 0."""
    room = (ctypes.c_ushort * (count + 1))()
    written = _letters(text, 0, count, ctypes.addressof(room)) - 1
    if written == count:
        found = bytes(room)[: 2 * count].decode("utf-16le", "replace")
        if len(found) == count:
            return list(found)
    codes = map(letter_code, repeat(text), range(count))
    return [chr(code) if code < 0x110000 else "\ufffd" for code in codes]


def rooms_of(text: int, count: int) -> list[float]:
    """Left, top, right and bottom of each letter in turn, by the width that its font gives it and not by its ink."""
    room = Numbers(FLOAT, 4 * count)
    deque(map(_room, repeat(text), range(count), room.at[::4]), maxlen=0)
    found: list[float] = room.values.tolist()
    return found


def segments_of(path: int) -> tuple[list[int], list[bool], list[float]]:
    """The parts of a path: what each draws, whether it closes the outline, and x and y of its end in turn."""
    count = max(_count_segments(path), 0)
    parts = list(map(_segment, repeat(path), range(count)))
    points = Numbers(FLOAT, 2 * count)
    deque(map(_segment_point, parts, points.at[::2], points.at[1::2]), maxlen=0)
    return list(map(_segment_type, parts)), list(map(bool, map(_segment_closes, parts))), points.values.tolist()
