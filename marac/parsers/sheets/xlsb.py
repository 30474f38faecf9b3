"""Binary Excel workbooks (.xlsb): the values of the visible sheets, as python-calamine reads them, and no looks.

How the sheets are made up is read here ([MS-XLSB] 2.1.4: records of a number, a size and a body), because calamine lays
a sheet out whole and ends the process where a small file spans a vast sheet.
"""

import struct
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, UnreadableDocument
from marac.parsers.ooxml import holds, package, part
from marac.parsers.sheets.calamine import values_of
from marac.parsers.sheets.excel_package import links_of
from marac.parsers.sheets.spreadsheet import Font, Sheet, blocks_of, check_extent, filled

_WORKBOOK = "xl/workbook.bin"
_DAMAGED = "The workbook is damaged: its sheets cannot be read."
_ROW, _CELLS, _SHEET, _MERGED = 0, range(1, 12), 156, 176
_VISIBLE = 0
_PLAIN = (
    "A binary workbook (.xlsb) is read without tick boxes, notes, and bold, struck or hidden words. "
    "Hold what was read against the file."
)


class Xlsb:
    """Excel workbooks that are zip packages of binary parts."""

    name = "Excel binary workbook"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package has a binary workbook."""
        return holds(document, _WORKBOOK)

    def blocks(self, document: Document) -> Iterable[Block]:
        """A table for each visible sheet with anything in it, each with a word on what was not read.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        with package(document) as archive:
            try:
                sheets = list(_sheets(archive))
            except (struct.error, ValueError, LookupError) as error:
                raise UnreadableDocument(_DAMAGED) from error
        for sheet, values in zip(sheets, values_of(document.content, [each.title for each in sheets]), strict=True):
            for at, value in values.items():
                sheet.cells[at] = filled(value, "", Font(), shaded=False, hidden=False)
                sheet.columns = max(sheet.columns, at[1] + 1)
        found = [sheet for sheet in sheets if sheet.cells]
        for sheet in found:
            sheet.unread.append(_PLAIN)
        return blocks_of(found)

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - no second library reads it
        """None: no second library reads these workbooks."""
        return None


def _sheets(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The visible sheets with their merged ranges; all sheets are held against the limits."""
    links = links_of(archive, _WORKBOOK)
    for kind, body in _records(part(archive, _WORKBOOK)):
        if kind != _SHEET:
            continue
        state = int.from_bytes(body[:4], "little")
        relation, after = _text(body, 8)
        title, _ = _text(body, after)
        link = links.get(relation)
        if link is not None and link.kind == "worksheet":
            sheet = _sheet(title, part(archive, link.target))
            if state == _VISIBLE:
                yield sheet


def _sheet(title: str, data: bytes) -> Sheet:
    check_extent(size=len(data))
    sheet = Sheet(title)
    for kind, body in _records(data):
        if kind == _ROW:
            check_extent(rows=int.from_bytes(body[:4], "little") + 1)
        elif kind in _CELLS:
            check_extent(columns=int.from_bytes(body[:4], "little") + 1)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack("<4I", body[:16])
            rows, columns = bottom - top + 1, right - left + 1
            check_extent(bottom + 1, right + 1, rows * columns)
            sheet.merged[top, left] = rows, columns
    return sheet


def _text(body: bytes, start: int) -> tuple[str, int]:
    """A text that begins with its length, and where it ends."""
    end = start + 4 + 2 * int.from_bytes(body[start : start + 4], "little")
    return body[start + 4 : end].decode("utf-16-le"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    stream = BytesIO(data)
    while stream.tell() < len(data):
        kind = stream.read(1)[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | (stream.read(1)[0] & 0x7F) << 7
        size = 0
        for shift in range(0, 28, 7):
            part_of_size = stream.read(1)[0]
            size |= (part_of_size & 0x7F) << shift
            if not part_of_size & 0x80:
                break
        yield kind, stream.read(size)
