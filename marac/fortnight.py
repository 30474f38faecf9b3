"""What people say and agencies send between one meeting and the next: frozen values, with no clock and no I/O."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from marac.action import ActionOutcome


@dataclass(frozen=True, slots=True)
class CalledMeeting:
    """A person's word about a meeting that the calendar alone does not have so; the last word about a day counts."""

    date: dt.date
    kind: Literal["called", "cancelled"]
    by: str = field(repr=False)
    on: dt.date
    reason: str = ""
    urgent: bool = False
    cut_off: dt.date | None = None
    at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """A person's word on whether a case is held back from an agency, because an employee or a relative is a party to it.

    The last word about a case and an agency counts; `cleared` outranks what the names look like, for ever.
    """

    case: str
    agency: str
    kind: Literal["held", "cleared"]
    by: str = field(repr=False)
    on: dt.date
    reason: str = field(default="", repr=False)
    person: str | None = field(default=None, repr=False)
    """Whom at the agency it concerns; None for the agency as a whole."""


@dataclass(frozen=True, slots=True)
class BarredName:
    """Somebody who must not receive anything about a case, beside its perpetrators."""

    number: int
    case: str
    name: str = field(repr=False)
    by: str = field(repr=False)
    on: dt.date
    reason: str = field(default="", repr=False)
    lifted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents a case instead of its referrer; the last word about a case and a meeting counts."""

    case: str
    meeting: dt.date
    name: str = field(repr=False)
    agency: str | None
    by: str = field(repr=False)
    on: dt.date


@dataclass(frozen=True, slots=True)
class ResearchReturn:
    """What an agency answered about one case, under the headings of the research pack."""

    number: int
    meeting: dt.date
    case: str
    agency: str
    received: dt.date
    nothing_known: bool = False
    factors: str = field(default="", repr=False)
    """Factors that significantly affect the risk, as facts."""
    assessment: str = field(default="", repr=False)
    """The agency's assessment of the risk: its opinion."""
    management: str = field(default="", repr=False)
    """How the agency manages it."""
    why_high_risk: str = field(default="", repr=False)
    """The referrer's alone: why this is high risk."""
    not_shared: str = field(default="", repr=False)
    """What is known and not shared, and why."""
    delivery: int | None = None
    """The message that it came in; None where a person entered it."""
    state: Literal["taken", "waiting", "replaced", "set aside"] = "taken"
    """`waiting`: a person looks whether it is meant so."""
    reason: str = field(default="", repr=False)
    """Why it waits."""


@dataclass(frozen=True, slots=True)
class ActionReport:
    """What an agency reported about an action."""

    number: int
    action: int
    outcome: ActionOutcome
    on: dt.date
    """The day that the report names, or on which it came."""
    by: str = field(repr=False)
    note: str = field(default="", repr=False)
    delivery: int | None = None
    state: Literal["taken", "waiting", "set aside"] = "taken"
    reason: str = field(default="", repr=False)
    """Why it waits for a person."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at a meeting for an agency, or sent apologies."""

    meeting: dt.date
    agency: str
    """Its id, or its name as the minutes give it where it is none of the area's."""
    name: str = field(repr=False)
    standing: Literal["present", "apologies", "observer"]
    signed: bool | None = None
    """Whether the confidentiality statement was signed; None where the minutes do not say."""
    information_sent: bool | None = None
    """Of those who sent apologies."""


@dataclass(frozen=True, slots=True)
class CaseMinutes:
    """What the meeting noted about one case, beside its actions."""

    meeting: dt.date
    case: str
    risks: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    considered: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the area has the meeting consider (such as MAPPA), and what it said of it."""


@dataclass(frozen=True, slots=True)
class VictimTold:
    """That the victim was told what the meeting came to: by whom, when, and how."""

    case: str
    meeting: dt.date
    by: str = field(repr=False)
    on: dt.date
    how: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A case's papers on their way to another MARAC, or from it."""

    number: int
    case: str
    direction: Literal["out", "in"]
    other: str
    """The other MARAC, as config.toml or its own bundle names it."""
    bundle: str
    """The sha256 of the machine part."""
    on: dt.date
    by: str = field(repr=False)
    receipt_on: dt.date | None = None
    """When the other MARAC said that it has it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one document showed of one case: field to a digest of what was printed, never the words themselves."""

    document: int
    case: str
    shown: Mapping[str, str]
