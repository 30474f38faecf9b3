"""Where the register's database is: a file in the store folder (SQLite), or a server that several people share (PostgreSQL)."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from marac.register.turns import Turn

LOCKED = (
    "Another program has kept the register's database locked for too long. Close it, or wait until it has finished, then "
    "run this again."
)
DISK_FULL = "The disk is full. Nothing was half done: make room, then run the same command again."
NOT_ACCEPTED = "The register's database did not accept a change. Nothing was half done. Please tell IT."


class RegisterDatabase(Protocol):
    """One kind of database. Every transaction has a `purpose` among its execution options.

    `changing`, which is what it is where none is named: one such transaction after the other, each of which sees what
    the one before it did. `reading`: everything as it was at one moment. `migrating`: as changing, while tables are made
    anew.
    """

    @property
    def engine(self) -> Engine:
        """What connections come from."""
        ...

    @property
    def name(self) -> str:
        """Which database it is, for `marac doctor`."""
        ...

    @property
    def reading(self) -> Mapping[str, Any]:
        """The execution options of a transaction that reads."""
        ...

    def begun(self) -> bool:
        """Whether there is a register in it. Makes none."""
        ...

    def migrated(self, connection: Connection) -> None:
        """See that everything still fits together, at the end of the transaction that brought the tables up to date."""
        ...

    @property
    def shared(self) -> bool:
        """Whether several watchers may be at work in it at once."""
        ...

    def alone(self, marac: str, wait_seconds: float, tidy: Callable[[], None]) -> AbstractContextManager[Turn]:
        """Hold the lock by which one program at a time works for this MARAC.

        `tidy` is called first, while nobody works for any MARAC; where somebody does, it is left to the next time.
        """
        ...

    def present(self) -> AbstractContextManager[str]:
        """Be known to be at work, by a name of one's own; empty where nobody else can be at work."""
        ...

    def absent(self, connection: Connection, name: str) -> bool:
        """Whether whoever had this name has surely ended."""
        ...

    def words(self, error: DBAPIError) -> str:
        """An error of the database as a sentence: its own text can hold values of the register."""
        ...
