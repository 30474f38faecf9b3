import struct
import zipfile
from io import BytesIO

import pytest

from marac.document import Document
from marac.parsers.blocks import Line, Table, UnreadableDocument
from marac.parsers.sheets.xlsb import Xlsb

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/>'
    "</Relationships>"
)


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of [MS-XLSB]: its number, its size in seven bits a byte, and its body."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(body)
    while left > 127:
        size, left = size + bytes([left & 0x7F | 0x80]), left >> 7
    return number + size + bytes([left]) + body


def words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(rows: dict[int, tuple[str, ...]], *extra: bytes) -> Document:
    book = (
        record(131),
        record(143),
        record(156, struct.pack("<II", 0, 1) + words("rId1") + words("Form")),
        record(144),
    )
    cells = b"".join(
        record(0, struct.pack("<I", row) + bytes(21))
        + b"".join(record(6, struct.pack("<II", column, 0) + words(text)) for column, text in enumerate(row_of))
        for row, row_of in rows.items()
    )
    last = struct.pack("<4I", 0, max(rows), 0, 3)
    sheet = (record(129), record(148, last), record(145), cells, record(146), *extra, record(130))
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as target:
        target.writestr("xl/workbook.bin", b"".join((*book, record(132))))
        target.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
        target.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
    return Document("form.xlsb", "", saved.getvalue())


def test_the_values_of_a_binary_workbook_are_read_with_a_word_on_what_is_not() -> None:
    merged = record(176, struct.pack("<4I", 1, 1, 1, 2))
    table, line = Xlsb().blocks(binary_workbook({0: ("Victim name", "Ann Moss"), 1: ("Agency", "Housing")}, merged))
    assert isinstance(table, Table)
    assert isinstance(line, Line)
    assert [(cell.text, cell.columns) for cell in table.cells if cell.text] == [
        ("Victim name", 1),
        ("Ann Moss", 1),
        ("Agency", 1),
        ("Housing", 2),
    ]
    assert "Hold what was read against the file" in line.unread


def test_a_small_binary_workbook_that_is_a_vast_sheet_is_refused_before_calamine_lays_it_out() -> None:
    with pytest.raises(UnreadableDocument, match="far larger"):
        list(Xlsb().blocks(binary_workbook({0: ("x",), 1_048_575: ("y",)})))
