"""Who presents a case instead of its referrer."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marac.fortnight import Presenter
from marac.register.schema import cases, presenters
from marac.register.scope import own


def add_presenter(connection: Connection, presenter: Presenter) -> None:
    """Keep who presents a case; an earlier word stays, and no longer counts."""
    connection.execute(insert(presenters).values(**asdict(presenter)))


def every_presenter(connection: Connection) -> tuple[Presenter, ...]:
    """All that was said about this MARAC's cases, in the order in which it was said."""
    query = select(presenters).join(cases, cases.c.reference == presenters.c.case).order_by(presenters.c.id)
    return tuple(_presenter(row) for row in connection.execute(own(connection, query, cases)))


def _presenter(row: Row[Any]) -> Presenter:
    return Presenter(**{name: value for name, value in row._mapping.items() if name != "id"})
