"""An IMAP folder as mailbox, always over verified TLS. Nothing is marked as read; filing moves."""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from imaplib import IMAP4
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from marac.errors import MailboxError
from marac.mailbox.connection import reason, sentence, verified_tls
from marac.mailbox.protocol import Item, Oddity, Outcome
from marac.settings import ImapMailbox

# The library writes every line of the conversation to its log, messages and all.
logging.getLogger("imapclient").setLevel(logging.CRITICAL + 1)

_BATCH = 500  # messages asked about in one command; servers limit the length of a line
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class ImapInbox:
    """The messages of one IMAP folder; the folders of the outcomes are made where they are missing.

    A message is known by its UID and by the UIDVALIDITY of the folder: where the server numbers the folder anew, the
    old numbers mean nothing (RFC 9051, section 2.3.1.1), and are refused.
    """

    def __init__(self, settings: ImapMailbox) -> None:
        self._settings = settings
        self._server = f"the mail server {settings.host}, port {settings.port}"
        self._client: Any = None
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
        password = self._settings.password.resolve().reveal()
        tls = verified_tls(self._settings.certificate_authority)
        with self._in_words():
            self._client = IMAPClient(
                self._settings.host, self._settings.port, ssl_context=tls, timeout=self._settings.timeout_seconds
            )
            self._client.normalise_times = False  # otherwise the times come in this computer's zone, and do not say so
        try:
            self._log_in(password)
            self._must_be_able_to_move()
            self._folders = {
                "processed": self._folder(self._settings.processed),
                "needs-a-person": self._folder(self._settings.needs_a_person),
            }
            self._validity = self._select()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Log out. What fails now changes nothing."""
        client, self._client = self._client, None
        if client is not None:
            client.__exit__(None, None, None)

    def waiting(self) -> Iterator[Item]:
        """Every message in the folder, whether somebody has read it or not; oldest first.

        Raises:
            MailboxError: the connection was lost.
        """
        with self._in_words():
            self._client.noop()  # without it a server may show the folder as it was when it was opened
            uids = self._client.search("ALL")
            found = {}
            for start in range(0, len(uids), _BATCH):
                found.update(self._client.fetch(uids[start : start + _BATCH], ["INTERNALDATE", "RFC822.SIZE"]))
        items = [self._item(uid, found.get(uid, {})) for uid in sorted(uids)]
        return iter(sorted(items, key=lambda item: item.received or _LONG_AGO))

    def oddities(self) -> Sequence[Oddity]:
        """None: everything in an IMAP folder is a message."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message as the server has it, not marked as read.

        Raises:
            MailboxError: it is gone, it did not come whole, or the connection was lost.
        """
        uid = self._uid(item)
        with self._in_words():
            found = self._client.fetch([uid], ["BODY.PEEK[]", "RFC822.SIZE"]).get(uid, {})
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
        uid = self._uid(item)
        with self._in_words():
            if not self._client.search(["UID", str(uid)]):
                return
            self._move(uid, self._folders[outcome])

    def _move(self, uid: int, folder: str) -> None:
        try:
            self._move_once(uid, folder)
        except IMAP4.abort:
            raise
        except IMAP4.error as error:
            if "TRYCREATE" not in str(error):
                raise
            self._client.create_folder(folder)  # somebody removed it since this mailbox was opened
            self._move_once(uid, folder)

    def _move_once(self, uid: int, folder: str) -> None:
        if self._client.has_capability("MOVE"):
            self._client.move([uid], folder)
            return
        self._client.copy([uid], folder)
        self._client.add_flags([uid], [rb"\Deleted"], silent=True)
        self._client.uid_expunge([uid])  # this message alone; what others have marked as deleted stays

    def _must_be_able_to_move(self) -> None:
        with self._in_words():
            able = self._client.has_capability("MOVE") or self._client.has_capability("UIDPLUS")
        if not able:
            raise MailboxError(
                f"{sentence(self._server)} can move a message only by emptying what others have marked as deleted (it has "
                "neither MOVE nor UIDPLUS). Nothing was taken in. Ask IT for another server, or use a folder of saved messages."
            )

    def _log_in(self, password: str) -> None:
        with self._in_words():
            try:
                # a pound sign in a password gets through PLAIN, not through LOGIN
                plain = self._client.has_capability("AUTH=PLAIN")
                (self._client.plain_login if plain else self._client.login)(self._settings.user, password)
            except LoginError as error:
                if isinstance(error.__context__, IMAP4.abort):
                    raise ConnectionError from None
                raise MailboxError(
                    f"{sentence(self._server)} did not accept the user and the password. Check both in config.toml, or "
                    "whether the password has expired. Nothing was fetched."
                ) from None

    def _folder(self, name: str) -> str:
        """The folder's full name on this server, which has it from now on."""
        with self._in_words():
            placed = self._placed(name)
            try:
                if not self._client.folder_exists(placed):
                    self._client.create_folder(placed)
                    self._client.subscribe_folder(placed)
            except IMAP4.abort:
                raise
            except IMAP4.error:
                raise MailboxError(
                    f"The folder {name} cannot be made on {self._server}. Make it by hand, or name another in config.toml."
                ) from None
        return placed

    def _placed(self, name: str) -> str:
        """A plain name, put where this server keeps the user's own folders (RFC 2342)."""
        if not self._client.has_capability("NAMESPACE"):
            return name
        namespace = self._client.namespace()
        prefixes = [prefix for kind in namespace for prefix, _ in kind or ()]
        if not namespace.personal or any(prefix and name.startswith(prefix) for prefix in prefixes):
            return name
        return str(namespace.personal[0][0]) + name

    def _select(self) -> int:
        """Open the folder for moving; its UIDVALIDITY."""
        name = self._settings.folder
        with self._in_words():
            try:
                found = self._client.select_folder(name)
            except IMAP4.readonly:
                raise MailboxError(
                    f"This user may read the folder {name} but not move messages out of it. Ask IT for access."
                ) from None
            except IMAP4.abort:
                raise
            except IMAP4.error:
                raise MailboxError(
                    f"There is no folder {name} on {self._server}. Check folder in config.toml."
                ) from None
        if not found.get(b"UIDVALIDITY"):
            raise MailboxError(
                f"{sentence(self._server)} does not number the messages of {name}, so none can be told from another."
            )
        return int(found[b"UIDVALIDITY"])

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

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say in words what went wrong. Nothing that the server wrote is shown: it may be a piece of a message."""
        try:
            yield
        except MailboxError:
            raise
        except (IMAP4.abort, OSError) as error:
            raise MailboxError(sentence(reason(error, self._server))) from None
        except Exception:  # noqa: BLE001 - the library raises what it likes on answers that it does not understand
            raise MailboxError(
                f"{sentence(self._server)} refused, or answered in a way that cannot be understood. Nothing was lost. "
                "Run this again; if it stays so, ask who runs the server."
            ) from None
