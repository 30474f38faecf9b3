"""How this program talks to an Exchange server: verified TLS, whole replies only, and a patience that ends.

Everything is set on objects of this connection: the library keeps such things on classes that all of a process shares.
"""

import logging
import ssl
from dataclasses import dataclass
from typing import Any

from exchangelib.errors import RateLimitError, UnauthorizedError
from exchangelib.protocol import OAUTH2, CachingProtocol, FailFast, FaultTolerance, Protocol
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

# The libraries write whole requests and answers to their logs, passwords and messages and all.
for _name in ("exchangelib", "requests_ntlm", "requests_oauthlib", "oauthlib", "spnego", "urllib3"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

LONGEST_WAIT_SECONDS = 60.0
"""So long, in all, a busy server is waited for within one visit; the next visit comes soon."""

_FIRST_WAIT_SECONDS = 1
_DEFAULT_WAIT_SECONDS = 10.0
_TAIL_BYTES = 64


@dataclass(slots=True)
class Heard:
    """What the server said last: its HTTP status, 0 where none came; and whether it was SOAP, from Exchange itself.

    `by_token` says how it was asked: with an access token, or with a password.
    """

    status: int = 0
    soap: bool = False
    by_token: bool = False

    def forget(self) -> None:
        """Nothing has been said yet."""
        self.status, self.soap = 0, False


class Patience(FaultTolerance):  # type: ignore[misc]
    """For questions that may be asked again. A refused password is not asked again: that may lock the account."""

    def __init__(self) -> None:
        super().__init__(max_wait=LONGEST_WAIT_SECONDS)
        self._left = LONGEST_WAIT_SECONDS

    def back_off(self, seconds: float | None) -> None:
        """Wait before the next attempt.

        Raises:
            RateLimitError: this visit has waited long enough.
        """
        wanted = _DEFAULT_WAIT_SECONDS if seconds is None else seconds
        if wanted > self._left:
            raise RateLimitError("", wait=wanted)
        self._left -= wanted
        super().back_off(wanted)

    def raise_response_errors(self, response: Response) -> None:
        """Judge the answer by its status.

        Raises:
            UnauthorizedError: the user and the password, or the token, were not accepted.
        """
        if response.status_code == 401:
            raise UnauthorizedError("")
        super().raise_response_errors(response)


class _Unshared(CachingProtocol):  # type: ignore[misc]
    """The library gives connections with the same password one object, whatever else they are set to; this does not."""

    def __call__(self, *args: object, **kwargs: object) -> Any:
        return type.__call__(self, *args, **kwargs)


class Line(Protocol, metaclass=_Unshared):  # type: ignore[misc]
    """The connection of one mailbox or outbox to its server."""

    def __init__(self, config: Any, tls: ssl.SSLContext, timeout_seconds: float) -> None:
        super().__init__(config=config)
        self.heard = Heard(by_token=config.auth_type == OAUTH2)
        self.TIMEOUT = timeout_seconds
        self.RETRY_WAIT = _FIRST_WAIT_SECONDS
        self._tls = tls

    def raw_session(self, prefix: str, **oauth: Any) -> Any:
        """A session whose every request goes over the verified line."""
        session = super().raw_session(prefix, **oauth)
        session.headers["User-Agent"] = "marac"
        session.mount("https://", _VerifiedAdapter(self._tls, self.heard))
        session.mount(prefix, _VerifiedAdapter(self._tls, self.heard))
        return session


class _VerifiedAdapter(HTTPAdapter):
    """Trusts what one TLS context trusts and nothing more; `requests` would add its own list of authorities."""

    def __init__(self, tls: ssl.SSLContext, heard: Heard) -> None:
        self._tls = tls
        self._heard = heard
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs | {"ssl_context": self._tls})

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, **kwargs | {"ssl_context": self._tls})

    def build_connection_pool_key_attributes(
        self,
        request: PreparedRequest,
        verify: bool | str,  # noqa: ARG002 - a variable of the environment may say otherwise, and is not obeyed
        cert: Any = None,
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        host, _ = super().build_connection_pool_key_attributes(request, True, cert)
        return host, {"ssl_context": self._tls}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing: the context verifies."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: dict[str, str] | None = None,
    ) -> Response:
        """Send a request.

        Raises:
            ConnectionError: the answer ended before its end; the library would repair it, and give half a message.
        """
        self._heard.forget()
        response = super().send(request, stream, timeout, verify, cert, proxies)
        self._heard.status = response.status_code
        if response.status_code not in {200, 500}:
            return response  # unread: NTLM goes on from a 401 on the same connection
        if stream:
            response.raw = _WholeReply(response.raw)
            return response
        self._heard.soap = b"Envelope" in response.content[:300]
        if response.status_code == 200 and not _is_whole(response.content[-_TAIL_BYTES:]):
            response.close()
            raise ConnectionError
        return response


class _WholeReply:
    """A reply that is read as it comes, and must end as a reply of Exchange ends."""

    def __init__(self, raw: Any) -> None:
        self.__dict__["raw"] = raw
        self.__dict__["tail"] = b""

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        piece: bytes = self.raw.read(*args, **kwargs)
        if not piece and self.raw.status == 200 and not _is_whole(self.tail):
            raise ConnectionError
        self.__dict__["tail"] = (self.tail + piece)[-_TAIL_BYTES:]
        return piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["raw"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.raw, name, value)


def _is_whole(tail: bytes) -> bool:
    return tail.rstrip().endswith(b"Envelope>")


def hurry() -> FailFast:
    """For what may be asked once only: the library tries nothing again."""
    return FailFast()
