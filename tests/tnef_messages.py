"""Makes winmail.dat: a message as some Outlooks pack it into one attachment (MS-OXTNEF)."""

import struct
from collections.abc import Mapping, Sequence

_FILE = struct.pack("<HIIII", 1, 0, 0, 0, 0)[:14]
MESSAGE_INTERFACE = bytes.fromhex("0703020000000000c000000000000046")

Values = Mapping[tuple[int, int], bytes]
"""Properties by type and number."""


def winmail(
    body: bytes = b"",
    *,
    properties: Values | None = None,
    attachments: Sequence[bytes] = (),
    code_page: int = 1252,
) -> bytes:
    """A winmail.dat with this text in the sender's code page, and these attachments."""
    parts = [attribute(1, 0x00089006, struct.pack("<I", 0x10000))]
    parts.append(attribute(1, 0x00069007, struct.pack("<II", code_page, 0)))
    parts.append(attribute(1, 0x00078008, b"IPM.Microsoft Mail.Note\0"))
    if body:
        parts.append(attribute(1, 0x0002800C, body + b"\0"))
    if properties is not None:
        parts.append(attribute(1, 0x00069003, encoded(properties)))
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join([*parts, *attachments])


def packed_file(title: bytes, content: bytes, long_name: str = "") -> bytes:
    """An attached file: its title in the sender's code page, and beside it the long name."""
    parts = attribute(2, 0x00069002, _FILE) + attribute(2, 0x00018010, title + b"\0")
    parts += attribute(2, 0x0006800F, content)
    if long_name:
        parts += attribute(2, 0x00069005, encoded({(0x1F, 0x3707): long_name.encode("utf-16-le") + b"\0\0"}))
    return parts


def packed_object(content: bytes, name: str = "Untitled Attachment") -> bytes:
    """An attached object: a message where its bytes begin with `MESSAGE_INTERFACE`."""
    values = {(0x0D, 0x3701): content, (0x1F, 0x3001): name.encode("utf-16-le") + b"\0\0", (0x03, 0x3705): b"\5\0\0\0"}
    return attribute(2, 0x00069002, _FILE) + attribute(2, 0x00069005, encoded(values))


def attribute(level: int, number: int, value: bytes) -> bytes:
    """One attribute with its check sum."""
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def encoded(properties: Values) -> bytes:
    """Properties, one after another; a type with 0x1000 has two values, and a number from 0x8000 on has a name."""
    made = struct.pack("<I", len(properties))
    for (kind, number), value in properties.items():
        made += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            made += bytes(16) + struct.pack("<II", 1, 6) + "abc".encode("utf-16-le") + b"\0\0"
        size = struct.pack("<I", len(value)) + value + bytes(-len(value) % 4)
        if kind & 0x1000:
            made += struct.pack("<I", 2) + size * 2
        elif kind in {0x1E, 0x1F, 0x0D, 0x102}:
            made += struct.pack("<I", 1) + size
        else:
            made += value + bytes(-len(value) % 4)
    return made
