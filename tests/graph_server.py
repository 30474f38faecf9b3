"""Our stand-in for Microsoft Graph: the part of its mail that we use, over HTTPS on this computer, and its failings."""

import re
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.certificates import server_files
from tests.graph_server_answers import Answer, answered, refused
from tests.graph_server_mailbox import ADDRESS, Mailbox

TOKEN = "eyJ0eXAiOiJKV1Qi.made-up.token"


@dataclass
class Fault:
    """What goes wrong with the requests whose method and path match, so many times.

    `status` is answered instead; `after` first does what was asked. `lost` hangs up without an answer, `cut` after so
    many bytes of the body.
    """

    request: str
    status: int = 0
    code: str = "UnknownError"
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    lost: bool = False
    cut: int | None = None
    times: int = 1
    skip: int = 0


@dataclass
class Asked:
    """One request as the server saw it."""

    line: str
    headers: dict[str, str]
    at: float


class GraphServer:
    """Graph for one mailbox, with its own certificate."""

    def __init__(self, authority: str = "Example Authority") -> None:
        self.mailbox = Mailbox()
        self.tokens = {TOKEN}
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.page_size = 200
        self.generation = 1
        self.chunked = True
        self.tells_size = True
        self.uploads: dict[str, Any] = {}
        self.lock = threading.RLock()
        self._authority = authority
        self._folder = TemporaryDirectory(prefix="marac-graph-")

    def __enter__(self) -> Self:
        self.files = server_files(Path(self._folder.name), authority=self._authority)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self.files.certificate, self.files.key)
        self._http = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"graph": self}))
        self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.port = int(self._http.server_address[1])
        self.origin = f"https://localhost:{self.port}"
        self.url = f"{self.origin}/v1.0"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        self._folder.cleanup()

    def empty(self) -> None:
        """As it was at first."""
        self.mailbox, self.tokens, self.faults, self.asked = Mailbox(), {TOKEN}, [], []
        self.page_size, self.chunked, self.tells_size, self.uploads = 200, True, True, {}

    def fail(self, request: str, **fault: Any) -> Fault:
        """Let the next request that matches fail."""
        self.faults.append(Fault(request, **fault))
        return self.faults[-1]

    def lines(self) -> Counter[str]:
        """How often each was asked for, by method and the path below the mailbox, ids left out."""
        return Counter(re.sub(r"AAkA\S*?=", "ID", asked.line) for asked in self.asked)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up, and are made to: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    graph: GraphServer
    protocol_version = "HTTP/1.1"
    timeout = 20
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PATCH = do_DELETE = do_PUT = do_GET  # noqa: N815 - as http.server wants them

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        split = urlsplit(self.path)
        path, query = split.path, {name: values[0] for name, values in parse_qs(split.query).items()}
        below = unquote(path).removeprefix(f"/v1.0/users/{ADDRESS}")
        graph = self.graph
        with graph.lock:
            line = f"{self.command} {below}"
            asked = Asked(line, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            graph.asked.append(asked)
            fault = self._fault(line)
            if fault and fault.status and not fault.after:
                self._say(refused(fault.status, fault.code, fault.headers))
                return
            answer = self._permitted(path) or answered(graph, self.command, path, query, asked.headers, body)
            if fault and fault.status:
                answer = refused(fault.status, fault.code, fault.headers)
        if fault and fault.lost:
            self.close_connection = True
            self.connection.shutdown(2)
            return
        self._say(answer, fault.cut if fault else None)

    def _fault(self, line: str) -> Fault | None:
        for fault in self.graph.faults:
            if fault.times and re.fullmatch(fault.request, line):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def _permitted(self, path: str) -> Answer | None:
        if path.startswith("/upload/"):
            return None
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.graph.tokens:
            return refused(401, "InvalidAuthenticationToken")
        if not unquote(path).startswith(f"/v1.0/users/{ADDRESS}/"):
            return refused(404, "ErrorInvalidUser")
        return None

    def _say(self, answer: Answer, cut: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        streamed = answer.streamed and self.graph.chunked
        if streamed:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        body = answer.body if cut is None else answer.body[:cut]
        if streamed:
            for start in range(0, len(body), 50_000):
                piece = body[start : start + 50_000]
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            if cut is None:
                self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(body)
        if cut is not None:
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)
