"""Cases on their way to another MARAC, or from it."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from marac.fortnight import Transfer
from marac.register.schema import cases, transfers
from marac.register.scope import own


def add_transfer(connection: Connection, values: dict[str, Any]) -> Transfer:
    """Enter a transfer."""
    return _transfer(connection.execute(insert(transfers).values(values).returning(*transfers.c)).one())


def note_receipt(connection: Connection, number: int, on: dt.date) -> None:
    """Note that the other MARAC said that it has the case."""
    connection.execute(update(transfers).where(transfers.c.number == number).values(receipt_on=on))


def set_bundle(connection: Connection, number: int, sha256: str) -> None:
    """Note which machine part goes, or went, with a transfer."""
    connection.execute(update(transfers).where(transfers.c.number == number).values(bundle=sha256))


def transfers_of_bundle(connection: Connection, sha256: str) -> tuple[Transfer, ...]:
    """This MARAC's transfers with this machine part, whichever way they went."""
    return tuple(each for each in every_transfer(connection) if each.bundle == sha256)


def every_transfer(connection: Connection) -> tuple[Transfer, ...]:
    """All transfers of this MARAC's cases, in the order in which they were made."""
    query = select(transfers).join(cases, cases.c.reference == transfers.c.case).order_by(transfers.c.number)
    return tuple(_transfer(row) for row in connection.execute(own(connection, query, cases)))


def _transfer(row: Row[Any]) -> Transfer:
    return Transfer(**row._mapping)
