"""A real PostgreSQL on this computer, for as long as the tests run: nothing of it is kept, and nothing waits for a disk."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest

from tests.certificates import server_files
from tests.dovecot import free_port

HOST = "db.carrowdale.example"
"""What its certificate says that it is called."""

PASSWORD = "two pounds £2"
"""Of the one role that needs one, `guarded`."""

_QUICK = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off", "shared_buffers": "32MB"}
_RULES = """\
local all guarded scram-sha-256
local all all trust
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""


class PostgresqlServer:
    """A server that starts in a `with` and leaves nothing behind; a process of ours that is killed takes it along."""

    def __init__(self, *, encrypted: bool = False) -> None:
        """Name a server; one that is `encrypted` also answers at a port of this computer, with a certificate."""
        self.home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.port = 5432
        self.authority: Path | None = None
        self._encrypted = encrypted
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        _hand_over(self.home)
        binaries, data = _newest_binaries(), self.home / "data"
        made = ["-U", "marac", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        done = subprocess.run(
            [binaries / "initdb", "-D", data, *made], capture_output=True, check=False, cwd=self.home, **_unprivileged()
        )
        assert done.returncode == 0, done.stderr.decode()
        (data / "pg_hba.conf").write_text(_RULES, encoding="utf-8")
        settings = {**_QUICK, "unix_socket_directories": f"'{self.home}'", "listen_addresses": "''"}
        settings |= self._tls() if self._encrypted else {}
        settings["port"] = str(self.port)
        with (data / "postgresql.auto.conf").open("w", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        with (self.home / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "QUIT", binaries / "postgres", "-D", data],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home, **_unprivileged(),
            )  # fmt: skip
        self._wait()
        self.command(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
        shutil.rmtree(self.home)

    def url(self, database: str, user: str = "marac") -> str:
        """The URL of a database, as config.toml names it."""
        return f"postgresql://{user}@/{database}?host={self.home}&port={self.port}"

    def url_by_network(self, database: str, host: str = HOST) -> str:
        """The same by the network, where the server calls itself by a name that leads to this computer."""
        return f"postgresql://guarded@{host}:{self.port}/{database}?hostaddr=127.0.0.1"

    def new_database(self, template: str = "template0") -> str:
        """A database of its own, a copy of another one that nobody has open; its name."""
        name = f"register{next(self._numbers)}"
        self.command(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def remove_database(self, name: str) -> None:
        """Take a database away, whoever still has it open."""
        self.command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def command(self, *statements: str, database: str = "postgres") -> None:
        """Tell the server something, as its owner."""
        with self.connected(database) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def connected(self, database: str) -> "psycopg.Connection[Any]":
        """A connection that marac knows nothing of; each of its statements is a transaction."""
        return psycopg.connect(host=str(self.home), port=self.port, user="marac", dbname=database, autocommit=True)

    def _tls(self) -> dict[str, str]:
        files = server_files(self.home, HOST)
        for path in (files.key, files.certificate):  # whatever the umask was when they were written
            _hand_over(path)
        self.authority = files.authority
        self.port = free_port()
        return {
            "listen_addresses": "'127.0.0.1'",
            "ssl": "on",
            "ssl_cert_file": f"'{files.certificate}'",
            "ssl_key_file": f"'{files.key}'",
        }

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                self.connected("postgres").close()
            except psycopg.OperationalError:
                assert self._process is not None
                log = (self.home / "log").read_text(encoding="utf-8", errors="replace")
                assert self._process.poll() is None, log
                assert time.monotonic() < until, log
                time.sleep(0.02)
            else:
                return


def _newest_binaries() -> Path:
    """The folder of the newest PostgreSQL server on this computer."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    on_path = shutil.which("postgres")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if not found:
        pytest.fail("PostgreSQL's server is not on this computer; install it (on Debian: apt install postgresql).")
    return max(found, key=lambda folder: [int(number) for number in re.findall(r"\d+", str(folder))])


def _unprivileged() -> dict[str, Any]:
    """Whose process the server is: it refuses to run as root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _hand_over(path: Path) -> None:
    owner = _unprivileged()
    if owner:
        os.chown(path, owner["user"], owner["group"])
    path.chmod(0o700 if path.is_dir() else 0o600)
