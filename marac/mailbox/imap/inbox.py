"""An IMAP folder as mailbox, always over verified TLS. Nothing is marked as read; filing moves."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from imaplib import IMAP4
from typing import Any, Self

from marac.errors import MailboxError
from marac.mailbox.connection import LARGEST_MESSAGE, sentence, too_large
from marac.mailbox.imap.session import ImapSession
from marac.mailbox.protocol import Item, Oddity, Outcome
from marac.settings import ImapMailbox

_BATCH = 500  # messages asked about in one command; servers limit the length of a line
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class ImapInbox:
    """The messages of one IMAP folder; the folders of the outcomes are made where they are missing.

    A message is known by its UID and by the UIDVALIDITY of the folder: where the server numbers the folder anew, the
    old numbers mean nothing (RFC 9051, section 2.3.1.1), and are refused.
    """

    verbatim = True

    def __init__(self, settings: ImapMailbox, tokens: Callable[[], str] | None = None) -> None:
        self._settings = settings
        self._session = ImapSession(settings, tokens)
        self._server = self._session.server
        self._may_connect = False
        self._validity = 0
        self._folders: dict[Outcome, str] = {}

    @property
    def name(self) -> str:
        """The mailbox as the books call it."""
        return f"imap {self._settings.user}@{self._settings.host}/{self._settings.folder}"

    def __enter__(self) -> Self:
        """Connect, log in, and open the folder.

        Raises:
            MailboxError: the server cannot be reached or trusted, does not let this user in, has no such folder, or
                cannot move a message out of it.
            SettingsError: the password is not where config.toml says.
        """
        self._open()
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Log out. What fails now changes nothing."""
        self._may_connect = False
        self._session.close()

    def waiting(self) -> Iterator[Item]:
        """Every message in the folder, whether somebody has read it or not; oldest first.

        Raises:
            MailboxError: the connection was lost.
        """
        with self._opened() as client:
            client.noop()  # without it a server may show the folder as it was when it was opened
            uids = client.search("ALL")
            found = {}
            for start in range(0, len(uids), _BATCH):
                found.update(client.fetch(uids[start : start + _BATCH], ["INTERNALDATE", "RFC822.SIZE"]))
        items = [self._item(uid, found.get(uid, {})) for uid in sorted(uids)]
        return iter(sorted(items, key=lambda item: item.received or _LONG_AGO))

    def oddities(self) -> Sequence[Oddity]:
        """None: everything in an IMAP folder is a message."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message as the server has it, not marked as read.

        Raises:
            MailboxError: it is gone or too large, it did not come whole, or the connection was lost.
        """
        if item.size is not None and item.size > LARGEST_MESSAGE:
            raise too_large(self._server)
        with self._opened() as client:
            uid = self._uid(item)
            found = client.fetch([uid], ["BODY.PEEK[]", "RFC822.SIZE"]).get(uid, {})
        content, announced = found.get(b"BODY[]"), found.get(b"RFC822.SIZE")
        if not isinstance(content, bytes):
            raise MailboxError(f"A message could not be fetched from {self._server}. The next run tries again.")
        if len(content) != announced:
            raise MailboxError(
                f"A message did not come whole from {self._server}: {announced} bytes were announced, {len(content)} came. "
                "The next run tries again. If it never comes whole, ask IT: an Exchange server must be set to "
                "EnableExactRFC822Size."
            )
        return content

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the message to the folder of its outcome; one that is gone stays where it went.

        Raises:
            MailboxError: it could not be moved, or the folder was numbered anew since the message was listed.
        """
        with self._opened() as client:
            uid = self._uid(item)
            if client.search(["UID", str(uid)]):
                _move(client, uid, self._folders[outcome])

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """The open folder; opened anew where the connection was lost over an earlier message, which holds up no other."""
        if not self._session.connected and self._may_connect:
            self._open()
        with self._session.in_words() as client:
            yield client

    def _open(self) -> None:
        self._may_connect = False  # where it fails, the rest of this run does not try again
        self._session.connect()
        try:
            with self._session.in_words() as client:
                self._must_be_able_to_move(client)
                self._folders = {
                    "processed": self._folder(client, self._settings.processed),
                    "needs-a-person": self._folder(client, self._settings.needs_a_person),
                }
                self._validity = self._selected(client)
        except BaseException:
            self._session.close()
            raise
        self._may_connect = True

    def _must_be_able_to_move(self, client: Any) -> None:
        if not client.has_capability("MOVE") and not client.has_capability("UIDPLUS"):
            raise MailboxError(
                f"{sentence(self._server)} can move a message only by emptying what others have marked as deleted (it has "
                "neither MOVE nor UIDPLUS). Nothing was taken in. Ask IT for another server, or use a folder of saved messages."
            )

    def _folder(self, client: Any, name: str) -> str:
        """The folder's full name on this server, which has it from now on."""
        placed = _placed(client, name)
        try:
            if not client.folder_exists(placed):
                client.create_folder(placed)
                client.subscribe_folder(placed)
        except IMAP4.abort:
            raise
        except IMAP4.error:
            raise MailboxError(
                f"The folder {name} cannot be made on {self._server}. Make it by hand, or name another in config.toml."
            ) from None
        return placed

    def _selected(self, client: Any) -> int:
        """Open the folder for moving; its UIDVALIDITY."""
        validity = self._session.select(client, self._settings.folder).get(b"UIDVALIDITY")
        if not validity:
            raise MailboxError(
                f"{sentence(self._server)} does not number the messages of {self._settings.folder}, so none can be told "
                "from another."
            )
        return int(validity)

    def _item(self, uid: int, found: dict[bytes, Any]) -> Item:
        received = found.get(b"INTERNALDATE")
        return Item(
            f"{self._validity}.{uid}", received.astimezone(dt.UTC) if received else None, found.get(b"RFC822.SIZE")
        )

    def _uid(self, item: Item) -> int:
        validity, _, uid = item.id.partition(".")
        if validity != str(self._validity):
            raise MailboxError(
                f"{sentence(self._server)} has numbered the messages of {self._settings.folder} anew since this one was "
                "listed. The next run lists them again."
            )
        return int(uid)


def _move(client: Any, uid: int, folder: str) -> None:
    try:
        _move_once(client, uid, folder)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        if "TRYCREATE" not in str(error):
            raise
        client.create_folder(folder)  # somebody removed it since this mailbox was opened
        _move_once(client, uid, folder)


def _move_once(client: Any, uid: int, folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move([uid], folder)
        return
    client.copy([uid], folder)
    client.add_flags([uid], [rb"\Deleted"], silent=True)
    client.uid_expunge([uid])  # this message alone; what others have marked as deleted stays


def _placed(client: Any, name: str) -> str:
    """A plain name, put where this server keeps the user's own folders (RFC 2342)."""
    if not client.has_capability("NAMESPACE"):
        return name
    namespace = client.namespace()
    prefixes = [prefix for kind in namespace for prefix, _ in kind or ()]
    if not namespace.personal or any(prefix and name.startswith(prefix) for prefix in prefixes):
        return name
    return str(namespace.personal[0][0]) + name
