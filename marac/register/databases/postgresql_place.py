"""Where a PostgreSQL database is, and how it is spoken to: encrypted and with a certificate that is checked, or not at all."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from marac.credentials import SecretReference
from marac.errors import SettingsError
from marac.settings.shape import Database

_CONNECT_SECONDS = 10
_MAY_NAME = {"host", "hostaddr", "port", "sslrootcert", "sslcert", "sslkey"}


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """The database that [database] in config.toml names."""

    _url: URL
    _password: SecretReference | None

    def __str__(self) -> str:
        """Which database it is, without its user."""
        return f"the database {self._url.database} on {self._host}"

    @property
    def _host(self) -> str:
        return self._url.host or str(self._url.query.get("host") or "localhost")

    @property
    def _local(self) -> bool:
        """Whether nothing of it crosses a network: a socket of this computer, or its own address."""
        if self._host.startswith(("/", "@")) or self._host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self._host).is_loopback
        except ValueError:
            return False

    def arguments(self) -> dict[str, Any]:
        """How psycopg connects to it.

        Raises:
            SettingsError: the password is not where config.toml says.
        """
        named = {name: str(value) for name, value in self._url.query.items()}
        tls = {"sslmode": "prefer"} if self._local else {"sslmode": "verify-full", "sslrootcert": "system"}
        given = {"port": self._url.port, "user": self._url.username, "dbname": self._url.database}
        return {
            **tls,
            **{name: value for name, value in given.items() if value},
            **({"password": self._password.resolve().reveal()} if self._password else {}),
            **named,
            "host": self._host,
            "gssencmode": "disable",  # another encryption, which would take the place of the one that is checked
            "connect_timeout": _CONNECT_SECONDS,
            "client_encoding": "utf8",
            "application_name": "marac",
        }


def server_place(database: Database) -> ServerPlace:
    """The place that the settings name.

    Raises:
        SettingsError: the URL is none, holds a password, or asks for less than a checked certificate.
    """
    try:
        url = make_url(database.url or "")
    except (ArgumentError, ValueError):
        raise SettingsError("config.toml: [database] url is not a PostgreSQL URL.") from None
    if url.password is not None:
        raise SettingsError(
            "config.toml: the password must not stand in [database] url. Write where it is kept as password under "
            '[database]: { env = "NAME" }, { file = "path" } or { keyring = "service", user = "name" }.'
        )
    if not url.database:
        raise SettingsError(
            "config.toml: [database] url must end with the database's name: postgresql://USER@HOST/NAME"
        )
    if odd := set(url.query) - _MAY_NAME:
        raise SettingsError(f"config.toml: [database] url may not set {', '.join(sorted(odd))}.")
    for name in ("sslrootcert", "sslcert", "sslkey"):
        if name in url.query and not Path(str(url.query[name])).is_file():
            raise SettingsError(f"config.toml: the file that [database] url names as {name} is not there.")
    return ServerPlace(url, database.password)
