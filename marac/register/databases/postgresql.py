"""The register on a PostgreSQL server that several people share."""

import contextlib
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError

from marac.errors import StoreError
from marac.register.databases.postgresql_locks import ServerLock, lock_number
from marac.register.databases.postgresql_place import ServerPlace
from marac.register.databases.postgresql_words import said_of
from marac.register.turns import Turn

_OLDEST = 140000
"""PostgreSQL 14: the oldest that its makers still mend, as the server counts versions."""


class PostgresqlDatabase:
    """A database on a server. Writers take a lock at their begin, so that there is one at a time, as SQLite has it.

    A transaction that changes something is READ COMMITTED on purpose: REPEATABLE READ would look at the moment before it
    was given the lock, and not see what the writer before it did.
    """

    def __init__(self, place: ServerPlace, wait_seconds: float) -> None:
        """Name the database; the first connection is made when it is first used."""
        self._place = place
        self._wait_seconds = wait_seconds
        self._version = 0
        self.engine = self._engine()
        self.reading: Mapping[str, Any] = {
            "purpose": "reading",
            "isolation_level": "REPEATABLE READ",
            "postgresql_readonly": True,
        }
        self.shared = True

    @property
    def name(self) -> str:
        """Which database it is."""
        version = f" {self._version // 10000}.{self._version % 10000}" if self._version else ""
        return f"{self._place} (PostgreSQL{version})"

    def begun(self) -> bool:
        """Whether there is a register in it.

        Raises:
            StoreError: the server cannot be reached, or says no.
        """
        try:
            with self.engine.connect().execution_options(**self.reading) as connection:
                return inspect(connection).has_table("alembic_version")
        except DBAPIError as error:
            raise StoreError(self.words(error)) from None

    def migrated(self, connection: Connection) -> None:
        """Nothing: the server holds the tables together itself."""

    @contextlib.contextmanager
    def alone(self, marac: str, wait_seconds: float, tidy: Callable[[], None]) -> Iterator[Turn]:
        """Hold the lock of this MARAC, on a connection of its own; the server lets it go when the program ends.

        Everybody at work shares a third lock: whoever can have that one alone for a moment may tidy up.

        Raises:
            BusyError: another program holds it, on this computer or another.
            StoreError: the server cannot be reached.
        """
        with self._holder() as holder:
            turn = Turn(ServerLock(holder, f"alone {marac}"), ServerLock(holder, f"queue {marac}"))
            turn.begin(wait_seconds)
            at_work = ServerLock(holder, "at work")
            only_one = at_work.take(0)
            if only_one:
                tidy()
            at_work.share(self._wait_seconds)
            if only_one:
                at_work.let_go()
            yield turn

    @contextlib.contextmanager
    def present(self) -> Iterator[str]:
        """Hold a lock that is called as this program is, for as long as it is at work.

        Raises:
            StoreError: the server cannot be reached.
        """
        name = f"{socket.gethostname()[:40]} {os.getpid()} {secrets.token_hex(4)}"
        with self._holder() as holder:
            ServerLock(holder, f"present {name}").take(0)
            yield name

    def absent(self, connection: Connection, name: str) -> bool:
        """Whether the lock of that name is nobody's: its program has ended, or its computer is gone for minutes."""
        free = f"SELECT pg_try_advisory_xact_lock_shared({lock_number(f'present {name}')})"
        return connection.exec_driver_sql(free).scalar() is True

    @contextlib.contextmanager
    def _holder(self) -> "Iterator[psycopg.Connection[Any]]":
        """A connection that holds locks for as long as it is open."""
        try:
            holder = self._connected(self._wait_seconds, autocommit=True)
        except psycopg.Error as error:
            raise StoreError(said_of(error)) from None
        with contextlib.closing(holder):
            yield holder

    def words(self, error: DBAPIError) -> str:
        """What went wrong, and what to do."""
        return said_of(error.orig)

    def _engine(self) -> Engine:
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: self._connected(self._wait_seconds),
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            pool_pre_ping=True,
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connected(self, wait_seconds: float, *, autocommit: bool = False) -> "psycopg.Connection[Any]":
        """A connection that waits so long for a lock, and that the server ends when this computer is gone for minutes."""
        settings = {
            "lock_timeout": f"{round(wait_seconds * 1000)}ms",
            "idle_in_transaction_session_timeout": "5min",
            "tcp_keepalives_idle": "60",
            "tcp_keepalives_interval": "10",
            "tcp_keepalives_count": "6",
            "synchronous_commit": "on",
            "timezone": "UTC",
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        # statements are not kept prepared: another computer may have brought the tables up to date since
        connection = psycopg.connect(
            **self._place.arguments(), options=options, autocommit=autocommit, prepare_threshold=None
        )
        try:
            self._version = _fit(connection)
        except StoreError:
            connection.close()
            raise
        return connection


def _fit(connection: "psycopg.Connection[Any]") -> int:
    """The server's version, where it can hold a register.

    Raises:
        StoreError: it is too old, or the database cannot hold every letter.
    """
    if connection.info.server_version < _OLDEST:
        raise StoreError(
            "The register's database server is too old: it must be PostgreSQL 14 or newer. Please tell IT."
        )
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise StoreError(
            "The register's database cannot hold every name: it must be made with the encoding UTF8. Please tell IT."
        )
    return connection.info.server_version


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("purpose", "changing") != "reading":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock_number('changing')})")
