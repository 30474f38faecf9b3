"""What the program writes itself, answers and digests: the ledger that each of them leaves by."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from marac.register.schema import outgoing
from marac.register.scope import marac_of, own

SendingState = Literal["approved", "sending", "sent", "retry", "failed", "unknown"]
"""`approved`: a person, or a standing release, let it go. `sending`: handed over, or about to be; a run that was killed
leaves it so. `retry`: it did not leave, and the next run tries again. `failed`: refused for good, or it came back.
`unknown`: it may or may not have left; it is never sent again by itself, and a person looks."""

OutgoingKind = Literal["acknowledgement", "digest"]
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


def outgoing_in(connection: Connection, states: Collection[OutgoingState]) -> tuple[Outgoing, ...]:
    """The messages in these states, oldest first."""
    query = own(connection, select(outgoing).where(outgoing.c.state.in_(states)), outgoing).order_by(outgoing.c.id)
    return tuple(_outgoing(row) for row in connection.execute(query))


def answer_to(connection: Connection, delivery: int) -> Outgoing | None:
    """The acknowledgement of a message, if one was written."""
    query = select(outgoing).where(outgoing.c.delivery == delivery, outgoing.c.kind == "acknowledgement")
    row = connection.execute(query).one_or_none()
    return _outgoing(row) if row else None


def outgoing_called(connection: Connection, message_id: str) -> Outgoing | None:
    """The message with this Message-ID, if the program wrote one."""
    row = connection.execute(select(outgoing).where(outgoing.c.message_id == message_id)).one_or_none()
    return _outgoing(row) if row else None


def outgoing_in_words(message: Outgoing) -> str:
    """A message as a sentence begins with it, without anybody's name."""
    if message.kind == "digest":
        return "The daily digest"
    return f"The acknowledgement of {f'message {message.delivery}' if message.delivery else 'a message'}"


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(**{name: value for name, value in row._mapping.items() if name != "marac"})
