"""The reminder that research is not back: counts, references and dates, and the fixed words in this module alone.

It is not encrypted: nothing that a person wrote on a form or in a message can come into it.
"""

import datetime as dt
from collections.abc import Sequence

from marac.generators.meeting_words import day_in_words
from marac.generators.text_templates import worded
from marac.triage.wording import counted

_HOW = (
    "Please fill in the research pack that you were sent and send it back in the same secure way. If you know nothing about "
    "a case, a line with its number and the words “nothing known” is enough: that is an answer, and we need it too. Please "
    "write nobody's name in the subject. Do not contact the victim: ask the agency that referred the case, or the IDVA."
)
_EMERGENCY = "This mailbox is not watched around the clock. If anybody is in immediate danger, ring 999."
_PROGRAM = (
    "This reminder was written by a program. If your answer is on its way, or a colleague has sent it, thank you: you need "
    "do nothing more."
)


def chaser_subject(meeting: dt.date) -> str:
    """`MARAC research for the meeting on 3 December 2026: not back yet`."""
    return f"MARAC research for the meeting on {day_in_words(meeting)}: not back yet"


def chaser(
    cases: Sequence[str],
    meeting: dt.date,
    return_by: str,
    *,
    marac: str,
    coordinator: str,
    email: str,
    template: str,
) -> str:
    """The text of the reminder.

    Args:
        cases: The references of the cases that are not answered, in the order of hearing; at least one.
        meeting: The day of the meeting.
        return_by: Until when answers are asked for, in words.
        marac: The name of this MARAC.
        coordinator: Who signs.
        email: The MARAC's own address.
        template: A text with the fields `$asked $cases $how $emergency $program`, and if wanted
            `$coordinator $marac $email`.

    Raises:
        TemplateError: the template names something else, or lacks one of the first five.
    """
    asked = (
        f"We have not had your research on {counted(len(cases), 'case')} for the MARAC meeting on {day_in_words(meeting)}. "
        f"Answers are asked for by {return_by}."
    )
    known = {
        "asked": asked,
        "cases": "\n".join(f"- {case}" for case in cases),
        "how": _HOW,
        "emergency": _EMERGENCY,
        "program": _PROGRAM,
        "coordinator": coordinator,
        "marac": marac,
        "email": email,
    }
    must = "Every reminder must tell the cases, how to answer, whom to ring in danger, and that a program wrote it."
    return worded("chaser", template, known, must)
