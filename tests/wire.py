"""The line between a client and a server, which a test can cut, bend or silence."""

import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from tests.certificates import ServerFiles

Bend = Callable[[bytes], bytes | None]
"""What becomes of bytes on their way; None cuts the line, both ways, before they arrive."""


class Wire:
    """A relay on this computer: it listens on `port`, any that is free if none is given, and passes on to a server what it is told to.

    With `files` it speaks TLS on both sides, under the server's own certificate, so that the client trusts it and the
    test sees what is said.
    """

    def __init__(
        self,
        server_port: int,
        files: ServerFiles | None,
        to_client: Bend = lambda said: said,
        to_server: Bend = lambda said: said,
        port: int = 0,
    ) -> None:
        self._server_port = server_port
        self._files = files
        self._to_client, self._to_server = to_client, to_server
        self._wanted_port = port
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", self._wanted_port))
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=10)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                self._start(lambda client=client: self._serve(client))  # type: ignore[misc]

    def _serve(self, client: socket.socket) -> None:
        """One conversation, in one thread, since an SSL socket cannot be read and written at once by two."""
        with suppress(OSError), self._both_ends(client) as (to_client, to_server):
            while not self._stopped.is_set():
                ready = [end for end in (to_client, to_server) if _pending(end)]
                ready = ready or select.select([to_client, to_server], [], [], 0.05)[0]
                for end in ready:
                    said = end.recv(65536)
                    bend, other = (self._to_server, to_server) if end is to_client else (self._to_client, to_client)
                    passed = bend(said) if said else None
                    if passed is None:
                        return
                    other.sendall(passed)

    @contextmanager
    def _both_ends(self, client: socket.socket) -> Iterator[tuple[socket.socket, socket.socket]]:
        with client, socket.create_connection(("127.0.0.1", self._server_port)) as server:
            for end in (client, server):
                end.settimeout(10)
            if self._files is None:
                yield client, server
                return
            welcome = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            welcome.load_cert_chain(self._files.certificate, self._files.key)
            trust = ssl.create_default_context(cafile=self._files.authority)
            with (
                welcome.wrap_socket(client, server_side=True) as safe_client,
                trust.wrap_socket(server, server_hostname="localhost") as safe_server,
            ):
                yield safe_client, safe_server

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()


def _pending(end: socket.socket) -> bool:
    return isinstance(end, ssl.SSLSocket) and end.pending() > 0
