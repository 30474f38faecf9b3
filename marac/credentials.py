"""Secrets by reference: `{ env = "NAME" }`, `{ file = "path" }` or `{ keyring = "service", user = "name" }`.

No settings file holds a secret itself, and a secret does not print.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from marac.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that `repr`, logs and tracebacks do not show."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """The secret itself, for the one call that needs it."""
        return self._value


@dataclass(frozen=True, slots=True)
class SecretReference:
    """Where a secret is kept; exactly one of `env`, `file` and `keyring` is given."""

    env: str | None = None
    file: Path | None = None
    keyring: str | None = None
    user: str | None = None

    def resolve(self) -> Secret:
        """The secret, read now.

        Raises:
            SettingsError: it is not where the reference says.
        """
        if self.env is not None:
            return _from_environment(self.env)
        if self.file is not None:
            return _from_file(self.file)
        return _from_keyring(self.keyring or "", self.user or "")


def _from_environment(name: str) -> Secret:
    value = os.environ.get(name)
    if not value:
        raise SettingsError(f"The environment variable {name} is not set. It must hold the password.")
    return Secret(value)


def _from_file(path: Path) -> Secret:
    try:
        value = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"The password file {path} cannot be read.") from None
    if not value:
        raise SettingsError(f"The password file {path} is empty.")
    return Secret(value)


def _from_keyring(service: str, user: str) -> Secret:
    try:
        import keyring  # an extra: most areas do without it
    except ModuleNotFoundError:
        raise SettingsError(
            "A password is in the keyring, but that part is not installed: pip install marac[keyring]"
        ) from None
    try:
        value = keyring.get_password(service, user)
    except Exception:  # noqa: BLE001 - each backend has its own errors, and their texts may hold the secret's name
        raise SettingsError(
            "The keyring of this computer cannot be opened. Sign in again, or keep the password in a file."
        ) from None
    if not value:
        raise SettingsError(f"The keyring has no password for service {service!r} and user {user!r}.")
    return Secret(value)
