"""Replies of agencies: ordinary mails that answer the one with which a sealed paper came."""

import datetime as dt

from marac.demo.agencies import COORDINATOR
from marac.demo.correspondents import Correspondent, Received
from marac.demo.envelopes import as_bytes, attach, envelope, signature
from marac.demo.stage import Stage
from marac.document import Document
from marac.referral import Referrer

_PHONE = "01632960100"


def reply(
    stage: Stage,
    name: str,
    reader: Correspondent,
    paper: Received,
    text: str,
    on: dt.date,
    at: dt.time,
    form: Document | None = None,
) -> None:
    """Put an agency's reply into the inbox.

    Args:
        stage: where the demo plays.
        name: the stem of its file's name.
        reader: who answers.
        paper: what is answered.
        text: what is typed.
        on: the day, in UTC.
        at: the time of it.
        form: what is attached.
    """
    agency = reader.agency
    writer = Referrer(agency.representative, "MARAC representative", agency.name, _PHONE, agency.email)
    moment = dt.datetime.combine(on, at, dt.UTC)
    message = envelope(writer, f"Re: {paper.subject}", moment, f"Dear {COORDINATOR}\n\n{text}\n\n{signature(writer)}")
    message["In-Reply-To"] = paper.message_id
    if form is not None:
        attach(message, form)
    stage.post_bytes(name, as_bytes(message, name), moment)
