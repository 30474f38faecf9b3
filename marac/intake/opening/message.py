"""What is known of a message that was opened: who sent it, when it arrived, what it answers, and its parts."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from marac.document import Document

FORWARDED = "body, forwarded"
"""The place of a mail that the sender passed on below the own words."""

NOT_OPENED = "so it was not opened. Ask the sender by telephone what it was, or IT to look at it."
"""How the sentence of an `UnsafeMessageError` ends."""

_HIDES_OR_TURNS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FIRST_HEADERS = (b"from:", b"received:", b"return-path:", b"message-id:", b"date:", b"mime-version:")

Role = Literal["form", "body", "picture", "aside"]
"""A form is any file that somebody sent. An aside is what a mailer left: kept like a picture, and not read."""
Lock = Literal["password", "openpgp", "smime"]
"""What a part needs before it can be read."""


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
    lock: Lock | None = None
    """What it needs before it can be read; `refused` then says so in words."""


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
    replied: bool = False
    """Whether it is a program's answer to a message, such as an out-of-office reply (RFC 3834)."""
    list_mail: bool = False
    """Whether it came through a mailing list (RFC 2919)."""
    authors: tuple[str, ...] = field(default=(), repr=False)
    """Every address of every From header; a real message has one."""
    reply_to: str | None = field(default=None, repr=False)
    """Where it wants the answer, where that is another address than the sender's."""
    refers_to: tuple[str, ...] = ()
    """The Message-IDs that it answers, the nearest first."""
    returned: tuple[str, ...] = ()
    """The Message-IDs of what came back with it, where it is a bounce."""
    delayed: bool = False
    """Whether a bounce only says that the message is late."""
    subject: str = field(default="", repr=False)
    authentication: tuple[str, ...] = field(default=(), repr=False)
    """The Authentication-Results headers, topmost first (RFC 8601)."""
    internal: bool = False
    """Whether Exchange notes that somebody of the same organisation sent it, signed in. Exchange takes such notes out of
    mail that comes from outside; another server may not."""


def is_message(content: bytes) -> bool:
    """Whether these bytes begin as an e-mail does: with header lines."""
    first = content[:2000].lstrip(b"\xef\xbb\xbf").lower()
    return (
        any(first.startswith(header) or b"\n" + header in first for header in _FIRST_HEADERS)
        and b":" in first.partition(b"\n")[0]
    )


def shown(name: str) -> str:
    """What a stranger wrote as a person can be shown it: on one line, without what hides text or turns it round."""
    plain = re.sub(r"\s+", " ", name.encode("utf-8", errors="replace").decode("utf-8")).strip()
    return _HIDES_OR_TURNS.sub("\N{REPLACEMENT CHARACTER}", plain)
