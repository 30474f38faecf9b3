"""What the program writes itself, answers and digests: the ledger that each of them leaves by."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from marac.register.schema import outgoing
from marac.register.scope import marac_of, own

SendingState = Literal["approved", "sending", "sent", "retry", "failed", "unknown"]
"""`approved`: a person, or a standing release, let it go. `sending`: handed over, or about to be; a run that was killed
leaves it so. `retry`: it did not leave, and the next run tries again. `failed`: refused for good, or it came back.
`unknown`: it may or may not have left; it is never sent again by itself, and a person looks."""

OutgoingKind = Literal["acknowledgement", "digest", "chaser", "receipt"]
OutgoingState = Literal["draft", SendingState]
"""`draft`: written, and waiting for a person to release it."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message that the program wrote, to one recipient."""

    id: int
    kind: OutgoingKind
    delivery: int | None
    """The message that it answers."""
    recipient: str = field(repr=False)
    message_id: str
    sha256: str
    """Of the MIME message, which stands among the originals."""
    state: OutgoingState
    reason: str
    attempts: int
    written_at: dt.datetime
    approved_by: str | None = field(repr=False)
    sent_at: dt.datetime | None


def add_outgoing(connection: Connection, values: dict[str, Any]) -> Outgoing:
    """Enter a message whose bytes are on the disk."""
    return _outgoing(
        connection.execute(insert(outgoing).values(marac=marac_of(connection), **values).returning(*outgoing.c)).one()
    )


def change_outgoing(connection: Connection, number: int, **values: Any) -> None:
    """Note what became of a message."""
    connection.execute(update(outgoing).where(outgoing.c.id == number).values(values))


def remove_outgoing(connection: Connection, number: int) -> None:
    """Take back a message that was never handed over, as if it had not been written; the trail keeps that it was."""
    connection.execute(delete(outgoing).where(outgoing.c.id == number, outgoing.c.state.in_(("draft", "approved"))))


def outgoing_in(connection: Connection, states: Collection[OutgoingState]) -> tuple[Outgoing, ...]:
    """The messages in these states, oldest first."""
    query = own(connection, select(outgoing).where(outgoing.c.state.in_(states)), outgoing).order_by(outgoing.c.id)
    return tuple(_outgoing(row) for row in connection.execute(query))


def answer_to(connection: Connection, delivery: int) -> Outgoing | None:
    """The answer to a message, if one was written: its acknowledgement, or the receipt of the first case that it hands over."""
    kinds = ("acknowledgement", "receipt")
    query = select(outgoing).where(outgoing.c.delivery == delivery, outgoing.c.kind.in_(kinds))
    row = connection.execute(query.order_by(outgoing.c.id).limit(1)).one_or_none()
    return _outgoing(row) if row else None


def outgoing_called(connection: Connection, message_id: str) -> Outgoing | None:
    """The message with this Message-ID, if the program wrote one."""
    row = connection.execute(select(outgoing).where(outgoing.c.message_id == message_id)).one_or_none()
    return _outgoing(row) if row else None


def written_here(connection: Connection, message_id: str) -> bool:
    """Whether this MARAC's program wrote the message with this Message-ID; another one of a shared register may have."""
    query = own(connection, select(outgoing.c.id).where(outgoing.c.message_id == message_id), outgoing)
    return connection.execute(query).first() is not None


def outgoing_in_words(message: Outgoing) -> str:
    """A message as a sentence begins with it, without anybody's name."""
    if message.kind == "digest":
        return "The daily digest"
    if message.kind == "chaser":
        return "The reminder that research is not back"
    if message.kind == "receipt":
        return "The receipt for a case that another MARAC handed over"
    return f"The acknowledgement of {f'message {message.delivery}' if message.delivery else 'a message'}"


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(**{name: value for name, value in row._mapping.items() if name != "marac"})
