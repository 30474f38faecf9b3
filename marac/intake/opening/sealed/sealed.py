"""Mail that was sealed for this MARAC, opened with its own keys: only what shows that nobody changed it is used."""

from marac.document import Document
from marac.intake.opening.message import Lock
from marac.intake.opening.sealed import openpgp, smime
from marac.intake.opening.sealed.own_keys import MailboxKeys, StaysSealedError, mailbox_keys

__all__ = ["MailboxKeys", "StaysSealedError", "mailbox_keys", "unsealed"]

_NO_KEY = {
    "openpgp": "It is sealed with OpenPGP, and config.toml names no key of the MARAC's own under [decryption].",
    "smime": "It is sealed with S/MIME, and config.toml names no certificate under [decryption].",
}
_BY_HAND = "Open it by hand and drop the form into the inbox."


def unsealed(document: Document, lock: Lock, keys: MailboxKeys | None) -> bytes:
    """What is inside: a MIME entity, or a file. Nothing of it is written to the disk.

    Raises:
        StaysSealedError: it cannot be opened with these keys, or nothing shows that it was not changed on the way.
    """
    if lock == "openpgp":
        if keys is None or keys.key is None:
            raise StaysSealedError(f"{_NO_KEY[lock]} {_BY_HAND}")
        return openpgp.unsealed(document.content, keys)
    if lock == "smime":
        if keys is None or keys.certificate is None:
            raise StaysSealedError(f"{_NO_KEY[lock]} {_BY_HAND}")
        return smime.unsealed(document.content, keys)
    raise StaysSealedError("It is locked with a password. Ask the sender for it, by telephone.")
