"""Which mail is a calendar's answer to an invitation, and nothing more: "Accepted: MARAC meeting" (RFC 5546, RFC 6047)."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message

from marac.document import HTML, TEXT
from marac.intake.opening.asides import CALENDAR
from marac.intake.opening.message import Found
from marac.intake.opening.words import words_of

_CALENDARS = {CALENDAR, "application/ics"}
_ANSWERS = re.compile(rb"^METHOD:REPLY[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(rb"^COMMENT\b[^:\r\n]*:[ \t]*\S", re.IGNORECASE | re.MULTILINE)
_INVITATION = re.compile(
    r"^[ \t]*(?:_{10,}|-{3,} ?Original Appointment ?-{3,}).*", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_FOR_THE_SENDER = re.compile(
    r"\S[^\n]{0,150} has (?:tentatively )?(?:accepted|declined) (?:this|your|the) "
    r"(?:(?:event|meeting|calendar) )?(?:invitation|invite|meeting|event|appointment)\.?",
    re.IGNORECASE,
)


def may_be_answer(message: Message) -> bool:
    """Whether there is a calendar's entry in this message, and no other message."""
    kinds = [part.get_content_type() for part in message.walk()]
    return any(kind in _CALENDARS for kind in kinds) and not any(kind.startswith("message/") for kind in kinds)


def is_answer(parts: Sequence[Found]) -> bool:
    """Whether these are all the parts of a calendar's answer, to which nobody has added a word or a file."""
    entries = [part.document.content for part in parts if part.document.media_type == CALENDAR]
    return (
        any(part.role == "aside" for part in parts if part.document.media_type == CALENDAR)
        and all(_ANSWERS.search(entry) and not _COMMENT.search(entry) for entry in entries)
        and all(part.role != "form" for part in parts)
        and not any(is_said(part) for part in _texts(parts))
    )


def is_said(part: Found) -> bool:
    """Whether somebody wrote this text: it has words before the invitation that it quotes, and they are no program's."""
    if part.document.media_type not in {TEXT, HTML}:
        return True
    words = _INVITATION.sub("", words_of(part.document.content, part.document.media_type)).strip(
        "\ufeff\u200b \t\r\n\xa0"
    )
    return bool(words) and not _FOR_THE_SENDER.fullmatch(words.partition("\n")[0].strip())


def _texts(parts: Sequence[Found]) -> Iterator[Found]:
    """The plain texts of the message; its pages where it has none."""
    bodies = [part for part in parts if part.role == "body"]
    plain = [part for part in bodies if part.document.media_type == TEXT and part.document.content.strip()]
    yield from plain or bodies
