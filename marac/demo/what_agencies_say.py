"""What Carrowdale's agencies know of the fortnight's cases, as they write it on the form or into a mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What an agency knows of the case that a message made."""

    message: str
    factors: str = field(default="", repr=False)
    assessment: str = field(default="", repr=False)
    management: str = field(default="", repr=False)
    why_high_risk: str = field(default="", repr=False)


FORMS: Mapping[str, Sequence[SampleAnswer]] = {
    "police": (
        SampleAnswer(
            "01-police-referral",
            "Four calls in six months, two withdrawn. He has a caution for common assault on a former partner.",
            "High. The calls come closer together.",
            "Bail with conditions. The officer in the case rings her each Friday.",
            "Strangulation, and the threats did not end when he was arrested.",
        ),
        SampleAnswer(
            "04-housing-referral",
            "Two other women have reported him. One of them is heard at this meeting too.",
            "High, whoever he is with.",
            "Marked on the system as a serial perpetrator.",
        ),
        SampleAnswer(
            "05-childrens-referral",
            "The order was served on him in person. He has breached it twice.",
            "High.",
            "An arrest is planned.",
        ),
    ),
    "idva": (
        SampleAnswer(
            "02-idva-referral",
            "She has asked for a refuge three times, and gave up each time when no place was free.",
            "Very high on the day on which she leaves.",
            "Seen each week at her work.",
            "His family helps him, and she believes that they would kill her.",
        ),
        SampleAnswer(
            "14-idva-referral",
            "Her telephone is read by him. Messages come from it that she has not written.",
            "High.",
            "Seen at the hospital alone.",
            "She cannot ring anybody.",
        ),
    ),
}
"""Agencies that send the Word form back. Of every other case they tick that nothing is known."""

LINES: Mapping[str, Sequence[str]] = {
    "childrens": (
        "{05-childrens-referral}: a child protection plan since the summer; the core group met last week",
        "Nothing known on any of the others.",
    ),
    "adults": (
        "{19-adults-referral} and {16-health-referral}: open to us since the spring",
        "Nothing known on any of the others.",
    ),
    "housing": (
        "{04-housing-referral}: our tenant; the door was kicked in twice this year and we mended it",
        "Nothing known on any of the others.",
    ),
    "housing.senior": ("{03-health-referral}: our tenant, alone on the tenancy; no reports to us",),
    "health": (
        "{06-mental-health-referral}: two visits to the emergency department, both times with him at her side",
        "Nothing known on any of the others.",
    ),
    "mental-health": (
        "{06-mental-health-referral}: open to the community team; she is seen every two weeks",
        "Nothing known on any of the others.",
    ),
}
"""Agencies that type lines into their reply; what stands in braces is the name of the message that made the case.

One line names two cases, so it waits for a person. Probation does not answer.
"""

IN_DOUBT = "Rang adult social care: both are open to it."
"""What the coordinator found out about the line that waits."""
