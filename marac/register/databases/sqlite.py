"""The register in one file of the store folder."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from marac.errors import StoreError
from marac.register.databases import DISK_FULL, LOCKED, NOT_ACCEPTED
from marac.register.databases.lock_file import LockFile
from marac.register.databases.shares import refuse_share
from marac.register.turns import Turn

DATABASE = "marac.db"
"""The database's name in the store folder."""

_WHOLE_WAL = (3, 51, 3)
"""The first SQLite whose write-ahead log cannot be corrupted by two connections (https://sqlite.org/wal.html)."""

_DAMAGED = ("malformed", "not a database", "disk image")
_PAUSE_SECONDS = 0.05


def journal(version: tuple[int, ...]) -> tuple[str, str]:
    """The journal mode and the `synchronous` setting with which a commit survives a power cut, for a version of SQLite.

    Without a write-ahead log the folder is flushed too once the journal is gone (EXTRA): otherwise a power cut could bring
    the journal back, and undo a transaction after the mail was moved.
    """
    return ("wal", "FULL") if version >= _WHOLE_WAL else ("delete", "EXTRA")


class SqliteFile:
    """The database file of a store folder.

    A deferred SQLite transaction that reads and then writes fails at once where another writes, whatever the timeout;
    so transactions that change something begin with BEGIN IMMEDIATE.
    """

    def __init__(self, folder: Path, wait_seconds: float) -> None:
        """Name the file; it is made when it is first used.

        Raises:
            StoreError: the folder is on a network share.
        """
        refuse_share(folder)
        self._folder = folder
        self._path = folder / DATABASE
        self._wait_seconds = wait_seconds
        self.engine = self._engine()
        self.reading: Mapping[str, Any] = {"purpose": "reading"}
        self.shared = False

    @property
    def name(self) -> str:
        """Which database it is."""
        return f"the file {DATABASE} in the store folder (SQLite {sqlite3.sqlite_version})"

    def begun(self) -> bool:
        """Whether there is a register in it."""
        return self._path.is_file() and self._path.stat().st_size > 0

    def migrated(self, connection: Connection) -> None:
        """Check what the tables say of each other, and close the file to everybody but its owner.

        Raises:
            StoreError: a row speaks of another one that is not there.
        """
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StoreError(NOT_ACCEPTED)
        self._path.chmod(0o600)

    @contextlib.contextmanager
    def alone(self, marac: str, wait_seconds: float, tidy: Callable[[], None]) -> Iterator[Turn]:  # noqa: ARG002 - one lock for the whole folder
        """Hold the folder's lock file, through a second one in which others wait for it.

        Raises:
            BusyError: another program holds it.
            StoreError: this user may not write in the folder.
        """
        turn = Turn(LockFile(self._folder / "marac.lock"), LockFile(self._folder / "queue.lock"))
        turn.begin(wait_seconds)
        try:
            tidy()
            yield turn
        finally:
            turn.end()

    @contextlib.contextmanager
    def present(self) -> Iterator[str]:
        """No name: there is one watcher a folder, and nobody to share a message with."""
        yield ""

    def absent(self, connection: Connection, name: str) -> bool:  # noqa: ARG002 - nobody has a name
        """Nobody is told apart here."""
        return False

    def words(self, error: DBAPIError) -> str:
        """What went wrong, and what to do."""
        cause = str(error.orig)
        if any(words in cause for words in _DAMAGED):
            return (
                "The register's database is damaged. Keep the store folder as it is, and ask IT to restore it from the "
                "backup. Nothing was changed."
            )
        if not isinstance(error, OperationalError):
            return NOT_ACCEPTED
        if "locked" in cause or "busy" in cause:
            return LOCKED
        if "full" in cause:
            return DISK_FULL
        if "readonly" in cause or "unable to open" in cause:
            return "The register's database cannot be opened for writing. Check the rights on the store folder."
        return "The register's database cannot be read or written. Is its drive connected and working? Then run this again."

    def _engine(self) -> Engine:
        engine = create_engine(
            URL.create("sqlite", database=str(self._path)),
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={"timeout": self._wait_seconds},
        )

        @event.listens_for(engine, "connect")
        def _settle(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None  # the driver's own BEGIN comes too late
            mode, synchronous = journal(sqlite3.sqlite_version_info)
            _set_journal(connection, mode, self._wait_seconds)
            for pragma in (f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}").close()

        event.listen(engine, "begin", _begin)
        return engine


def _set_journal(connection: sqlite3.Connection, mode: str, wait_seconds: float) -> None:
    """Change the journal where a newer or an older SQLite left another one; that waits until nobody else has the file open.

    The driver's own timeout does not hold for it (https://sqlite.org/pragma.html#pragma_journal_mode).
    """
    until = time.monotonic() + wait_seconds
    while True:
        try:
            (found,) = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
        else:
            if found == mode:
                return
            if time.monotonic() > until:
                raise sqlite3.OperationalError("database is locked")
        time.sleep(_PAUSE_SECONDS)


def _begin(connection: Connection) -> None:
    purpose = connection.get_execution_options().get("purpose", "changing")
    if purpose == "migrating":  # a table that others refer to is made anew; see `migrated`
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN" if purpose == "reading" else "BEGIN IMMEDIATE")
