"""The mailbox of a pretended Exchange server: folders, items whose ids change when they move, and what has changed."""

import datetime as dt
import email
import re
import threading
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32
from itertools import count

MAILBOX = "marac@council.example"
WELL_KNOWN = {
    "root": "Root",
    "msgfolderroot": "Top of Information Store",
    "inbox": "Inbox",
    "sentitems": "Sent Items",
}


@dataclass
class StoredFolder:
    id: str
    name: str
    parent: str
    well_known: str = ""


@dataclass
class StoredItem:
    id: str
    folder: str
    mime: bytes = field(repr=False)
    received: str
    size: int
    fetched: int = 0

    @property
    def message(self) -> Message:
        return email.message_from_bytes(self.mime, policy=compat32)


@dataclass(frozen=True)
class Happening:
    """What the history of a folder keeps: an item came, or went."""

    folder: str
    item: str
    came: bool


class Store:
    """One mailbox. With `rewords`, its MIME is another at every fetch, as on a real Exchange."""

    def __init__(self, *, rewords: bool = False) -> None:
        self.rewords = rewords
        self.lock = threading.RLock()
        self.news = threading.Condition(self.lock)
        self.folders: dict[str, StoredFolder] = {}
        self.items: dict[str, StoredItem] = {}
        self.sent: list[bytes] = []
        self.history: list[Happening] = []
        self.epoch = 1
        self._numbers = count(1)
        for well_known, name in WELL_KNOWN.items():
            parent = {"root": "", "msgfolderroot": "root"}.get(well_known, "msgfolderroot")
            self.add_folder(name, self.well_known(parent).id if parent else "", well_known)

    def well_known(self, name: str) -> StoredFolder:
        return next(folder for folder in self.folders.values() if folder.well_known == name)

    def named(self, name: str) -> StoredFolder | None:
        return next((folder for folder in self.folders.values() if folder.name == name), None)

    def add_folder(self, name: str, parent: str, well_known: str = "") -> StoredFolder:
        folder = StoredFolder(self._new_id("AAMkF"), name, parent, well_known)
        self.folders[folder.id] = folder
        return folder

    def remove_folder(self, name: str) -> None:
        with self.lock:
            folder = self.named(name)
            assert folder is not None
            del self.folders[folder.id]

    def put(self, mime: bytes, received: dt.datetime | str, folder: str | None = None, size: int | None = None) -> str:
        if isinstance(received, dt.datetime):
            received = received.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self.news:
            place = folder or self.well_known("inbox").id
            item = StoredItem(self._new_id("AAMkI"), place, mime, received, len(mime) if size is None else size)
            self.items[item.id] = item
            self.history.append(Happening(place, item.id, came=True))
            self.news.notify_all()
            return item.id

    def move(self, item_id: str, folder: str) -> str:
        """The item's new id."""
        item = self.remove(item_id)
        return self.put(item.mime, item.received, folder, item.size)

    def remove(self, item_id: str) -> StoredItem:
        with self.lock:
            item = self.items.pop(item_id)
            self.history.append(Happening(item.folder, item.id, came=False))
            return item

    def lying_in(self, name: str) -> list[bytes]:
        with self.lock:
            folder = self.named(name)
            return [item.mime for item in self.items.values() if folder is not None and item.folder == folder.id]

    def mime(self, item: StoredItem) -> bytes:
        """The MIME of an item as it is told this time."""
        if not self.rewords:
            return item.mime
        item.fetched += 1
        boundary = item.message.get_boundary()
        if boundary is None:
            return b"X-Worded: %d\r\n" % item.fetched + item.mime
        return item.mime.replace(boundary.encode(), b"_00%d_worded_anew_" % item.fetched)

    def changes(self, folder: str, state: str, most: int) -> tuple[list[Happening], str, bool] | None:
        """What has changed since a state, the state then, and whether that is all; None for a state of another life."""
        with self.lock:
            since = 0
            if state:
                found = re.fullmatch(r"(\d+)\.(\d+)", state)
                if found is None or int(found[1]) != self.epoch:
                    return None
                since = int(found[2])
            told: list[Happening] = []
            for number, happening in enumerate(self.history[since:], since):
                if len(told) == most:
                    return told, f"{self.epoch}.{number}", False
                here = happening.item in self.items
                if happening.folder == folder and (here if happening.came else since > 0):
                    told.append(happening)
            return told, f"{self.epoch}.{len(self.history)}", True

    def _new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}+/aB="


def attachments(item: StoredItem) -> list[Message]:
    """The parts of an item that Exchange tells as attachments."""
    found: list[Message] = []
    waiting = [item.message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" or part.get_filename():
            found.append(part)
        elif part.is_multipart():
            waiting += [one for one in part.get_payload() if isinstance(one, Message)]
    return found
