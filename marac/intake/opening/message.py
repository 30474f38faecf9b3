"""A raw message opened up: who sent it, when it arrived, and which of its parts may hold a referral.

The headers and parts are read with Python's older e-mail rules (compat32), which survive hostile mail that the newer
ones hang or stumble on, within limits that are counted on the raw bytes first.
"""

import base64
import binascii
import datetime as dt
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Literal

from marac.document import HTML, MESSAGE, TEXT, Document

_LARGEST_HEADER_BLOCK = 256 * 1024
_MOST_BOUNDARIES = 2000
_DEEPEST = 10
_MOST_PARTS = 200
_LONGEST_FIELD = 10_000
_PLAUSIBLE_YEARS = range(1990, 9000)  # outside them a clock was wrong, or somebody plays
_LONGEST_PARAMETERS = 4_000  # the library needs minutes for the parameters of a megabyte
_FIELD_WITH_PARAMETERS = re.compile(
    rb"(?:^|[\r\n])content-(?:type|disposition)[ \t]*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE
)
_HIDES_OR_TURNS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_OPENED = "so it was not opened. Ask the sender by telephone what it was, or IT to look at it."

_FIRST_HEADERS = (b"from:", b"received:", b"return-path:", b"message-id:", b"date:", b"mime-version:")

Role = Literal["form", "body", "picture"]


class UnsafeMessageError(Exception):
    """This message goes beyond what real mail does, and was not opened; the text is one sentence for the coordinator."""


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a message, as a document, with its place in the message in words: `referral.docx`, `body`."""

    document: Document
    source: str = field(repr=False)
    role: Role
    refused: str = ""
    """Why it is not to be opened; empty where it may be."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a message says of itself, and its parts in their order."""

    message_id: str | None
    sender: str | None = field(repr=False)
    """The address it says it is from, in lower case. Anybody can write any."""
    received: dt.datetime | None
    """When the last server took it in; else when its sender says it was written."""
    automatic: bool
    bounce: bool
    damage: tuple[str, ...]
    """What shows that the message did not arrive whole."""
    parts: tuple[Found, ...] = field(repr=False)


def is_message(content: bytes) -> bool:
    """Whether these bytes begin as an e-mail does: with header lines."""
    first = content[:2000].lstrip(b"\xef\xbb\xbf").lower()
    return (
        any(first.startswith(header) or b"\n" + header in first for header in _FIRST_HEADERS)
        and b":" in first.partition(b"\n")[0]
    )


def opened(raw: bytes) -> Opened:
    """The message opened up.

    Raises:
        UnsafeMessageError: it is built to choke whoever opens it.
    """
    if _beyond_real_mail(raw):
        raise UnsafeMessageError(f"The message has far more headers or parts than any real one, {_NOT_OPENED}")
    try:
        message = email.message_from_bytes(raw)
        return with_parts(message, tuple(_parts(message)))
    except RecursionError:
        raise UnsafeMessageError(f"The message is nested far deeper than any real one, {_NOT_OPENED}") from None
    except UnsafeMessageError:
        raise
    except Exception:  # noqa: BLE001 - Python's e-mail library raises whatever it stumbles over
        raise UnsafeMessageError(f"The message is built in a way no real one is, {_NOT_OPENED}") from None


def _beyond_real_mail(raw: bytes) -> bool:
    """Whether it has more than Python's e-mail library can open in a reasonable time."""
    head = raw.partition(b"\r\n\r\n")[0] if b"\r\n\r\n" in raw else raw.partition(b"\n\n")[0]
    if len(head) > _LARGEST_HEADER_BLOCK or raw.count(b"\n--") > _MOST_BOUNDARIES:
        return True
    return any(len(field[0]) > _LONGEST_PARAMETERS for field in _FIELD_WITH_PARAMETERS.finditer(raw))


def with_parts(message: Message, parts: tuple[Found, ...]) -> Opened:
    """What the headers of a message say, with the parts that were found in it.

    Raises:
        UnsafeMessageError: there are hundreds of parts.
    """
    if len(parts) > _MOST_PARTS:
        raise UnsafeMessageError(f"The message has hundreds of attachments, {_NOT_OPENED}")
    return Opened(
        message_id=_header(message, "Message-ID") or None,
        sender=parseaddr(_header(message, "From"))[1].lower() or None,
        received=_received(message),
        automatic=_automatic(message),
        bounce=_bounce(message),
        damage=tuple(sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})),
        parts=parts,
    )


def _parts(message: Message, depth: int = 0, within: str = "") -> Iterator[Found]:
    """The leaves of a message that may hold a referral. A forwarded message is opened; a bounce's returned one is not."""
    if depth > _DEEPEST:
        raise RecursionError
    if message.get_content_type() == MESSAGE and (attached := _encoded_message(message)):
        yield attached
        return
    if message.get_content_type() == MESSAGE or (
        message.is_multipart() and message.get_content_maintype() == "message"
    ):
        if message.get_content_type() == MESSAGE:
            for inner in _inner(message):
                yield from _parts(inner, depth + 1, within)
        return
    if message.is_multipart():
        returned = message.get_content_type() == "multipart/report"
        for inner in _inner(message):
            if not (returned and inner.get_content_type() == MESSAGE):
                yield from _parts(inner, depth + 1, within)
        return
    yield from _leaf(message, within)


def _encoded_message(message: Message) -> Found | None:
    """An attached message that some server encoded, which no standard allows; the library takes it for plain text."""
    inner = _inner(message)
    if str(message.get("Content-Transfer-Encoding")).strip().lower() != "base64" or not inner:
        return None
    try:
        content = base64.b64decode(str(inner[0].get_payload()))
    except (binascii.Error, ValueError):
        return None
    name = _file_name(message) or "message.eml"
    return Found(Document(name, MESSAGE, content), name, "form")


def _inner(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _leaf(message: Message, within: str) -> Iterator[Found]:
    name = _file_name(message)
    media_type = message.get_content_type()
    content = message.get_payload(decode=True)
    if not isinstance(content, bytes) or not (content or name):
        return
    if name is None and media_type in {TEXT, HTML}:
        yield Found(Document("body", media_type, _as_utf8(message, content)), f"{within}body", "body")
    elif media_type.startswith("image/") and (
        message.get("Content-ID") or message.get_content_disposition() == "inline"
    ):
        yield Found(Document(name or "picture", media_type, content), f"{within}{name or 'picture'}", "picture")
    else:
        yield Found(Document(name or "attachment", media_type, content), f"{within}{name or 'attachment'}", "form")


def _as_utf8(message: Message, content: bytes) -> bytes:
    charset = message.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, errors="replace").encode("utf-8", errors="replace")
    except (LookupError, ValueError):  # a character set that nobody has heard of, or one that is none
        return content.decode("cp1252", errors="replace").encode("utf-8")


def _file_name(message: Message) -> str | None:
    """The attachment's name as its sender wrote it: for people to read, never for a path."""
    try:
        name = message.get_filename()
    except (LookupError, ValueError, TypeError):
        return "attachment"
    return _decoded(name) if name is not None else None


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    return _decoded(str(value)) if value is not None else ""


def _decoded(text: str) -> str:
    """Encoded words and raw bytes as text on one line; what cannot be decoded shows as a replacement character."""
    text = text[:_LONGEST_FIELD]
    try:
        plain = str(make_header(decode_header(text)))
    except (LookupError, ValueError, UnicodeError):
        plain = text
    return shown(plain)


def shown(name: str) -> str:
    """What a stranger wrote as a person can be shown it: on one line, without what hides text or turns it round."""
    plain = re.sub(r"\s+", " ", name.encode("utf-8", errors="replace").decode("utf-8")).strip()
    return _HIDES_OR_TURNS.sub("\N{REPLACEMENT CHARACTER}", plain)


def _received(message: Message) -> dt.datetime | None:
    dates = [str(value).rpartition(";")[2] for value in message.get_all("Received", [])[:1]] + [
        _header(message, "Date")
    ]
    for text in dates:
        try:
            moment = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year in _PLAUSIBLE_YEARS:
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None


def _automatic(message: Message) -> bool:
    """Whether a program wrote it, by the signs of RFC 3834 and of Exchange; a read receipt among them."""
    submitted = _header(message, "Auto-Submitted").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or bool(message.get("X-Autoreply") or message.get("X-Autorespond"))
        or _header(message, "Precedence").lower() in {"auto_reply", "bulk", "junk"}
        or _reports(message, "disposition-notification")  # a read receipt (RFC 8098)
    )


def _bounce(message: Message) -> bool:
    """Whether it says that a message could not be delivered (RFC 3464).

    An empty Return-Path is no sign of it: out-of-office replies and forms that a portal sends have one too.
    """
    sender = parseaddr(_header(message, "From"))[1].lower()
    return _reports(message, "delivery-status") or sender.startswith(("mailer-daemon@", "postmaster@"))


def _reports(message: Message, kind: str) -> bool:
    """Whether it is a program's report of this kind (RFC 6522)."""
    return message.get_content_type() == "multipart/report" and str(message.get_param("report-type")).lower() == kind
