"""A real SMTP server (aiosmtpd) on this computer, with TLS from the start or by STARTTLS, that can be made to refuse."""

import base64
import shutil
import ssl
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, auth_mechanism

from tests.certificates import server_files
from tests.dovecot import free_port

USER = "marac@council.example"
PASSWORD = "two pounds £2"
TOKEN = "good.token-1"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that the server took: the envelope and the bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class _Desk:
    """What the server does with letters: refuse as it was told, or keep them."""

    taken: list[Taken] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    @auth_mechanism("XOAUTH2")
    async def auth_XOAUTH2(self, server: Any, words: list[str]) -> AuthResult:  # noqa: N802 - the library goes by it
        """As Microsoft does it: where a token is refused, its reason comes first, in a code of its own."""
        if base64.b64decode(words[1]) == f"user={USER}\1auth=Bearer {TOKEN}\1\1".encode():
            return AuthResult(success=True, auth_data=USER)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        return AuthResult(success=False, handled=True)

    async def handle_MAIL(self, _server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if not session.authenticated:
            return "530 who are you?"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.refusals.get("MAIL", "250 yes")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.refusals.get("RCPT", "250 yes")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        refusal = self.refusals.get("DATA")
        if refusal is None:
            self.taken.append(Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        return refusal or "250 taken"


class SmtpServer:
    """A server with one account; entered with `with`, gone at its end."""

    def __init__(
        self,
        security: Literal["tls", "starttls", "none"] = "tls",
        authority: str = "Example Authority",
        host: str = "localhost",
        valid_days: int = 2,
    ) -> None:
        self.security = security
        self._certificate = (host, valid_days, authority)
        self._desk = _Desk()

    @property
    def taken(self) -> list[Taken]:
        """The letters that it took."""
        return self._desk.taken

    @property
    def refusals(self) -> dict[str, str]:
        """What it answers instead of yes, by command: `{"RCPT": "550 no such user"}`."""
        return self._desk.refusals

    def __enter__(self) -> Self:
        self.home = Path(tempfile.mkdtemp(prefix="sm"))
        self.files = server_files(self.home, *self._certificate)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self.files.certificate, self.files.key)
        self.port = free_port()
        self._controller = Controller(
            self._desk,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=tls if self.security == "tls" else None,
            tls_context=tls if self.security == "starttls" else None,
            require_starttls=self.security == "starttls",
            authenticator=_authenticated,
            auth_require_tls=self.security == "starttls",  # it does not see TLS that was there from the start
            data_size_limit=20_000_000,
            auth_exclude_mechanism=["LOGIN"],
        )
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
        shutil.rmtree(self.home, ignore_errors=True)


def _authenticated(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, proof: Any) -> AuthResult:
    right = isinstance(proof, LoginPassword) and proof == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
