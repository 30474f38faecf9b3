"""Rings when an IMAP server says that something has arrived in a folder (IDLE, RFC 2177)."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from marac.mailbox.imap.session import ImapSession
from marac.settings import ImapMailbox

RENEW_SECONDS = 9 * 60.0
"""After so long without a word the server is asked anew: some hang up on the idle after ten minutes, and others fall
silent without hanging up (imapclient 349)."""

FIRST_BACK_OFF_SECONDS, LONGEST_BACK_OFF_SECONDS = 2.0, 300.0


class ImapBell:
    """Listens on a connection of its own, in a thread of its own, which begins with the first wait.

    It rings each time it begins to listen, since what came before would not be told; and for whatever the server tells,
    be it only that a message was moved. What goes wrong ends in a new connection, never in an error: the mailbox is
    looked into by the clock in any case. Where the server cannot do it, the bell stays silent.
    """

    def __init__(
        self,
        settings: ImapMailbox,
        tokens: Callable[[], str] | None = None,
        renew_seconds: float = RENEW_SECONDS,
        back_off_seconds: float = FIRST_BACK_OFF_SECONDS,
    ) -> None:
        """A bell that does not listen yet.

        Args:
            settings: the table `[mailbox]` of config.toml.
            tokens: gives an access token, where no password is used.
            renew_seconds: how long to listen to a silent server before asking it anew.
            back_off_seconds: how long to wait after a first failure.
        """
        self._settings = settings
        self._session = ImapSession(settings, tokens)
        self._renew_seconds = renew_seconds
        self._back_off_seconds = back_off_seconds
        self._rung, self._closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def wait(self, seconds: float) -> bool:
        """Wait until the server tells of something, or the time has passed; whether it rang."""
        if self._thread is None and not self._closed.is_set():
            self._thread = threading.Thread(target=self._listen, name="imap bell", daemon=True)
            self._thread.start()
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def close(self) -> None:
        """Stop listening, and wake whoever waits."""
        self._closed.set()
        self._session.drop()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._rung.set()

    def _listen(self) -> None:
        """Connect and listen until closed, after each failure a little later."""
        failures, able = 0, True
        while able and not self._closed.is_set():
            began = time.monotonic()
            with suppress(Exception):  # no failure may end it, and the next sweep tells a person what is wrong
                able = self._listened()
            self._session.drop()
            failures = 0 if time.monotonic() - began > LONGEST_BACK_OFF_SECONDS else failures + 1
            if able:
                self._closed.wait(min(self._back_off_seconds * 2 ** min(failures - 1, 10), LONGEST_BACK_OFF_SECONDS))

    def _listened(self) -> bool:
        """Listen over one connection, until it fails or the bell is closed; False where the server cannot do it."""
        self._session.connect()
        with self._session.in_words() as client:
            if not client.has_capability("IDLE"):
                return False
            self._session.select(client, self._settings.folder, readonly=True)
            while not self._closed.is_set():
                self._listen_once(client)
        return True

    def _listen_once(self, client: Any) -> None:
        client.idle()
        self._rung.set()
        client.idle_check(timeout=self._renew_seconds)
        client.idle_done()  # the library does not tell the end of a connection while it listens; this does
