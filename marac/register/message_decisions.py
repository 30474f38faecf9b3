"""What people decided about messages, why, and who they were."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, insert, select

from marac.register.schema import message_decisions

MessageDecisionKind = Literal["release", "set-aside", "use-version", "keep-earlier", "own-case", "password"]
"""`release`: it is an ordinary message after all. `set-aside`: there is nothing more to do about it. `use-version`,
`keep-earlier`, `own-case`: what becomes of another version of a form. `password`: a person opened a locked file."""


@dataclass(frozen=True, slots=True)
class MessageDecision:
    """What one person decided about one message."""

    delivery: int
    kind: MessageDecisionKind
    reason: str = field(repr=False)
    by: str = field(repr=False)
    at: dt.datetime


def add_message_decision(connection: Connection, decision: MessageDecision) -> None:
    """Keep a decision."""
    values = {"delivery": decision.delivery, "kind": decision.kind, "reason": decision.reason, "by": decision.by}
    connection.execute(insert(message_decisions).values(at=decision.at, **values))


def decisions_about(connection: Connection, delivery: int) -> tuple[MessageDecision, ...]:
    """What was decided about a message, oldest first."""
    table = message_decisions
    query = select(table.c.delivery, table.c.kind, table.c.reason, table.c.by, table.c.at)
    rows = connection.execute(query.where(table.c.delivery == delivery).order_by(table.c.id))
    return tuple(MessageDecision(**row._mapping) for row in rows)
