"""A folder as mailbox: saved messages, bare form files, or a Maildir. And a folder that letters are written to."""

import datetime as dt
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from marac.errors import MailboxError, RefusedError, StoreError
from marac.files import sync_folder, write_whole
from marac.mailbox.arrivals import Arrival, LooseFiles
from marac.mailbox.maildir import Maildir, is_maildir
from marac.mailbox.protocol import Item, Letter, Oddity, Outcome

OUTCOMES: tuple[Outcome, ...] = ("processed", "needs-a-person")

SETTLING_SECONDS = 2.0
"""How long a file must have been left alone before it counts as whole."""


class FolderInbox:
    """A folder whose files are messages waiting; `processed` and `needs-a-person` stand beside it."""

    verbatim = True

    def __init__(
        self,
        path: Path,
        settling_seconds: float = SETTLING_SECONDS,
        now: Callable[[], float] = time.time,
        pause: Callable[[float], bool | None] = time.sleep,
    ) -> None:
        self._path = path
        self._maildir = Maildir(path)
        self._loose_files = LooseFiles(path, settling_seconds, now, pause)
        self._listed: dict[str, Path] = {}

    @property
    def name(self) -> str:
        """The mailbox as the books call it."""
        return f"folder {self._path.name}"

    def __enter__(self) -> Self:
        """Make the folders of the outcomes, where they are missing.

        Raises:
            MailboxError: there is no such folder, or messages could not be moved out of it.
        """
        with self._in_words():
            if not self._path.is_dir():
                raise NotADirectoryError
            for beside in map(self._path.with_name, OUTCOMES):
                beside.mkdir(mode=0o700, exist_ok=True)
                if beside.stat().st_dev != self._path.stat().st_dev:
                    raise MailboxError(
                        f"{self._path} and {beside} are on different drives, so messages cannot be moved safely from one "
                        "to the other. Make the inbox a folder inside the shared drive, and name that one in config.toml."
                    )
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Nothing has to be closed."""

    def waiting(self) -> Iterator[Item]:
        """Every message that is there whole, oldest first. One that is still being saved is found by the next listing.

        Raises:
            MailboxError: the folder is not there, or cannot be listed.
        """
        with self._in_words():
            found = sorted(self._files().settled(), key=lambda arrival: (arrival.modified_ns, arrival.filed_as))
        self._listed = {arrival.id: arrival.path for arrival in found}
        return (Item(arrival.id, _moment(arrival.modified_ns), arrival.size, arrival.file_name) for arrival in found)

    def oddities(self) -> Sequence[Oddity]:
        """Links, folders, abandoned downloads, and what else lies in the folder and is not taken in.

        Raises:
            MailboxError: the folder is not there, or cannot be listed.
        """
        with self._in_words():
            return self._files().oddities()

    def raw(self, item: Item) -> bytes:
        """The file's bytes.

        Raises:
            MailboxError: it is no longer there, has changed since it was listed, or cannot be read.
        """
        with self._in_words():
            arrival = self._still_there(item)
            content = None if arrival is None else _bytes_of(arrival.path)
            if arrival is None or content is None or len(content) != arrival.size or self._still_there(item) is None:
                raise MailboxError(
                    "A message was moved or changed while it was being read. The next run looks at it again."
                )
        return content

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the file beside the inbox, under its own name or a numbered one; nothing is ever overwritten.

        Raises:
            MailboxError: it could not be moved, and is still waiting.
        """
        with self._in_words():
            arrival = self._still_there(item)
            if arrival is None:
                return
            folder = self._path.with_name(outcome)
            _move(arrival.path, folder, arrival.filed_as)
            sync_folder(folder)
            sync_folder(arrival.path.parent)

    def _files(self) -> Maildir | LooseFiles:
        return self._maildir if is_maildir(self._path) else self._loose_files

    def _still_there(self, item: Item) -> Arrival | None:
        """The item's file: where it was listed, or else anywhere in the folder (a Maildir renames what was looked at)."""
        files = self._files()
        path = self._listed.get(item.id)
        arrival = files.at(path) if path else None
        if arrival is not None and arrival.id == item.id:
            return arrival
        return next((arrival for arrival in files.present() if arrival.id == item.id), None)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say in words what the file system refuses, by the folder's name: a file's name may be a person's."""
        try:
            yield
        except PermissionError:
            raise MailboxError(
                f"{self._path}, or a file in it, is open in another program or closed to this user. "
                "Close the file there, or ask IT for access; then run this again. No message was lost."
            ) from None
        except OSError:
            if self._path.is_dir():
                raise MailboxError(
                    f"{self._path}, or a folder beside it, cannot be read or written. Is the drive connected, and has it "
                    "room? Then run this again. No message was lost."
                ) from None
            raise MailboxError(
                f"The inbox folder is not there. Make the folder {self._path}, or connect its drive, and run this again."
            ) from None


class FolderOutbox:
    """A folder that letters are written to, one file a letter, named for its message id and nothing personal."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        """Make the folder, where it is missing.

        Raises:
            MailboxError: it cannot be made.
        """
        try:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise MailboxError(
                f"The folder for letters, {self._path}, cannot be made. Is its drive connected?"
            ) from None
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Nothing has to be closed."""

    def send(self, letter: Letter) -> None:
        """Write the letter, whole or not at all; the same letter again leaves one file.

        Raises:
            RefusedError: another letter bears the same message id.
            MailboxError: it was not written.
        """
        target = self._place(letter.message_id)
        try:
            if not target.exists():
                write_whole(target, letter.content)
            elif target.read_bytes() != letter.content:
                raise RefusedError("Another letter has already left under the same message id. This one did not leave.")
        except StoreError as error:
            raise MailboxError(f"{error} The letter did not leave.") from None
        except OSError:
            raise MailboxError(
                f"{self._path} cannot be read. The letter did not leave. Is the drive connected?"
            ) from None

    def was_sent(self, message_id: str) -> bool:
        """Whether a letter with this id is in the folder."""
        return self._place(message_id).exists()

    def _place(self, message_id: str) -> Path:
        return self._path / f"{hashlib.sha256(message_id.strip().encode()).hexdigest()[:32]}.eml"


def _moment(modified_ns: int) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(modified_ns / 1e9, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None  # a time that no calendar has; some programs write such


def _bytes_of(path: Path) -> bytes | None:
    """The bytes of a regular file; None where something else has taken its place since it was looked at."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def _move(source: Path, folder: Path, name: str) -> None:
    """Move a file into a folder on the same drive, under a name that is first made ours, so that nothing is replaced."""
    target = _place_for(folder, name)
    target.touch(mode=0o600)
    try:
        source.replace(target)
        target.chmod(0o600)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _place_for(folder: Path, name: str) -> Path:
    """The name, or else the name with a number; an empty file of that name is what a killed run left of making it ours."""
    target, number = folder / name, 1
    while os.path.lexists(target) and not (target.is_file() and not target.is_symlink() and target.stat().st_size == 0):
        number += 1
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return target
