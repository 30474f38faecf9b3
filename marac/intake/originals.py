"""What arrived, byte for byte, kept under its sha256 before anything else is done with it, and never changed."""

import hashlib
from pathlib import Path

from marac.files import private_folder, write_whole

_SUFFIXES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)
_STREAMS = (("__properties_version1.0", ".msg"), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("", ".ole"))


class Originals:
    """A folder of originals: `ab/ab12….eml`, each readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when the first original is kept."""
        self._folder = folder

    def keep(self, content: bytes, suffix: str | None = None) -> str:
        """Keep these bytes; their sha256. They are on the disk when this returns.

        Raises:
            StoreError: they cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._place(sha256, suffix or suffix_of(content))
        if not path.is_file() or path.stat().st_size != len(content):
            private_folder(self._folder)
            private_folder(path.parent)
            write_whole(path, content)
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the original with this sha256 stands.

        Raises:
            FileNotFoundError: it was never kept, or somebody took it away.
        """
        found = next(self._folder.glob(f"{sha256[:2]}/{sha256}.*"), None)
        if found is None:
            raise FileNotFoundError(sha256)
        return found

    def holds(self, sha256: str) -> bool:
        """Whether the original with this sha256 is there."""
        return next(self._folder.glob(f"{sha256[:2]}/{sha256}.*"), None) is not None

    def _place(self, sha256: str, suffix: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}{suffix}"


def suffix_of(content: bytes) -> str:
    """A suffix by which a person's computer opens the file with the right program; by its bytes, not by its name."""
    if content.startswith(b"PK\x03\x04"):
        for folder, suffix in ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"opendocument.text", ".odt")):
            if folder in content:
                return suffix
        return ".zip"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return next(suffix for stream, suffix in _STREAMS if stream.encode("utf-16-le") in content)
    return next((suffix for start, suffix in _SUFFIXES if content.lstrip()[:8].startswith(start)), ".bin")
