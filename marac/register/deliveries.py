"""The books of the mailbox: every delivery is a row of its own, and is in exactly one state.

The bytes are known by their sha256 and never by a Message-ID, which two messages can share. The same bytes delivered
twice are two rows.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, null, select, update

from marac.record import from_record, to_record
from marac.referral import Reading
from marac.register.schema import deliveries, parts
from marac.register.scope import marac_of, own

DeliveryState = Literal["stored", "unpacked", "done", "needs_person"]
SenderVerdict = Literal["confirmed", "not checked", "unknown", "failed"]
"""Whether the sender is who the message says: by the council's own gateway and the domains of the agencies. `unknown`:
no listed agency writes from there. `failed`: the gateway says that somebody else sent it."""

Lock = Literal["password", "openpgp", "smime"]
"""What a part needs before it can be read."""

PartRole = Literal["form", "body", "picture", "aside"]

_NOT_ITS_OWN = frozenset({"stored_at", "claimed_by", "claimed_until"})
"""Columns that say nothing of the message itself."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One arrival of one message, or of one bare form file."""

    id: int
    mailbox: str
    item: str = field(repr=False)
    sha256: str
    message_id: str | None
    received: dt.date
    bare_name: str | None = field(repr=False)
    sender: str | None = field(repr=False)
    state: DeliveryState
    disposition: str | None
    reasons: tuple[str, ...] = field(repr=False)
    filed: bool
    reassembled: bool = False
    """Whether the mailbox put it together from its parts, because it was too large to be handed over in one piece."""
    automatic: bool = False
    """Whether a program wrote it: such a message is never answered."""
    released: bool = False
    """Whether a person said that it is to be taken in all the same."""
    reply_to: str | None = field(default=None, repr=False)
    refers_to: tuple[str, ...] = ()
    """The Message-IDs that it answers."""
    sender_check: SenderVerdict = "not checked"
    sender_reason: str = field(default="", repr=False)
    marac: str = "marac"
    """The MARAC whose mailbox it came to."""

    @property
    def terminal(self) -> bool:
        """Whether there is nothing more for the program to do with it."""
        return self.state in {"done", "needs_person"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: a file that may be a form, the body, a picture, or what a mailer left."""

    id: int
    number: int
    sha256: str
    source: str = field(repr=False)
    media_type: str
    role: PartRole
    attempts: int
    reading: Reading | None = field(repr=False)
    form: int = 1
    """Which form of its file, from 1; further forms of one file are parts of their own with the same bytes."""
    lock: Lock | None = None
    unlocks: int | None = None
    """The locked part whose contents these are."""


def delivery_of_item(connection: Connection, mailbox: str, item: str, sha256: str | None = None) -> Delivery | None:
    """The newest delivery of this item of a mailbox, with these bytes where they are given."""
    query = select(deliveries).where(deliveries.c.mailbox == mailbox, deliveries.c.item == item)
    if sha256 is not None:
        query = query.where(deliveries.c.sha256 == sha256)
    row = connection.execute(query.order_by(deliveries.c.id.desc()).limit(1)).one_or_none()
    return _delivery(row) if row else None


def deliveries_called(connection: Connection, message_ids: Collection[str]) -> tuple[Delivery, ...]:
    """The deliveries with one of these Message-IDs, oldest first. Two messages can share one."""
    query = select(deliveries).where(deliveries.c.message_id.in_(message_ids)).order_by(deliveries.c.id)
    return tuple(_delivery(row) for row in connection.execute(query)) if message_ids else ()


def deliveries_from(connection: Connection, sender: str, since: dt.date) -> tuple[Delivery, ...]:
    """What came from this address since that day, oldest first."""
    query = select(deliveries).where(deliveries.c.sender == sender, deliveries.c.received >= since)
    return tuple(_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id)))


def rename_item(connection: Connection, delivery: int, item: str) -> None:
    """Note that the mailbox calls this message's item otherwise now, and that it is there again."""
    connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(item=item, filed=False))


def add_delivery(connection: Connection, values: dict[str, Any]) -> Delivery:
    """Enter a delivery whose bytes are stored."""
    row = connection.execute(
        insert(deliveries)
        .values(state="stored", reasons=[], marac=marac_of(connection), **values)
        .returning(*deliveries.c)
    ).one()
    return _delivery(row)


def delivery_numbered(connection: Connection, number: int) -> Delivery:
    """The delivery as it stands now."""
    return _delivery(connection.execute(select(deliveries).where(deliveries.c.id == number)).one())


def delivery_or_none(connection: Connection, number: int) -> Delivery | None:
    """The delivery with this number, if there is one."""
    row = connection.execute(select(deliveries).where(deliveries.c.id == number)).one_or_none()
    return _delivery(row) if row else None


def release(connection: Connection, delivery: int) -> None:
    """Open a delivery again, to be taken in as an ordinary message."""
    opened = connection.execute(select(parts.c.id).where(parts.c.delivery == delivery).limit(1)).one_or_none()
    values = {"released": True, "state": "unpacked" if opened else "stored", "disposition": None}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(values))


def every_delivery(connection: Connection) -> tuple[Delivery, ...]:
    """All deliveries to this MARAC, in the order of their arrival."""
    query = own(connection, select(deliveries), deliveries).order_by(deliveries.c.id)
    return tuple(_delivery(row) for row in connection.execute(query))


def unfinished_deliveries(connection: Connection) -> tuple[Delivery, ...]:
    """Deliveries of any mailbox that are not at their end, oldest first."""
    query = select(deliveries).where(deliveries.c.state.in_(("stored", "unpacked"))).order_by(deliveries.c.id)
    return tuple(_delivery(row) for row in connection.execute(own(connection, query, deliveries)))


def unfiled_deliveries(connection: Connection, mailbox: str) -> tuple[Delivery, ...]:
    """Deliveries of a mailbox that it still has to file, oldest first."""
    query = select(deliveries).where(deliveries.c.mailbox == mailbox, ~deliveries.c.filed).order_by(deliveries.c.id)
    return tuple(_delivery(row) for row in connection.execute(query))


def first_delivery_of(connection: Connection, sha256: str) -> Delivery:
    """The first arrival of these bytes at this MARAC."""
    query = own(connection, select(deliveries).where(deliveries.c.sha256 == sha256), deliveries)
    return _delivery(connection.execute(query.order_by(deliveries.c.id).limit(1)).one())


def add_parts(
    connection: Connection, delivery: int, found: Sequence[dict[str, Any]], disposition: str | None = None
) -> None:
    """Enter parts of a delivery, after those that it has, and note that it is unpacked.

    `disposition` is what the message was on arrival, where that is known already.
    """
    last = connection.execute(select(func.max(parts.c.number)).where(parts.c.delivery == delivery)).scalar() or 0
    for number, values in enumerate(found, last + 1):
        connection.execute(insert(parts).values(delivery=delivery, number=number, attempts=0, **values))
    connection.execute(
        update(deliveries).where(deliveries.c.id == delivery).values(state="unpacked", disposition=disposition)
    )


def parts_of(connection: Connection, delivery: int) -> tuple[Part, ...]:
    """The parts of a delivery in their order."""
    query = select(parts).where(parts.c.delivery == delivery).order_by(parts.c.number)
    return tuple(_part(row) for row in connection.execute(query))


def count_attempt(connection: Connection, part: int) -> None:
    """Note that a part is about to be read, before the reader sees it: a file that kills the reader is counted."""
    connection.execute(update(parts).where(parts.c.id == part).values(attempts=parts.c.attempts + 1))


def uncount_attempt(connection: Connection, part: int) -> None:
    """Note that an attempt ended without any fault of the file."""
    connection.execute(update(parts).where(parts.c.id == part).values(attempts=parts.c.attempts - 1))


def keep_readings(connection: Connection, part: Part, readings: Sequence[Reading]) -> None:
    """Keep what was read from a part; every further form in it becomes a part of its own.

    Where somebody else has read it in the meantime, what they read stands.
    """
    first, *further = readings
    mine = update(parts).where(parts.c.id == part.id, parts.c.reading.is_(null()))
    if not connection.execute(mine.values(reading=to_record(first))).rowcount:
        return
    row = connection.execute(select(parts).where(parts.c.id == part.id)).one()._mapping
    last = connection.execute(select(func.max(parts.c.number)).where(parts.c.delivery == row["delivery"])).scalar_one()
    for number, reading in enumerate(further, 1):
        values = {name: value for name, value in row.items() if name != "id"}
        values |= {"number": last + number, "form": number + 1, "reading": to_record(reading)}
        connection.execute(insert(parts).values(**values))


def set_state(
    connection: Connection,
    delivery: int,
    state: DeliveryState,
    disposition: str | None = None,
    reasons: Sequence[str] = (),
) -> None:
    """Note what became of a delivery, and why."""
    values = {"state": state, "disposition": disposition, "reasons": list(reasons)}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(values))


def mark_filed(connection: Connection, delivery: int) -> None:
    """Note that the mailbox has filed the message."""
    connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(filed=True))


def _delivery(row: Row[Any]) -> Delivery:
    values = {name: value for name, value in row._mapping.items() if name not in _NOT_ITS_OWN}
    return Delivery(**{**values, "reasons": tuple(values["reasons"]), "refers_to": tuple(values["refers_to"])})


def _part(row: Row[Any]) -> Part:
    reading = from_record(row.reading) if row.reading else None
    values = {name: value for name, value in row._mapping.items() if name != "delivery"}
    return Part(**{**values, "reading": reading})
