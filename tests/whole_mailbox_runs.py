"""Working folders whose mail is on a real IMAP server, and whose letters leave by a real SMTP server."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient

from marac.demo.messages import Invented
from tests.dovecot import PASSWORD, USER, Dovecot
from tests.smtp_server import SmtpServer
from tests.working_folder import WorkingFolder, copied

_MAILBOX = """[mailbox]
kind = "imap"
host = "localhost"
port = {port}
user = "{user}"
password = {{ file = "password" }}
certificate_authority = '{authority}'
timeout_seconds = 10
folder = "{folder}"
processed = "{folder} processed"
needs_a_person = "{folder} needs-a-person"
"""
_SENDING = """[sending]
kind = "smtp"
host = "localhost"
port = {port}
user = "{user}"
password = {{ file = "password" }}
certificate_authority = '{authority}'
timeout_seconds = 10
"""


@dataclass(frozen=True, slots=True)
class ServedFolder(WorkingFolder):
    """A working folder with accounts on servers. Its mailbox is a folder of its own in the server's one account."""

    smtp: SmtpServer
    dovecot: Dovecot | None = None
    """None where the mail is in the folder `inbox`, and only the letters leave by a server."""

    def post(self, messages: Sequence[Invented]) -> None:
        """Put messages into the mailbox, taken in when they were sent."""
        if self.dovecot is None:
            WorkingFolder.post(self, messages)
            return
        with self.dovecot.client() as client:
            for message in messages:
                client.append(self.path.name, message.raw, msg_time=message.received)

    def mail(self) -> list[tuple[str, str]]:
        """Where each message lies, `processed`, `needs-a-person` or `inbox`, and the sha256 of its bytes."""
        if self.dovecot is None:
            return WorkingFolder.mail(self)
        with self.dovecot.client() as client:
            places = {
                "inbox": self.path.name,
                **{name: f"{self.path.name} {name}" for name in ("processed", "needs-a-person")},
            }
            return sorted(
                (name, hashlib.sha256(content).hexdigest())
                for name, place in places.items()
                for content in _contents(client, place)
            )

    def letters(self) -> list[bytes]:
        """Every letter that the server took."""
        return [taken.content for taken in self.smtp.taken]


@contextmanager
def served(
    start: WorkingFolder,
    place: Path,
    dovecot: Dovecot | None = None,
    *,
    imap_port: int = 0,
    smtp_port: int = 0,
    smtp: SmtpServer | None = None,
    answers: bool = False,
) -> Iterator[ServedFolder]:
    """A copy of a folder with accounts on servers: an empty mailbox, and an SMTP server that has taken nothing yet.

    Args:
        start: what is copied.
        place: where to; its last part must be new to the IMAP server.
        dovecot: the IMAP server; None to leave the mail in the folder `inbox`.
        imap_port: where the IMAP server is reached instead, by a line that a test holds.
        smtp_port: the same for the SMTP server.
        smtp: an SMTP server that runs already.
        answers: whether each pass itself sends the acknowledgements, under a standing release.
    """
    copied(start, place)
    (place / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    with nullcontext(smtp) if smtp else SmtpServer() as server:
        sending = _SENDING.format(port=smtp_port or server.port, user=USER, authority=server.files.authority)
        _set_table(place, "sending", sending)
        if dovecot is not None:
            port, authority = imap_port or dovecot.port, dovecot.files.authority
            mailbox = _MAILBOX.format(port=port, user=USER, authority=authority, folder=place.name)
            _set_table(place, "mailbox", mailbox)
            with dovecot.client() as client:
                client.create_folder(place.name)
        if answers:
            _set_table(place, "acknowledgements", '[acknowledgements]\nreleased_by = "J. Odell"\n')
        yield ServedFolder(place, server, dovecot)


def _contents(client: IMAPClient, folder: str) -> list[bytes]:
    if not client.folder_exists(folder):
        return []
    client.select_folder(folder, readonly=True)
    uids = client.search()
    return [found[b"BODY[]"] for found in client.fetch(uids, ["BODY.PEEK[]"]).values()] if uids else []


def _set_table(folder: Path, name: str, table: str) -> None:
    """Put another table into config.toml in the place of the one of this name that stands there."""
    path = folder / "config.toml"
    text = path.read_text(encoding="utf-8")
    changed, times = re.subn(rf"(?m)^\[{name}\].*\n(?:[a-z].*\n)*", lambda _: table, text, count=1)
    assert times == 1, f"config.toml has no table [{name}]"
    path.write_text(changed, encoding="utf-8")
