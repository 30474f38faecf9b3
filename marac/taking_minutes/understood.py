"""What filled-in minutes came to: what is sure, and what is doubted and therefore not taken."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from marac.action import ActionOutcome
from marac.fortnight import Attendance, CaseMinutes


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is not taken: where it stands, and why, with what can be done about it."""

    where: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """An action that the meeting agreed."""

    case: str
    number: str
    """The number printed in its row; empty in a row that somebody added."""
    where: str
    agency: str
    """The agency's id."""
    text: str = field(repr=False)
    due: dt.date
    by: str = field(repr=False)
    """The date as it was typed."""
    owner: str = field(default="", repr=False)
    risk: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EarlierOutcome:
    """What the meeting heard of an action of an earlier one."""

    number: int
    outcome: ActionOutcome
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a case came to at the meeting."""

    case: str
    ending: Literal["heard", "deferred", "not heard"]
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything that a minutes file says, understood or doubted."""

    attendances: tuple[Attendance, ...] = ()
    outcomes: tuple[EarlierOutcome, ...] = ()
    minutes: tuple[CaseMinutes, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    endings: tuple[Ended, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    asides: tuple[str, ...] = field(default=(), repr=False)
    """What a person should know although nothing is doubtful about it."""
