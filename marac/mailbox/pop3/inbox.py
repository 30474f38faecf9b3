"""A POP3 account as mailbox, always over verified TLS. It has no folders: what was handled is deleted on the server."""

import poplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Self

from marac.errors import MailboxError
from marac.mailbox.connection import LARGEST_MESSAGE, not_let_in, reason, sentence, too_large, verified_tls
from marac.mailbox.pop3.line import OverlongError, Pop3Line, RefusedTokenError
from marac.mailbox.protocol import Item, Oddity, Outcome
from marac.settings import Pop3Mailbox

_FOR_NOW = (b"[IN-USE]", b"[LOGIN-DELAY]", b"[SYS/TEMP]")  # RFC 2449, section 8.1, and RFC 3206
_AGAIN_LATER = "Nothing was lost. The next run tries again."


@dataclass(frozen=True, slots=True)
class _Listed:
    """A message as one session numbers it, and its length as the server tells it."""

    number: int
    size: int


class Pop3Inbox:
    """The messages of a POP3 account.

    A message is known by the name that the server gives it for good (UIDL); its number holds for one session only. A
    session shows what had come when it began, so each listing begins a new one. `file` marks a message as deleted, and
    the server deletes at the end of the session: where that end does not reach it, the message is listed again.
    """

    verbatim = True

    def __init__(self, settings: Pop3Mailbox, tokens: Callable[[], str] | None = None) -> None:
        self._settings = settings
        self._tokens = tokens
        self._server = f"the mail server {settings.host}, port {settings.port}"
        self._line: Pop3Line | None = None
        self._listed: dict[str, _Listed] = {}
        self._shown = False
        self._may_connect = False

    @property
    def name(self) -> str:
        """The mailbox as the books call it."""
        return f"pop3 {self._settings.user}@{self._settings.host}"

    def __enter__(self) -> Self:
        """Connect, log in, and ask what there is.

        Raises:
            MailboxError: the server cannot be reached or trusted, does not let this user in, or cannot name its messages.
            SettingsError: the password is not where config.toml says.
        """
        self._begin()
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the session, upon which the server deletes. What fails now changes nothing: it is listed again."""
        self._may_connect = False
        self._end()

    def waiting(self) -> Iterator[Item]:
        """Every message in the account, in the server's order; when it came, a POP3 server does not say.

        Raises:
            MailboxError: the connection was lost.
        """
        if self._shown:
            self._end()
        with self._session():
            self._shown = True
            return iter([Item(name, size=listed.size) for name, listed in self._listed.items()])

    def oddities(self) -> Sequence[Oddity]:
        """None: everything in a POP3 account is a message."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message as the server has it.

        Raises:
            MailboxError: it is gone or too large, it did not come whole, or the connection was lost.
        """
        with self._session() as line:
            listed = self._listed.get(item.id)
            if listed is None:
                raise MailboxError(f"A message is no longer on {self._server}. Nothing was taken in from it.")
            if listed.size > LARGEST_MESSAGE:
                raise too_large(self._server)
            content = line.message(listed.number)
        if len(content) < listed.size:  # more may come: some servers count the end of a line as one byte
            raise MailboxError(
                f"A message did not come whole from {self._server}: {listed.size} bytes were announced, {len(content)} "
                "came. The next run tries again. If it never comes whole, ask who runs the server."
            )
        return content

    def file(self, item: Item, outcome: Outcome) -> None:  # noqa: ARG002 - there are no folders to choose from
        """Delete the message on the server, at the end of the session. To be called only when its bytes are kept.

        Raises:
            MailboxError: it could not be deleted.
        """
        with self._session() as line:
            listed = self._listed.get(item.id)
            if listed is not None:
                line.dele(listed.number)
                del self._listed[item.id]

    @contextmanager
    def _session(self) -> Iterator[Pop3Line]:
        """The session, or a new one where the last was lost or ended; what goes wrong is said in words.

        Nothing that the server wrote is shown: it may be a piece of a message.
        """
        if self._line is None and self._may_connect:
            self._begin()
        with self._in_words():
            if self._line is None:
                raise ConnectionError
            yield self._line

    def _begin(self) -> None:
        self._may_connect = False  # where it fails, the rest of this run does not try again
        settings = self._settings
        password = settings.password.resolve().reveal() if settings.password else ""
        token = self._tokens() if self._tokens else None
        tls = verified_tls(settings.certificate_authority)
        try:
            with self._in_words():
                self._line = Pop3Line(settings.host, settings.port, timeout=settings.timeout_seconds, context=tls)
                self._log_in(self._line, password, token)
                self._listed = self._listing(self._line)
        except BaseException:
            self._drop()
            raise
        self._may_connect, self._shown = True, False

    def _log_in(self, line: Pop3Line, password: str, token: str | None) -> None:
        try:
            if token is not None:
                line.log_in_by_token(self._settings.user, token)
            else:
                line.user(self._settings.user)
                line.pass_(password)
        except RefusedTokenError:
            raise not_let_in(self._server, by_token=True) from None
        except poplib.error_proto as error:
            if not _said_by_server(error):
                raise
            if any(code in error.args[0].upper() for code in _FOR_NOW):
                raise MailboxError(
                    f"{sentence(self._server)} does not open the mailbox just now; another program may have it open. "
                    f"{_AGAIN_LATER}"
                ) from None
            if token is not None:
                raise MailboxError(
                    f"{sentence(self._server)} lets nobody in by a token. Ask IT, or use a password in config.toml."
                ) from None
            raise not_let_in(self._server, by_token=False) from None

    def _listing(self, line: Pop3Line) -> dict[str, _Listed]:
        """What there is, by name, in the server's order."""
        try:
            named = line.uidl()[1]
        except poplib.error_proto as error:
            if not _said_by_server(error):
                raise
            raise MailboxError(
                f"{sentence(self._server)} does not name its messages (it has no UIDL), so none can be told from another. "
                "Nothing was taken in. Ask IT for another server, or use a folder of saved messages."
            ) from None
        sizes = dict(_pair(entry) for entry in line.list()[1])
        listed: dict[str, _Listed] = {}
        for number, name in map(_pair, named):
            listed[_unlike(name, listed)] = _Listed(int(number), int(sizes[number]))
        return listed

    def _end(self) -> None:
        line, self._line = self._line, None
        self._listed = {}
        if line is not None:
            with suppress(poplib.error_proto, OSError, ValueError):
                line.quit()
            _hang_up(line)

    def _drop(self) -> None:
        """Hang up without a word, because nobody knows what the server would say next."""
        line, self._line = self._line, None
        self._listed = {}
        if line is not None:
            _hang_up(line)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except MailboxError:
            raise
        except OverlongError:
            self._drop()
            raise too_large(self._server) from None
        except poplib.error_proto as error:
            if _said_by_server(error):
                raise MailboxError(
                    f"{sentence(self._server)} refused. {_AGAIN_LATER} If it stays so, ask IT."
                ) from None
            self._drop()
            raise MailboxError(sentence(reason(ConnectionError(), self._server))) from None
        except Exception as error:  # noqa: BLE001 - the library raises what it likes on answers that it does not understand
            self._drop()
            known = error if isinstance(error, OSError) else ConnectionError()
            raise MailboxError(sentence(reason(known, self._server))) from None


def _said_by_server(error: poplib.error_proto) -> bool:
    """Whether it is the server's answer; the library's own errors are text: the line ended, or cannot be understood."""
    return isinstance(error.args[0], bytes) and error.args[0].upper().startswith(b"-ERR")


def _pair(entry: bytes) -> tuple[str, str]:
    """A line of a listing: a number, and what belongs to it."""
    number, _, rest = entry.decode("ascii", "replace").partition(" ")
    return number, rest.split(" ")[0]


def _unlike(name: str, listed: dict[str, _Listed]) -> str:
    """The name, numbered where it was given before: a server may give equal messages one name (RFC 1939, section 7)."""
    unlike, times = name, 1
    while unlike in listed:
        times += 1
        unlike = f"{name} {times}"
    return unlike


def _hang_up(line: Pop3Line) -> None:
    with suppress(Exception):
        line.close()
