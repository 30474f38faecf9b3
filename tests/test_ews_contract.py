"""An Exchange mailbox keeps the one contract. The server keeps messages word for word here; elsewhere it does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ews_places import EwsOutboxPlace, EwsPlace
from tests.ews_server import EwsServer
from tests.mailbox_contract import InboxContract, OutboxContract


class TestEwsInbox(InboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> Iterator[EwsPlace]:
        with EwsServer() as server:
            yield EwsPlace(server, tmp_path)


class TestEwsOutbox(OutboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> Iterator[EwsOutboxPlace]:
        with EwsServer() as server:
            yield EwsOutboxPlace(server, tmp_path)
