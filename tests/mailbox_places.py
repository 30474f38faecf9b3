"""The real things that mailboxes work on, each with hands of its own to put messages in and to look what came out."""

import datetime as dt
import os
from pathlib import Path
from typing import TypeVar

import pytest

from marac.errors import MailboxError
from marac.mailbox.folder import FolderInbox, FolderOutbox
from marac.mailbox.imap.inbox import ImapInbox
from marac.mailbox.memory import MemoryInbox, MemoryOutbox
from marac.mailbox.pop3.inbox import Pop3Inbox
from marac.mailbox.protocol import Inbox, Outcome
from marac.mailbox.smtp import SmtpOutbox
from marac.settings import ImapMailbox, OAuth, Pop3Mailbox, SmtpSending
from tests import dovecot, smtp_server
from tests.dovecot import Dovecot
from tests.mailbox_contract import MONDAY
from tests.smtp_server import SmtpServer

Account = TypeVar("Account", ImapMailbox, Pop3Mailbox, SmtpSending)


def refusal(inbox: Inbox) -> str:
    """Why a mailbox cannot be opened."""
    with pytest.raises(MailboxError) as caught, inbox:
        pass
    return str(caught.value)


def password_file(folder: Path, password: str) -> dict[str, Path]:
    """A reference to a password that is kept in a file, as config.toml has it."""
    path = folder / "password"
    path.write_text(password + "\n", encoding="utf-8")
    return {"file": path}


class MemoryPlace:
    """A mailbox in memory."""

    def __init__(self) -> None:
        self._inbox = MemoryInbox()

    def inbox(self) -> MemoryInbox:
        return self._inbox

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        self._inbox.deliver(content, received.astimezone(dt.UTC))

    def filed(self, outcome: Outcome) -> list[bytes]:
        return self._inbox.filed[outcome]


class FolderPlace:
    """A folder of saved messages."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "inbox"
        self.path.mkdir()

    def inbox(self) -> FolderInbox:
        return FolderInbox(self.path, settling_seconds=0)

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        path = self.path / f"message {len(list(self.path.iterdir()))}.eml"
        path.write_bytes(content)
        os.utime(path, (received.timestamp(), received.timestamp()))

    def filed(self, outcome: Outcome) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.path.with_name(outcome).iterdir())]


class MaildirPlace(FolderPlace):
    """A Maildir, into which a server delivers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._delivered = 0
        for part in ("cur", "new", "tmp"):
            (self.path / part).mkdir()

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        self._delivered += 1
        path = self.path / "tmp" / f"1772443800.M{self._delivered}P7.mail.council.example"
        path.write_bytes(content)
        os.utime(path, (received.timestamp(), received.timestamp()))
        path.rename(self.path / "new" / path.name)


class DovecotPlace:
    """The one account of a Dovecot, emptied."""

    def __init__(self, server: Dovecot, folder: Path) -> None:
        self.server = server
        self._folder = folder
        with server.client() as client:
            for _, _, name in client.list_folders():
                if name.upper() == "INBOX":
                    client.select_folder(name)
                    client.delete_messages(client.search())
                    client.expunge()
                else:
                    client.delete_folder(name)

    def put(self, content: bytes, received: dt.datetime = MONDAY) -> None:
        with self.server.client() as client:
            client.append("INBOX", content, msg_time=received)

    def lying_in(self, folder: str) -> list[bytes]:
        with self.server.client() as client:
            client.select_folder(folder, readonly=True)
            return [found[b"BODY[]"] for found in client.fetch(client.search(), ["BODY.PEEK[]"]).values()]

    def _account(self, port: int, password: str, timeout: float) -> dict[str, object]:
        return {
            "host": "localhost",
            "port": port,
            "user": dovecot.USER,
            "password": password_file(self._folder, password),
            "certificate_authority": self.server.files.authority,
            "timeout_seconds": timeout,
        }


class ImapPlace(DovecotPlace):
    """The account as an IMAP mailbox."""

    def settings(self, port: int | None = None, password: str = dovecot.PASSWORD, timeout: float = 20) -> ImapMailbox:
        account = self._account(port or self.server.port, password, timeout)
        return ImapMailbox.model_validate({"kind": "imap", **account})

    def inbox(self, port: int | None = None) -> ImapInbox:
        return ImapInbox(self.settings(port))

    def filed(self, outcome: Outcome) -> list[bytes]:
        return self.lying_in({"processed": "Processed", "needs-a-person": "Needs a person"}[outcome])


class Pop3Place(DovecotPlace):
    """The account as a POP3 mailbox."""

    def settings(self, port: int | None = None, password: str = dovecot.PASSWORD, timeout: float = 20) -> Pop3Mailbox:
        account = self._account(port or self.server.pop3_port, password, timeout)
        return Pop3Mailbox.model_validate({"kind": "pop3", **account})

    def inbox(self, port: int | None = None) -> Pop3Inbox:
        return Pop3Inbox(self.settings(port))


def by_token(settings: Account) -> Account:
    """The same account, opened with a token that the adapter is given, and no password."""
    oauth = OAuth.model_validate({"token": {"env": "MARAC_TEST_TOKEN"}})
    return settings.model_copy(update={"password": None, "oauth": oauth})


class MemoryOutboxPlace:
    """An outbox in memory."""

    def __init__(self) -> None:
        self._outbox = MemoryOutbox()

    def outbox(self) -> MemoryOutbox:
        return self._outbox

    def left(self) -> list[bytes]:
        return [letter.content for letter in self._outbox.letters]


class FolderOutboxPlace:
    """A folder of letters."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "letters" / "sent"

    def outbox(self) -> FolderOutbox:
        return FolderOutbox(self.path)

    def left(self) -> list[bytes]:
        return [path.read_bytes() for path in self.path.iterdir()]


class SmtpPlace:
    """A mail server and what it took."""

    def __init__(self, server: SmtpServer, folder: Path) -> None:
        self.server = server
        self._folder = folder

    def settings(self, port: int | None = None, timeout: float = 20) -> SmtpSending:
        return SmtpSending.model_validate(
            {
                "kind": "smtp",
                "host": "localhost",
                "port": port or self.server.port,
                "security": "tls" if self.server.security == "tls" else "starttls",
                "user": smtp_server.USER,
                "password": password_file(self._folder, smtp_server.PASSWORD),
                "certificate_authority": self.server.files.authority,
                "timeout_seconds": timeout,
            }
        )

    def outbox(self, port: int | None = None) -> SmtpOutbox:
        return SmtpOutbox(self.settings(port))

    def left(self) -> list[bytes]:
        return [taken.content for taken in self.server.taken]
