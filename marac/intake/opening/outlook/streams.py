"""How an Outlook message (.msg) keeps what it holds: properties and streams in a file of streams (MS-OXMSG, MS-CFB)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

_LARGEST = 40 * 1024 * 1024
_LARGEST_TOTAL = 120 * 1024 * 1024
_ENTRY = 16
_WHOLE_NUMBER, _MOMENT = 0x0003, 0x0040
_CODE_PAGES = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 28605: "iso8859-15", 1200: "utf-16-le"}
_BEGINNING_OF_TIME = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)  # from which Windows counts tenths of a microsecond
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_EMBEDDED = "__substg1.0_3701000D"


class TooLargeError(Exception):
    """The file holds more than any message."""


@dataclass(slots=True)
class Streams:
    """The open file, and how many bytes may still be read from it: its streams may share what they are made of."""

    file: Any = field(repr=False)
    left: int = _LARGEST_TOTAL

    def content(self, path: tuple[str, ...]) -> bytes | None:
        """The bytes of a stream; None where there is none.

        Raises:
            TooLargeError: it is larger than any attachment, or all of them together are.
        """
        if not self.file.exists(list(path)) or self.file.get_type(list(path)) != _A_STREAM:
            return None
        size = self.file.get_size(list(path))
        self.left -= size
        if size > _LARGEST or self.left < 0:
            raise TooLargeError
        content: bytes = self.file.openstream(list(path)).read()
        return content


_A_STREAM = 2


class Storage:
    """A message, an attachment, or a message within an attachment: its properties by their numbers (MS-OXPROPS)."""

    def __init__(self, streams: Streams, path: tuple[str, ...] = ()) -> None:
        """The storage at `path`; the whole file's is the message itself."""
        self._streams = streams
        self._path = path
        fixed = streams.content((*path, _PROPERTIES)) or b""
        header = 32 if not path else 24 if path[-1] == _EMBEDDED else 8
        entries = [fixed[at : at + _ENTRY] for at in range(header, len(fixed) - _ENTRY + 1, _ENTRY)]
        self._fixed = {int.from_bytes(entry[:4], "little"): entry[8:16] for entry in entries}

    def text(self, number: int) -> str:
        """A property of text; empty where it has none."""
        wide = self._streams.content((*self._path, f"__substg1.0_{number:04X}001F"))
        if wide is not None:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        narrow = self._streams.content((*self._path, f"__substg1.0_{number:04X}001E"))
        return self.decoded(narrow or b"", 0x3FFD).rstrip("\0")

    def binary(self, number: int) -> bytes | None:
        """A property of bytes; None where it has none."""
        return self._streams.content((*self._path, f"__substg1.0_{number:04X}0102"))

    def number(self, number: int) -> int:
        """A whole number or a yes (1); 0 where it has none."""
        found = [value for tag, value in self._fixed.items() if tag >> 16 == number]
        return int.from_bytes(found[0][:4], "little") if found else 0

    def moment(self, number: int) -> dt.datetime | None:
        """A date with its time; None where it has none."""
        value = self._fixed.get(number << 16 | _MOMENT)
        try:
            ticks = int.from_bytes(value or b"", "little")
            return _BEGINNING_OF_TIME + dt.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def decoded(self, content: bytes, page: int) -> str:
        """Bytes as text by the code page that the property `page` names."""
        named = self._fixed.get(page << 16 | _WHOLE_NUMBER, b"")
        return decoded_by(content, int.from_bytes(named[:4], "little"))

    def attachments(self) -> list["Storage"]:
        """The attachments, in their order."""
        depth = len(self._path)
        names = {
            entry[depth]
            for entry in self._streams.file.listdir(streams=False, storages=True)
            if tuple(entry[:depth]) == self._path and len(entry) == depth + 1 and entry[depth].startswith(_ATTACHMENT)
        }
        return [Storage(self._streams, (*self._path, name)) for name in sorted(names)]

    def embedded(self) -> "Storage | None":
        """The message that this attachment is; None where it is a file or an object."""
        inner = (*self._path, _EMBEDDED)
        return Storage(self._streams, inner) if self._streams.file.exists([*inner, _PROPERTIES]) else None


def decoded_by(content: bytes, code_page: int) -> str:
    """Bytes as text by a code page of Windows; 0 or one that nobody has heard of counts as the western one."""
    try:
        return content.decode(_CODE_PAGES.get(code_page, f"cp{code_page or 1252}"), errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")
