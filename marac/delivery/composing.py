"""The one composer of every message that leaves: one sender, one recipient, a plain text and at most one attachment."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType

from marac.document import Document
from marac.errors import SealingError

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL_PART}@(?P<domain>{_LABEL}(?:\.{_LABEL})+)")
_OWN_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>")
_ANY_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,300}>")
_FURTHER_HEADERS = frozenset(("In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress"))

# The library writes what is longer than a line as an encoded word, and an Outlook Message-ID is: no answer would find
# its message then. 998 is what a line of a message may have (RFC 5322, section 2.1.1).
_WHOLE_LINES = SMTP.clone(max_line_length=998)


def composed(
    *,
    sender: str,
    recipient: str,
    subject: str,
    text: str,
    message_id: str,
    date: dt.datetime,
    attachment: Document | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """One MIME message as bytes ready to leave; the same arguments give the same bytes.

    That nothing in it speaks of a person is the caller's duty.

    Args:
        sender: The MARAC's own address.
        recipient: The one address that it goes to.
        subject: One line.
        text: The plain text.
        message_id: Fixed by the caller before the first attempt: `<...@...>`.
        date: When it was written, with its time zone.
        attachment: One file, if there is one.
        headers: In-Reply-To, References, Auto-Submitted or X-Auto-Response-Suppress, and no others. `answering` makes
            the first two.

    Raises:
        SealingError: an address is not one plain address.
        ValueError: the Message-ID, the subject or a header is not plain, or the date has no time zone.
    """
    if not _OWN_MESSAGE_ID.fullmatch(message_id) or date.tzinfo is None:
        raise ValueError("a message needs a plain Message-ID and a date with a time zone")
    if not subject.isprintable() or not all(_plain(name, value) for name, value in headers.items()):
        raise ValueError("a message has a subject of one line, and only headers that are known and plain")
    message = EmailMessage(policy=SMTP)
    message["From"] = plain_address(sender)
    message["To"] = plain_address(recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, cte="quoted-printable")
    if attachment is not None:
        _attach(message, attachment, message_id)
    return message.as_bytes(policy=_WHOLE_LINES)


def answering(message_id: str | None) -> dict[str, str]:
    """The headers that put an answer beside the message it answers; none where that has no Message-ID that can be used."""
    if message_id is None or not _ANY_MESSAGE_ID.fullmatch(message_id):
        return {}
    return {"In-Reply-To": message_id, "References": message_id}


def plain_address(text: str) -> str:
    """The address, if it is one and nothing else: no name beside it, no second one, no letters that look like others.

    Raises:
        SealingError: it is anything else.
    """
    found = _ADDRESS.fullmatch(text)
    if not found or len(text) > 254:
        raise SealingError(
            "An e-mail address in config.toml or agencies.toml is not one plain address, such as marac@council.example. "
            "Nothing was sent."
        )
    return text


def _plain(name: str, value: str) -> bool:
    """Whether a header is one of the few that may be added, and nothing but printable ASCII on one line."""
    return name in _FURTHER_HEADERS and value.isascii() and value.isprintable()


def _attach(message: EmailMessage, attachment: Document, message_id: str) -> None:
    maintype, _, subtype = attachment.media_type.partition("/")
    message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name)
    message.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:40]}")
