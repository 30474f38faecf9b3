"""The books of the mailbox: every delivery is a row of its own, and is in exactly one state.

The bytes are known by their sha256 and never by a Message-ID, which two messages can share. The same bytes delivered
twice are two rows.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from marac.record import from_record, to_record
from marac.referral import Reading
from marac.register.schema import deliveries, parts

DeliveryState = Literal["stored", "unpacked", "done", "needs_person"]
PartRole = Literal["form", "body", "picture"]


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

    @property
    def terminal(self) -> bool:
        """Whether there is nothing more for the program to do with it."""
        return self.state in {"done", "needs_person"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message that may hold a referral: a file, the body, or a picture."""

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


def unfiled_delivery(connection: Connection, mailbox: str, item: str, sha256: str) -> Delivery | None:
    """The delivery of this waiting item that an earlier pass began with."""
    query = select(deliveries).where(
        deliveries.c.mailbox == mailbox,
        deliveries.c.item == item,
        deliveries.c.sha256 == sha256,
        ~deliveries.c.filed,
    )
    row = connection.execute(query).one_or_none()
    return _delivery(row) if row else None


def add_delivery(connection: Connection, values: dict[str, Any]) -> Delivery:
    """Enter a delivery whose bytes are stored."""
    row = connection.execute(
        insert(deliveries).values(state="stored", reasons=[], **values).returning(*deliveries.c)
    ).one()
    return _delivery(row)


def delivery_numbered(connection: Connection, number: int) -> Delivery:
    """The delivery as it stands now."""
    return _delivery(connection.execute(select(deliveries).where(deliveries.c.id == number)).one())


def every_delivery(connection: Connection) -> tuple[Delivery, ...]:
    """All deliveries, in the order of their arrival."""
    return tuple(_delivery(row) for row in connection.execute(select(deliveries).order_by(deliveries.c.id)))


def unfiled_deliveries(connection: Connection, mailbox: str) -> tuple[Delivery, ...]:
    """Deliveries of a mailbox that it still has to file, oldest first."""
    query = select(deliveries).where(deliveries.c.mailbox == mailbox, ~deliveries.c.filed).order_by(deliveries.c.id)
    return tuple(_delivery(row) for row in connection.execute(query))


def first_delivery_of(connection: Connection, sha256: str) -> Delivery:
    """The first arrival of these bytes."""
    query = select(deliveries).where(deliveries.c.sha256 == sha256).order_by(deliveries.c.id).limit(1)
    return _delivery(connection.execute(query).one())


def add_parts(connection: Connection, delivery: int, found: Sequence[dict[str, Any]]) -> None:
    """Enter the parts of a delivery, in their order, and note that it is unpacked."""
    for number, values in enumerate(found, 1):
        connection.execute(insert(parts).values(delivery=delivery, number=number, attempts=0, **values))
    set_state(connection, delivery, "unpacked")


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
    """Keep what was read from a part; every further form in it becomes a part of its own."""
    first, *further = readings
    connection.execute(update(parts).where(parts.c.id == part.id).values(reading=to_record(first)))
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
    values = {name: value for name, value in row._mapping.items() if name != "stored_at"}
    return Delivery(**{**values, "reasons": tuple(values["reasons"])})


def _part(row: Row[Any]) -> Part:
    reading = from_record(row.reading) if row.reading else None
    return Part(row.id, row.number, row.sha256, row.source, row.media_type, row.role, row.attempts, reading, row.form)
