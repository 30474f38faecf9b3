"""Every mailbox keeps the one contract, on the real thing: folders, a Maildir, a real Dovecot, a real SMTP server."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import marac
from marac.mailbox import doorbell, open_inbox, open_outbox
from marac.settings import FolderMailbox, FolderSending, ImapMailbox, SmtpSending
from tests.dovecot import Dovecot
from tests.mailbox_contract import InboxContract, OutboxContract
from tests.mailbox_places import (
    FolderOutboxPlace,
    FolderPlace,
    ImapPlace,
    MaildirPlace,
    MemoryOutboxPlace,
    MemoryPlace,
    SmtpPlace,
)
from tests.smtp_server import SmtpServer


class TestMemoryInbox(InboxContract):
    @pytest.fixture
    def place(self) -> MemoryPlace:
        return MemoryPlace()


class TestFolderInbox(InboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> FolderPlace:
        return FolderPlace(tmp_path)


class TestMaildirInbox(InboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> MaildirPlace:
        return MaildirPlace(tmp_path)


class TestImapInbox(InboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def server(cls) -> Iterator[Dovecot]:
        with Dovecot() as server:
            yield server

    @pytest.fixture
    def place(self, server: Dovecot, tmp_path: Path) -> ImapPlace:
        return ImapPlace(server, tmp_path)


class TestImapInboxWithoutMove(TestImapInbox):
    @pytest.fixture(scope="class")
    @classmethod
    def server(cls) -> Iterator[Dovecot]:
        with Dovecot(capability="IMAP4rev1 UIDPLUS NAMESPACE LITERAL+ AUTH=PLAIN") as server:
            yield server


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def place(self) -> MemoryOutboxPlace:
        return MemoryOutboxPlace()


class TestFolderOutbox(OutboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> FolderOutboxPlace:
        return FolderOutboxPlace(tmp_path)


class TestSmtpOutboxOverTls(OutboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> Iterator[SmtpPlace]:
        with SmtpServer("tls") as server:
            yield SmtpPlace(server, tmp_path)


class TestSmtpOutboxOverStarttls(OutboxContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> Iterator[SmtpPlace]:
        with SmtpServer("starttls") as server:
            yield SmtpPlace(server, tmp_path)


def test_the_settings_choose_the_mailbox(tmp_path: Path) -> None:
    account = {"kind": "imap", "host": "mail.council.example", "user": "marac", "password": {"env": "MARAC_PASSWORD"}}
    imap = ImapMailbox.model_validate(account)
    assert type(open_inbox(FolderMailbox(path=tmp_path), tmp_path)).__name__ == "FolderInbox"
    assert type(open_inbox(imap, tmp_path)).__name__ == "ImapInbox"
    assert open_inbox(imap, tmp_path).name == "imap marac@mail.council.example/INBOX"
    assert type(open_outbox(FolderSending(path=tmp_path), imap, tmp_path)).__name__ == "FolderOutbox"
    assert (
        type(open_outbox(SmtpSending(kind="smtp", host="mail.council.example"), imap, tmp_path)).__name__
        == "SmtpOutbox"
    )
    bells = doorbell(FolderMailbox(path=tmp_path), tmp_path), doorbell(imap, tmp_path)
    assert [type(bell).__name__ for bell in bells] == ["FolderBell", "ImapBell"]
    for bell in bells:
        bell.close()


def test_the_standard_librarys_mailbox_lives_beside_ours() -> None:
    import mailbox

    import marac.mailbox

    assert "Maildir" in vars(mailbox)
    assert mailbox is not marac.mailbox


def test_a_path_that_hides_the_standard_librarys_mailbox_is_named_as_the_mistake() -> None:
    folder = str(Path(marac.__file__).parent)
    code = f"import sys; sys.path.insert(0, {folder!r}); import mailbox"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert "start the program with `marac` or `python -m marac`" in told


def test_opening_a_mailbox_loads_no_library_that_it_does_not_need() -> None:
    code = "import marac.mailbox, sys; print({'imapclient', 'watchdog', 'smtplib', 'pydantic'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "set()"
