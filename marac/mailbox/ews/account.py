"""The account on an Exchange server: how it is signed in to, and asked."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from exchangelib import BASIC, DELEGATE, IMPERSONATION, NTLM, OAUTH2, UTC, Account, Configuration, Credentials
from exchangelib.credentials import BaseCredentials, OAuth2AuthorizationCodeCredentials
from exchangelib.errors import UnauthorizedError
from exchangelib.protocol import Protocol, RetryPolicy

from marac.errors import MaracError
from marac.mailbox.connection import verified_tls
from marac.mailbox.ews.line import Heard, Line
from marac.mailbox.ews.wording import in_words
from marac.settings import EwsMailbox

Answer = TypeVar("Answer")

_AUTHENTICATION = {"basic": BASIC, "ntlm": NTLM, "oauth": OAUTH2}
_ACCESS = {"delegate": DELEGATE, "impersonation": IMPERSONATION}


class ExchangeAccount:
    """A shared mailbox, opened by a user who is let into it."""

    def __init__(
        self, settings: EwsMailbox, tokens: Callable[[], str] | None, patience: Callable[[], RetryPolicy]
    ) -> None:
        """Nothing is connected yet.

        Args:
            settings: the table `[mailbox]`.
            tokens: gives an access token; None where a password is used.
            patience: how failures of the server are met, made anew for each connection.
        """
        self.server = f"the Exchange server {urlsplit(settings.url).netloc}"
        self._settings = settings
        self._tokens = tokens
        self._patience = patience
        self._account: Any = None
        self._version = None

    @property
    def heard(self) -> Heard:
        """What the server said last."""
        return self._account.protocol.heard if self._account is not None else Heard()

    def open(self) -> None:
        """Make ready to ask. The server is spoken to by the first question.

        Raises:
            MailboxError: no token can be had, or the authority's certificate cannot be read.
            SettingsError: the password is not where config.toml says.
        """
        self.close()
        settings = self._settings
        config = Configuration(
            credentials=self._credentials(),
            service_endpoint=settings.url,
            auth_type=_AUTHENTICATION[settings.authentication],
            retry_policy=self._patience(),
            version=self._version,
            max_connections=1,
        )
        line = Line(config, verified_tls(settings.certificate_authority), settings.timeout_seconds)
        self._account = _account(settings, config, line)

    def close(self) -> None:
        """Disconnect. What the server said about its version is kept for the next time."""
        account, self._account = self._account, None
        if account is not None:
            self._version = account.protocol.config.version
            account.protocol.close()

    def ask(self, question: Callable[[Account], Answer]) -> Answer:
        """The answer to a question; with a new token, once, where the old one is refused.

        Only for questions that change nothing or may be repeated.

        Raises:
            MailboxError: what went wrong, in words.
        """
        if self._tokens is None:
            return self.ask_once(question)
        try:
            return question(self._open_account())
        except UnauthorizedError:
            self.open()
        except Exception as error:  # noqa: BLE001 - as below
            raise self._in_words(error) from None
        return self.ask_once(question)

    def ask_once(self, question: Callable[[Account], Answer]) -> Answer:
        """The answer to a question that is asked once, whatever happens.

        Raises:
            MailboxError: what went wrong, in words.
        """
        try:
            return question(self._open_account())
        except Exception as error:  # noqa: BLE001 - the library raises what it likes, with pieces of messages in it
            raise self._in_words(error) from None

    def _in_words(self, error: Exception) -> MaracError:
        if isinstance(error, MaracError):
            return error
        return in_words(error, self.server, self.heard)

    def _open_account(self) -> Account:
        if self._account is None:
            self.open()
        return self._account

    def _credentials(self) -> BaseCredentials:
        if self._tokens is not None:
            return _Token(access_token={"access_token": self._tokens(), "token_type": "Bearer"})
        password = self._settings.password.resolve().reveal() if self._settings.password else ""
        return _Password(self._settings.user or "", password)


class _Password(Credentials):  # type: ignore[misc]
    """A user and a password that equal no others: the library shares connections between equal ones."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class _Token(OAuth2AuthorizationCodeCredentials):  # type: ignore[misc]
    """An access token that equals no other, for the same reason."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _account(settings: EwsMailbox, config: Configuration, line: Line) -> Account:
    """The library's account, on our line instead of the one that it makes and shares."""
    account = Account(
        settings.mailbox,
        access_type=_ACCESS[settings.access],
        autodiscover=False,
        config=config,
        locale="en_GB",
        default_timezone=UTC,
    )
    del Protocol[config]
    account.protocol = line
    return account
