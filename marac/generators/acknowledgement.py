"""The answer to a referrer: that the referral is here, when it is heard, and what is still needed.

The answer is not encrypted. It is made of references, dates and the fixed words in this module: nothing that a person
wrote on a form or in a message can come into it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.case import Case
from marac.generators.asking import asked_for
from marac.generators.text_templates import worded
from marac.triage.wording import in_words, listed, sentence

Role = Literal["referral", "again", "reply", "version"]
"""What a message was to a case: its referral, the same form once more, something added to it, or a new version."""

_MOST_IN_SUBJECT = 4
_EMERGENCY = "This mailbox is not watched around the clock. If anybody is in immediate danger, ring 999."
_PROGRAM = "This answer was written by a program. It does not mean that a person has read your message yet."
_HOW = (
    "To send us anything more, reply to this message, in the same secure way in which you sent the referral. Please keep "
    "the subject as it is, and write nobody's name in it."
)
_NOTHING = "You need not send anything more for now. If there is a question, the coordinator will ask you."
_OPENINGS: dict[Role, str] = {
    "referral": "Thank you for your referral. It has arrived, and its reference is {0}.",
    "again": "Thank you. We had this referral already, and nothing was entered twice. Its reference is {0}.",
    "reply": "Thank you. What you sent was added to the referral {0}.",
    "version": "Thank you for the new version of the referral {0}. A person compares the two before it is used.",
}
_NOTES: dict[Role, str] = {
    "referral": "",
    "again": " (here already)",
    "reply": " (your message was added to it)",
    "version": " (a person compares the new version with the first)",
}


@dataclass(frozen=True, slots=True)
class Received:
    """A case that the message brought, or spoke of."""

    case: Case = field(repr=False)
    role: Role
    carried_by: Case = field(repr=False)
    """The case that stands for it at the meeting: itself, or the one that it was joined to."""


def subject(received: Sequence[Received]) -> str:
    """`MARAC referral M26-0007 received`."""
    references = [each.case.reference for each in received]
    if len(references) > _MOST_IN_SUBJECT:
        references[_MOST_IN_SUBJECT:] = [f"{len(references) - _MOST_IN_SUBJECT} more"]
    return f"MARAC referral{'s' if len(references) > 1 else ''} {listed(references)} received"


def acknowledgement(
    received: Sequence[Received], today: dt.date, *, marac: str, coordinator: str, email: str, template: str
) -> str:
    """The text of the answer.

    Args:
        received: The cases, in the order of the message; at least one.
        today: The day on which it is written.
        marac: The name of this MARAC.
        coordinator: Who signs.
        email: The MARAC's own address.
        template: A text with the fields `$referrals $missing $emergency $program`, and if wanted
            `$coordinator $marac $email`.

    Raises:
        TemplateError: the template names something else, or lacks one of the first four.
    """
    known = {
        "referrals": _referrals(received, today),
        "missing": _missing(received),
        "emergency": _EMERGENCY,
        "program": _PROGRAM,
        "coordinator": coordinator,
        "marac": marac,
        "email": email,
    }
    must = "Every answer must tell the reference, what is missing, whom to ring in danger, and that a program wrote it."
    return worded("acknowledgement", template, known, must)


def _referrals(received: Sequence[Received], today: dt.date) -> str:
    """What has arrived, and when it is heard."""
    if len(received) > 1:
        lines = (f"{_named(each)}: {_standing(each.carried_by, today)}" for each in received)
        return "\n".join(["Thank you. These have arrived, in the order of your message:\n", *lines])
    (only,) = received
    return f"{_OPENINGS[only.role].format(only.case.reference)}\n\n{sentence(_standing(only.carried_by, today))}"


def _named(each: Received) -> str:
    return f"{each.case.reference}{_NOTES[each.role]}"


def _standing(case: Case, today: dt.date) -> str:
    """Whether the case is listed, and for which meeting."""
    if case.state == "not heard" or case.to_be_heard is False:
        return "the coordinator will tell you what happens with it."
    if case.meeting is None:
        return "it is not listed for a meeting yet."
    day = f"the MARAC meeting on {in_words(case.meeting)}"
    if case.state == "heard" or case.meeting < today:
        return f"it was listed for {day}."
    if case.undecided:
        return f"it is down for {day}; the coordinator has still to decide whether it is heard there."
    return f"it is listed for {day}."


def _missing(received: Sequence[Received]) -> str:
    """What is asked for, item by item, and how to send it."""
    asked = [(each, items) for each in received if each.role != "version" and (items := asked_for(each.case))]
    if not asked:
        return _HOW if any(each.role == "version" for each in received) else f"{_NOTHING}\n\n{_HOW}"
    blocks = ["The form does not say all that the meeting needs, or not clearly enough for us. Please send us:"]
    for each, items in asked:
        heading = f"{each.case.reference}\n" if len(received) > 1 else ""
        blocks.append(heading + "\n".join(f"- {item}" for item in items))
    return "\n\n".join([*blocks, _HOW])
