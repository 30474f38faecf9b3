"""Which delivery a waiting item is: one that an earlier pass began or finished, or a new one.

An item is known by the mailbox's own id for it and by its bytes. Where a mailbox words a message anew at each fetch,
its id alone is enough, and after a move, which changes the id, the Message-ID together with what is attached. A message
that was stored and not filed yet, and is no longer listed under its id, was numbered anew.
"""

import re
from collections.abc import Collection

from sqlalchemy import Connection

from marac.intake.opening.mail import parts_in
from marac.intake.opening.message import Opened, UnsafeMessageError
from marac.mailbox.protocol import Inbox, Item
from marac.register.deliveries import (
    Delivery,
    deliveries_called,
    delivery_of_item,
    parts_of,
    rename_item,
    unfiled_deliveries,
)

_NUMBERED = re.compile(r"(\d+)\.\d+")


def known_by_its_id(connection: Connection, inbox: Inbox, item: Item) -> Delivery | None:
    """The delivery of an item whose bytes need not be fetched again, because its id says enough."""
    return None if inbox.verbatim else delivery_of_item(connection, inbox.name, item.id)


def known_by_its_bytes(
    connection: Connection, inbox: Inbox, item: Item, sha256: str, listed: Collection[str]
) -> Delivery | None:
    """The delivery of an item with these bytes: the same item once more, or one that was numbered anew.

    Args:
        connection: a transaction that may change the register.
        inbox: where the item waits.
        item: what waits.
        sha256: of its bytes.
        listed: the ids of everything that waits there now.
    """
    if same := delivery_of_item(connection, inbox.name, item.id, sha256):
        return same
    for unfiled in unfiled_deliveries(connection, inbox.name):
        if unfiled.sha256 == sha256 and unfiled.item not in listed and _may_be_numbered_anew(unfiled, item):
            return _renamed(connection, unfiled, item)
    return None


def _may_be_numbered_anew(unfiled: Delivery, item: Item) -> bool:
    """Whether an item may be one that is in the books under another id.

    One that is at its end and no longer listed was moved by a run that was killed before it could note so: what waits
    with the same bytes is another message then, unless the whole mailbox was numbered anew.
    """
    return not unfiled.terminal or _numbering(unfiled.item) != _numbering(item.id)


def _numbering(item: str) -> str:
    """The numbering that an id belongs to, where it tells one: the UIDVALIDITY of IMAP (RFC 9051, section 2.3.1.1)."""
    found = _NUMBERED.fullmatch(item)
    return found[1] if found else ""


def known_after_a_move(
    connection: Connection, inbox: Inbox, item: Item, raw: bytes, envelope: Opened | None, listed: Collection[str]
) -> Delivery | None:
    """The delivery of an item that a move gave another id, where the mailbox words messages anew."""
    if inbox.verbatim or envelope is None or not envelope.message_id:
        return None
    earlier = [
        delivery
        for delivery in deliveries_called(connection, {envelope.message_id})
        if delivery.mailbox == inbox.name and delivery.item not in listed and delivery.disposition != "quarantined"
    ]
    attached = _attached(raw) if earlier else None
    for delivery in earlier:
        if attached is not None and attached == _attached_before(connection, delivery):
            return _renamed(connection, delivery, item)
    return None


def _attached(raw: bytes) -> list[str] | None:
    """The sha256 of each file in a message; None where it is not to be opened."""
    try:
        return sorted(part.document.sha256 for part in parts_in(raw) if part.role == "form")
    except UnsafeMessageError:
        return None


def _attached_before(connection: Connection, delivery: Delivery) -> list[str] | None:
    if delivery.state == "stored":
        return None
    parts = parts_of(connection, delivery.id)
    return sorted(part.sha256 for part in parts if part.role == "form" and part.unlocks is None and part.form == 1)


def _renamed(connection: Connection, delivery: Delivery, item: Item) -> Delivery:
    rename_item(connection, delivery.id, item.id)
    renamed = delivery_of_item(connection, delivery.mailbox, item.id, delivery.sha256)
    assert renamed is not None  # noqa: S101 - it was renamed just now
    return renamed
