"""Sealing for one agency: a private keyring with pinned keys, and files that exactly one of them can open."""

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marac.delivery.keys import ADVICE, Key, KeyState, full_fingerprint, key_of, state_of
from marac.delivery.packets import NotSealedError, sealed_for
from marac.errors import SealingError

if TYPE_CHECKING:
    from marac.delivery.gnupg_program import PatientGnuPG

__all__ = ["Key", "KeyState", "Keyring", "full_fingerprint"]

_LARGEST_KEY_FILE = 5_000_000  # bytes; a key with hundreds of signatures on it is far smaller
_GPG_CONF = "batch\nno-tty\nno-autostart\nno-auto-key-locate\nno-auto-key-retrieve\nno-greeting\n"
_COMMON_CONF = "# Kept empty on purpose: keys stay in pubring.kbx, and no key daemon is started.\n"


class Keyring:
    """The agencies' public keys, in a folder of our own that nobody else can read.

    No agency's secret key ever enters it; the MARAC's own may lie there, to open what was sealed for it.
    """

    def __init__(self, home: Path, *, program: str | None = None, timeout_seconds: float = 60) -> None:
        """A keyring in a folder, which is made at the first use.

        Args:
            home: The folder; it must be ours, private and no link.
            program: The gpg to run; the one on the PATH where it is None.
            timeout_seconds: How long one gpg may take.
        """
        self.home = home
        self._program = program
        self._timeout_seconds = timeout_seconds
        self._opened: PatientGnuPG | None = None

    def keys_in(self, content: bytes) -> tuple[Key, ...]:
        """The keys in a file, looked at without importing anything.

        Raises:
            SealingError: the file holds a secret key, or no key, or gpg fails.
        """
        _refuse_before_gpg_sees_it(content)
        with tempfile.TemporaryDirectory(prefix="marac-") as passing:
            gpg = self._gpg_at(Path(passing))
            _imported(gpg, content)
            return tuple(key_of(entry) for entry in _listed(gpg))

    def add(self, content: bytes, fingerprint: str) -> Key:
        """Import one key out of a file, known by its full fingerprint; every other key in the file stays out.

        The key already there is brought up to date: a new end, new owners, a revocation.

        Raises:
            SealingError: the file holds a secret key, or not this key, or gpg fails.
        """
        wanted = full_fingerprint(fingerprint)
        _refuse_before_gpg_sees_it(content)
        with tempfile.TemporaryDirectory(prefix="marac-") as passing:
            gpg = self._gpg_at(Path(passing))
            _imported(gpg, content)
            if not _listed(gpg, wanted):
                raise SealingError("The file does not hold the key with this fingerprint. Nothing was imported.")
            # not `minimal`: that leaves out revoked parts, which then would stay good in the keyring
            alone = gpg.export_keys(f"0x{wanted}", armor=False)
        _imported(self._gpg(), alone)
        found = self._found(wanted)
        if found is None:
            raise SealingError("GnuPG did not take the key in. Nothing was imported.")
        return found

    def state(self, fingerprint: str, on: dt.date) -> KeyState:
        """Whether a key can be used on a day; it counts as expired from the day on which it ends.

        Raises:
            SealingError: that is no full fingerprint, or gpg fails.
        """
        return state_of(self._found(full_fingerprint(fingerprint)), on)

    def seal(self, content: bytes, fingerprint: str) -> bytes:
        """The content, encrypted so that this key alone opens it; read back and checked before it is returned.

        Raises:
            SealingError: the key is missing, expired, revoked or cannot encrypt, gpg fails, or what it wrote is not a
                message for exactly this key.
        """
        wanted = full_fingerprint(fingerprint)
        key = self._found(wanted)
        if key is None:
            raise SealingError(ADVICE["missing"])
        if key.revoked or key.expired or not key.can_encrypt:
            raise SealingError(ADVICE["revoked" if key.revoked else "expired" if key.expired else "cannot encrypt"])
        sealed = self._encrypted(content, wanted)
        _refuse_unless_sealed(sealed, content, key)
        return sealed

    def is_sealed_for(self, sealed: bytes, fingerprint: str) -> bool:
        """Whether a file, sealed at any time before, can be opened with this key and with no other.

        Raises:
            SealingError: that is no full fingerprint, or gpg fails.
        """
        key = self._found(full_fingerprint(fingerprint))
        try:
            openers = sealed_for(sealed)
        except NotSealedError:
            return False
        return key is not None and len(openers) == 1 and openers[0] in key.encryption_keys

    def _encrypted(self, content: bytes, fingerprint: str) -> bytes:
        gpg = self._gpg()
        try:
            result = gpg.encrypt(content, [f"0x{fingerprint}"], always_trust=True, armor=False)
        except (OSError, ValueError):
            raise SealingError(_failure(gpg)) from None
        if gpg.timed_out or not result.ok or result.returncode != 0 or not result.data:
            raise SealingError(_failure(gpg))
        return bytes(result.data)

    def _found(self, fingerprint: str) -> Key | None:
        found = _listed(self._gpg(), fingerprint)
        return key_of(found[0]) if found else None

    def _gpg(self) -> "PatientGnuPG":
        if self._opened is None or self._opened.timed_out:
            _prepare(self.home)
            self._opened = self._gpg_at(self.home)
        return self._opened

    def _gpg_at(self, home: Path) -> "PatientGnuPG":
        from marac.delivery.gnupg_program import opened

        return opened(home, program=self._program, timeout_seconds=self._timeout_seconds)


def _prepare(home: Path) -> None:
    """Make the folder, private and ours, with GnuPG's settings for it; refuse one that others could read or swap."""
    try:
        home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if home.is_symlink():
            raise SealingError("The keyring folder is a link to another place. Name the folder itself in config.toml.")
        home.mkdir(mode=0o700, exist_ok=True)
        _refuse_unless_private(home)
        for name, text in (("gpg.conf", _GPG_CONF), ("common.conf", _COMMON_CONF)):
            settings = home / name
            if not settings.is_file() or settings.read_text(encoding="utf-8") != text:
                settings.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        raise SealingError(
            "The keyring folder cannot be read or written. Is the disk full, or the folder read-only?"
        ) from None


def _refuse_unless_private(home: Path) -> None:
    if os.name == "nt":  # there, the folder has the rights of the profile or drive that it is in
        return
    facts = home.stat()
    if facts.st_uid != os.getuid():
        raise SealingError(
            "The keyring folder belongs to another user. Nothing is sealed with keys that others can swap."
        )
    if facts.st_mode & 0o077:
        raise SealingError(
            "The keyring folder can be read by other users. Close it to them (chmod 700), then try again."
        )


def _refuse_before_gpg_sees_it(content: bytes) -> None:
    """Refuse a secret key: an agency that sends its secret key must be told, and make a new one."""
    if len(content) > _LARGEST_KEY_FILE:
        raise SealingError("This file is far too large to be a key. Ask the agency to export its own key only.")
    if b"PRIVATE KEY BLOCK" in content or (content[:1] and content[0] & 0x80 and _tag(content[0]) in {5, 7}):
        raise SealingError(
            "This file holds a secret key. Nothing was imported. Delete the file, and tell the agency that its secret "
            "key has left its hands: it needs a new one, and should send the public key only."
        )


def _tag(first: int) -> int:
    return first & 0x3F if first & 0x40 else first >> 2 & 0x0F


def _listed(gpg: "PatientGnuPG", fingerprint: str | None = None) -> list[Mapping[str, Any]]:
    """The keys in the keyring, or the one with a full fingerprint."""
    try:
        listed = gpg.list_keys(keys=f"0x{fingerprint}" if fingerprint else None)
    except (OSError, ValueError, LookupError):
        raise SealingError(_failure(gpg)) from None
    if gpg.timed_out:
        raise SealingError(_failure(gpg))
    return [key for key in listed if fingerprint in {None, key.get("fingerprint")}]


def _imported(gpg: "PatientGnuPG", content: bytes) -> None:
    try:
        result = gpg.import_keys(content)
    except (OSError, ValueError):
        raise SealingError(_failure(gpg)) from None
    if gpg.timed_out:
        raise SealingError(_failure(gpg))
    if getattr(result, "sec_read", 0):
        raise SealingError("This file holds a secret key. Nothing was imported. Delete the file and tell the agency.")
    if not result.fingerprints:
        raise SealingError("There is no OpenPGP public key in this file. Ask the agency to export its key again.")


def _failure(gpg: "PatientGnuPG") -> str:
    if gpg.timed_out:
        return "GnuPG (gpg) took too long and was stopped. Nothing was sealed or sent. Try again."
    return (
        "GnuPG (gpg) failed, so nothing was sealed or sent. Is the disk full? If not, `marac doctor` says more about "
        "GnuPG on this machine."
    )


def _refuse_unless_sealed(sealed: bytes, content: bytes, key: Key) -> None:
    """Read the packets back: gpg's word that all went well is not enough (it has said so with a full disk)."""
    try:
        openers = sealed_for(sealed)
    except NotSealedError:
        raise SealingError("What GnuPG wrote is not a sealed file. It was thrown away; nothing was sent.") from None
    if len(openers) != 1 or openers[0] not in key.encryption_keys:
        raise SealingError("What GnuPG wrote could be opened with another key. It was thrown away; nothing was sent.")
    if content and content[:64] in sealed:
        raise SealingError("What GnuPG wrote can be read by anybody. It was thrown away; nothing was sent.")
