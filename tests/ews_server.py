"""A pretended Exchange server: Exchange Web Services over HTTPS, on this computer, with faults on demand."""

import base64
import gzip
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from lxml import etree

from tests.certificates import ServerFiles, server_files
from tests.ews_server_answers import answer
from tests.ews_server_faults import CUTS, Fault, Reply
from tests.ews_server_ntlm import NtlmDoor
from tests.ews_server_soap import T, envelope, inside, response, text
from tests.ews_server_store import MAILBOX, Store

USER = "svc-marac@council.example"
PASSWORD = "made up £ 1"
TOKEN = "token-1"

_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


class EwsServer:
    """The server. `asked` names the operations that came, `faults` what shall go wrong next."""

    def __init__(self, authority: str = "Example Authority", host: str = "localhost", *, rewords: bool = False) -> None:
        self._home = TemporaryDirectory()
        self.files: ServerFiles = server_files(Path(self._home.name), host, authority=authority)
        self.store = Store(rewords=rewords)
        self.tokens = {TOKEN}
        self.may_enter = {USER}
        self.may_impersonate: set[str] = set()
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.heard: list[bytes] = []
        self.refusals = 0
        self.lines: list[threading.Event] = []
        self.doors = {"basic", "bearer", "ntlm"}
        self.ntlm = NtlmDoor(Path(self._home.name), USER, PASSWORD)
        self._server = _Listener(("127.0.0.1", 0), _Connection)
        self._server.ews = self
        self._server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._server.tls.load_cert_chain(self.files.certificate, self.files.key)
        self.port: int = self._server.server_address[1]
        self.url = f"https://localhost:{self.port}/EWS/Exchange.asmx"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.hang_up()
        self._server.shutdown()
        self._server.server_close()
        self._home.cleanup()

    def hang_up(self) -> None:
        """End every streaming line."""
        with self.store.news:
            for line in self.lines:
                line.set()
            self.lines.clear()
            self.store.news.notify_all()

    def fault(
        self, operation: str, reply: Callable[[Reply], Reply], *, done_first: bool = False, times: int = 1
    ) -> None:
        """From now on, so many times, an operation goes wrong."""
        self.faults.append(Fault(operation, reply, done_first, times))

    def reply(self, user: str, request: bytes) -> Reply:
        """What to say to a user who has shown who he is."""
        root = etree.fromstring(request, _XML)
        asked = inside(root, "{*}Body")[0]
        operation = etree.QName(asked).localname
        self.asked.append(operation)
        impersonated = root.findtext(f".//{T}ConnectingSID/{T}PrimarySmtpAddress")
        if impersonated is not None and user not in self.may_impersonate:
            return Reply(response(operation, code="ErrorImpersonateUserDenied"))
        may_enter = user in self.may_enter or impersonated == MAILBOX
        fault = next((one for one in self.faults if one.operation == operation and one.times), None)
        if fault is not None:
            fault.times -= 1
            if not fault.done_first:
                probe = answer(self.store, operation, asked, may_enter=may_enter) if fault.reply in CUTS else b""
                return fault.reply(Reply(probe))
        done = Reply(answer(self.store, operation, asked, may_enter=may_enter))
        return fault.reply(done) if fault is not None else done


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    ews: EwsServer
    tls: ssl.SSLContext

    def finish_request(self, request: Any, client_address: Any) -> None:
        try:
            with self.tls.wrap_socket(request, server_side=True) as line:
                _Connection(line, client_address, self)
        except OSError:
            return  # the client did not trust us, or has gone

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients may go at any time."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener
    user: str | None = None

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        ews = self.server.ews
        self.user = self._user(ews)
        if self.user is None:
            ews.refusals += 1
            self._say(Reply(b"Jane Example may not enter.", 401, self._challenge(ews)))
            return
        ews.heard.append(request)
        if b"GetStreamingEvents>" in request:
            self._stream(ews, request)
        else:
            self._say(ews.reply(self.user, request))

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _user(self, ews: EwsServer) -> str | None:
        """Who this is, by what he shows; for NTLM, by what he has shown on this line."""
        self.challenge = ""
        kind, _, proof = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() not in ews.doors:
            return self.user
        if kind == "Basic":
            return USER if base64.b64decode(proof) == f"{USER}:{PASSWORD}".encode("latin-1") else None
        if kind == "Bearer":
            return USER if proof in ews.tokens else None
        user, self.challenge = ews.ntlm.enters(self, proof)
        return user

    def _challenge(self, ews: EwsServer) -> dict[str, str]:
        if self.challenge:
            return {"WWW-Authenticate": f"NTLM {self.challenge}"}
        return {"WWW-Authenticate": "NTLM" if "ntlm" in ews.doors else 'Basic realm="Exchange"'}

    def _say(self, reply: Reply) -> None:
        if reply.status == 0:
            self.close_connection = True
            return
        body = gzip.compress(reply.body, 1) if reply.sent is None and len(reply.body) > 100_000 else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if body is not reply.body:
            self.send_header("Content-Encoding", "gzip")
        if reply.framed:
            self.send_header("Content-Length", str(len(body)))
        self.close_connection = reply.sent is not None
        self.end_headers()
        self.wfile.write(body[: reply.sent])

    def _stream(self, ews: EwsServer, request: bytes) -> None:
        """Tell what happens in the folder, as it happens, until somebody hangs up."""
        ews.asked.append("GetStreamingEvents")
        folder = text(etree.fromstring(request, _XML), f".//{T}SubscriptionId")
        ended = threading.Event()
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with ews.store.news:
            ews.lines.append(ended)
            ews.store.news.notify_all()
            told = len(ews.store.history)
            self._chunk(_events(folder, []))
            while not ended.is_set():
                ews.store.news.wait(0.05)
                fresh = [one for one in ews.store.history[told:] if one.folder == folder and one.came]
                told = len(ews.store.history)
                if fresh:
                    self._chunk(_events(folder, [one.item for one in fresh]))
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()


def _events(folder: str, items: list[str]) -> bytes:
    told = "".join(
        f'<t:NewMailEvent><t:TimeStamp>2026-03-02T09:30:00Z</t:TimeStamp><t:ItemId Id="{item}" ChangeKey="CK"/>'
        f'<t:ParentFolderId Id="{folder}" ChangeKey="CK"/></t:NewMailEvent>'
        for item in items
    )
    notification = f"<m:Notification><t:SubscriptionId>{folder}</t:SubscriptionId>{told}</m:Notification>"
    notifications = f"<m:Notifications>{notification}</m:Notifications>" if items else ""
    return envelope(
        "<m:GetStreamingEventsResponse><m:ResponseMessages><m:GetStreamingEventsResponseMessage "
        f'ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{notifications}'
        "<m:ConnectionStatus>OK</m:ConnectionStatus></m:GetStreamingEventsResponseMessage></m:ResponseMessages>"
        "</m:GetStreamingEventsResponse>"
    )
