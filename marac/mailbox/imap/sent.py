"""Whether a letter lies in the folder in which an IMAP server keeps what was sent."""

import re
from collections.abc import Callable
from typing import Any

from marac.mailbox.imap.session import ImapSession
from marac.settings import ImapMailbox

_HEADER = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"


class ImapSentItems:
    """The folder that `sent` names in config.toml; asked over a connection of its own, since it is asked seldom."""

    def __init__(self, settings: ImapMailbox, folder: str, tokens: Callable[[], str] | None = None) -> None:
        self._session = ImapSession(settings, tokens)
        self._folder = folder

    def __call__(self, message_id: str) -> bool:
        """Whether a letter with this Message-ID lies there.

        Raises:
            MailboxError: the server cannot be reached, or has no such folder.
            SettingsError: the password is not where config.toml says.
        """
        self._session.connect()
        try:
            with self._session.in_words() as client:
                self._session.select(client, self._folder, readonly=True)
                found = client.search(["HEADER", "Message-ID", message_id])  # servers look for a piece of it only
                headers = client.fetch(found, ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]) if found else {}
        finally:
            self._session.close()
        return any(_message_id(one) == message_id for one in headers.values())


def _message_id(fetched: dict[bytes, Any]) -> str:
    """The id in a header that the server may have folded."""
    header = bytes(fetched.get(_HEADER) or b"").decode("utf-8", "replace")
    return re.sub(r"\s", "", header.partition(":")[2])
