"""What floats over the cells of an old Excel workbook: tick boxes, option buttons, drop-downs and text boxes.

They are records of the workbook's stream ([MS-XLS] 2.4.181 Obj, 2.4.329 TxO, 2.4.109 MsoDrawing): a drawing record with
the place comes first, then the object with its state, then its words. xlrd and calamine pass them over.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from marac.parsers.blocks import Span
from marac.parsers.sheets.excel_captions import is_given_caption
from marac.parsers.sheets.spreadsheet import DROP_DOWN, Position, Sheet

_BOUND_SHEET, _BEGIN, _END, _CONTINUE = 0x85, 0x809, 0x0A, 0x3C
_DRAWING, _OBJECT, _TEXT = 0xEC, 0x5D, 0x1B6
_CLIENT_ANCHOR = struct.pack("<HI", 0xF010, 18)
_CHECK_BOX, _OPTION, _EDIT_BOX, _LIST, _DROP_DOWN = 0x0B, 0x0C, 0x0D, 0x12, 0x14
_TEXT_BOXES = (0x02, 0x03, 0x06, 0x1E)  # rectangles, ellipses, text boxes and later shapes
_COMMON, _OLD_TICK, _TICK, _CHOICES = 0x15, 0x0A, 0x12, 0x13
_FILTER = 0x0100  # the arrow of a filter over a column, which is a drop-down too
_STREAMS = ("Workbook", "Book")
_MOST_RECORDS = 500_000
_WIDTH, _HEIGHT = 1024, 256  # parts of a column and of a row in which a place is counted


@dataclass(slots=True)
class _Object:
    kind: int
    at: Position
    right: int
    top: int
    ticked: bool = False
    chosen: bool = False
    words: str = field(default="", repr=False)


def workbook_stream(content: bytes) -> bytes | None:
    """The stream of a workbook out of an Office container; None where it has none."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as container:
            name = next((each for each in _STREAMS if container.exists(each)), None)
            return None if name is None else bytes(container.openstream(name).read())
    except Exception:  # noqa: BLE001 - olefile raises whatever damaged bytes made it stumble over
        return None


def add_objects(stream: bytes, number: int, sheet: Sheet) -> None:
    """Adds to the sheet with this number in the workbook the boxes and text boxes over it."""
    for each in sorted(_objects(stream, number), key=lambda each: (each.at, each.right)):
        hidden = sheet.is_hidden(*each.at)
        if each.kind in (_CHECK_BOX, _OPTION):
            caption = "" if is_given_caption(each.words) else each.words
            words = (Span(f" {caption} ", hidden=hidden),) if caption else ()
            sheet.boxes.append((each.at, (Span(ticked=each.ticked, hidden=hidden), *words)))
        elif each.kind in (_DROP_DOWN, _LIST, _EDIT_BOX):
            if each.chosen or each.words:
                sheet.misses(DROP_DOWN, each.at)
        elif each.kind in _TEXT_BOXES and each.words.strip():
            sheet.texts.append(((each.top, each.at[1]), (Span(each.words, hidden=hidden),)))


def _objects(stream: bytes, number: int) -> Iterator[_Object]:
    """The objects of one sheet, each with its words."""
    last: _Object | None = None
    place = b""
    awaited = 0
    for kind, data in _records(stream, _start(stream, number)):
        if kind == _DRAWING:
            anchor = data.rfind(_CLIENT_ANCHOR)
            place = data[anchor + 6 : anchor + 24] if anchor >= 0 else place
        elif kind == _OBJECT:
            if last is not None:
                yield last
            last, place = _object(data, place), b""
        elif kind == _TEXT and last is not None and len(data) >= 12:
            awaited = int.from_bytes(data[10:12], "little")
        elif kind == _CONTINUE and awaited and last is not None and data:
            words = data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", "replace")[:awaited]
            last.words += words.replace("\r", "\n")
            awaited -= len(words)
    if last is not None:
        yield last


def _object(data: bytes, place: bytes) -> _Object | None:
    """One object, from its record and the drawing's anchor; None for what is no control and no shape."""
    if len(place) < 18 or len(data) < 10 or int.from_bytes(data[:2], "little") != _COMMON:
        return None
    _, left, right, top, down, _, _, bottom, last_down = struct.unpack("<9H", place)
    kind, _, flags = struct.unpack("<HHH", data[4:10])
    row = int(top + (down / _HEIGHT + bottom - top + last_down / _HEIGHT) / 2) if bottom >= top else top
    found = _Object(kind, (row, left + (right >= 0.9 * _WIDTH)), right, top)
    parts = dict(reversed(list(_parts(data))))
    state = parts.get(_TICK) or parts.get(_OLD_TICK) or b""  # LibreOffice writes the older part alone
    found.ticked = state[:2] == b"\x01\x00"
    if not flags & _FILTER and (choices := parts.get(_CHOICES)):
        formula = int.from_bytes(choices[:2], "little")
        found.chosen = int.from_bytes(choices[4 + formula : 6 + formula], "little") > 0
    return found


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of an object's record; the choices of a list come last and have no true length."""
    place = 0
    while place + 4 <= len(data):
        part, size = struct.unpack("<HH", data[place : place + 4])
        yield part, data[place + 4 :] if part == _CHOICES else data[place + 4 : place + 4 + size]
        if part == _CHOICES:
            return
        place += 4 + size


def _start(stream: bytes, number: int) -> int:
    """Where the records of a sheet begin; the end of the stream where there is no such sheet."""
    places = [int.from_bytes(data[:4], "little") for kind, data in _records(stream, 0) if kind == _BOUND_SHEET]
    return places[number] if number < len(places) else len(stream)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of this part of the stream, with what is nested in it left out."""
    place, depth = start, 0
    for _ in range(_MOST_RECORDS):
        if place + 4 > len(stream):
            return
        kind, size = struct.unpack("<HH", stream[place : place + 4])
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
