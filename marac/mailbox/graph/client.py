"""Requests to Microsoft Graph for one mailbox: signed in, patient when it is busy, and its refusals in plain words."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import httpx

from marac.errors import MailboxError
from marac.mailbox.connection import sentence, verified_tls
from marac.mailbox.graph.patience import FIRST_WAIT_SECONDS, PATIENCE_SECONDS, SHORTEST_WAIT_SECONDS, asked_to_wait
from marac.mailbox.graph.words import BUSY, refusal
from marac.mailbox.https import failure, https_client
from marac.settings import GraphMailbox

_IMMUTABLE = 'IdType="ImmutableId"'
"""An item keeps its id when it is moved, and a draft when it is sent (Graph, concepts/outlook-immutable-id)."""

Pause = Callable[[float], object]
"""Waits so many seconds; True where the program was told to stop meanwhile."""


class AccessTokens(Protocol):
    """What gives an access token, and another in place of one that was refused."""

    def __call__(self, refused: str | None = None) -> str:
        """A token that is good now, and not the one that was refused."""


class LostReplyError(MailboxError):
    """The connection to Microsoft Graph was lost after a request was sent. Run this again. Nothing was lost."""


class GraphClient:
    """The line to one mailbox; one request at a time."""

    def __init__(self, settings: GraphMailbox, tokens: AccessTokens, pause: Pause = time.sleep) -> None:
        self._settings = settings
        self._tokens = tokens
        self._pause = pause
        self._token = ""
        self._client: httpx.Client | None = None
        self._origin = urlsplit(settings.url)[:2]
        self._server = f"Microsoft Graph ({self._origin[1]})"
        self._root = f"{settings.url}/users/{quote(settings.mailbox, safe='@')}"

    def open(self) -> None:
        """Make ready to ask, with a token that is good now.

        Raises:
            MailboxError: there is no token.
            SettingsError: what the token is had with is not where config.toml says.
        """
        tls = verified_tls(self._settings.certificate_authority)
        self._token = self._tokens()
        self._client = https_client(tls, self._settings.timeout_seconds)

    def close(self) -> None:
        """Hang up."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def ask(
        self,
        method: str,
        place: str,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        repeat: bool = True,
    ) -> httpx.Response:
        """The whole answer to one request, whatever its status.

        Args:
            method: of HTTP.
            place: below the mailbox, such as `/messages`; or a whole link that Graph gave.
            params: of the query.
            json: what to send, as JSON.
            content: what to send, as bytes.
            headers: besides those of every request.
            repeat: whether it does no harm to ask again where it is not known what became of the first time.

        Raises:
            MailboxError: Graph cannot be reached, is busy for too long, or gives no access.
            LostReplyError: the request was sent, and its answer did not come.
        """
        request = self._request(method, place, params=params, json=json, content=content, headers=headers)
        answer = self._patiently(request, repeat=repeat)
        with self._in_words():
            answer.read()
        return answer

    def fields(
        self,
        method: str,
        place: str,
        wanted: int = 200,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
    ) -> dict[str, Any]:
        """The fields of an answer that must have that status.

        Raises:
            MailboxError: it has another; besides what `ask` raises.
        """
        answer = self.ask(method, place, params=params, json=json)
        self.must_be(wanted, answer)
        return self.read(answer)

    def pages(self, place: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The entries of a list, page after page.

        Raises:
            MailboxError: see `fields`.
        """
        page = self.fields("GET", place, params=params)
        while True:
            yield from page.get("value", ())
            if "@odata.nextLink" not in page:
                return
            page = self.fields("GET", page["@odata.nextLink"])

    @contextmanager
    def stream(self, place: str) -> Iterator[httpx.Response]:
        """An answer whose body is read piece by piece by whoever asked; a body that ends too early raises there.

        Raises:
            MailboxError: see `ask`; or it cannot be seen where the body ends.
            LostReplyError: the body was cut short.
        """
        answer = self._patiently(self._request("GET", place, headers={"Accept-Encoding": "identity"}), repeat=True)
        try:
            told = "content-length" in answer.headers or "transfer-encoding" in answer.headers
            if answer.is_success and not told:
                raise MailboxError(f"{self._server} did not say how long a message is. The next run tries again.")
            with self._in_words():
                yield answer
        finally:
            answer.close()

    def upload(self, address: str, piece: bytes, start: int, total: int) -> httpx.Response:
        """The answer to one piece of a file, put where an upload session said; that address is its own permission.

        Raises:
            MailboxError: the address is not encrypted; besides what `ask` raises.
        """
        if not address.startswith("https://"):
            raise MailboxError(
                f"{self._server} named a place for a file that is not encrypted. Nothing was sent to it."
            )
        span = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}"}
        request = self._opened().build_request("PUT", address, content=piece, headers=span)
        answer = self._patiently(request, repeat=True, signed=False)
        with self._in_words():
            answer.read()
        return answer

    def read(self, answer: httpx.Response) -> dict[str, Any]:
        """The JSON object in an answer.

        Raises:
            MailboxError: it holds none.
        """
        try:
            fields = answer.json()
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise MailboxError(f"{self._server} answered in a way that cannot be understood. Run this again later.")
        return fields

    def must_be(self, wanted: int, answer: httpx.Response) -> None:
        """Go on if the answer has this very status: Graph has said 200 to what it did not do (its issue 13979).

        Raises:
            MailboxError: it has another.
        """
        if answer.status_code != wanted:
            raise MailboxError(self.refusal(answer))

    def refusal(self, answer: httpx.Response) -> str:
        """Why Graph does not do what it was asked, and what to do next."""
        return refusal(answer, self._server, self._settings.mailbox)

    def _request(self, method: str, place: str, **parts: Any) -> httpx.Request:
        address = place if place.startswith("https://") else self._root + place
        if urlsplit(address)[:2] != self._origin:
            raise MailboxError(f"{self._server} named another server to go on with. It was not asked. Ask IT.")
        headers = parts.pop("headers", None)
        return self._opened().build_request(method, address, headers={"Prefer": _IMMUTABLE, **(headers or {})}, **parts)

    def _patiently(self, request: httpx.Request, *, repeat: bool, signed: bool = True) -> httpx.Response:
        """The first answer that is not a request to wait, and not one to sign in again; its body is not read yet."""
        patience, wait, renewed = PATIENCE_SECONDS, FIRST_WAIT_SECONDS, False
        while True:
            if signed:
                request.headers["Authorization"] = f"Bearer {self._token}"
            with self._in_words():
                answer = self._opened().send(request, stream=True)
            if answer.status_code == 401 and signed and not renewed:
                answer.close()
                self._token, renewed = self._tokens(refused=self._token), True
                continue
            if answer.status_code != 429 and not (repeat and answer.status_code in BUSY):
                return answer
            seconds = max(asked_to_wait(answer) or wait, SHORTEST_WAIT_SECONDS)
            wait *= 2
            if seconds > patience:
                return self._given_up(answer)
            answer.close()
            patience -= seconds
            if self._pause(seconds) is True:
                raise MailboxError(f"{self._server} was busy when this program was told to stop. Nothing was lost.")

    def _given_up(self, answer: httpx.Response) -> httpx.Response:
        """The last answer, where it is an error that may be told from others; a server that is only busy is not asked on."""
        if answer.status_code in {429, 503}:
            answer.close()
            raise MailboxError(
                f"{self._server} is too busy just now ({answer.status_code}). Nothing was lost. Run this again later."
            )
        return answer

    def _opened(self) -> httpx.Client:
        if self._client is None:
            raise MailboxError(f"There is no connection to {self._server}. Run this again.")
        return self._client

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say in words what went wrong on the line, and whether a request had been handed over."""
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise MailboxError(sentence(failure(error, self._server))) from None
        except httpx.HTTPError as error:
            raise LostReplyError(sentence(failure(error, self._server))) from None


def place_of(message: str) -> str:
    """Where a message is, by its id."""
    return f"/messages/{quote(message, safe='')}"
