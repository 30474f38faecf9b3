"""What in the register waits for a person: why, in words, and what that person can do."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from marac.case import Agency, Case, Flag, FlagCode
from marac.register.workbook.contents import BookedMessage, RegisterContents

_COMPARE = (
    "Compare the two forms. One case: marac case decide {case} same-as {other}. Two: marac case decide {case} not-same-as"
    " {other}. Both with --reason and --by."
)
_DECIDE = "Decide whether it is heard: marac case decide {case} hear (or not-heard) --reason ... --by ..."
_TO_DO: Mapping[FlagCode, str] = {
    "unsafe contact": "Do not ring, write or leave a message. Ask the referrer which way is safe.",
    "under age": "Check the date of birth with the referrer, and consider safeguarding procedures for a child.",
    "duplicate": _COMPARE,
    "possible duplicate": _COMPARE,
    "possible repeat": _COMPARE,
    "sender not confirmed": "Ask the sender on a number that you knew before whether they sent it.",
    "newer version": "Say which version is right: marac status names the message.",
    "score and ticks disagree": "Count the ticks on the form, and ask the referrer which figure is right.",
    "missing": "Ask the referrer for it.",
    "unclear": "Look at the form. Where it does not say, ask the referrer.",
}
_READ_IT = (
    "Read it: marac message show {number}. When nothing is left to do: marac message decide {number} set-aside --reason ..."
    " --by ..."
)
_RELEASE_IT = (
    "Look at it: marac message show {number}. A referral: marac message decide {number} release (or set-aside) --reason ..."
    " --by ..."
)
_MESSAGE_TO_DO: Mapping[str, str] = {
    "locked": "With its password: marac message password {number} --by ... The sender has it; ask on the telephone.",
    "revision": (
        "See what differs: marac message show {number}. Then: marac message decide {number} use-version (or keep-earlier, or"
        " own-case) --reason ... --by ..."
    ),
    **dict.fromkeys(("auto_reply", "list_mail", "own_mail", "quarantined"), _RELEASE_IT),
}
BEFORE_THE_MEETING = frozenset({"received", "listed"})
"""The states of a live case: something can still be done before it is heard."""

_URGENT: tuple[FlagCode, ...] = ("unsafe contact", "under age")


MatterKind = Literal["urgent", "message", "decision", "question", "agency"]
"""What cannot wait; a message to look at; a decision to make; something to ask the referrer; an agency without a key."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits for a person."""

    subject: str
    """`Case 26-0007`, `Message 14` or `Agency housing`."""
    why: str = field(repr=False)
    to_do: str = field(repr=False)
    kind: MatterKind
    case: Case | None = field(default=None, repr=False)
    since: dt.date | None = None

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait for the meeting."""
        return self.kind == "urgent"


def matters(contents: RegisterContents) -> tuple[Matter, ...]:
    """Everything that waits for a person: safety first, then messages, cases by their meeting, and agencies."""
    cases = [registered.case for registered in contents.cases]
    found = [
        *(matter for case in cases if case.state in BEFORE_THE_MEETING for matter in _about_case(case)),
        *(_about_message(message) for message in contents.messages if _waits(message)),
        *(_about_agency(agency) for agency in contents.agencies if agency.fingerprint is None),
    ]
    return tuple(sorted(found, key=_rank))


def _about_case(case: Case) -> Iterator[Matter]:
    waiting: dict[tuple[FlagCode, str | None], list[Flag]] = {}
    for flag in case.flags:
        if flag in case.open_questions or (not flag.needs_decision and _is_a_question(flag)):
            waiting.setdefault((flag.code, flag.other_case), []).append(flag)
    for (code, other), flags in waiting.items():
        to_do = _TO_DO.get(code, _DECIDE)
        if other is None and to_do is _COMPARE:
            to_do = _DECIDE
        yield Matter(
            subject=f"Case {case.reference}",
            why=_sentences(flag.reason for flag in flags),
            to_do=to_do.format(case=case.reference, other=other),
            kind=_kind(code, flags),
            case=case,
            since=case.received,
        )


def _kind(code: FlagCode, flags: Iterable[Flag]) -> MatterKind:
    if code in _URGENT:
        return "urgent"
    return "decision" if any(flag.needs_decision for flag in flags) else "question"


def _is_a_question(flag: Flag) -> bool:
    return flag.code in {
        "unsafe contact",
        "under age",
        "sender not confirmed",
        "score and ticks disagree",
        "missing",
        "unclear",
    }


def _waits(message: BookedMessage) -> bool:
    return message.needs_a_person or not message.accounted_for


def _about_message(message: BookedMessage) -> Matter:
    if message.needs_a_person:
        to_do = _MESSAGE_TO_DO.get(message.disposition, _READ_IT).format(number=message.number)
    else:
        to_do = "Run marac run again; if it still waits after that, open the message in the mailbox."
    return Matter(
        subject=f"Message {message.number}",
        why=message.reason
        or f"This message is in the state \N{LEFT DOUBLE QUOTATION MARK}{message.state}\N{RIGHT DOUBLE QUOTATION MARK}.",
        to_do=to_do,
        kind="message",
        since=message.received,
    )


def _about_agency(agency: Agency) -> Matter:
    return Matter(
        subject=f"Agency {agency.id}",
        why=f"Nothing can be sent to {agency.name}: there is no key to seal its letters with.",
        to_do=f"Ask for its public key, then: marac keys import {agency.id} FILE",
        kind="agency",
    )


def _sentences(reasons: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(reasons))


def _rank(matter: Matter) -> tuple[int, dt.date, dt.date]:
    """Safety first; then messages, which may be referrals that nobody has seen; then cases by their meeting."""
    since = matter.since or dt.date.max
    meeting = matter.case.meeting if matter.case else None
    return get_args(MatterKind).index(matter.kind), meeting or dt.date.max, since
