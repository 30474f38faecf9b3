"""The agencies' side of the demo: each makes a key of its own, and finds the letters that were sent to it."""

import email
import email.policy
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from marac.case import Agency
from marac.delivery.gnupg_program import program_path
from marac.demo.agencies import AGENCIES
from marac.errors import SealingError
from marac.files import private_folder, write_whole

_SECONDS = 120
_PUBLIC_KEY = "public-key.asc"


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
            shutil.copytree(home, self.home, ignore=shutil.ignore_patterns("S.*", "*.lock", ".#*"))
        private_folder(self.home)
        return fingerprint

    def received(self, sent: Path) -> tuple[Path, ...]:
        """The sealed documents that were sent to it, saved in its folder as its mail program would."""
        return tuple(self._saved(message) for message in _messages_to(self.agency.email, sent))

    def _saved(self, message: EmailMessage) -> Path:
        attachment = next(message.iter_attachments())
        path = self.folder / str(attachment.get_filename())
        content = attachment.get_payload(decode=True)
        write_whole(path, content if isinstance(content, bytes) else b"")
        return path


def correspondents(folder: Path) -> tuple[Correspondent, ...]:
    """The demo's agencies, each with its folder below this one."""
    return tuple(Correspondent(agency, folder / agency.id) for agency in AGENCIES)


def _messages_to(address: str, sent: Path) -> Iterator[EmailMessage]:
    for path in sorted(sent.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if address in str(message["To"]) and isinstance(message, EmailMessage):
            yield message


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
            "GnuPG could not make a key for the demo. Does `gpg --version` work in a terminal?"
        ) from None


def _end_agent(home: Path) -> None:
    """End the agent that gpg started to make the key."""
    agent = shutil.which("gpgconf")
    if agent:
        subprocess.run(
            [agent, "--homedir", str(home), "--kill", "all"], capture_output=True, check=False, timeout=_SECONDS
        )
