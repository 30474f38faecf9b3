"""What in the register waits for a person: why, in words, and what that person can do."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from marac.agency import Agency
from marac.case import CANNOT_WAIT, LIVE, Case, Flag, FlagCode, Origin
from marac.meetings.asked import Asked
from marac.meetings.due import DeadlineNotice
from marac.register.workbook.advice import advice, urgent_advice
from marac.register.workbook.contents import BookedMessage, Conflict, RegisterContents
from marac.triage.news import LOOK_NOW
from marac.triage.protocol import HOW_TO_SIGN, has_signed, why_nothing_is_prepared
from marac.triage.urgent import urgent_first

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
    "research_return": (
        "See what was understood: marac message show {number}, and marac returns show CASE. What is right: marac returns"
        " decide --message {number} take (or set-aside) --reason ... --by ... Then what is left: marac message decide"
        " {number} set-aside --reason ... --by ..."
    ),
    "action_update": (
        "See what was understood: marac message show {number}, and marac action reports. What is right: marac action"
        " decide-report REPORT take (or set-aside) --by ... Then what is left: marac message decide {number} set-aside"
        " --reason ... --by ..."
    ),
    "victim_told": (
        "Read it: marac message show {number}. Where the victim was told: marac case told CASE --on DATE --by NAME --how TEXT."
        " When nothing is left to do: marac message decide {number} set-aside --reason ... --by ..."
    ),
    "transfer_waits": (
        "Look at it: marac message show {number}. Ring the other MARAC. If it is so: marac message decide {number} release"
        " (or set-aside) --reason ... --by ..."
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

_FIRST_ON_LISTS: tuple[FlagCode, ...] = ("unsafe contact", "child at risk", "under age", "threats to kill")
"""The order of cases that cannot wait: by what somebody can still keep from happening today; see decision 0018."""
_QUESTIONS: frozenset[FlagCode] = frozenset(
    {
        "unsafe contact", "under age", "sender not confirmed", "score and ticks disagree", "missing", "unclear",
        "role swap", "checklist missing", "high risk without score", "stale form", "lawful basis missing", "agency has not signed",
    }
)  # fmt: skip

MatterKind = Literal["urgent", "deadline", "message", "decision", "copy", "template", "question", "agency"]
"""What cannot wait; a deadline near or missed; a message to look at; a decision to make; a copy of the workbook from which not all was
taken; a template that cannot be used; something to ask the referrer; an agency without a key or a signature."""


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

    codes: tuple[FlagCode, ...] = ()
    """Where it cannot wait: what it is, in the order in which the case says it."""

    @property
    def in_short(self) -> str:
        """What cannot wait, in a few words: `threats to kill; unsafe contact`."""
        return "; ".join(self.codes)

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
        *map(_about_deadline, contents.deadlines),
        *map(_about_who_sees_what, contents.asked),
        *map(_about_conflict, contents.conflicts),
        *map(_about_kept, contents.kept),
        *(Matter(f"Template {name}", why, to_do, "template") for name, why, to_do in contents.templates),
        *(_about_message(message) for message in contents.messages if _waits(message)),
        *(matter for agency in contents.agencies for matter in _about_agency(agency, today)),
    ]
    return tuple(sorted(found, key=_rank))


def _about_case(case: Case) -> Iterator[Matter]:
    """What cannot wait in one row, as long as nobody has said what happens with the case; then what is to be decided or asked."""
    urgent = () if case.decided else tuple(flag for flag in urgent_first(case.flags) if flag.code in CANNOT_WAIT)
    if urgent:
        yield _urgent(case, urgent)
    waiting: dict[tuple[FlagCode, str | None], list[Flag]] = {}
    for flag in case.flags:
        if flag not in urgent and (
            flag in case.open_questions or (not flag.needs_decision and flag.code in _QUESTIONS)
        ):
            waiting.setdefault((flag.code, flag.other_case), []).append(flag)
    for (code, other), flags in waiting.items():
        yield Matter(
            subject=f"Case {case.reference}",
            why=_sentences(flag.reason for flag in flags),
            to_do=advice(code, case.reference, other),
            kind="decision" if any(flag.needs_decision for flag in flags) else "question",
            case=case,
            since=case.received,
        )


def _urgent(case: Case, flags: Sequence[Flag]) -> Matter:
    """All that cannot wait in one case: each named, then said in its own words."""
    codes = tuple(dict.fromkeys(flag.code for flag in flags))
    return Matter(
        subject=f"Case {case.reference}",
        why=_sentences(flag.reason for flag in flags),
        to_do=urgent_advice(codes, case.reference, draft=case.state == "draft"),
        kind="urgent",
        case=case,
        since=case.received,
        codes=codes,
    )


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


def _about_deadline(notice: DeadlineNotice) -> Matter:
    subject = f"Meeting {notice.meeting.isoformat()}"
    return Matter(subject, notice.words, notice.to_do, "deadline", since=notice.at.date())


def _about_who_sees_what(asked: Asked) -> Matter:
    return Matter(f"Case {asked.case}", asked.why, asked.to_do, "decision")


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


def _about_kept(name: str) -> Matter:
    """A copy with what could not be taken: it waits until a person has moved it away."""
    return Matter(
        subject="Your changes",
        why=f"Not everything that was typed into the workbook could be taken. The copy is kept as {name}.",
        to_do=f"What was not taken, and why, stands in {name.removesuffix('.xlsx')}.txt beside it. Type it again where it"
        " still holds, then move both files elsewhere.",
        kind="copy",
    )


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
        kind="urgent" if message.needs_a_person and LOOK_NOW in message.reason else "message",
        since=message.received,
    )


def _about_agency(agency: Agency, today: dt.date | None) -> Iterator[Matter]:
    """Why nothing can be prepared for an agency, or be sent to it."""
    subject, day = f"Agency {agency.id}", today or agency.signed
    if day is None or not has_signed(agency, day):
        why = why_nothing_is_prepared(agency, day or dt.date.min)
        yield Matter(subject, f"Nothing is prepared for {agency.name}. {why}", HOW_TO_SIGN, "agency")
    elif agency.fingerprint is None:  # before it has signed, a key would change nothing
        why = f"Nothing can be sent to {agency.name}: there is no key to seal its letters with."
        yield Matter(subject, why, f"Ask for its public key, then: marac keys import {agency.id} FILE", "agency")


def _sentences(reasons: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(reasons))


def _rank(matter: Matter) -> tuple[int, int, dt.date, dt.date]:
    """Safety first; then messages, which may be referrals that nobody has seen; then cases by their meeting."""
    since = matter.since or dt.date.max
    meeting = matter.case.meeting if matter.case else None
    first = min((_FIRST_ON_LISTS.index(code) for code in matter.codes), default=0)
    return get_args(MatterKind).index(matter.kind), first, meeting or dt.date.max, since
