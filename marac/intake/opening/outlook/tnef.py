"""How Outlook packs a message into one attachment, winmail.dat: attributes and properties, one after another (MS-OXTNEF).

Read here rather than by a library, because the one that there is runs for hours on forty bytes that lie about a number,
drops what it cannot decode with a line in a log, and takes the zeros from the end of some files.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from marac.intake.opening.outlook.streams import decoded_by

SIGNATURE = b"\x78\x9f\x3e\x22"

_MOST_ATTRIBUTES = 5_000
_MOST_PROPERTIES = 2_000
_MOST_VALUES = 10_000
_SIZES = {0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
_NARROW, _WIDE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x0102
_SEVERAL, _NAMED = 0x1000, 0x8000
_OF_ATTACHMENT = 2
_BODY, _DATA, _TITLE, _BEGINS_ATTACHMENT, _PROPERTIES, _ATTACHMENT, _CODE_PAGE, _CLASS = (
    *(0x800C, 0x800F, 0x8010, 0x9002, 0x9003, 0x9005, 0x9007, 0x8008),
)
_AS_PROPERTY = {_BODY: 0x1000, _TITLE: 0x3704, _CLASS: 0x001A}
_DATA_OBJECT = 0x3701
_INTERFACE = 16  # bytes of the identifier before an object
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # the identifier of an embedded message


class DamagedError(Exception):
    """These bytes are cut off, or say impossible things of themselves."""


@dataclass(slots=True)
class Packed:
    """A message or an attachment in winmail.dat: its properties by their numbers (MS-OXPROPS), as `Storage` has them."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict, repr=False)
    """Properties by number: the type, and the bytes of the first value."""
    code_page: int = 1252
    content: bytes | None = field(default=None, repr=False)
    inner: "list[Packed]" = field(default_factory=list, repr=False)

    def text(self, number: int) -> str:
        """A property of text; empty where it has none."""
        kind, value = self.values.get(number, (0, b""))
        if kind == _WIDE:
            return value.decode("utf-16-le", errors="replace").rstrip("\0")
        return decoded_by(value, self.code_page).rstrip("\0") if kind == _NARROW else ""

    def binary(self, number: int) -> bytes | None:
        """A property of bytes; None where it has none."""
        if number == _DATA_OBJECT and self.content is not None:
            return self.content
        kind, value = self.values.get(number, (0, b""))
        return value if kind == _BINARY else None

    def number(self, number: int) -> int:
        """A whole number or a yes (1); 0 where it has none."""
        kind, value = self.values.get(number, (0, b""))
        return int.from_bytes(value[:4], "little") if _SIZES.get(kind, 8) <= 4 else 0

    def decoded(self, content: bytes, page: int) -> str:
        """Bytes as text by the code page that the property `page` names."""
        return decoded_by(content, self.number(page) or self.code_page)

    def attachments(self) -> "list[Packed]":
        """The attachments, in their order."""
        return self.inner

    def embedded(self) -> "Packed | None":
        """The message that this attachment is; None where it is a file or an object.

        Raises:
            DamagedError: it is cut off.
        """
        kind, value = self.values.get(_DATA_OBJECT, (0, b""))
        return unpacked(value[_INTERFACE:]) if kind == _OBJECT and value.startswith(_MESSAGE) else None


def unpacked(content: bytes) -> Packed:
    """The message in a winmail.dat. Its check sums are not looked at: some programs write wrong ones.

    Raises:
        DamagedError: it is cut off, or no winmail.dat.
    """
    message = Packed()
    try:
        for level, number, value in _attributes(content):
            if number == _CODE_PAGE:
                message.code_page = int.from_bytes(value[:4], "little")
            elif level != _OF_ATTACHMENT:
                _note(message, number, value)
            elif number == _BEGINS_ATTACHMENT:
                message.inner.append(Packed(code_page=message.code_page))
            elif message.inner:
                _note(message.inner[-1], number, value)
    except (struct.error, IndexError):
        raise DamagedError from None
    return message


def _note(whole: Packed, number: int, value: bytes) -> None:
    if number == _DATA:
        whole.content = value
    elif number in {_PROPERTIES, _ATTACHMENT}:
        whole.values.update(_properties(value))
    elif number in _AS_PROPERTY:
        whole.values.setdefault(_AS_PROPERTY[number], (_NARROW, value))


def _attributes(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, number and value of each attribute."""
    if not content.startswith(SIGNATURE):
        raise DamagedError
    at, count = 6, 0
    while content[at : at + 9].strip(b"\0"):
        level, number, size = struct.unpack_from("<BHxxI", content, at)
        at, count = at + 9, count + 1
        if at + size > len(content) or count > _MOST_ATTRIBUTES:
            raise DamagedError
        yield level, number, content[at : at + size]
        at += size + 2
    if content[at:].strip(b"\0"):  # some programs fill it up with zeros
        raise DamagedError


def _properties(content: bytes) -> dict[int, tuple[int, bytes]]:
    """Type and first value of each property by number; those that are known by name only are passed over."""
    (count,) = struct.unpack_from("<I", content, 0)
    if count > _MOST_PROPERTIES:
        raise DamagedError
    at, found = 4, dict[int, tuple[int, bytes]]()
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", content, at)
        at += 4
        if number >= _NAMED:
            at = _past_name(content, at)
        value, at = _value(content, at, kind)
        found.setdefault(number, (kind & ~_SEVERAL, value))
    return found


def _past_name(content: bytes, at: int) -> int:
    by_name, size = struct.unpack_from("<II", content, at + 16)
    return at + 24 + (_padded(size) if by_name else 0)


def _value(content: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins."""
    several, kind = bool(kind & _SEVERAL), kind & ~_SEVERAL
    fixed = _SIZES.get(kind)
    count = 1
    if several or fixed is None:
        (count,) = struct.unpack_from("<I", content, at)
        at += 4
    if count > _MOST_VALUES or (fixed is None and kind not in {_NARROW, _WIDE, _OBJECT, _BINARY}):
        raise DamagedError
    if fixed is not None:
        if at + count * fixed > len(content):
            raise DamagedError
        return content[at : at + fixed], at + _padded(count * fixed)
    first = b""
    for place in range(count):
        (size,) = struct.unpack_from("<I", content, at)
        at += 4
        if at + size > len(content):
            raise DamagedError
        first = content[at : at + size] if place == 0 else first
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    return size + -size % 4
