"""What the headers of a message say, read so that no header can stop the reader.

They are read with Python's older e-mail rules (compat32), which survive hostile mail that the newer ones hang or
stumble on. Nothing here can be trusted: anybody can write any header.
"""

import datetime as dt
import re
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from marac.intake.opening.message import shown

_LONGEST_FIELD = 10_000
_MOST_FIELDS = 50
_MOST_ADDRESSES = 50
_MOST_REFERENCES = 50
_PLAUSIBLE_YEARS = range(1990, 9000)  # outside them a clock was wrong, or somebody plays
_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f\ufffd]{1,250}>")


def header(message: Message, name: str) -> str:
    """The first header of this name as text on one line; empty where there is none."""
    return next((decoded(text) for text in fields(message, name)[:1]), "")


def fields(message: Message, name: str) -> tuple[str, ...]:
    """Every header of this name as it was written, the topmost first, and no more of them than real mail has."""
    return tuple(str(value)[:_LONGEST_FIELD] for value in message.get_all(name, [])[:_MOST_FIELDS])


def decoded(text: str) -> str:
    """Encoded words and raw bytes as text on one line; what cannot be decoded shows as a replacement character."""
    text = text[:_LONGEST_FIELD]
    try:
        plain = str(make_header(decode_header(text)))
    except (LookupError, ValueError, UnicodeError):
        plain = text
    return shown(plain)


def authors(message: Message) -> tuple[str, ...]:
    """Every address of every From header, in lower case.

    They are taken before encoded words are decoded: an address in a display name is no sender.
    """
    return _addresses(fields(message, "From"))


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses in these headers, in lower case, each once."""
    try:
        found = [shown(address).lower() for _, address in getaddresses(list(values))]
    except (ValueError, TypeError, LookupError, AttributeError):
        return ()
    return tuple(dict.fromkeys(address for address in found if "@" in address))[:_MOST_ADDRESSES]


def reply_to(message: Message) -> str | None:
    """The first address to which it wants the answer that is not the sender's; None where there is none."""
    senders = authors(message)[:1]
    return next((each for each in _addresses(fields(message, "Reply-To")) if each not in senders), None)


def message_ids(*values: str) -> tuple[str, ...]:
    """The well-formed Message-IDs in these texts, with their angle brackets, each once."""
    found = dict.fromkeys(each for value in values for each in _MESSAGE_ID.findall(value))
    return tuple(found)[:_MOST_REFERENCES]


def refers_to(message: Message) -> tuple[str, ...]:
    """The Message-IDs that it answers, the nearest first: In-Reply-To, then References from their end (RFC 5322)."""
    answered = message_ids(*fields(message, "In-Reply-To"))
    chain = [each for value in fields(message, "References") for each in _MESSAGE_ID.findall(value)]
    return tuple(dict.fromkeys((*answered, *reversed(chain))))[:_MOST_REFERENCES]


def authentication(message: Message) -> tuple[str, ...]:
    """The Authentication-Results headers, each on one line, topmost first (RFC 8601); those of ARC are not among them."""
    return tuple(shown(value) for value in fields(message, "Authentication-Results"))


def internal(message: Message) -> bool:
    """Whether Exchange notes that it was sent within the organisation."""
    return header(message, "X-MS-Exchange-Organization-AuthAs").lower() == "internal"


def received(message: Message) -> dt.datetime | None:
    """When the last server took it in, else when its sender says it was written; None where neither is a date."""
    dates = [value.rpartition(";")[2] for value in fields(message, "Received")[:1]] + [header(message, "Date")]
    for text in dates:
        try:
            moment = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year in _PLAUSIBLE_YEARS:
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None
