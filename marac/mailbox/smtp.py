"""An SMTP server as outbox, always over verified TLS: one recipient a letter, and no doubt about what left."""

import base64
import re
import selectors
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.connection import not_let_in, reason, sentence, verified_tls, xoauth2
from marac.mailbox.protocol import Letter
from marac.settings import SmtpSending

_OWN_NAME = "[127.0.0.1]"  # what this computer is called is nobody's business; computers are named after people
_ADDRESS = re.compile(r"[^@\s<>(),;:\"\\]+@[A-Za-z0-9.-]+", re.ASCII)
_TOO_LARGE = 552
_DID_NOT_LEAVE = "The letter did not leave."
_ABOUT_THE_USER = frozenset({530, 534, 535, 538})  # RFC 4954, section 6: it is not the letter that is refused


class SmtpOutbox:
    """A mail server that letters are handed to.

    The reply to the end of the data decides whether a letter left (RFC 5321, section 6.1). What fails before it did
    not leave; where the reply does not come, nobody here can know.
    """

    def __init__(
        self,
        settings: SmtpSending,
        tokens: Callable[[], str] | None = None,
        sent_items: Callable[[str], bool] | None = None,
    ) -> None:
        """An outbox that is not connected yet.

        Args:
            settings: the table `[sending]` of config.toml.
            tokens: gives an access token, where no password is used.
            sent_items: whether a letter with this Message-ID lies where the account keeps what was sent; None where
                nobody keeps it.
        """
        self._settings = settings
        self._tokens = tokens
        self._sent_items = sent_items
        self._server = f"the mail server {settings.host}, port {settings.port}"
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Connect, over TLS or not at all, and log in where config.toml names a user.

        Raises:
            MailboxError: the server cannot be reached or trusted, offers no TLS, or does not let this user in.
            SettingsError: the password is not where config.toml says.
        """
        password = self._settings.password.resolve().reveal() if self._settings.password else ""
        token = self._tokens() if self._tokens else None
        tls = verified_tls(self._settings.certificate_authority)
        try:
            with self._in_words():
                self._smtp = self._connected(tls)
                self._smtp.ehlo_or_helo_if_needed()
                if self._settings.user:
                    self._log_in(self._smtp, self._settings.user, password, token)
        except BaseException:
            self._drop()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Disconnect. What fails now changes nothing about the letters that left."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def send(self, letter: Letter) -> None:
        """Hand one letter to the server.

        Raises:
            RefusedError: it was refused for good; it did not leave.
            MailboxError: it was refused for now, or the connection was lost before its end; it did not leave.
            UnknownOutcomeError: the connection was lost after its end; it may have left.
        """
        if not _ADDRESS.fullmatch(letter.recipient) or not _ADDRESS.fullmatch(letter.sender):
            raise RefusedError(f"A letter must have one plain address to go to and one to come from. {_DID_NOT_LEAVE}")
        if self._smtp is None:
            raise MailboxError(f"There is no connection to {self._server}. {_DID_NOT_LEAVE} Run this again.")
        with self._in_words(_DID_NOT_LEAVE):
            self._announce(self._smtp, letter)
            self._smtp.send(_as_data(letter.content))
            if _spoke_too_early(self._smtp):
                raise ConnectionError
        self._conclude(self._smtp, letter)

    def was_sent(self, message_id: str) -> bool | None:
        """True where the letter lies among what the account sent; None otherwise, since not every server keeps a copy.

        Raises:
            MailboxError: the place where it would lie cannot be reached.
        """
        return True if self._sent_items is not None and self._sent_items(message_id) else None

    def _connected(self, tls: ssl.SSLContext) -> smtplib.SMTP:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.timeout_seconds
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, _OWN_NAME, timeout=seconds, context=tls)
        smtp = smtplib.SMTP(host, port, _OWN_NAME, timeout=seconds)
        try:
            self._start_tls(smtp, tls)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _start_tls(self, smtp: smtplib.SMTP, tls: ssl.SSLContext) -> None:
        smtp.ehlo()
        if not smtp.has_extn("starttls"):
            raise MailboxError(
                f"{sentence(self._server)} offers no TLS, or somebody on the way hides it, so nothing was sent. Check "
                'host, port and security in config.toml; most servers speak TLS on port 465 with security = "tls".'
            )
        smtp.starttls(context=tls)

    def _log_in(self, smtp: smtplib.SMTP, user: str, password: str, token: str | None) -> None:
        offered = smtp.esmtp_features.get("auth", "").split()
        try:
            if token is not None:
                accepted = "XOAUTH2" in offered and _accepted(smtp, "XOAUTH2", xoauth2(user, token))
            elif "PLAIN" in offered:
                # smtplib's own way cannot carry a pound sign (RFC 4616: the password is UTF-8)
                accepted = _accepted(smtp, "PLAIN", f"\0{user}\0{password}".encode())
            else:
                accepted = smtp.login(user, password)[0] == 235
        except (smtplib.SMTPAuthenticationError, UnicodeEncodeError):
            accepted = False
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException:
            raise MailboxError(
                f"{sentence(self._server)} offers no way to log in that this program knows. Ask IT."
            ) from None
        if not accepted:
            raise not_let_in(self._server, by_token=token is not None)

    def _announce(self, smtp: smtplib.SMTP, letter: Letter) -> None:
        """Say who writes to whom, until the server asks for the letter itself."""
        taken = smtp.mail(letter.sender, self._options(smtp, letter.content))
        too_large = taken[0] == _TOO_LARGE  # all else that is refused here is refused to every letter
        self._expect(250, taken, "the sender's address or the letter's size", for_good=too_large)
        self._expect(250, smtp.rcpt(letter.recipient), "the recipient's address")
        self._expect(354, smtp.docmd("DATA"), "the letter")

    def _conclude(self, smtp: smtplib.SMTP, letter: Letter) -> None:
        """End the letter and read the one reply that decides."""
        try:
            smtp.send(b".\r\n")
            reply = smtp.getreply()
        except (smtplib.SMTPException, OSError):
            reply = (-1, b"")
        accepted, refused = 200 <= reply[0] < 300, 400 <= reply[0] < 600
        if refused:
            self._expect(250, reply, "the letter")
        if not accepted:
            self._drop()
            raise UnknownOutcomeError(
                f"The connection to {self._server} was lost after a letter was handed over: it may or may not have left. "
                f"Ask who runs the server whether it took the message {letter.message_id} before it is sent again."
            )

    def _expect(self, wanted: int, reply: tuple[int, bytes], what: str, *, for_good: bool = True) -> None:
        """Go on if the server agrees. Its own words are not shown: they repeat addresses.

        `for_good`: whether a refusal that is meant to last concerns this letter, rather than all of them.
        """
        code = reply[0]
        if code == wanted:
            return
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.rset()
        if for_good and (200 <= code < 300 or (500 <= code < 600 and code not in _ABOUT_THE_USER)):
            raise RefusedError(
                f"{sentence(self._server)} refuses {what} ({code}). {_DID_NOT_LEAVE} Check the address, or ask IT."
            )
        raise MailboxError(
            f"{sentence(self._server)} does not take {what} just now ({code}). {_DID_NOT_LEAVE} Run this again later; if it stays so, "
            "ask IT."
        )

    def _options(self, smtp: smtplib.SMTP, content: bytes) -> list[str]:
        options = [f"SIZE={len(content)}"] if smtp.has_extn("size") else []
        if not content.isascii():
            if not smtp.has_extn("8bitmime"):
                raise RefusedError(
                    f"{sentence(self._server)} takes plain ASCII only, and a letter is not. {_DID_NOT_LEAVE} Ask IT."
                )
            options.append("BODY=8BITMIME")
        return options

    @contextmanager
    def _in_words(self, consequence: str = "") -> Iterator[None]:
        """Say in words why there is no connection, and close what is left of it."""
        try:
            yield
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._drop()
            raise MailboxError(f"{sentence(reason(error, self._server))} {consequence}".strip()) from None

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _accepted(smtp: smtplib.SMTP, mechanism: str, proof: bytes) -> bool:
    """Whether the server lets in who offers this proof, in one line (RFC 4954, section 4)."""
    code, _ = smtp.docmd("AUTH", f"{mechanism} {base64.b64encode(proof).decode('ascii')}")
    return code == 235


def _as_data(content: bytes) -> bytes:
    """A letter as it crosses the line: every line ends in CR LF, and no dot begins one unless doubled (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _spoke_too_early(smtp: smtplib.SMTP) -> bool:
    """Whether the server hung up, or objected, before the end of the letter; then it cannot have taken it."""
    if smtp.sock is None:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(smtp.sock, selectors.EVENT_READ)
        return bool(selector.select(0))
