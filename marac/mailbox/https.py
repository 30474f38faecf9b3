"""The line to a web service of Microsoft: HTTPS with verified certificates, and what goes wrong with it in plain words."""

import logging
import ssl
from collections.abc import Mapping
from typing import Any

import httpx

from marac.mailbox.connection import reason

# The libraries write every address they ask for to their log, and those hold mailboxes and ids of messages.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def https_client(tls: ssl.SSLContext, timeout_seconds: float) -> httpx.Client:
    """A client that trusts what `tls` trusts, waits so long for each piece of an answer, and follows no redirection.

    It goes through the proxy that the computer's settings name (`HTTPS_PROXY`), as council networks need.
    """
    limits = httpx.Limits(max_connections=4)  # as many as Graph allows for one mailbox
    return httpx.Client(verify=tls, timeout=timeout_seconds, limits=limits)


def failure(error: Exception, server: str) -> str:
    """What a request that failed on its way means, and what to do next. `server` names host and port."""
    if isinstance(error, httpx.TimeoutException):
        return reason(TimeoutError(), server)
    return reason(_first_cause(error), server)


def _first_cause(error: Exception) -> Exception:
    """What the operating system or TLS said; the libraries wrap it more than once."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return error


class SingleRequests:
    """The same client for who asks rarely: each request has a connection of its own, which is closed after it.

    It has the methods that msal wants of what carries its requests.
    """

    def __init__(self, tls: ssl.SSLContext, timeout_seconds: float) -> None:
        self._tls = tls
        self._timeout_seconds = timeout_seconds

    def get(self, url: str, **parts: Any) -> httpx.Response:
        """The answer, read whole."""
        with https_client(self._tls, self._timeout_seconds) as client:
            return client.get(url, **parts)

    def post(self, url: str, data: Mapping[str, Any] | None = None, **parts: Any) -> httpx.Response:
        """The answer, read whole. `data` are the fields of a form."""
        # msal gives the proof of a certificate as bytes, which httpx would write as Python does: b'...'
        form = {name: value.decode() if isinstance(value, bytes) else value for name, value in (data or {}).items()}
        with https_client(self._tls, self._timeout_seconds) as client:
            return client.post(url, data=form, **parts)

    def close(self) -> None:
        """Nothing stays open."""
