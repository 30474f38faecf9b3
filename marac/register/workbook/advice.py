"""What a person can do about each flag: the words beside it on the first sheet, in `marac status` and in commands."""

from collections.abc import Mapping, Sequence

from marac.case import FlagCode
from marac.triage.protocol import HOW_TO_SIGN

_COMPARE = (
    "Compare the two forms. One case: marac case decide {case} same-as {other}. Two: marac case decide {case} not-same-as"
    " {other}. Both with --reason and --by."
)
_DECIDE = "Decide whether it is heard: marac case decide {case} hear (or not-heard) --reason ... --by ..."
SEEN = (
    "Tell those who must know today. When that is done, say so: marac case decide {case} hear (or not-heard) --reason ..."
    " --by ..."
)
"""What takes a case off the list of what cannot wait."""
_SEEN_IN_A_DRAFT = (
    "Tell those who must know today. Then say whether it is a referral: marac case decide {case} accept (or withdraw)"
    " --reason ... --by ..."
)
_URGENT: Mapping[FlagCode, str] = {
    "threats to kill": "Read them on the form; are the police told?",
    "unsafe contact": "Do not ring, write or leave a message. Ask the referrer which way is safe.",
    "child at risk": "Consider the safeguarding procedures for children; is children's social care told?",
    "under age": "Check the date of birth with the referrer, and consider safeguarding procedures for a child.",
}
_TO_DO: Mapping[FlagCode, str] = {
    **_URGENT,
    "professional is a party": (
        "Send that referrer nothing, and ask nobody at that agency but the head of its safeguarding. Then: marac case decide"
        " {case} hear (or not-heard) --reason ... --by ..."
    ),
    "outside the area": (
        "Ask the referrer where the victim lives. Heard here: marac case decide {case} hear. Elsewhere: pass it on first, then"
        " not-heard. Both with --reason and --by."
    ),
    "duplicate": _COMPARE,
    "possible duplicate": _COMPARE,
    "possible repeat": _COMPARE,
    "role swap": (
        "For the coordinator and the chair only: agree who is the primary victim before either case is heard, and tell no"
        " referrer."
    ),
    "sender not confirmed": "Ask the sender on a number that you knew before whether they sent it.",
    "newer version": "Say which version is right: marac status names the message.",
    "score and ticks disagree": "Count the ticks on the form, and ask the referrer which figure is right.",
    "missing": "Ask the referrer for it.",
    "checklist missing": "Ask the referrer for the risk checklist.",
    "high risk without score": "Ask the referrer how many ticks there are, and for the checklist.",
    "stale form": "Ask the referrer when it was written, and what has changed since.",
    "lawful basis missing": "Ask the referrer on which lawful basis it is shared, and write it down.",
    "agency has not signed": f"Ask the agency to sign. {HOW_TO_SIGN}",
    "unclear": "Look at the form. Where it does not say, ask the referrer.",
}


def advice(code: FlagCode, case: str, other: str | None = None) -> str:
    """What to do about one flag of a case, beside another case where it speaks of one."""
    words = _TO_DO.get(code, _DECIDE)
    return (_DECIDE if other is None and words is _COMPARE else words).format(case=case, other=other)


def urgent_advice(codes: Sequence[FlagCode], case: str, *, draft: bool = False) -> str:
    """What to do today about a case, and how to say that it is done."""
    seen = _SEEN_IN_A_DRAFT if draft else SEEN
    return " ".join((*(_URGENT[code] for code in codes), seen.format(case=case)))
