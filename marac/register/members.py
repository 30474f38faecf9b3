"""Who may see a MARAC's cases: named here by a person, and enforced where people sign in."""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, update

from marac.errors import NotFoundError, UsageError
from marac.register.schema import members
from marac.register.scope import marac_of, own


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may see the cases of one MARAC."""

    marac: str
    name: str = field(repr=False)
    account: str = field(repr=False)
    """As they sign in, such as `j.smith@council.example`; compared without regard to capitals."""
    added_by: str = field(repr=False)
    added_on: dt.date
    removed_on: dt.date | None = None


def members_of(connection: Connection) -> tuple[Member, ...]:
    """Everybody who was ever named for this MARAC, in the order in which they were; `removed_on` says who is no more."""
    rows = connection.execute(own(connection, select(members), members).order_by(members.c.id))
    return tuple(Member(row.marac, row.name, row.account, row.added_by, row.added_on, row.removed_on) for row in rows)


def maracs_seen_by(connection: Connection, account: str) -> frozenset[str]:
    """The ids of the MARACs whose cases somebody who signs in with this account may see; empty for a stranger."""
    query = select(members.c.marac).where(members.c.account == _plain(account), members.c.removed_on.is_(None))
    return frozenset(connection.execute(query).scalars())


def add_member(connection: Connection, name: str, account: str, by: str, on: dt.date) -> Member:
    """Name somebody for this MARAC.

    Raises:
        UsageError: this account is named already.
    """
    marac = marac_of(connection)
    if marac in maracs_seen_by(connection, account):
        raise UsageError("Somebody with this account may see this MARAC's cases already: marac member list")
    member = Member(marac, name.strip(), _plain(account), by, on)
    connection.execute(
        insert(members).values(
            marac=marac, name=member.name, account=member.account, added_by=by, added_on=on, removed_on=None
        )
    )
    return member


def remove_member(connection: Connection, account: str, on: dt.date) -> None:
    """Let somebody see this MARAC's cases no more; that they once could stays on the books.

    Raises:
        NotFoundError: nobody with this account is named.
    """
    query = own(connection, select(members.c.id), members)
    query = query.where(members.c.account == _plain(account), members.c.removed_on.is_(None))
    number = connection.execute(query).scalar()
    if number is None:
        raise NotFoundError("Nobody with this account may see this MARAC's cases: marac member list")
    connection.execute(update(members).where(members.c.id == number).values(removed_on=on))


def _plain(account: str) -> str:
    return account.strip().casefold()
