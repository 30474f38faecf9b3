"""Whose reply a message is, and to which meeting: the sender, the message of ours that it answers, and the form's mark. Pure.

They must agree. Where they do not, or the sender is not sure, a person looks at every part of it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marac.agency import Agency
from marac.meetings.withholding import agency_of
from marac.register.deliveries import Delivery
from marac.register.documents import Paper
from marac.reply import Mark

_NOT_CONFIRMED = "The sender is not confirmed. Ring the agency on a number that you know before you take this."
_NO_AGENCY = "It is not clear which agency it comes from."
_SEVERAL = "Several agencies write from this domain, and nothing else says which of them it is."
_OTHER_AGENCY = "The form is the one of {form}, and it came from {sender}."
_OTHER_ANSWERED = "It answers a message to {answered}, and it came from {sender}."
_FORM_AND_ANSWERED = "The form is the one of {form}, and it answers a message to {answered}."
_OTHER_MEETING = "The form is for the meeting of {form}, and it answers a message about the meeting of {answered}."
_A_FILE = "It was put into the inbox as a file, so nothing says who sent it."


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose reply it is, as far as that can be said."""

    reader: str | None
    """The id of the agency, or of its senior contact; the likeliest where there is a doubt."""
    meeting: dt.date | None
    """None where neither a form nor a message of ours says which one."""
    doubts: tuple[str, ...] = ()


def whose(delivery: Delivery, answered: Sequence[Paper], marks: Sequence[Mark], readers: Mapping[str, Agency]) -> Whose:
    """Whose reply a message is.

    Args:
        delivery: the message, with the verdict on its sender.
        answered: the papers of ours that it answers, those that it replies to first.
        marks: what its forms bear.
        readers: everybody whom papers go to, by id.
    """
    writers = _writers(delivery, readers)
    formed = next((mark.reader for mark in marks if mark.reader in readers), None)
    replied = answered[0].agency if answered else None
    reader = formed or replied or (writers[0] if len(writers) == 1 else None)
    meeting = marks[0].meeting if marks else answered[0].meeting if answered else None
    doubts = (
        *_about_sender(delivery, bool(answered) and agency_of(answered[0].agency) in writers),
        *_about_agency(delivery, writers, formed, replied, readers),
        *_about_meeting(marks, answered),
    )
    return Whose(reader, meeting, tuple(dict.fromkeys(doubts)))


def _writers(delivery: Delivery, readers: Mapping[str, Agency]) -> tuple[str, ...]:
    """The agencies that write from the sender's domain."""
    domain = (delivery.sender or "").rpartition("@")[2].lower()
    found = (agency_of(reader) for reader, agency in readers.items() if domain and domain in agency.domains)
    return tuple(dict.fromkeys(found))


def _about_sender(delivery: Delivery, answers_its_own: bool) -> Iterable[str]:
    """Whether the sender is sure: confirmed by the gateway, or, where none is named, by the message of ours it answers.

    The Message-ID of a sealed paper is made of the sealed bytes, and only its recipient has seen it.
    """
    if delivery.bare_name is not None:
        yield _A_FILE
    elif delivery.sender_check == "not checked" and answers_its_own:
        return
    elif delivery.sender_check != "confirmed":
        yield delivery.sender_reason or _NOT_CONFIRMED


def _about_agency(
    delivery: Delivery,
    writers: Sequence[str],
    formed: str | None,
    replied: str | None,
    readers: Mapping[str, Agency],
) -> Iterable[str]:
    sender = " and ".join(_name(each, readers) for each in writers) or "an address of no listed agency"
    named = {"form": _name(formed, readers), "answered": _name(replied, readers), "sender": sender}
    known = delivery.bare_name is None
    if formed is not None and known and agency_of(formed) not in writers:
        yield _OTHER_AGENCY.format(**named)
    if replied is not None and known and agency_of(replied) not in writers:
        yield _OTHER_ANSWERED.format(**named)
    if formed is not None and replied is not None and formed != replied:
        yield _FORM_AND_ANSWERED.format(**named)
    if formed is None and replied is None and len(writers) != 1:
        yield _SEVERAL if writers else _NO_AGENCY


def _about_meeting(marks: Sequence[Mark], answered: Sequence[Paper]) -> Iterable[str]:
    if marks and answered and marks[0].meeting not in {paper.meeting for paper in answered}:
        days = {"form": marks[0].meeting.isoformat(), "answered": answered[0].meeting.isoformat()}
        yield _OTHER_MEETING.format(**days)


def _name(reader: str | None, readers: Mapping[str, Agency]) -> str:
    return readers[reader].name if reader is not None and reader in readers else reader or ""
