"""Which watcher is at work on which message, where several watchers share a store.

A claim is a lock on the message's row that outlives the transaction, and ends by itself if its watcher dies.
"""

import datetime as dt

from sqlalchemy import Connection, or_, select, update

from marac.register.deliveries import Delivery, delivery_numbered
from marac.register.schema import deliveries
from marac.register.scope import own


def claimed(connection: Connection, delivery: int, by: str, now: dt.datetime, until: dt.datetime) -> bool:
    """Whether the message is this watcher's now: it was so before, or nobody else held it. A claim is renewed so.

    Args:
        connection: of a transaction that changes the store.
        delivery: the message's number.
        by: the watcher, by a name that is its own.
        now: the moment, in UTC.
        until: when the claim ends by itself, in UTC.
    """
    free = or_(deliveries.c.claimed_by.is_(None), deliveries.c.claimed_by == by, deliveries.c.claimed_until < now)
    query = select(deliveries.c.id).where(deliveries.c.id == delivery, free).with_for_update(skip_locked=True)
    if connection.execute(query).one_or_none() is None:
        return False
    mine = update(deliveries).where(deliveries.c.id == delivery)
    connection.execute(mine.values(claimed_by=by, claimed_until=until))
    return True


def let_go(connection: Connection, delivery: int, by: str) -> None:
    """End a watcher's claim, so that another need not wait for its end."""
    mine = update(deliveries).where(deliveries.c.id == delivery, deliveries.c.claimed_by == by)
    connection.execute(mine.values(claimed_by=None, claimed_until=None))


def unclaimed(connection: Connection, now: dt.datetime) -> tuple[Delivery, ...]:
    """The messages whose files wait to be read and that nobody is at work on, oldest first."""
    free = or_(deliveries.c.claimed_by.is_(None), deliveries.c.claimed_until < now)
    query = own(connection, select(deliveries.c.id).where(deliveries.c.state == "unpacked", free), deliveries)
    numbers = connection.execute(query.order_by(deliveries.c.id)).scalars().all()
    return tuple(delivery_numbered(connection, number) for number in numbers)
