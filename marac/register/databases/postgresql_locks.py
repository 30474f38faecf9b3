"""Locks that a PostgreSQL server keeps for programs on any computer (advisory locks, held by a session)."""

import hashlib
from typing import Any

import psycopg
from psycopg import errors

from marac.errors import StoreError
from marac.register.databases.postgresql_words import said_of


class ServerLock:
    """A lock by its name. The server lets it go when the connection ends, and so when its program ends."""

    def __init__(self, holder: "psycopg.Connection[Any]", name: str) -> None:
        """Name the lock.

        Args:
            holder: the connection that is to hold it; each of its statements is a transaction.
            name: what it is for.
        """
        self._holder = holder
        self._number = lock_number(name)

    def take(self, wait_seconds: float) -> bool:
        """Whether it could be taken within this time; 0 for at once or not at all.

        Raises:
            StoreError: the server cannot be reached.
        """
        if wait_seconds <= 0:
            return self._asked("SELECT pg_try_advisory_lock(%s)")
        self._wait_at_most(wait_seconds)
        try:
            self._holder.execute("SELECT pg_advisory_lock(%s)", [self._number])
        except errors.LockNotAvailable:
            return False
        except psycopg.Error as error:
            raise StoreError(said_of(error)) from None
        return True

    def share(self, wait_seconds: float) -> None:
        """Hold it together with others, as soon as nobody has it alone.

        Raises:
            StoreError: the server cannot be reached, or somebody has it alone for longer than this.
        """
        self._wait_at_most(wait_seconds)
        self._asked("SELECT pg_advisory_lock_shared(%s)")

    def let_go(self) -> None:
        """Give it up.

        Raises:
            StoreError: the server cannot be reached.
        """
        self._asked("SELECT pg_advisory_unlock(%s)")

    def free(self) -> bool:
        """Whether nobody has it at this moment, in one question to the server.

        Raises:
            StoreError: the server cannot be reached.
        """
        return self._asked("SELECT CASE WHEN pg_try_advisory_lock(%s) THEN pg_advisory_unlock(%s) ELSE false END")

    def _asked(self, statement: str) -> bool:
        try:
            found = self._holder.execute(statement.encode(), [self._number] * statement.count("%s")).fetchone()
        except psycopg.Error as error:
            raise StoreError(said_of(error)) from None
        return found == (True,)

    def _wait_at_most(self, seconds: float) -> None:
        try:
            milliseconds = max(round(seconds * 1000), 1)  # 0 would be for ever
            self._holder.execute("SELECT set_config('lock_timeout', %s, false)", [f"{milliseconds}ms"])
        except psycopg.Error as error:
            raise StoreError(said_of(error)) from None


def lock_number(name: str) -> int:
    """The number of a lock of ours among all the locks in the database."""
    return int.from_bytes(hashlib.sha256(f"marac {name}".encode()).digest()[:8], signed=True)
