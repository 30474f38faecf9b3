"""Where the registers of the tests that run now are: in files of SQLite's, or in databases of a PostgreSQL server.

`working_folder` asks here, and so does every test that opens a store of its own. Which it is, tests/conftest.py says:
tests marked with `both_databases` run once with each.
"""

import re
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import psycopg
from sqlalchemy import make_url

from marac.files import private_folder
from marac.register.databases.sqlite import DATABASE
from tests.postgresql_server import PostgresqlServer

if TYPE_CHECKING:
    from marac.settings.shape import Database

DatabaseKind = Literal["sqlite", "postgresql"]

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
_UNTIED = "SET session_replication_role = replica"  # rows may speak of rows that come later, or are gone already
_SEND_AWAY = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_DATABASE = re.compile(r"^\[database\]\nurl = .*\n", re.MULTILINE)


class RegistersOnServer:
    """A server with databases that have every table already: they are emptied and used again, which takes a moment."""

    def __init__(self, server: PostgresqlServer, place: Path) -> None:
        """Make the database that all others are copies of."""
        from marac.register.store import Store
        from marac.settings.shape import Database

        self.server = server
        self._made: list[str] = []
        self._spare: list[str] = []
        self._template = server.new_database()
        Store(place, Database(url=server.url(self._template))).close()

    def new(self, original: str | None = None) -> "Database":
        """An empty register, or a copy of the one in the database of that name."""
        from marac.settings.shape import Database

        name = self._spare.pop() if self._spare else self.server.new_database(self._template)
        self._made.append(name)
        if original is not None:
            self._fill(name, original)
        return Database(url=self.server.url(name))

    @contextmanager
    def removed_again(self) -> Iterator[None]:
        """Empty what is made from now on, once it is not needed any more."""
        before = len(self._made)
        yield
        while len(self._made) > before:
            self._spare.append(self._made.pop())
            self._empty(self._spare[-1])

    def _empty(self, name: str) -> None:
        with self.server.connected(name) as connection:
            connection.execute(_SEND_AWAY)
            connection.execute(_UNTIED)
            emptied = [f'DELETE FROM "{table}"' for (table,) in connection.execute(_TABLES)]  # noqa: S608 - our own names
            restarted = [f"SELECT setval('\"{name}\"', 1, false)" for name, _ in connection.execute(_SEQUENCES)]
            connection.execute("; ".join([*emptied, *restarted]).encode())

    def _fill(self, name: str, original: str) -> None:
        with self.server.connected(original) as source, self.server.connected(name) as target:
            target.execute(_UNTIED)
            for (table,) in source.execute(_TABLES).fetchall():
                copy = f'COPY "{table}"'.encode()
                with (
                    source.cursor().copy(copy + b" TO STDOUT") as rows,
                    target.cursor().copy(copy + b" FROM STDIN") as to,
                ):
                    for block in rows:
                        to.write(block)
            for sequence, last in source.execute(_SEQUENCES).fetchall():
                target.execute("SELECT setval(%s, %s)", [f'"{sequence}"', last])


_used: list[RegistersOnServer | None] = [None]


@contextmanager
def registers_in(server: RegistersOnServer | None) -> Iterator[None]:
    """Keep new registers there; in files where there is no server."""
    _used.append(server)
    try:
        yield
    finally:
        _used.pop()


def server_in_use() -> RegistersOnServer | None:
    """Where new registers are kept; None for files."""
    return _used[-1]


def new_database() -> "Database | None":
    """The settings of an empty register; None for a file in the store folder."""
    server = server_in_use()
    return server.new() if server else None


def begin_register(folder: Path) -> None:
    """Give a new working folder an empty register with every table, which is quicker than to make each of them again."""
    if server_in_use() is None:
        path = private_folder(folder / "store") / DATABASE
        path.write_bytes(_empty_register())
        path.chmod(0o600)
    else:
        name_database(folder)


@cache
def _empty_register() -> bytes:
    from marac.register.store import Store

    with tempfile.TemporaryDirectory() as place:
        Store(Path(place)).close()
        return (Path(place) / DATABASE).read_bytes()


def name_database(folder: Path) -> None:
    """Write the database into the config.toml of a folder: a new one, or the copy of the one that stands there."""
    server, config, named = server_in_use(), folder / "config.toml", database_url(folder)
    if server is None:
        return
    database = server.new(str(make_url(named).database) if named else None)
    text = _DATABASE.sub("", config.read_text(encoding="utf-8"))
    config.write_text(f'{text}\n[database]\nurl = "{database.url}"\n', encoding="utf-8")


def database_url(folder: Path) -> str | None:
    """The URL of the database that a folder's config.toml names; None for a file in its store folder."""
    text = (folder / "config.toml").read_text(encoding="utf-8")
    url: str | None = tomllib.loads(text).get("database", {}).get("url")
    return url


def server_connection(url: str) -> "psycopg.Connection[Any]":
    """A connection to a database on the server that marac knows nothing of."""
    named = make_url(url)
    places: dict[str, Any] = {name: str(value) for name, value in named.query.items()}
    return psycopg.connect(dbname=named.database, user=named.username, **places)
