"""A mailbox by Microsoft Graph keeps the contract of every mailbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph_places import GraphPlace
from tests.graph_server import GraphServer
from tests.mailbox_contract import InboxContract, MaildropPlace, OutboxContract, message, waiting


@pytest.fixture(scope="module")
def server() -> Iterator[GraphServer]:
    with GraphServer() as server:
        yield server


@pytest.fixture
def place(server: GraphServer, tmp_path: Path) -> GraphPlace:
    return GraphPlace(server, tmp_path)


class TestGraphInbox(InboxContract):
    def test_the_size_that_is_told_is_the_size_that_comes(self, place: MaildropPlace) -> None:
        # Graph knows how long a message is only when it has worded it
        place.put(message())
        assert [item.size for item in waiting(place)] == [None]


class TestGraphOutbox(OutboxContract):
    pass
