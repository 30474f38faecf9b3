"""Makes messages as Outlook saves them (.msg), and the file of streams that one is (MS-CFB, version 3)."""

import datetime as dt
import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
"""Streams and storages by name."""

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BEGINNING = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def outlook_message(
    body: str = "Please find attached.",
    *,
    attachments: "tuple[Tree, ...]" = (),
    texts: Mapping[int, str] | None = None,
    binaries: Mapping[int, bytes] | None = None,
    numbers: Mapping[int, int] | None = None,
    delivered: dt.datetime | None = None,
    within: bool = False,
) -> Tree:
    """The tree of a message; further properties by their numbers. `within` another one its header is shorter."""
    found = {0x001A: "IPM.Note", 0x0037: "Referral", 0x1000: body, **(texts or {})}
    tree: dict[str, bytes | Tree] = {
        f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in found.items() if text
    }
    tree |= {f"__substg1.0_{number:04X}0102": content for number, content in (binaries or {}).items()}
    fixed = b"".join(struct.pack("<HHIQ", 3, number, 6, value) for number, value in (numbers or {}).items())
    if delivered is not None:
        ticks = int((delivered - _BEGINNING) / dt.timedelta(microseconds=1)) * 10
        fixed += struct.pack("<HHIQ", 0x0040, 0x0E06, 6, ticks)
    tree["__properties_version1.0"] = bytes(24 if within else 32) + fixed
    return tree | {f"__attach_version1.0_#{number:08X}": each for number, each in enumerate(attachments)}


def attached(name: str, content: bytes, *, texts: Mapping[int, str] | None = None, short: str = "FORM~1.DOC") -> Tree:
    """An attached file under its long name, with the short one that Outlook keeps beside it."""
    found = {0x3704: short, 0x3707: name, **(texts or {})}
    tree: dict[str, bytes | Tree] = {
        f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in found.items()
    }
    return tree | {"__substg1.0_37010102": content, "__properties_version1.0": _of_attachment(1)}


def attached_message(message: Tree) -> Tree:
    """An attached message, made with `within`."""
    return {"__substg1.0_3701000D": message, "__properties_version1.0": _of_attachment(5)}


def linked(name: str) -> Tree:
    """An attachment that is only a link."""
    return {"__substg1.0_3707001F": name.encode("utf-16-le"), "__properties_version1.0": _of_attachment(4)}


def _of_attachment(method: int) -> bytes:
    return bytes(8) + struct.pack("<HHIQ", 3, 0x3705, 6, method)


def file_of_streams(tree: Tree) -> bytes:
    """The tree as one file."""
    entries: list[tuple[str, int, bytes, list[int]]] = []
    _list("Root Entry", tree, entries)
    small, starts = bytearray(), []
    large: list[tuple[int, bytes]] = []
    for index, (_, kind, content, _) in enumerate(entries):
        if kind != 2 or not content:
            starts.append(_END)
        elif len(content) < _SMALL:
            starts.append(len(small) // _SMALL_SECTOR)
            small += content + bytes(-len(content) % _SMALL_SECTOR)
        else:
            starts.append(_END)
            large.append((index, content))
    small_fat = _chains([len(c) for _, k, c, _ in entries if k == 2 and 0 < len(c) < _SMALL], _SMALL_SECTOR)
    pieces = [*large, (-1, bytes(small)), (-2, _packed(small_fat)), (-3, bytes(128 * len(entries)))]
    places, total = {}, 0
    for index, content in pieces:
        places[index] = total if content else _END
        total += -(-len(content) // _SECTOR)
    for index, _ in large:
        starts[index] = places[index]
    starts[0] = places[-1]
    directory = _directory(entries, starts, len(small))
    tables = next(count for count in range(1, 110) if -(-(total + count) // 128) <= count)
    fat = _chains([len(content) for _, content in pieces], _SECTOR) + [_FAT] * tables
    body = b"".join(_filled(directory if index == -3 else content) for index, content in pieces)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIIII", 0, tables, places[-3], 0, _SMALL, places[-2], -(-len(small_fat) // 128), _END, 0, total
    )
    header += b"".join(struct.pack("<I", total + number if number < tables else _FREE) for number in range(1, 109))
    return header + body + _packed(fat)


def _list(name: str, content: bytes | Tree, entries: list[tuple[str, int, bytes, list[int]]]) -> int:
    """Add an entry and those below it to the list; its number."""
    number = len(entries)
    kind = 2 if isinstance(content, bytes) else 5 if number == 0 else 1
    below: list[int] = []
    entries.append((name, kind, content if isinstance(content, bytes) else b"", below))
    if not isinstance(content, bytes):
        below += [_list(inner, tree, entries) for inner, tree in content.items()]
    return number


def _directory(entries: list[tuple[str, int, bytes, list[int]]], starts: list[int], small: int) -> bytes:
    """The directory; what stands side by side is a chain to the right."""
    right = {one: other for _, _, _, below in entries for one, other in pairwise(below)}
    rows = b""
    for index, (name, kind, content, below) in enumerate(entries):
        letters = name.encode("utf-16-le") + b"\0\0"
        rows += letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
        rows += struct.pack("<III", _FREE, right.get(index, _FREE), below[0] if below else _FREE) + bytes(36)
        rows += struct.pack("<IQ", starts[index], small if kind == 5 else len(content))
    return rows


def _chains(sizes: list[int], sector: int) -> list[int]:
    """For each sector the next one, for contents of these sizes that stand one after another."""
    table: list[int] = []
    for size in sizes:
        count = -(-size // sector)
        table += [*range(len(table) + 1, len(table) + count), _END] if count else []
    return table


def _packed(table: list[int]) -> bytes:
    full = table + [_FREE] * (-len(table) % 128)
    return struct.pack(f"<{len(full)}I", *full)


def _filled(content: bytes) -> bytes:
    return content + bytes(-len(content) % _SECTOR)
