"""The agencies' side of the demo: each makes a key of its own, and opens with it what was sent to it."""

import contextlib
import datetime as dt
import email
import email.policy
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from marac.agency import Agency
from marac.delivery.gnupg_program import program_path
from marac.demo.agencies import AGENCIES
from marac.errors import SealingError
from marac.files import private_folder, write_whole

_SECONDS = 120
_PUBLIC_KEY = "public-key.asc"
_PAPERS = " on "
"""What stands in the subject of a sealed message before the day of its meeting."""


@dataclass(frozen=True, slots=True)
class Received:
    """A sealed document that has come, and the message that it came with."""

    message_id: str
    subject: str
    sealed: Path
    opened: Path
    """Where its reader has it open; there once it was opened."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An agency with a folder of its own, where its secret key is: only it can open what is sealed for it."""

    agency: Agency
    folder: Path

    @property
    def home(self) -> Path:
        """Its GnuPG home."""
        return self.folder / "gnupg"

    @property
    def public_key(self) -> Path:
        """The file that it gives to the coordinator."""
        return self.folder / _PUBLIC_KEY

    def make_key(self) -> str:
        """Make its key, as the agency would on its own computer; the fingerprint, which it reads out over the telephone.

        The key is made in a short temporary folder and then moved: GnuPG's agent needs a short path, and the demo's
        folder can stand anywhere.

        Raises:
            SealingError: GnuPG is missing or refuses.
        """
        private_folder(self.folder)
        owner = f"{self.agency.name} (invented) <{self.agency.email}>"
        with tempfile.TemporaryDirectory(prefix="mk", ignore_cleanup_errors=True) as place:
            home = Path(place)
            try:
                _gpg(home, "--passphrase", "", "--quick-generate-key", owner, "future-default", "default", "2y")
                fingerprint = _fingerprint(_gpg(home, "--with-colons", "--list-keys").decode())
                write_whole(self.public_key, _gpg(home, "--armor", "--export", fingerprint))
            finally:
                _end_agent(home)
            shutil.copytree(home, self.home, ignore=_LEFT_BEHIND)
        private_folder(self.home)
        return fingerprint

    def secret_key(self) -> bytes:
        """Its secret key, as it would be moved to another computer.

        Raises:
            SealingError: GnuPG refuses.
        """
        with self._short_home() as home:
            return _gpg(home, "--passphrase", "", "--armor", "--export-secret-keys")

    def sealed_for(self, public_key: Path, content: bytes) -> bytes:
        """A file that this agency seals for somebody's key.

        Raises:
            SealingError: GnuPG refuses.
        """
        with self._short_home() as home:
            source = home / "source"
            source.write_bytes(content)
            return _gpg(home, "--recipient-file", str(public_key), "--output", "-", "--encrypt", str(source))

    def open_new(self, sent: Path) -> tuple[Received, ...]:
        """Save what was sent to it, as its mail program would, and open what it has not opened yet with its own key.

        Raises:
            SealingError: GnuPG does not open something.
        """
        found = tuple(self._saved(message) for message in _messages_to(self.agency.email, sent))
        new = [each for each in found if not each.opened.is_file()]
        if new:
            with self._short_home() as home:
                for each in new:
                    write_whole(each.opened, _gpg(home, "--decrypt", str(each.sealed)))
        return found

    def last(self, kind: str, sent: Path) -> Received:
        """The newest document of a kind that it has opened."""
        return [each for each in self.open_new(sent) if each.opened.name.startswith(f"{kind} ")][-1]

    def _saved(self, message: EmailMessage) -> Received:
        """The sealed file of a message, saved with the day of its meeting in its name."""
        attachment = next(message.iter_attachments())
        stem, _, ending = str(attachment.get_filename()).partition(".")
        told = str(message["Subject"]).rpartition(_PAPERS)[2]
        name = f"{stem} {dt.datetime.strptime(told, '%d %B %Y').date()}.{ending}"  # noqa: DTZ007 - a day has no zone
        content = attachment.get_payload(decode=True)
        sealed = _place(private_folder(self.folder / "received"), name, content if isinstance(content, bytes) else b"")
        opened = private_folder(self.folder / "opened") / sealed.name.removesuffix(".pgp")
        return Received(str(message["Message-ID"]), str(message["Subject"]), sealed, opened)

    @contextlib.contextmanager
    def _short_home(self) -> Iterator[Path]:
        """A copy of its GnuPG home in a place with a short path, which GnuPG's agent needs."""
        with tempfile.TemporaryDirectory(prefix="mk", ignore_cleanup_errors=True) as place:
            home = Path(place)
            shutil.copytree(self.home, home, dirs_exist_ok=True, ignore=_LEFT_BEHIND)
            private_folder(home)
            try:
                yield home
            finally:
                _end_agent(home)


_LEFT_BEHIND = shutil.ignore_patterns("S.*", "*.lock", ".#*")
"""What GnuPG's agent puts into its home for as long as it runs."""


def correspondents(folder: Path) -> tuple[Correspondent, ...]:
    """The demo's agencies, each with its folder below this one."""
    return tuple(Correspondent(agency, folder / agency.id) for agency in AGENCIES)


def _place(folder: Path, name: str, content: bytes) -> Path:
    """Where a file is saved; under the next number, where another one of its name is there."""
    stem, _, ending = name.partition(".")
    place, number = folder / name, 1
    while place.is_file() and place.read_bytes() != content:
        number += 1
        place = folder / f"{stem} ({number}).{ending}"
    if not place.is_file():
        write_whole(place, content)
    return place


def _messages_to(address: str, sent: Path) -> Iterator[EmailMessage]:
    """The messages to an address that carry a sealed file, in the order in which they left."""
    for path in sorted(sent.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns):
        message = _message(path)
        if address in str(message["To"]) and list(message.iter_attachments()):
            yield message


@cache
def _message(path: Path) -> EmailMessage:
    """A message that left; no file of one is ever changed."""
    return email.message_from_bytes(path.read_bytes(), EmailMessage, policy=email.policy.default)


def _fingerprint(listing: str) -> str:
    return next(line.split(":")[9] for line in listing.splitlines() if line.startswith("fpr:"))


def _gpg(home: Path, *words: str) -> bytes:
    command = [program_path(), "--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback", *words]
    try:
        return subprocess.run(
            command, capture_output=True, check=True, timeout=_SECONDS, stdin=subprocess.DEVNULL
        ).stdout
    except (OSError, subprocess.SubprocessError):
        raise SealingError(
            "GnuPG could not do its part of the demo. Does `gpg --version` work in a terminal?"
        ) from None


def _end_agent(home: Path) -> None:
    """End the agent that gpg started to make the key."""
    agent = shutil.which("gpgconf")
    if agent:
        subprocess.run(
            [agent, "--homedir", str(home), "--kill", "all"], capture_output=True, check=False, timeout=_SECONDS
        )
