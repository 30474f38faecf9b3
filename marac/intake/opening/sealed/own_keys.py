"""The MARAC's own keys, with which mail that was sealed for it is opened, and why something stays sealed."""

from dataclasses import dataclass, field
from pathlib import Path

from marac.credentials import SecretReference
from marac.errors import SettingsError
from marac.settings.shape import Settings


class StaysSealedError(Exception):
    """This was not opened; the text is one sentence for the coordinator."""


@dataclass(frozen=True, slots=True)
class MailboxKeys:
    """Which keys the mailbox has; the passphrases are read from where they are kept when a key is used."""

    keyring: Path
    """The GnuPG folder that holds the secret OpenPGP key."""
    key: str | None = None
    """The fingerprint of the OpenPGP key; None where there is none."""
    passphrase: SecretReference | None = field(default=None, repr=False)
    certificate: Path | None = None
    """The S/MIME certificate, as a PEM file; None where there is none."""
    certificate_key: Path | None = None
    """The certificate's key, as a PEM file; None where it is in the same file."""
    certificate_passphrase: SecretReference | None = field(default=None, repr=False)


def mailbox_keys(settings: Settings) -> MailboxKeys:
    """The keys that config.toml names under [decryption]."""
    own = settings.decryption
    return MailboxKeys(
        keyring=settings.folders.keyring,
        key=own.key,
        passphrase=own.passphrase,
        certificate=own.certificate,
        certificate_key=own.certificate_key,
        certificate_passphrase=own.certificate_passphrase,
    )


def passphrase_at(reference: SecretReference | None) -> str:
    """The passphrase; empty where the key has none.

    Raises:
        StaysSealedError: it is not where config.toml says.
    """
    try:
        return reference.resolve().reveal() if reference else ""
    except SettingsError as error:
        raise StaysSealedError(f"It stays sealed, because its key cannot be used. {error}") from None
