"""Receipts to other MARACs: one for each message that brought a case of theirs, and never to a mailbox that config.toml does not name.

A receipt waits for a person to release it, unless the area has given a standing release for answers and the sender is
confirmed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, select

from marac.agency import Agency
from marac.delivery.composing import answering, composed
from marac.generators.receipt import receipt, receipt_subject
from marac.intake.transfers import sender_of_transfer
from marac.office import Office
from marac.papers.templates import text_for
from marac.record import identity_of
from marac.register.deliveries import Delivery, delivery_numbered, parts_of
from marac.register.outgoing import add_outgoing, outgoing_called
from marac.register.schema import deliveries, outgoing
from marac.register.scope import own
from marac.register.trail import record
from marac.register.transfers import every_transfer
from marac.transfers.bundle import receipt_number

_FROM_A_PROGRAM = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
"""RFC 3834, section 5, and what Exchange goes by: no program answers this receipt."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A message to send a receipt for."""

    delivery: Delivery
    other: Agency
    numbers: Sequence[str]

    def message_id(self, office: Office) -> str:
        """Always the same for this message."""
        identity = identity_of("receipt", office.settings.marac.id, self.delivery.id, self.delivery.sha256)
        return f"<{identity[:32]}@{office.settings.marac.email.rpartition('@')[2]}>"


def write_receipts(office: Office) -> int:
    """Write the receipts that are due; how many were written. Nothing is sent here.

    Raises:
        TemplateError: the area's own receipt.txt cannot be used.
        StoreError: the store cannot be written; the next run goes on from here.
    """
    with office.store.reading() as connection:
        due = tuple(_due(connection, office))
    template = text_for(office, "receipt") if due else ""
    return sum(_written(office, each, template) for each in due)


def _due(connection: Connection, office: Office) -> Iterator[_Due]:
    """The messages that a case was taken over from and that have no receipt, oldest first."""
    taken = {each.bundle for each in every_transfer(connection) if each.direction == "in"}
    if not taken:
        return
    written = select(outgoing.c.delivery).where(outgoing.c.kind == "receipt", outgoing.c.delivery.is_not(None))
    query = select(deliveries.c.id).where(deliveries.c.disposition == "transfer", deliveries.c.id.not_in(written))
    for number in connection.execute(own(connection, query, deliveries).order_by(deliveries.c.id)).scalars().all():
        delivery = delivery_numbered(connection, number)
        bundles = dict.fromkeys(part.sha256 for part in parts_of(connection, number) if part.sha256 in taken)
        other = sender_of_transfer(connection, delivery, office.settings, office.originals)
        if bundles and other is not None:
            yield _Due(delivery, other, [receipt_number(each) for each in bundles])


def _written(office: Office, due: _Due, template: str) -> bool:
    """Whether a receipt was written; none is a second time."""
    now = office.now().astimezone(dt.UTC)
    sha256 = office.originals.keep(_message(office, due, template, now), ".eml")
    rules = office.settings.acknowledgements
    sure = due.delivery.sender_check == "confirmed" and rules.released_by is not None
    values = {
        "kind": "receipt",
        "delivery": due.delivery.id,
        "recipient": due.other.email,
        "message_id": due.message_id(office),
        "sha256": sha256,
        "written_at": now,
        "state": "approved" if sure else "draft",
        "approved_by": rules.released_by if sure else None,
    }
    with office.store.changing() as connection:
        if outgoing_called(connection, due.message_id(office)):
            return False
        message = add_outgoing(connection, values)
        record(connection, office.entry("receipt written", f"message {due.delivery.id}", message.state))
    return True


def _message(office: Office, due: _Due, template: str, date: dt.datetime) -> bytes:
    marac = office.settings.marac
    text = partial(receipt, marac=marac.name, coordinator=marac.coordinator, email=marac.email, template=template)
    return composed(
        sender=marac.email,
        recipient=due.other.email,
        subject=receipt_subject(due.numbers),
        text=text(due.numbers),
        message_id=due.message_id(office),
        date=date,
        headers={**answering(due.delivery.message_id), **_FROM_A_PROGRAM},
    )
