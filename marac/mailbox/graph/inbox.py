"""A folder of a Microsoft 365 mailbox as mailbox. Nothing is marked as read; filing moves."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from typing import Any, Self

from marac.errors import MailboxError
from marac.mailbox.graph.client import AccessTokens, GraphClient, Pause, place_of
from marac.mailbox.graph.fetching import folder_and_size, not_there, whole
from marac.mailbox.graph.folders import folder_id, made_folder
from marac.mailbox.graph.words import code_of, is_gone
from marac.mailbox.protocol import Item, Oddity, Outcome
from marac.settings import GraphMailbox

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_EXPIRED = {"syncstatenotfound", "syncstateinvalid", "resyncrequired"}
_PAGE = {"Prefer": 'IdType="ImmutableId", odata.maxpagesize=200'}


class _ExpiredError(Exception):
    """Graph no longer knows what it had told (Graph, concepts/delta-query-overview, section on resets)."""


class GraphInbox:
    """The messages of one folder, known by their immutable ids; the folders of the outcomes are made where missing.

    The first listing of an object is whole, later ones ask for what has changed since (delta query). Where Graph has
    forgotten what it told, the listing is whole again. What was listed last is kept in the object and nowhere else.
    """

    verbatim = False

    def __init__(self, settings: GraphMailbox, tokens: AccessTokens, pause: Pause = time.sleep) -> None:
        self._settings = settings
        self._graph = GraphClient(settings, tokens, pause)
        self._folder = ""
        self._filed_in: dict[Outcome, str] = {}
        self._listed: dict[str, dt.datetime | None] = {}
        self._changes = ""

    @property
    def name(self) -> str:
        """The mailbox as the books call it."""
        return f"graph {self._settings.mailbox}/{self._settings.folder}"

    def __enter__(self) -> Self:
        """Connect, and find the folders.

        Raises:
            MailboxError: Graph cannot be reached or trusted, gives no access, or the mailbox has no such folder.
            SettingsError: what the token is had with is not where config.toml says.
        """
        self._graph.open()
        try:
            self._find_folders()
        except BaseException:
            self._graph.close()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Hang up. What was listed stays known."""
        self._graph.close()

    def waiting(self) -> Iterator[Item]:
        """Every message in the folder, whether somebody has read it or not; oldest first.

        Raises:
            MailboxError: it cannot be listed to the end; the next listing begins where this one began.
        """
        try:
            self._listed, self._changes = self._after_changes(self._listed, self._changes)
        except _ExpiredError:
            self._listed, self._changes = self._listed_anew()
        items = [Item(message, received) for message, received in self._listed.items()]
        return iter(sorted(items, key=lambda item: item.received or _LONG_AGO))

    def oddities(self) -> Sequence[Oddity]:
        """None: everything in a mail folder is a message."""
        return ()

    def raw(self, item: Item) -> bytes:
        """The message in one piece as Graph words it, or put together where it is too large; not marked as read.

        Raises:
            MailboxError: it is not in the folder any more, or did not come whole, or Graph cannot be reached.
        """
        found = folder_and_size(self._graph, item.id)
        if found is None or found[0] != self._folder:
            raise not_there()
        return whole(self._graph, item.id, found[1])

    def file(self, item: Item, outcome: Outcome) -> None:
        """Move the message to the folder of its outcome; one that is not in the inbox stays where it went.

        Raises:
            MailboxError: it could not be moved.
        """
        found = folder_and_size(self._graph, item.id)
        if found is not None and found[0] == self._folder:
            self._move(item.id, outcome)
        self._listed.pop(item.id, None)

    def _move(self, message: str, outcome: Outcome) -> None:
        destination = self._filed_in.get(outcome) or self._make_folder(outcome)
        for attempt in (1, 2):
            answer = self._graph.ask("POST", f"{place_of(message)}/move", json={"destinationId": destination})
            if answer.status_code == 404 and attempt == 1:
                found = folder_and_size(self._graph, message)
                if found is None or found[0] != self._folder:
                    return
                destination = self._make_folder(outcome)  # somebody removed it since this mailbox was opened
                continue
            self._graph.must_be(201, answer)
            return

    def _find_folders(self) -> None:
        found = folder_id(self._graph, self._settings.folder)
        if found is None:
            raise MailboxError(
                f"There is no folder {self._settings.folder} in the mailbox {self._settings.mailbox}. Check folder in config.toml."
            )
        if found != self._folder:
            self._folder, self._listed, self._changes = found, {}, ""
        outcomes: tuple[Outcome, ...] = ("processed", "needs-a-person")
        for outcome in outcomes:
            if outcome not in self._filed_in:
                self._make_folder(outcome)

    def _make_folder(self, outcome: Outcome) -> str:
        name = self._settings.processed if outcome == "processed" else self._settings.needs_a_person
        self._filed_in[outcome] = made_folder(self._graph, name)
        return self._filed_in[outcome]

    def _listed_anew(self) -> tuple[dict[str, dt.datetime | None], str]:
        try:
            return self._after_changes({}, "")
        except _ExpiredError:
            raise MailboxError(
                f"Microsoft Graph cannot list the mailbox {self._settings.mailbox} just now. Nothing was lost. Run this again later."
            ) from None

    def _after_changes(
        self, listed: dict[str, dt.datetime | None], changes: str
    ) -> tuple[dict[str, dt.datetime | None], str]:
        """What is listed after the changes since that link, or from the beginning; and the link for the next time."""
        now = dict(listed) if changes else {}
        page = self._page(changes or f"/mailFolders/{self._folder}/messages/delta?$select=receivedDateTime")
        while True:
            for entry in page.get("value", ()):
                _apply(entry, now)
            if "@odata.deltaLink" in page:
                return now, str(page["@odata.deltaLink"])
            if "@odata.nextLink" not in page:
                raise MailboxError("Microsoft Graph did not list the mailbox to its end. The next run tries again.")
            page = self._page(str(page["@odata.nextLink"]))

    def _page(self, place: str) -> dict[str, Any]:
        answer = self._graph.ask("GET", place, headers=_PAGE)
        if answer.status_code == 200:
            return self._graph.read(answer)
        if answer.status_code == 410 or code_of(answer).casefold() in _EXPIRED:
            raise _ExpiredError
        if is_gone(answer):
            raise MailboxError(
                f"The folder {self._settings.folder} is no longer in the mailbox {self._settings.mailbox}. Check folder in config.toml."
            )
        raise MailboxError(self._graph.refusal(answer))


def _apply(entry: dict[str, Any], listed: dict[str, dt.datetime | None]) -> None:
    message = str(entry["id"])
    if "@removed" in entry:
        listed.pop(message, None)
    else:
        listed[message] = _moment(entry.get("receivedDateTime")) or listed.get(message)


def _moment(said: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(said)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
