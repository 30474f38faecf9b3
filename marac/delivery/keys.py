"""A public key and what can be done with it, in words for the coordinator."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from marac.errors import SealingError

Condition = Literal["good", "expires soon", "missing", "expired", "revoked", "cannot encrypt"]

SOON = dt.timedelta(days=30)
"""How long before a key ends its agency should be asked for a new one."""

_FINGERPRINT = re.compile(r"[0-9A-F]{40}")

ADVICE: Mapping[Condition, str] = {
    "good": "The key can be used.",
    "expires soon": "The key ends soon. Ask the agency for its new or extended key, and import it with `marac keys import`.",
    "missing": "There is no key with this fingerprint. Ask the agency for its key, and import it with `marac keys import`.",
    "expired": "The key has expired. Ask the agency for its new or extended key, and import it with `marac keys import`.",
    "revoked": "The agency has revoked this key. Ask it for its new key, by telephone, and import it.",
    "cannot encrypt": "Nothing can be sealed with this key: it can only sign. Ask the agency for a key that can encrypt.",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, as its file or the keyring shows it."""

    fingerprint: str
    owners: tuple[str, ...] = field(repr=False)
    created: dt.date
    expires: dt.date | None
    revoked: bool
    can_encrypt: bool
    expired: bool
    """Whether it has ended by this machine's clock, which is the one that gpg goes by."""
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    """The ids, 16 hexadecimal digits, of its parts that can be encrypted to and are neither revoked nor disabled."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether a pinned key can be used on a day, and what to do."""

    condition: Condition
    expires: dt.date | None = None

    @property
    def usable(self) -> bool:
        """Whether something can be sealed with the key."""
        return self.condition in {"good", "expires soon"}

    @property
    def advice(self) -> str:
        """What this means and what to do, for the coordinator."""
        return ADVICE[self.condition]


def state_of(key: Key | None, on: dt.date) -> KeyState:
    """Whether a key can be used on a day; it counts as expired from the day on which it ends."""
    if key is None:
        return KeyState("missing")
    if key.revoked:
        return KeyState("revoked", key.expires)
    if key.expires is not None and key.expires <= on:
        return KeyState("expired", key.expires)
    if not key.can_encrypt:
        return KeyState("cannot encrypt", key.expires)
    soon = key.expires is not None and key.expires - on <= SOON
    return KeyState("expires soon" if soon else "good", key.expires)


def full_fingerprint(text: str) -> str:
    """A fingerprint as it is kept: 40 hexadecimal digits in upper case, however it was typed.

    Raises:
        SealingError: it is anything else, such as a short key id or an e-mail address, which could mean another key.
    """
    digits = "".join(text.split()).upper()
    if not _FINGERPRINT.fullmatch(digits):
        raise SealingError(
            "A fingerprint has 40 digits and letters from A to F. Compare it with the agency by telephone."
        )
    return digits


def key_of(entry: Mapping[str, Any]) -> Key:
    """A key from python-gnupg's listing; `expires` is the earlier end of the key and of all it can encrypt with."""
    parts = {**entry.get("subkey_info", {})}
    if "e" in entry.get("cap", ""):
        parts[entry["keyid"]] = entry
    encrypting = [
        part for part in parts.values() if "e" in part.get("cap", "") and part.get("trust") not in {"r", "d", "i"}
    ]
    ends = [_day(part.get("expires")) for part in encrypting]
    last = max((end for end in ends if end), default=None) if encrypting and all(ends) else None
    expires = min((end for end in (_day(entry.get("expires")), last) if end), default=None)
    return Key(
        fingerprint=str(entry["fingerprint"]),
        owners=tuple(uid.encode("latin-1", "replace").decode("utf-8", "replace") for uid in entry.get("uids", ())),
        created=_day(entry.get("date")) or dt.date.min,
        expires=expires,
        expired=entry.get("trust") == "e"
        or (bool(encrypting) and all(part.get("trust") == "e" for part in encrypting)),
        revoked=entry.get("trust") == "r",
        can_encrypt=bool(encrypting) and entry.get("trust") not in {"d", "i"},
        encryption_keys=tuple(str(part["keyid"]) for part in encrypting),
    )


def _day(seconds: str | None) -> dt.date | None:
    """The day, in UTC, of a time that gpg tells in seconds since 1970."""
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date() if seconds and seconds.isdigit() else None
