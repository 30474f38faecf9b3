"""A connection to an IMAP account: over verified TLS, logged in, and what goes wrong with it in plain words."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from imapclient.tls import IMAP4_TLS

from marac.errors import MailboxError
from marac.mailbox.connection import (
    LARGEST_MESSAGE,
    bearer,
    not_let_in,
    reason,
    sentence,
    too_large,
    verified_tls,
    xoauth2,
)
from marac.settings import ImapMailbox

# The library writes every line of the conversation to its log, messages and all.
logging.getLogger("imapclient").setLevel(logging.CRITICAL + 1)


class ImapSession:
    """One account on one server; connected by `connect`, as often as need be."""

    def __init__(self, settings: ImapMailbox, tokens: Callable[[], str] | None) -> None:
        self._settings = settings
        self._tokens = tokens
        self._client: Any = None
        self.server = f"the mail server {settings.host}, port {settings.port}"

    @property
    def connected(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._client is not None

    def connect(self) -> None:
        """Connect and log in.

        Raises:
            MailboxError: the server cannot be reached or trusted, or does not let this user in.
            SettingsError: the password is not where config.toml says.
        """
        password = self._settings.password.resolve().reveal() if self._settings.password else ""
        token = self._tokens() if self._tokens else None
        tls = verified_tls(self._settings.certificate_authority)
        try:
            self._client = _Client(
                self._settings.host, self._settings.port, ssl_context=tls, timeout=self._settings.timeout_seconds
            )
        except Exception as error:  # noqa: BLE001 - the library raises what it likes on greetings that it does not understand
            known = error if isinstance(error, OSError) else ConnectionError()
            raise MailboxError(sentence(reason(known, self.server))) from None
        try:
            with self.in_words() as client:
                self._log_in(client, password, token)
        except BaseException:
            self.drop()
            raise

    def close(self) -> None:
        """Log out. What fails now changes nothing."""
        client, self._client = self._client, None
        if client is not None:
            client.__exit__(None, None, None)

    def drop(self) -> None:
        """Hang up without a word, because nobody knows what the server would say next."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.shutdown()

    @contextmanager
    def in_words(self) -> Iterator[Any]:
        """The library's client; what goes wrong with it is said in words, and nothing that the server wrote is shown.

        Whatever leaves it unclear what the server would say next drops the connection.

        Raises:
            MailboxError: there is no connection, it was lost, or the server refused.
        """
        if self._client is None:
            raise MailboxError(sentence(reason(ConnectionError(), self.server)))
        try:
            yield self._client
        except _OverlongError:
            self.drop()
            raise too_large(self.server) from None
        except MailboxError:
            raise
        except (IMAP4.abort, OSError) as error:
            self.drop()
            raise MailboxError(sentence(reason(error, self.server))) from None
        except Exception as error:  # noqa: BLE001 - the library raises what it likes on answers that it does not understand
            if not isinstance(error, IMAP4.error):
                self.drop()
            raise MailboxError(
                f"{sentence(self.server)} refused, or answered in a way that cannot be understood. Nothing was lost. "
                "Run this again; if it stays so, ask who runs the server."
            ) from None

    def select(self, client: Any, folder: str, *, readonly: bool = False) -> dict[bytes, Any]:
        """Open a folder; what the server says of it.

        Raises:
            MailboxError: there is no such folder, or this user may not move messages out of it.
        """
        try:
            return dict(client.select_folder(folder, readonly=readonly))
        except IMAP4.readonly:
            raise MailboxError(
                f"This user may read the folder {folder} but not move messages out of it. Ask IT for access."
            ) from None
        except IMAP4.abort:
            raise
        except IMAP4.error:
            raise MailboxError(f"There is no folder {folder} on {self.server}. Check config.toml.") from None

    def _log_in(self, client: Any, password: str, token: str | None) -> None:
        try:
            if token is not None:
                self._log_in_by_token(client, token)
                return
            # a pound sign in a password gets through PLAIN, not through LOGIN
            plain = client.has_capability("AUTH=PLAIN")
            (client.plain_login if plain else client.login)(self._settings.user, password)
        except LoginError as error:
            if isinstance(error.__context__, IMAP4.abort):
                raise ConnectionError from None
            raise not_let_in(self.server, by_token=token is not None) from None

    def _log_in_by_token(self, client: Any, token: str) -> None:
        """Offer the token once. Where it is refused the server sends its reason, and wants an empty answer to that."""
        settings = self._settings
        if client.has_capability("AUTH=XOAUTH2"):
            answers = iter([xoauth2(settings.user, token)])
            client.sasl_login("XOAUTH2", lambda _: next(answers, b""))
        elif client.has_capability("AUTH=OAUTHBEARER"):
            answers = iter([bearer(settings.user, settings.host, settings.port, token)])
            client.sasl_login("OAUTHBEARER", lambda _: next(answers, b"\1"))
        else:
            raise MailboxError(
                f"{sentence(self.server)} lets nobody in by a token. Ask IT, or use a password in config.toml."
            )


class _OverlongError(Exception):
    """The server announces more bytes in one piece than any message may have."""


class _Line(IMAP4_TLS):  # type: ignore[misc]
    """The library's line to the server, on which nothing is read that is longer than a message may be."""

    def read(self, size: int) -> bytes:
        """As many bytes as the server has announced.

        Raises:
            _OverlongError: they are too many. None of them was read.
        """
        if size > LARGEST_MESSAGE:
            raise _OverlongError
        return bytes(super().read(size))


class _Client(IMAPClient):  # type: ignore[misc]
    """The library's client, which writes down nothing of what is said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._imap.debug = 0  # at 5, its own choice, each message is put into words for the log: four times its size
        self.normalise_times = False  # otherwise the times come in this computer's zone, and do not say so

    def _create_IMAP4(self) -> _Line:  # noqa: N802 - the library's name
        return _Line(self.host, self.port, self.ssl_context, getattr(self._timeout, "connect", None))
