"""Rings when Exchange says that something arrived. A hint only: the clock looks into the mailbox in any case."""

import threading
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from typing import Any

from exchangelib import Account
from exchangelib.services import GetStreamingEvents, SubscribeToStreaming

from marac.errors import MaracError
from marac.mailbox.ews.account import ExchangeAccount
from marac.mailbox.ews.folders import folder_named
from marac.mailbox.ews.line import hurry
from marac.settings import EwsMailbox

_EVENTS = ("NewMailEvent", "CreatedEvent", "MovedEvent")
_CONNECTION_MINUTES = 5  # Exchange closes the line after so long, at most 30, and it is opened anew
_FIRST_PAUSE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 300.0
_FAREWELLS, _FAREWELL_SECONDS = 30, 0.1


class EwsBell:
    """Listens in a thread of its own, and begins again whenever the line is lost, after longer and longer pauses.

    Nothing that happened while nobody listened is told later (EWS keeps no such list), so it rings once whenever it
    begins to listen.
    """

    def __init__(
        self,
        settings: EwsMailbox,
        tokens: Callable[[], str] | None = None,
        first_pause_seconds: float = _FIRST_PAUSE_SECONDS,
    ) -> None:
        self._settings = settings
        self._exchange = ExchangeAccount(settings, tokens, hurry)
        self._first_pause_seconds = first_pause_seconds
        self._rung = threading.Event()
        self._closed = threading.Event()
        self._line: GetStreamingEvents | None = None
        self._thread = threading.Thread(target=self._listen, name="marac-ews-bell", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until something arrives, or the time has passed; whether it rang."""
        rang = self._rung.wait(seconds)
        if not self._closed.is_set():
            self._rung.clear()
        return rang

    def close(self) -> None:
        """Stop listening, and wake whoever waits."""
        self._closed.set()
        self._rung.set()
        for _ in range(_FAREWELLS):
            self._hang_up()  # again and again: it may be about to open the line
            self._thread.join(_FAREWELL_SECONDS)
            if not self._thread.is_alive():
                return

    def _listen(self) -> None:
        pause = self._first_pause_seconds
        while not self._closed.is_set():
            with suppress(MaracError):  # the sweep meets the same errors, and tells a person
                self._exchange.ask(self._hear)
                pause = self._first_pause_seconds
            if self._exchange.heard.status == 401:
                pause = _LONGEST_PAUSE_SECONDS  # a wrong password told too often locks the account
            with suppress(Exception):
                self._exchange.close()
            self._closed.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _hear(self, account: Account) -> None:
        """Ring for what arrives, until the server ends the line."""
        with closing(self._events(account)) as events:
            for _ in events:
                self._rung.set()
                if self._closed.is_set():
                    return

    def _events(self, account: Account) -> Generator[Any]:
        folder = folder_named(account, self._settings.folder)
        subscription = SubscribeToStreaming(account=account).get(folders=[folder], event_types=_EVENTS)
        yield subscription
        self._line = GetStreamingEvents(account=account)
        try:
            yield from self._line.call([subscription], connection_timeout=_CONNECTION_MINUTES)
        finally:
            line, self._line = self._line, None
            if line.streaming:
                line.stop_streaming()

    def _hang_up(self) -> None:
        """End the line from this side, so that the thread that reads from it wakes."""
        line = self._line
        response = line._streaming_response if line is not None else None  # noqa: SLF001 - there is no public way
        if response is not None:
            with suppress(Exception):  # it may have ended by itself this moment
                response.raw.shutdown()
