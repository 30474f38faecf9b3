"""A Maildir: a folder into which a mail server delivers, one whole file a message, in `new` and then in `cur`.

https://cr.yp.to/proto/maildir.html
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from marac.mailbox.arrivals import Arrival, entries
from marac.mailbox.protocol import Oddity

_OF_THE_SERVER = ("dovecot", "courier", "maildir", "subscriptions", ".")
"""How the names begin of what mail servers keep in a Maildir beside its messages."""


def is_maildir(folder: Path) -> bool:
    """Whether mail is delivered into this folder by a server."""
    return all((folder / part).is_dir() for part in ("cur", "new"))


class Maildir:
    """The messages of a Maildir. A message is there whole or not at all, so none has to be waited for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def present(self) -> Iterator[Arrival]:
        """Every delivered message.

        Raises:
            OSError: the folder cannot be listed.
        """
        for part in ("new", "cur"):
            for path, status in entries(self._folder / part):
                if (arrival := _arrival(path, status)) is not None:
                    yield arrival

    def at(self, path: Path) -> Arrival | None:
        """What lies at a path now."""
        try:
            return _arrival(path, path.lstat())
        except FileNotFoundError:
            return None

    def settled(self) -> list[Arrival]:
        """Every delivered message; once each, though a message may be renamed from `new` to `cur` during the look.

        Raises:
            OSError: the folder cannot be listed.
        """
        return list({arrival.id: arrival for arrival in self.present()}.values())

    def oddities(self) -> list[Oddity]:
        """What somebody put beside the messages, or among them, and no server did.

        Raises:
            OSError: the folder cannot be listed.
        """
        beside = [
            path.name
            for path, _ in entries(self._folder)
            if not path.name.startswith((*_OF_THE_SERVER, "cur", "new", "tmp"))
        ]
        among = [
            path.name
            for part in ("new", "cur")
            for path, status in entries(self._folder / part)
            if not stat.S_ISREG(status.st_mode)
        ]
        reason = (
            "Something in the inbox is no message. A mail server fills this inbox; send a form to the mailbox instead."
        )
        return [Oddity(name, reason) for name in (*beside, *among)]


def _arrival(path: Path, status: os.stat_result) -> Arrival | None:
    if not stat.S_ISREG(status.st_mode) or path.name.startswith("."):
        return None
    unique = path.name.partition(":")[0].partition(";")[0]  # what follows are flags, which change; `;` on Windows
    name = hashlib.sha256(os.fsencode(unique)).hexdigest()[:32]
    touched = max(status.st_mtime, status.st_ctime)
    return Arrival(path, name, status.st_size, status.st_mtime_ns, touched, filed_as=f"{unique}.eml")
