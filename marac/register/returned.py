"""What came back: a bounce finds the letter or the answer that it speaks of."""

import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from marac.audit import Entry
from marac.register.documents import Paper, change_paper, paper_in_words, papers_called, to_reach
from marac.register.outgoing import Outgoing, change_outgoing, outgoing_called, outgoing_in_words
from marac.register.trail import record

_MAY_HAVE_LEFT = {"sending", "sent", "unknown", "retry"}


def returned_letters(
    connection: Connection, message_ids: Collection[str], *, delayed: bool, at: dt.datetime
) -> tuple[str, ...]:
    """Note as failed what came back, and say it: a sentence for each letter that is found, without personal data.

    Noted once, however often it comes back. What is only late is said and not noted.

    Args:
        connection: of a transaction that changes the store.
        message_ids: those of the messages that a bounce brings back, with or without their angle brackets.
        delayed: whether the mail server only says that it is still trying (RFC 3464, `Action: delayed`).
        at: the moment, for the audit trail.
    """
    said: dict[str, None] = {}
    for message_id in dict.fromkeys(f"<{each.strip().strip('<>')}>" for each in message_ids):
        for leaving in _called(connection, message_id):
            said[_late(leaving) if delayed else _came_back(leaving)] = None
            if not delayed and leaving.state in _MAY_HAVE_LEFT:
                _note(connection, leaving, at)
    return tuple(said)


def _called(connection: Connection, message_id: str) -> Iterator[Paper | Outgoing]:
    yield from papers_called(connection, message_id)
    own = outgoing_called(connection, message_id)
    if own is not None:
        yield own


def _note(connection: Connection, leaving: Paper | Outgoing, at: dt.datetime) -> None:
    if isinstance(leaving, Paper):
        change_paper(connection, leaving.id, state="failed", reason=f"It came back. {_to_do(leaving)}")
        entry = Entry(at, "marac", "letter came back", leaving.message_id or "", f"{leaving.kind} {leaving.agency}")
    else:
        change_outgoing(connection, leaving.id, state="failed", reason=f"It came back. {_to_do(leaving)}")
        detail = f"message {leaving.delivery}" if leaving.delivery else ""
        entry = Entry(at, "marac", f"{leaving.kind} came back", leaving.message_id, detail)
    record(connection, entry)


def _came_back(leaving: Paper | Outgoing) -> str:
    whose = "there" if isinstance(leaving, Paper) else "at that address"
    words = paper_in_words(leaving) if isinstance(leaving, Paper) else outgoing_in_words(leaving)
    return f"{words} came back: nobody {whose} has received it. {_to_do(leaving)}"


def _late(leaving: Paper | Outgoing) -> str:
    words = paper_in_words(leaving) if isinstance(leaving, Paper) else outgoing_in_words(leaving)
    return f"{words} is late: a mail server is still trying to deliver it. You are told if it comes back."


def _to_do(leaving: Paper | Outgoing) -> str:
    if isinstance(leaving, Outgoing):
        if leaving.kind == "digest":
            return "Check the MARAC's own address in config.toml, under [marac]."
        return "Ring the referrer: they do not know that the referral has arrived."
    return to_reach(leaving)
