"""What an Exchange server is asked about messages: what has changed, and what one of them is made of.

The library's own answers are passed over where they lose something: it cannot read times with more than six
fractional digits, knows no kinds of item but its own, and leaves out attachments that are links.
"""

import binascii
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from exchangelib import Account, Message
from exchangelib.errors import ErrorInvalidSyncStateData, ErrorMimeContentConversionFailed, ErrorSyncFolderNotFound
from exchangelib.fields import FieldPath
from exchangelib.items import ID_ONLY
from exchangelib.properties import BaseItemId, ItemId
from exchangelib.services import GetItem, SyncFolderItems
from exchangelib.services.sync_folder_hierarchy import SyncFolder
from exchangelib.util import MNS, TNS

from marac.errors import MailboxError
from marac.mailbox.protocol import Item

_MOST_CHANGES = 500  # in one answer; Exchange allows 512
_DIGITS = re.compile(r"(\.\d{6})\d+")


def fields(*names: str) -> set[FieldPath]:
    """Fields of a message, as they are asked for."""
    return {FieldPath(field=Message.get_field_by_fieldname(name)) for name in names}


_LISTED = fields("datetime_received", "size")
_MIME = fields("mime_content")
_ATTACHMENTS = {f"{{{TNS}}}FileAttachment", f"{{{TNS}}}ItemAttachment"}


class StateRefusedError(Exception):
    """The server no longer knows from where on to tell the changes; everything must be listed again."""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that is new or different, or, where `item` is None, gone."""

    id: str
    item: Item | None


def changes_since(account: Account, folder: BaseItemId, state: str | None) -> tuple[list[Change], str]:
    """What has changed in a folder since a state, everything where it is None; and the state now.

    Raises:
        StateRefusedError: the state means nothing to the server any more.
    """
    found: list[Change] = []
    while True:
        page = _Changes(account=account)
        try:
            found += page.call(
                folder=folder,
                shape=ID_ONLY,
                additional_fields=_LISTED,
                sync_state=state,
                ignore=None,
                max_changes_returned=_MOST_CHANGES,
                sync_scope=None,
            )
        except (ErrorInvalidSyncStateData, ErrorSyncFolderNotFound):
            if state is None:
                raise
            raise StateRefusedError from None
        if not page.sync_state or (page.sync_state == state and not page.includes_last_item_in_range):
            raise MailboxError("The mailbox cannot be listed: the server does not come to an end. Ask who runs it.")
        state = page.sync_state
        if page.includes_last_item_in_range:
            return found, state


def mime_of(account: Account, item_id: str) -> bytes | None:
    """A message as one MIME file, worded by the server; None where the server can make none of it."""
    try:
        content = _Mime(account=account).get(items=[ItemId(id=item_id)], additional_fields=_MIME, shape=ID_ONLY)
    except ErrorMimeContentConversionFailed:
        return None
    return content or None


class Anatomy(GetItem):  # type: ignore[misc]
    """Asks for an item, and how many of its attachments are neither files nor messages."""

    def _elem_to_obj(self, elem: Any) -> tuple[Any, int]:
        attachments = elem.find(f"{{{TNS}}}Attachments")
        others = [one for one in attachments if one.tag not in _ATTACHMENTS] if attachments is not None else []
        return super()._elem_to_obj(elem), len(others)


class _Changes(SyncFolderItems):  # type: ignore[misc]
    """Asks what has changed, and says no more than is needed."""

    def _get_element_container(self, message: Any, name: str | None = None) -> Any:
        if message.find(f"{{{MNS}}}SyncState") is not None:
            return super()._get_element_container(message, name)
        return super(SyncFolder, self)._get_element_container(
            message, name
        )  # an error has no state, and breaks the library

    def _elem_to_obj(self, elem: Any) -> Change:
        item_id = next(elem.iter(ItemId.response_tag())).get("Id")
        change = self.change_types_map[elem.tag]
        if change == self.DELETE:
            return Change(item_id, None)
        size = elem[0].findtext(f"{{{TNS}}}Size")
        received = elem[0].findtext(f"{{{TNS}}}DateTimeReceived")
        return Change(item_id, Item(item_id, _moment(received), int(size) if size and size.isdigit() else None))

    def _elems_to_objs(self, elems: Any) -> Any:
        for elem in elems:
            if isinstance(elem, Exception):
                raise elem
            if self.change_types_map.get(elem.tag) != self.READ_FLAG_CHANGE:
                yield self._elem_to_obj(elem)


class _Mime(GetItem):  # type: ignore[misc]
    """Asks for the MIME of an item, of whatever kind it is."""

    def _elem_to_obj(self, elem: Any) -> bytes:
        return binascii.a2b_base64(elem.findtext(f"{{{TNS}}}MimeContent") or "")


def _moment(text: str | None) -> dt.datetime | None:
    """A time that Exchange wrote, with up to nine fractional digits, in UTC."""
    try:
        moment = dt.datetime.fromisoformat(_DIGITS.sub(r"\1", text or ""))
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
