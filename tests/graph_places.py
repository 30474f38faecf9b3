"""A mailbox in our stand-in for Microsoft Graph, with hands of its own to put messages in and to look what came out."""

import datetime as dt
from pathlib import Path
from typing import Any

from marac.mailbox.graph.inbox import GraphInbox
from marac.mailbox.graph.outbox import GraphOutbox
from marac.mailbox.protocol import Outcome
from marac.mailbox.tokens import Tokens
from marac.settings import GraphMailbox
from tests.graph_server import TOKEN, GraphServer
from tests.graph_server_mailbox import ADDRESS, Stored
from tests.mailbox_contract import MONDAY


class GraphPlace:
    """The one mailbox of the server, emptied."""

    def __init__(self, server: GraphServer, folder: Path) -> None:
        self.server = server
        self.token_file = folder / "token"
        self._folder = folder
        self.paused: list[float] = []
        server.empty()
        self.give_token(TOKEN)

    def give_token(self, token: str) -> None:
        """Another program has put a token where config.toml says."""
        self.token_file.write_text(token, encoding="utf-8")

    def table(self, **changes: Any) -> dict[str, Any]:
        """The table `[mailbox]` of config.toml."""
        return {
            "kind": "graph",
            "mailbox": ADDRESS,
            "oauth": {"token": {"file": str(self.token_file)}},
            "url": self.server.url,
            "certificate_authority": str(self.server.files.authority),
            "timeout_seconds": 20,
            **changes,
        }

    def settings(self, **changes: Any) -> GraphMailbox:
        return GraphMailbox.model_validate(self.table(**changes))

    def tokens(self, settings: GraphMailbox) -> Tokens:
        return Tokens(settings.oauth, self._folder, "graph", settings.certificate_authority)

    def inbox(self, **changes: Any) -> GraphInbox:
        settings = self.settings(**changes)
        return GraphInbox(settings, self.tokens(settings), self.paused.append)

    def outbox(self, **changes: Any) -> GraphOutbox:
        settings = self.settings(**changes)
        return GraphOutbox(settings, self.tokens(settings), self.paused.append)

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        self.delivered(content, received)

    def delivered(self, content: bytes, received: dt.datetime = MONDAY) -> Stored:
        """The message as the server has it from now on."""
        return self.server.mailbox.put(content, received)

    def filed(self, outcome: Outcome) -> list[bytes]:
        return self.lying_in({"processed": "Processed", "needs-a-person": "Needs a person"}[outcome])

    def lying_in(self, name: str) -> list[bytes]:
        folder = self.server.mailbox.folder_named(name)
        return [message.mime for message in self.server.mailbox.lying_in(folder)] if folder else []

    def left(self) -> list[bytes]:
        return list(self.server.mailbox.left)
