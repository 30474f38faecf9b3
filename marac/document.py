"""What crosses the border: a file that arrives or leaves."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its name, its kind and its bytes.

    The name may hold a person's name, so it stays out of `repr`, logs and errors; `sha256` is what those say.
    """

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The identity of the bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ARCHIVE = "application/zip"
JSON = "application/json"
MESSAGE = "message/rfc822"
TEXT = "text/plain"
HTML = "text/html"
