"""A referral with its place in the register: cases, flags, decisions, meetings."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from marac.referral import Reading, Referral

CaseState = Literal[
    "draft",
    "received",
    "listed",
    "heard",
    "deferred",
    "not heard",
    "transferred",
    "withdrawn",
    "closed",
    "joined",
]
"""`draft`: a person typed it into the workbook, and nobody has said yet that it is a referral. `deferred`: carried to a
later meeting. `not heard`: a person said so. `transferred`: another MARAC hears it. `joined`: a person said that this is
the same case as another one, which carries on for both."""

LIVE: frozenset[CaseState] = frozenset({"received", "listed", "deferred"})
"""The states of a case that is still to be heard: something can still be done before the meeting."""

DecisionKind = Literal[
    "hear",
    "not-heard",
    "same-as",
    "not-same-as",
    "accept",
    "defer",
    "transfer",
    "withdraw",
    "close",
    "reopen",
    "list",
]
"""`list`: put on the agenda of a meeting by a person, its cut-off notwithstanding."""

Origin = Literal["mail", "workbook", "import", "page", "command"]
"""Where a change, or a case, came from."""

FlagCode = Literal[
    "threshold met",
    "below threshold",
    "score and ticks disagree",
    "high risk without score",
    "repeat",
    "possible repeat",
    "duplicate",
    "possible duplicate",
    "heard before",
    "same victim",
    "same perpetrator",
    "role swap",
    "same children",
    "same address",
    "transferred in",
    "missing",
    "checklist missing",
    "unclear",
    "stale form",
    "threats to kill",
    "child at risk",
    "children concerned",
    "adult at risk",
    "unsafe contact",
    "contact with care",
    "honour-based abuse",
    "forced marriage",
    "suicide or self-harm",
    "MAPPA",
    "under age",
    "outside the area",
    "outside scope",
    "self-referral",
    "lawful basis missing",
    "professional is a party",
    "agency has not signed",
    "sender not confirmed",
    "newer version",
]

LINKS: frozenset[FlagCode] = frozenset(
    {"same victim", "same perpetrator", "role swap", "same children", "same address", "transferred in"}
)
"""What ties a case to other people's cases: for the coordinator and the chair only."""

CANNOT_WAIT: tuple[FlagCode, ...] = ("threats to kill", "unsafe contact", "child at risk", "under age")
"""What cannot wait for the meeting, first things first. This program is never the alarm."""

PersonRole = Literal["victim", "perpetrator", "child"]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a case that a person should know, with the reason in words and what it rests on."""

    code: FlagCode
    reason: str = field(repr=False)
    evidence: str = field(default="", repr=False)
    """Where on the form it stands (`table 2, row 3: "Y"`), or the reference of the case that it speaks of."""
    other_case: str | None = None
    needs_decision: bool = False
    """Whether a person must decide before the case is heard or set aside."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a case, why, and who that was."""

    case: str
    kind: DecisionKind
    reason: str = field(repr=False)
    by: str = field(repr=False)
    on: dt.date = field(default=dt.date.min)
    other_case: str | None = None
    meeting: dt.date | None = None
    """The meeting that it was put on, where the decision is `list`."""


@dataclass(frozen=True, slots=True)
class Case:
    """One victim with the perpetrator or perpetrators named, as one agency referred them.

    `received` is the day on which the message arrived: every rule counts from it, never from today's clock.
    """

    reference: str
    state: CaseState
    received: dt.date
    reading: Reading = field(repr=False)
    agency: str | None = field(default=None, repr=False)
    """The referring agency, as the form or the sender's domain names it."""
    meeting: dt.date | None = None
    """The meeting that the case is listed for, or was heard at."""
    flags: tuple[Flag, ...] = field(default=(), repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    joined_to: str | None = None
    marac: str = "marac"
    """The MARAC that it belongs to, by its id in config.toml."""
    version: int = 1
    """Counted up at every change: who changes an older version than there is gets a conflict, never a lost update."""
    origin: Origin = "mail"
    transferred_to: str | None = field(default=None, repr=False)
    """The MARAC that hears it now."""
    former_reference: str | None = field(default=None, repr=False)
    """Its number in the register that was kept before this one; forms still name it."""
    received_at: dt.time | None = None
    """The time of that day, by this computer's clock; None where it is not known."""

    @property
    def referral(self) -> Referral:
        """What the referral form says."""
        return self.reading.referral

    @property
    def with_children(self) -> bool:
        """Whether children are named: such cases are heard first."""
        return bool(self.referral.children)

    @property
    def decided(self) -> bool:
        """Whether a person has said that the case is to be heard, or not."""
        return any(decision.kind in {"hear", "list", "not-heard"} for decision in self.decisions)

    @property
    def to_be_heard(self) -> bool | None:
        """What the latest decision says; None where nobody has decided, or the case was opened again since."""
        for decision in reversed(self.decisions):
            if decision.kind == "reopen":
                return None
            if decision.kind in {"hear", "list", "not-heard"}:
                return decision.kind != "not-heard"
        return None

    @property
    def open_questions(self) -> tuple[Flag, ...]:
        """The flags that ask for a decision which nobody has given yet."""
        return tuple(flag for flag in self.flags if flag.needs_decision and not self._answered(flag))

    @property
    def undecided(self) -> bool:
        """Whether it waits for a person to say if it is heard: marked so on the agenda, and never taken for heard."""
        return self.to_be_heard is None and bool(self.open_questions)

    @property
    def waits_for_an_agency(self) -> bool:
        """Whether the victim seems to have referred herself: then no meeting lists it before a person says so."""
        return self.undecided and any(flag.code == "self-referral" for flag in self.open_questions)

    def _answered(self, flag: Flag) -> bool:
        if flag.other_case is None:
            return self.to_be_heard is not None
        answers = {"same-as", "not-same-as"}
        return any(each.kind in answers and each.other_case == flag.other_case for each in self.decisions)


@dataclass(frozen=True, slots=True)
class PersonInCase:
    """One person as a case names them: the case, the role there, and the place in the list of that role, from 0."""

    case: str
    role: PersonRole
    place: int = 0


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """What a person said about whether two people in two cases are one; it outranks what the forms look like, for ever."""

    one: PersonInCase
    other: PersonInCase
    same: bool
    reason: str = field(repr=False)
    by: str = field(repr=False)
    on: dt.date = field(default=dt.date.min)


@dataclass(frozen=True, slots=True)
class MeetingDate:
    """A meeting: its day, what is due before and after it, and why it is not where the calendar would have it.

    Moments are by this computer's clock, without a zone. A deadline that the area does not set is None.
    """

    date: dt.date
    cut_off: dt.date
    """The last day on which a referral can arrive for it."""
    cut_off_at: dt.time | None = None
    """Until when on that day; None for the whole day."""
    at: dt.time | None = None
    venue: str = ""
    urgent: bool = False
    """Called by a person for what cannot wait: only what a person puts on it is heard there."""
    moved_from: dt.date | None = None
    why: str = ""
    """Why it was moved, or called, in words."""
    agenda_out: dt.datetime | None = None
    research_back: dt.datetime | None = None
    actions_out: dt.datetime | None = None
    updates_due: dt.datetime | None = None
