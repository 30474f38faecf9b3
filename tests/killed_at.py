"""A command of marac's that is killed (SIGKILL) at one of its moments. `WorkingFolder.killed` runs this in a process.

A moment is whatever may be left half done: a file of the folder is about to be opened, renamed or removed, to be put on
the disk or just was, the database is about to change a row or to commit, a program is about to be started, and bytes are
about to cross a line to a server, or just did. Arguments: which moment (0 for none), the folder, and the command's words.
Prints how many moments there were, where it comes to an end.
"""

import os
import signal
import ssl
import sys
from collections.abc import Callable
from sqlite3 import Connection, connect, dbapi2
from typing import Any

import psycopg

_TOUCHES = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "open", "sqlite3.connect"}
_CHANGES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


class Moments:
    """Counts moments, and ends the process at the last."""

    def __init__(self, last: int, folder: str) -> None:
        self.seen = 0
        self._last, self._folder = last, folder

    def listen(self) -> None:
        """Count from now on."""
        os.fsync = self._around(os.fsync)
        for name in ("send", "recv_into"):
            setattr(ssl.SSLSocket, name, self._around(getattr(ssl.SSLSocket, name)))
        setattr(dbapi2, "connect", self._connected)  # noqa: B010 - an overloaded function cannot be assigned to
        for name in ("execute", "executemany"):
            setattr(psycopg.Cursor, name, self._before_changes(getattr(psycopg.Cursor, name)))
        psycopg.Connection.commit = self._around(psycopg.Connection.commit)  # type: ignore[method-assign]
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        touches = event in _TOUCHES and self._folder in str(arguments[:2])
        if touches or event == "subprocess.Popen":
            self._one_more()

    def _connected(self, *arguments: Any, **named: Any) -> Connection:
        connection: Connection = connect(*arguments, **named)
        connection.set_trace_callback(self._stated)
        return connection

    def _stated(self, statement: str) -> None:
        if statement.startswith(_CHANGES):
            self._one_more()

    def _before_changes(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        def counted(cursor: Any, statement: Any, *arguments: Any, **named: Any) -> Any:
            self._stated(str(statement))
            return deed(cursor, statement, *arguments, **named)

        return counted

    def _around(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self._one_more()
            done = deed(*arguments, **named)
            self._one_more()
            return done

        return counted

    def _one_more(self) -> None:
        self.seen += 1
        if self.seen == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    _last, _folder, *_words = sys.argv[1:]
    moments = Moments(int(_last), _folder)
    moments.listen()
    from marac.cli import main

    code = main(_words)
    sys.stderr.write(f"MOMENTS {moments.seen}\n")
    sys.exit(code)
