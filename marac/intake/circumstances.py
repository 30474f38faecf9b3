"""What is known about a message beside what was read in it: who wrote it, what it answers, what came back with it."""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.intake.opening.message import Opened
from marac.intake.unlocking import Told
from marac.register.deliveries import Delivery
from marac.register.documents import DocumentKind, paper_called
from marac.register.outgoing import written_here
from marac.register.returned import returned_letters
from marac.settings import Settings


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides about a message whatever its parts say. The plain message of an agency has none of these."""

    ours: bool = False
    """Whether this program wrote it."""
    from_ourselves: bool = False
    """Whether it says that it is from the MARAC's own address."""
    bounce: bool = False
    delayed: bool = False
    """Whether a bounce only says that a message is late."""
    returned: tuple[str, ...] = field(default=(), repr=False)
    """What came back with a bounce, a sentence for each letter of ours."""
    replied: bool = False
    """Whether it is a program's answer, such as an out-of-office reply."""
    automatic: bool = False
    """Whether a program wrote it, though it is no answer to a message; it may bring a referral, as a portal's mail does."""
    list_mail: bool = False
    damage: tuple[str, ...] = ()
    link: str | None = field(default=None, repr=False)
    """The service that keeps what the message only links to."""
    tells_password: bool = False
    """Whether it tells what may be the password of a file that came apart."""
    opened: tuple[int, ...] = ()
    """The messages that its password opens."""
    answers: DocumentKind | None = None
    """The kind of document of ours that it answers."""
    doubt: str = field(default="", repr=False)
    """Why its sender is not who the message says."""


def circumstances(
    connection: Connection,
    delivery: Delivery,
    envelope: Opened,
    link: str | None,
    told: Told,
    settings: Settings,
    at: dt.datetime,
) -> Circumstances:
    """The circumstances of a message; letters of ours that came back with it are noted in the ledger.

    Args:
        connection: a transaction that may change the register.
        delivery: the message in the books.
        envelope: what its headers say.
        link: the service that keeps what it only links to.
        told: the passwords that it tells, and what they opened.
        settings: whose MARAC this is.
        at: the moment, for the ledger.
    """
    if delivery.released:  # a person has looked, and said that it is an ordinary message
        return Circumstances(damage=envelope.damage)
    returned = returned_letters(connection, envelope.returned, delayed=envelope.delayed, at=at)
    called = envelope.message_id or ""
    return Circumstances(
        ours=bool(called) and (paper_called(connection, called) is not None or written_here(connection, called)),
        from_ourselves=envelope.sender == settings.marac.email.lower(),
        bounce=envelope.bounce,
        delayed=envelope.delayed,
        returned=returned if envelope.bounce else (),
        replied=envelope.replied,
        list_mail=envelope.list_mail,
        damage=envelope.damage,
        link=link,
        tells_password=bool(told.passwords or told.opened),
        automatic=envelope.automatic,
        opened=tuple(dict.fromkeys(each.delivery.id for each in told.opened)),
        answers=_answered(connection, envelope),
        doubt=delivery.sender_reason if delivery.sender_check == "failed" else "",
    )


def _answered(connection: Connection, envelope: Opened) -> DocumentKind | None:
    papers = (paper_called(connection, message_id) for message_id in envelope.refers_to)
    return next((paper.kind for paper in papers if paper is not None), None)
