"""A raw message opened up, within limits that are counted on the raw bytes before anything is built from them."""

import email
import re
from collections.abc import Callable
from dataclasses import replace
from email.message import Message

from marac.intake.opening.bounces import Return, return_in
from marac.intake.opening.forwarded import passed_on_below
from marac.intake.opening.headers import authentication, authors, header, internal, received, refers_to, reply_to
from marac.intake.opening.invitations import is_answer, may_be_answer
from marac.intake.opening.leaves import children, content_of, leaves, text_of
from marac.intake.opening.message import NOT_OPENED, Found, Opened, UnsafeMessageError
from marac.intake.opening.programs import automatic, list_mail, replied
from marac.intake.opening.skeleton import LONG, Skeleton, skeleton

_LARGEST_HEADER_BLOCK = 256 * 1024
_MOST_BOUNDARIES = 2000
_MOST_PARTS = 200
_LONGEST_ENTITY_HEAD = 20_000
_LONGEST_PARAMETERS = 4_000  # the library needs minutes for the parameters of a megabyte
_FIELD_WITH_PARAMETERS = re.compile(
    rb"(?:^|[\r\n])content-(?:type|disposition)[ \t]*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE
)


def opened(raw: bytes, long: int = LONG) -> Opened:
    """The message opened up.

    Args:
        raw: the message as it arrived.
        long: from how many characters on an attachment is decoded from the raw bytes.

    Raises:
        UnsafeMessageError: it is built to choke whoever opens it.
    """
    return _read(raw, long, _parts)


def envelope(raw: bytes, long: int = LONG) -> Opened:
    """The same without the parts, which is cheap: large attachments are looked over and not decoded.

    Raises:
        UnsafeMessageError: it is built to choke whoever opens it.
    """
    return _read(raw, long, _looked_over)


def is_entity(content: bytes) -> bool:
    """Whether these bytes are a message, or the like of one that was within a message: header lines, an empty line."""
    head = content[:_LONGEST_ENTITY_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[0]
    lines = head.split(b"\n")
    return b"content-type:" in head.lower() and all(line[:1] in {b" ", b"\t"} or b":" in line for line in lines)


def with_parts(message: Message, parts: tuple[Found, ...], about: Return) -> Opened:
    """What the headers of a message say, with the parts that were found in it.

    Raises:
        UnsafeMessageError: there are hundreds of parts.
    """
    if len(parts) > _MOST_PARTS:
        raise UnsafeMessageError(f"The message has hundreds of attachments, {NOT_OPENED}")
    writers = authors(message)
    return Opened(
        message_id=header(message, "Message-ID") or None,
        sender=next(iter(writers), None),
        received=received(message),
        automatic=automatic(message) or about.delivered,
        bounce=about.bounce,
        damage=tuple(sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})),
        parts=parts,
        replied=replied(message) or about.delivered,
        list_mail=list_mail(message),
        authors=writers,
        reply_to=reply_to(message),
        refers_to=refers_to(message),
        returned=about.message_ids,
        delayed=about.delayed,
        subject=header(message, "Subject"),
        authentication=authentication(message),
        internal=internal(message),
    )


def _read(raw: bytes, long: int, parts: Callable[[Message, Skeleton, Return], tuple[Found, ...]]) -> Opened:
    small = skeleton(raw, long)
    if _beyond_real_mail(raw, small.small):
        raise UnsafeMessageError(f"The message has far more headers or parts than any real one, {NOT_OPENED}")
    try:
        message = email.message_from_bytes(small.small)
        about = return_in(message)
        found = with_parts(message, parts(message, small, about), about)
        answer = may_be_answer(message) and is_answer(tuple(leaves(message, small)))
        return replace(found, automatic=True, replied=True) if answer else found
    except RecursionError:
        raise UnsafeMessageError(f"The message is nested far deeper than any real one, {NOT_OPENED}") from None
    except UnsafeMessageError:
        raise
    except Exception:  # noqa: BLE001 - Python's e-mail library raises whatever it stumbles over
        raise UnsafeMessageError(f"The message is built in a way no real one is, {NOT_OPENED}") from None


def _parts(message: Message, small: Skeleton, about: Return) -> tuple[Found, ...]:
    if about.bounce:
        return tuple(text_of(message, small))
    return (*leaves(message, small), *passed_on_below(message, text_of(message, small)))


def _looked_over(message: Message, small: Skeleton, about: Return) -> tuple[Found, ...]:
    """No parts; but what is wrong with their encoding is noted, as when they are decoded."""
    if about.bounce:
        tuple(text_of(message, small))
        return ()
    for part in message.walk():
        if not children(part) and not small.is_sound(part):
            content_of(part, small)
    return ()


def _beyond_real_mail(raw: bytes, small: bytes) -> bool:
    """Whether it has more than Python's e-mail library can open in a reasonable time."""
    ends = [at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0]
    head = min(ends, default=len(raw))
    if head > _LARGEST_HEADER_BLOCK or raw.count(b"\n--") > _MOST_BOUNDARIES:
        return True
    return any(len(field[0]) > _LONGEST_PARAMETERS for field in _FIELD_WITH_PARAMETERS.finditer(small))
