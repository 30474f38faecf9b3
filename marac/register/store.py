"""The database: opened, migrated and changed in short transactions. It is the record; everything else can be made again."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from marac.errors import StoreError
from marac.files import private_folder
from marac.register.databases import RegisterDatabase
from marac.register.databases.sqlite import SqliteFile
from marac.register.databases.texts import clean_texts
from marac.register.revisions import begin_to_watch, count_up, revision, watch_changes
from marac.register.scope import ONLY
from marac.register.turns import Turn
from marac.register.upgrade import bring_up_to_date
from marac.settings.shape import Database

_WAIT_SECONDS = 30
"""How long a transaction waits for another program's, before it stops loudly."""


class Store:
    """The register's database, and the folder, which only its owner can read, where the originals are."""

    def __init__(
        self, folder: Path, database: Database | None = None, marac: str = ONLY, *, wait_seconds: float = _WAIT_SECONDS
    ) -> None:
        """Open the database, made or brought up to date if need be.

        Args:
            folder: where the originals are, and the database too where no other is named.
            database: what config.toml says of another one.
            marac: the id of the MARAC whose rows are listed.
            wait_seconds: how long a transaction waits for another program's.

        Raises:
            StoreError: the folder or the database cannot be used.
            SettingsError: the settings of the database have a mistake.
        """
        private_folder(folder)
        self.folder = folder
        self.marac = marac
        self._database = _database(folder, database, wait_seconds)
        clean_texts(self._database.engine)
        watch_changes(self._database.engine)
        self._engine = self._database.engine.execution_options(marac=marac)
        try:
            with self._in_words():
                bring_up_to_date(self._database)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Which database it is, for people."""
        return self._database.name

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction that changes the store, whole or not at all. It takes its place in the queue at once.

        Raises:
            StoreError: the disk is full, or another program keeps the database locked; nothing was changed.
        """
        with self._in_words(), self._engine.begin() as connection:
            begin_to_watch(connection)
            yield connection
            count_up(connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of the store at one moment.

        Raises:
            StoreError: the database cannot be read.
        """
        options = self._database.reading
        with self._in_words(), self._engine.connect().execution_options(**options) as connection:
            yield connection

    def revision(self, connection: Connection) -> int:
        """A number that every transaction counts up that changes something the workbook shows."""
        return revision(connection)

    def alone(self, wait_seconds: float, tidy: Callable[[], None]) -> contextlib.AbstractContextManager[Turn]:
        """Hold the lock by which one marac at a time works for this MARAC: in this folder, or in the whole shared database.

        Args:
            wait_seconds: how long to wait for another one; 0 to take it only if nobody has it.
            tidy: what is done first, and only while nobody works for any MARAC of the database.

        Raises:
            BusyError: another one holds it.
            StoreError: it cannot be taken.
        """
        return self._database.alone(self.marac, wait_seconds, tidy)

    @property
    def shared(self) -> bool:
        """Whether several watchers may be at work in it at once."""
        return self._database.shared

    def present(self) -> contextlib.AbstractContextManager[str]:
        """Be known to be at work, by a name of one's own; empty where the database is not shared.

        Raises:
            StoreError: the database cannot be reached.
        """
        return self._database.present()

    def absent(self, connection: Connection, name: str) -> bool:
        """Whether whoever was present by this name has surely ended."""
        return self._database.absent(connection, name)

    def close(self) -> None:
        """Let the database go."""
        self._database.engine.dispose()

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        """Database errors as sentences; their own texts can hold values of the register."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(self._database.words(error)) from None


def register_begun(folder: Path, database: Database | None = None) -> bool:
    """Whether there is a register already where a store would be opened. Makes nothing.

    Raises:
        StoreError: the database cannot be reached, or the folder is on a network share.
        SettingsError: the settings of the database have a mistake.
    """
    found = _database(folder, database, _WAIT_SECONDS)
    try:
        return found.begun()
    finally:
        found.engine.dispose()


def _database(folder: Path, database: Database | None, wait_seconds: float) -> RegisterDatabase:
    """The database that the settings name. What speaks to a server is only loaded where there is one."""
    if database is None or database.url is None:
        return SqliteFile(folder, wait_seconds)
    from marac.register.databases.postgresql import PostgresqlDatabase
    from marac.register.databases.postgresql_place import server_place

    return PostgresqlDatabase(server_place(database), wait_seconds)
