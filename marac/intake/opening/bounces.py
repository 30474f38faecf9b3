"""Which mail says that a message did not arrive, and which message that was (RFC 3464, and what servers really send)."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from marac.document import HTML, MESSAGE, TEXT
from marac.intake.opening.headers import authors, fields, header, message_ids, refers_to
from marac.intake.opening.programs import reports

_SERVERS = re.compile(r"(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{32})@", re.IGNORECASE)
_NOT_DELIVERED = re.compile(
    r"undeliver(?:able|ed)\b|mail delivery (?:failed|failure|system)|delivery (?:status notification|failure|has failed)"
    r"|returned mail\b|failure notice|unzustellbar\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"delivery (?:delayed|status notification \(delay\))|warning: (?:could not send|message .* delayed)|delayed mail\b",
    re.IGNORECASE,
)
_ACTION = re.compile(r"^[> \t]*action:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_QUOTED_ID = re.compile(r"^[> \t]*message-id:\s{0,5}(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_LONGEST_TEXT = 200_000
_MOST_RETURNED = 10


@dataclass(frozen=True, slots=True)
class Return:
    """What a message says of another one's delivery."""

    bounce: bool = False
    """Whether a message did not arrive, or is late."""
    delayed: bool = False
    """Whether it is only late, so far."""
    delivered: bool = False
    """Whether it is a receipt of delivery."""
    message_ids: tuple[str, ...] = ()
    """Which messages it speaks of."""


def return_in(message: Message) -> Return:
    """What this message says of another one's delivery; most say nothing."""
    reported = reports(message, "delivery-status") or _has_status(message)
    if not (reported or _is_from_server(message) or _by_its_subject(message)):
        return Return()
    actions = {action.lower() for text in _statuses(message) for action in _ACTION.findall(text)}
    if actions and actions <= {"delivered", "relayed", "expanded"}:
        return Return(delivered=True)
    late = bool(_LATE.match(header(message, "Subject")))
    return Return(
        bounce=True,
        delayed="failed" not in actions and ("delayed" in actions or late),
        message_ids=_returned(message),
    )


def _is_from_server(message: Message) -> bool:
    """Whether its headers alone show that a mail server wrote it to say what became of a message.

    An empty Return-Path is no sign of it: out-of-office replies and forms that a portal sends have one too.
    """
    return (
        any(_SERVERS.match(author) for author in authors(message)[:1])
        or bool(header(message, "X-Failed-Recipients"))
        or bool(header(message, "X-MS-Exchange-Message-Is-Ndr"))
    )


def _by_its_subject(message: Message) -> bool:
    """Whether it is one without those signs; a person who sends a form once more may keep such a subject."""
    subject = header(message, "Subject")
    if not (_NOT_DELIVERED.match(subject) or _LATE.match(subject)):
        return False
    sent_by_nobody = header(message, "Return-Path") == "<>" or not authors(message)
    a_program_did = header(message, "Auto-Submitted").lower().startswith("auto-")
    return (sent_by_nobody or a_program_did) and not _has_files(message)


def _has_status(message: Message) -> bool:
    return message.get_content_type() == "multipart/report" and any(
        part.get_content_type() == "message/delivery-status" for part in _children(message)
    )


def _has_files(message: Message) -> bool:
    return any(
        part.get_content_disposition() == "attachment" and part.get_content_maintype() != "message"
        for part in _children(message)
    )


def _returned(message: Message) -> tuple[str, ...]:
    """The Message-IDs of what came back: of the returned message, or as its headers are quoted, or as it is answered."""
    found: list[str] = []
    for part in _children(message):
        if part.get_content_type() == MESSAGE:
            found += [each for inner in _children(part)[:1] for each in message_ids(*fields(inner, "Message-ID"))]
        if part.get_content_type() == "message/delivery-status":
            found += [
                each
                for block in _children(part)
                for each in message_ids(*fields(block, "X-Original-Message-ID"), *fields(block, "Original-Message-ID"))
            ]
    found = found or [each for text in _texts(message) for each in _QUOTED_ID.findall(text)]
    return tuple(dict.fromkeys(message_ids(*found) or refers_to(message)[:1]))[:_MOST_RETURNED]


def _statuses(message: Message) -> Iterator[str]:
    """What it says in the words of the standard."""
    for part in _children(message):
        if part.get_content_type() == "message/delivery-status":
            yield from (str(block)[:_LONGEST_TEXT] for block in _children(part))


def _texts(message: Message) -> Iterator[str]:
    """What it says in words, the returned message apart: its text, and headers that it returns."""
    if message.is_multipart():
        for part in _children(message):
            if part.get_content_maintype() != "message":
                yield from _texts(part)
    elif message.get_content_type() in {TEXT, HTML, "text/rfc822-headers", "text/rfc822-header"}:
        yield _words(message)


def _words(message: Message) -> str:
    content = message.get_payload(decode=True)
    text = (content if isinstance(content, bytes) else b"")[:_LONGEST_TEXT].decode("utf-8", errors="replace")
    if message.get_content_type() != HTML:
        return text
    return html.unescape(re.sub(r"<(?:br|p|div|tr|/p|/div|/tr)\b[^<>]{0,500}>", "\n", text, flags=re.IGNORECASE))


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
