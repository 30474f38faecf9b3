"""The parts of a message that may hold a referral: its text and its files, and those of messages forwarded in it."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import Message

from marac.document import HTML, MESSAGE, TEXT, Document
from marac.intake.opening.asides import in_its_role
from marac.intake.opening.bounces import return_in
from marac.intake.opening.forwarded import passed_on_below
from marac.intake.opening.headers import decoded
from marac.intake.opening.message import Found
from marac.intake.opening.programs import replied
from marac.intake.opening.skeleton import Skeleton

_DEEPEST = 10
_CAME_BACK = (
    "A message that came back is attached here, and the files in it were not opened. If there is a referral for you "
    "in it, ask the sender to send the form itself."
)
_ANSWERED_BY_A_PROGRAM = (
    "A program's automatic reply is attached here, and the files in it were not opened. Look whether you need them."
)
_FORWARDED = {MESSAGE, "message/global"}
_ELSEWHERE = {
    "message/partial": "This is one piece of a message that was sent in several. Ask the sender to send it whole.",
    "message/external-body": "This attachment is only a link to a file somewhere else. Ask the sender for the file itself.",
}
_FETCHED = {"anon-ftp", "ftp", "tftp", "mail-server", "local-file", "afs"}
"""How a mailing list's program points to a paper of its own; a person's mailer links to a file with `URL`."""


def leaves(message: Message, skeleton: Skeleton, depth: int = 0) -> Iterator[Found]:
    """The parts of a message in their order. A forwarded message is opened; what a bounce returns is not.

    Raises:
        RecursionError: it is nested deeper than any real message.
    """
    if depth > _DEEPEST:
        raise RecursionError
    kind = message.get_content_type()
    if kind in _FORWARDED:
        attached = _encoded_message(message, skeleton)
        yield from [attached] if attached else _forwarded(message, skeleton, depth)
    elif kind in _ELSEWHERE:
        yield _elsewhere(message, kind)
    elif message.is_multipart():
        if message.get_content_maintype() != "message":  # what a server reports, for programs
            for inner in children(message):
                yield from leaves(inner, skeleton, depth + 1)
    else:
        yield from _leaf(message, skeleton)


def children(message: Message) -> list[Message]:
    """The parts directly within a part; empty for a leaf."""
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def passed_on(parts: Iterable[Found], *, bounce: bool, replied: bool) -> tuple[Found, ...]:
    """The parts of a message within a message. Of one that a program sent about another one, only its text counts."""
    found = tuple(parts)
    if not (bounce or replied):
        return found
    words = tuple(part for part in found if part.role == "body")
    if bounce or any(part.role == "form" for part in found):
        note = Document("attached message", MESSAGE, b"")
        words += (Found(note, note.name, "form", _CAME_BACK if bounce else _ANSWERED_BY_A_PROGRAM),)
    return words


def text_of(message: Message, skeleton: Skeleton) -> Iterator[Found]:
    """What a bounce says itself: its text without its files and without what it returns."""
    for inner in children(message) if message.is_multipart() else [message]:
        if inner.get_content_maintype() == "multipart":
            yield from text_of(inner, skeleton)
        elif _is_text(inner):  # asked before anything is decoded: a file beside the text may be large
            yield from _leaf(inner, skeleton)


def content_of(message: Message, skeleton: Skeleton) -> bytes:
    """The decoded bytes of a leaf; whatever is wrong with its encoding is noted among its defects."""
    whole = skeleton.decoded(message)
    if whole is not None:
        return whole
    skeleton.restored(message)
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _forwarded(message: Message, skeleton: Skeleton, depth: int) -> Iterator[Found]:
    for inner in children(message):
        if return_in(inner).bounce:
            yield from passed_on(text_of(inner, skeleton), bounce=True, replied=False)
        else:
            below = passed_on_below(inner, text_of(inner, skeleton))
            yield from passed_on((*leaves(inner, skeleton, depth + 1), *below), bounce=False, replied=replied(inner))


def _encoded_message(message: Message, skeleton: Skeleton) -> Found | None:
    """An attached message that some server encoded, which no standard allows; the library takes it for plain text."""
    inner = children(message)
    if str(message.get("Content-Transfer-Encoding")).strip().lower() != "base64" or not inner:
        return None
    try:
        content = base64.b64decode(skeleton.whole(str(inner[0].get_payload())))
    except (binascii.Error, ValueError):
        return None
    name = _file_name(message) or "message.eml"
    return Found(Document(name, MESSAGE, content), name, "form")


def _leaf(message: Message, skeleton: Skeleton) -> Iterator[Found]:
    name = _file_name(message)
    media_type = message.get_content_type()
    content = content_of(message, skeleton)
    if not (content or name):
        return
    if _is_text(message):
        yield Found(Document("body", media_type, _as_utf8(message, content)), "body", "body")
    elif media_type.startswith("image/") and (
        message.get("Content-ID") or message.get_content_disposition() == "inline"
    ):
        yield Found(Document(name or "picture", media_type, content), name or "picture", "picture")
    else:
        yield in_its_role(Found(Document(name or "attachment", media_type, content), name or "attachment", "form"))


def _is_text(message: Message) -> bool:
    """Whether a leaf is what somebody wrote into a mail, rather than a file."""
    return message.get_content_type() in {TEXT, HTML} and _file_name(message) is None


def _elsewhere(message: Message, kind: str) -> Found:
    """What is not in the message; an aside where only a program would have fetched it."""
    found = Found(Document("attached message", kind, b""), "attached message", "form", _ELSEWHERE[kind])
    fetched = str(message.get_param("access-type", "")).lower() in _FETCHED
    return replace(found, role="aside", refused="") if fetched else found


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
    return decoded(name) if name is not None else None
