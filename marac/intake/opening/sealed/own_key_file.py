"""The MARAC's own OpenPGP key, taken from the file that IT made into the keyring folder, and tried out there."""

import datetime as dt
import tempfile
from pathlib import Path

from marac.delivery.keys import Key, key_of
from marac.delivery.openpgp import Keyring
from marac.errors import SealingError
from marac.files import private_folder, write_whole
from marac.intake.opening.sealed.openpgp import SECRET_HALVES, agent, unsealed
from marac.intake.opening.sealed.own_keys import MailboxKeys, StaysSealedError

_LARGEST = 5_000_000  # bytes; a key with hundreds of signatures on it is far smaller
_SECONDS = 60
_TRIAL = b"A message to see whether the key of this mailbox opens what was sealed for it."


def taken_in(content: bytes, keyring: Path) -> Key:
    """The key in a file with a secret key; both its halves are in the keyring folder from now on.

    Its passphrase stays on it and is not needed here.

    Raises:
        SealingError: the file holds no secret key or several, the key cannot be sealed for, or gpg fails.
        StoreError: the keyring folder cannot be written.
    """
    if len(content) > _LARGEST:
        raise SealingError("This file is far too large to be a key. Nothing was imported.")
    with tempfile.TemporaryDirectory(prefix="marac-", ignore_cleanup_errors=True) as passing:
        home = Path(passing)
        key, public = _imported(home, content)
        Keyring(keyring).add(public, key.fingerprint)
        folder = private_folder(keyring / SECRET_HALVES)
        for half in sorted((home / SECRET_HALVES).glob("*.key")):
            write_whole(folder / half.name, half.read_bytes())
    return key


def refuse_unless_usable(keys: MailboxKeys, on: dt.date) -> None:
    """Seal a short text for the mailbox's own key, and open it again.

    Raises:
        SealingError: the key is not in the keyring folder, or nobody can seal for it now.
        StaysSealedError: it does not open what was sealed for it.
    """
    keyring, fingerprint = Keyring(keys.keyring), keys.key or ""
    state = keyring.state(fingerprint, on)
    if state.condition == "missing":
        raise SealingError("it is not in the keyring folder; take it in with: marac keys own FILE")
    if not state.usable:
        raise SealingError(
            f"nobody can seal for it ({state.condition}); ask IT for a new or extended key, and take it in with: marac "
            "keys own FILE"
        )
    if unsealed(keyring.seal(_TRIAL, fingerprint), keys) != _TRIAL:
        raise StaysSealedError("What GnuPG opened was not what had been sealed.")


def _imported(home: Path, content: bytes) -> tuple[Key, bytes]:
    """The one key in a file, imported into a passing folder, and its public half."""
    with agent(home, None, _SECONDS) as gpg:
        read, listed = gpg.import_keys(content), gpg.list_keys()
        if gpg.timed_out or not getattr(read, "sec_read", 0) or not any((home / SECRET_HALVES).glob("*.key")):
            raise SealingError(
                "There is no OpenPGP secret key in this file, so nothing was imported. Ask IT to export the MARAC's own "
                "key with its secret half: gpg --export-secret-keys."
            )
        if len(listed) != 1:
            raise SealingError("This file holds several keys. Ask IT for one with the MARAC's own key only.")
        key = key_of(listed[0])
        _refuse_unless_it_can_open(key)
        return key, gpg.export_keys(f"0x{key.fingerprint}", armor=False)


def _refuse_unless_it_can_open(key: Key) -> None:
    if key.revoked or key.expired or not key.can_encrypt:
        raise SealingError(
            "Nothing can be sealed for this key: it has expired, is revoked, or can only sign. Nothing was imported. Ask "
            "IT for another one."
        )
