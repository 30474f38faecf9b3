"""The database: opened, migrated and changed in short transactions. It is the record; everything else can be made again."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from marac.errors import StoreError
from marac.files import private_folder
from marac.register.schema import HEAD

DATABASE = "marac.db"
"""The database's name in the store folder."""

_WAIT_SECONDS = 30
"""How long a transaction waits for another program's, before it stops loudly."""


_DAMAGED = ("malformed", "not a database", "disk image")


class Store:
    """The register's database in a folder that only its owner can read."""

    def __init__(self, folder: Path) -> None:
        """Open the database, made or brought up to date if need be.

        Raises:
            StoreError: the folder or the database cannot be used.
        """
        private_folder(folder)
        self.folder = folder
        self.path = folder / DATABASE
        self._engine = _engine(self.path)
        with _in_words():
            _bring_up_to_date(self._engine, self.path)

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction that changes the store, whole or not at all. It takes its place in the queue at once.

        Raises:
            StoreError: the disk is full, or another program keeps the database locked; nothing was changed.
        """
        with _in_words(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of the store at one moment.

        Raises:
            StoreError: the database cannot be read.
        """
        with _in_words(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    """An engine whose transactions lock at their start and are on the disk at their end.

    A deferred SQLite transaction that reads and then writes fails at once where another writes, whatever the timeout;
    so transactions that change something begin with BEGIN IMMEDIATE. The rollback journal is used, not WAL: SQLite
    before 3.51.3 can corrupt a WAL that two connections write.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"timeout": _WAIT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late
        for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Database errors as sentences; their own texts can hold values of the register."""
    try:
        yield
    except OperationalError as error:
        cause = str(error.orig)
        if "locked" in cause or "busy" in cause:
            raise StoreError(
                "Another program keeps the register's database locked. Close it, then run this again."
            ) from None
        if "full" in cause:
            raise StoreError(
                "The disk is full. Nothing was half done: make room, then run the same command again."
            ) from None
        if "readonly" in cause or "unable to open" in cause:
            raise StoreError(
                "The register's database cannot be opened for writing. Check the rights on the store folder."
            ) from None
        raise StoreError(
            "The register's database cannot be read or written. Is its drive connected and working? Then run this again."
        ) from None
    except DBAPIError as error:
        if any(words in str(error.orig) for words in _DAMAGED):
            raise StoreError(
                "The register's database is damaged. Keep the store folder as it is, and ask IT to restore it from the "
                "backup. Nothing was changed."
            ) from None
        raise StoreError(
            "The register's database did not accept a change. Nothing was half done. Please tell IT."
        ) from None


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    """Run the migrations that the database lacks.

    alembic is only imported where there is one to run: it takes longer to load than most commands take to finish.
    """
    if _version(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    path.chmod(0o600)


def _version(engine: Engine) -> str | None:
    with engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(select(text("version_num")).select_from(text("alembic_version"))).scalar()
