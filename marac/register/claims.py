"""Which watcher is at work on which message, where several watchers share a store.

A claim is a lock on the message's row that outlives the transaction, and ends by itself if its watcher hangs.
"""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, case, exists, null, or_, select, update

from marac.register.deliveries import Delivery, delivery_numbered
from marac.register.schema import deliveries, parts
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
    free = or_(_free(now), deliveries.c.claimed_by == by)
    query = select(deliveries.c.id).where(deliveries.c.id == delivery, free).with_for_update(skip_locked=True)
    if connection.execute(query).one_or_none() is None:
        return False
    mine = update(deliveries).where(deliveries.c.id == delivery)
    connection.execute(mine.values(claimed_by=by, claimed_until=until))
    return True


def holder(connection: Connection, delivery: int) -> str | None:
    """The watcher that claims a message, whether or not its claim has ended by itself."""
    query = select(deliveries.c.claimed_by).where(deliveries.c.id == delivery)
    found: str | None = connection.execute(query).scalar()
    return found


def let_go(connection: Connection, delivery: int, by: str) -> None:
    """End a watcher's claim, so that another need not wait for its end."""
    mine = update(deliveries).where(deliveries.c.id == delivery, deliveries.c.claimed_by == by)
    connection.execute(mine.values(claimed_by=None, claimed_until=None))


def to_be_read(connection: Connection, now: dt.datetime, absent: Callable[[str], bool]) -> tuple[Delivery, ...]:
    """The messages that have files to be read and that nobody is at work on, newest first.

    Whoever holds the mailbox begins with the oldest; so the two meet in the middle.

    Args:
        connection: to the store.
        now: the moment, in UTC.
        absent: whether a watcher of this name has surely ended.
    """
    unread = exists().where(
        parts.c.delivery == deliveries.c.id, parts.c.reading.is_(null()), parts.c.role.in_(("form", "body"))
    )
    columns = deliveries.c.id, deliveries.c.claimed_by, case((_free(now), 1), else_=0).label("free")
    query = own(connection, select(*columns).where(deliveries.c.state == "unpacked", unread), deliveries)
    rows = connection.execute(query.order_by(deliveries.c.id.desc())).all()
    gone = {name: absent(name) for name in {row.claimed_by for row in rows if not row.free}}
    return tuple(delivery_numbered(connection, row.id) for row in rows if row.free or gone[row.claimed_by])


def _free(now: dt.datetime) -> ColumnElement[bool]:
    return or_(deliveries.c.claimed_by.is_(None), deliveries.c.claimed_until < now)
