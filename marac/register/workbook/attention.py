"""What in the register waits for a person: why, in words, and what that person can do."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from marac.case import CANNOT_WAIT, LIVE, Agency, Case, Flag, FlagCode, Origin
from marac.register.workbook.contents import BookedMessage, Conflict, RegisterContents
from marac.triage.protocol import HOW_TO_SIGN, has_signed, why_nothing_is_prepared

_COMPARE = (
    "Compare the two forms. One case: marac case decide {case} same-as {other}. Two: marac case decide {case} not-same-as"
    " {other}. Both with --reason and --by."
)
_DECIDE = "Decide whether it is heard: marac case decide {case} hear (or not-heard) --reason ... --by ..."
_SEEN = (
    "Tell those who must know today. When that is done, say so: marac case decide {case} hear (or not-heard) --reason ..."
    " --by ..."
)
_TO_DO: Mapping[FlagCode, str] = {
    "threats to kill": f"Read them on the form; is the police told? {_SEEN}",
    "child at risk": f"Consider the safeguarding procedures for children; is children's social care told? {_SEEN}",
    "professional is a party": (
        "Send that referrer nothing, and ask nobody at that agency but the head of its safeguarding. Then: marac case decide"
        " {case} hear (or not-heard) --reason ... --by ..."
    ),
    "outside the area": (
        "Ask the referrer where the victim lives. Heard here: marac case decide {case} hear. Elsewhere: pass it on first, then"
        " not-heard. Both with --reason and --by."
    ),
    "unsafe contact": "Do not ring, write or leave a message. Ask the referrer which way is safe.",
    "under age": "Check the date of birth with the referrer, and consider safeguarding procedures for a child.",
    "duplicate": _COMPARE,
    "possible duplicate": _COMPARE,
    "possible repeat": _COMPARE,
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
_DRAFTED: Mapping[Origin, str] = {
    "workbook": "Somebody typed it into the workbook as a new row. Until it is accepted, no meeting hears it.",
}
_ACCEPT = (
    "Is it a referral? marac case decide {case} accept --reason ... --by ... Otherwise: marac case decide {case} withdraw"
    " --reason ... --by ..."
)
BEFORE_THE_MEETING = LIVE
"""The states of a live case: something can still be done before it is heard."""

_UNTIL_SEEN: frozenset[FlagCode] = frozenset({"threats to kill", "child at risk"})
"""Urgent until a person has said what happens with the case; the others stay until it is heard."""
_QUESTIONS: frozenset[FlagCode] = frozenset(
    {
        "unsafe contact", "under age", "sender not confirmed", "score and ticks disagree", "missing", "unclear",
        "checklist missing", "high risk without score", "stale form", "lawful basis missing", "agency has not signed",
    }
)  # fmt: skip

MatterKind = Literal["urgent", "message", "decision", "question", "agency"]
"""What cannot wait; a message to look at; a decision to make; something to ask the referrer; an agency without a key or a signature."""


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


def matters(contents: RegisterContents, today: dt.date | None = None) -> tuple[Matter, ...]:
    """Everything that waits for a person: safety first, then messages, cases by their meeting, and agencies.

    Without `today`, as in the workbook, whose contents must not depend on the day, a signature counts whatever its date.
    """
    cases = [registered.case for registered in contents.cases]
    found = [
        *(matter for case in cases if case.state in BEFORE_THE_MEETING for matter in _about_case(case)),
        *(matter for case in cases if case.state == "draft" for matter in _about_draft(case)),
        *map(_about_conflict, contents.conflicts),
        *(_about_message(message) for message in contents.messages if _waits(message)),
        *(matter for agency in contents.agencies for matter in _about_agency(agency, today)),
    ]
    return tuple(sorted(found, key=_rank))


def _about_case(case: Case) -> Iterator[Matter]:
    waiting: dict[tuple[FlagCode, str | None], list[Flag]] = {}
    for flag in case.flags:
        if flag in case.open_questions or (not flag.needs_decision and _is_a_question(case, flag)):
            waiting.setdefault((flag.code, flag.other_case), []).append(flag)
    for (code, other), flags in sorted(waiting.items(), key=lambda each: _urgency(each[0][0])):
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
    if code in CANNOT_WAIT:
        return "urgent"
    return "decision" if any(flag.needs_decision for flag in flags) else "question"


def _urgency(code: FlagCode) -> int:
    return CANNOT_WAIT.index(code) if code in CANNOT_WAIT else len(CANNOT_WAIT)


def _is_a_question(case: Case, flag: Flag) -> bool:
    return flag.code in _QUESTIONS or (flag.code in _UNTIL_SEEN and not case.decided)


def _about_draft(case: Case) -> Iterator[Matter]:
    """What cannot wait in a draft, and the draft itself: until somebody accepts it, no meeting hears it."""
    yield from (matter for matter in _about_case(case) if matter.urgent)
    yield Matter(
        subject=f"Case {case.reference}",
        why=_DRAFTED.get(case.origin, "It is a draft, and nobody has said yet that it is a referral."),
        to_do=_ACCEPT.format(case=case.reference),
        kind="decision",
        case=case,
        since=case.received,
    )


def _about_conflict(conflict: Conflict) -> Matter:
    return Matter(
        subject=f"Case {conflict.case}",
        why=f"{conflict.column} on the sheet {conflict.sheet} was changed there and in the register at once. Nothing was"
        " overwritten.",
        to_do=f"Say which is right: sheet Conflicts, or marac conflict settle {conflict.number} typed (or register) --by ...",
        kind="decision",
        since=conflict.found,
    )


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


def _about_agency(agency: Agency, today: dt.date | None) -> Iterator[Matter]:
    """Why nothing can be prepared for an agency, or be sent to it."""
    subject, day = f"Agency {agency.id}", today or agency.signed
    if day is None or not has_signed(agency, day):
        why = why_nothing_is_prepared(agency, day or dt.date.min)
        yield Matter(subject, f"Nothing is prepared for {agency.name}. {why}", HOW_TO_SIGN, "agency")
    if agency.fingerprint is None:
        why = f"Nothing can be sent to {agency.name}: there is no key to seal its letters with."
        yield Matter(subject, why, f"Ask for its public key, then: marac keys import {agency.id} FILE", "agency")


def _sentences(reasons: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(reasons))


def _rank(matter: Matter) -> tuple[int, dt.date, dt.date]:
    """Safety first; then messages, which may be referrals that nobody has seen; then cases by their meeting."""
    since = matter.since or dt.date.max
    meeting = matter.case.meeting if matter.case else None
    return get_args(MatterKind).index(matter.kind), meeting or dt.date.max, since
