"""Pretended Exchange mailboxes, each with hands of its own to put messages in and to look what came out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from marac.mailbox.ews.inbox import EwsInbox
from marac.mailbox.ews.outbox import EwsOutbox
from marac.mailbox.protocol import Outcome
from marac.settings import EwsMailbox
from tests.ews_server import PASSWORD, USER, EwsServer
from tests.ews_server_store import MAILBOX
from tests.mailbox_contract import MONDAY
from tests.mailbox_places import password_file


class EwsPlace:
    """A shared mailbox on a pretended Exchange server."""

    def __init__(self, server: EwsServer, folder: Path) -> None:
        self.server = server
        self._folder = folder

    def settings(self, *, password: str = PASSWORD, **changed: Any) -> EwsMailbox:
        """The table `[mailbox]`, with what is changed in it."""
        table: dict[str, Any] = {
            "kind": "ews",
            "url": self.server.url,
            "mailbox": MAILBOX,
            "authentication": "basic",
            "certificate_authority": self.server.files.authority,
            "timeout_seconds": 20,
        }
        if changed.get("authentication") == "oauth":
            table["oauth"] = {"token": password_file(self._folder, "kept elsewhere")}
        else:
            table |= {"user": USER, "password": password_file(self._folder, password)}
        return EwsMailbox.model_validate(table | changed)

    def inbox(self, tokens: Callable[[], str] | None = None, **changed: Any) -> EwsInbox:
        return EwsInbox(self.settings(**changed), tokens)

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        self.delivered(content, received)

    def delivered(self, content: bytes, received: dt.datetime | str = MONDAY, size: int | None = None) -> str:
        """Deliver a message, of a size that the server claims, at a time as the server writes it; its id."""
        return self.server.store.put(content, received, size=size)

    def filed(self, outcome: Outcome) -> list[bytes]:
        return self.server.store.lying_in({"processed": "Processed", "needs-a-person": "Needs a person"}[outcome])


class EwsOutboxPlace(EwsPlace):
    """The same mailbox, which letters leave from."""

    def outbox(self, tokens: Callable[[], str] | None = None, **changed: Any) -> EwsOutbox:
        return EwsOutbox(self.settings(**changed), tokens)

    def left(self) -> list[bytes]:
        return list(self.server.store.sent)
