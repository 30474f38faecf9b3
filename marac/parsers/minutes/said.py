"""What a filled-in minutes file says, as it stands there: frozen values, before anybody asks what it means."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Answer = Literal["yes", "no", "", "?"]
"""Nothing for a cell in which nothing was said; `?` where it cannot be told what was."""

Ending = Literal["heard", "deferred", "not heard", "", "?"]
"""What a case came to at the meeting; else as `Answer`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that nothing could be taken from: where, and why, in words."""

    where: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attended:
    """A row of the table of who was there."""

    where: str
    agency: str
    name: str = field(repr=False)
    present: Answer
    apologies: Answer
    signed: Answer
    sent: Answer


@dataclass(frozen=True, slots=True)
class Watched:
    """A row of an observer."""

    where: str
    agency: str
    name: str = field(repr=False)
    signed: Answer


@dataclass(frozen=True, slots=True)
class Told:
    """A row about an action of an earlier meeting."""

    where: str
    number: str
    case: str
    printed: str = field(repr=False)
    """What stands in it of the action itself."""
    outcome: str
    """`done`, `could not be done`, `not done`; else as `Answer`."""
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Considered:
    """What was said of one thing that the area has the meeting consider."""

    what: str
    answer: Answer
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Noted:
    """What the meeting noted of a case, beside its actions."""

    risks: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    considered: tuple[Considered, ...] = ()
    ending: Ending = ""
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A row of a case's actions in which something stands."""

    number: str
    """As printed; empty in a row that somebody added."""
    place: int
    """Which row of its table it is, from 1."""
    risk: str = field(repr=False)
    text: str = field(repr=False)
    agency: str
    owner: str = field(repr=False)
    by: str


@dataclass(frozen=True, slots=True)
class Section:
    """The section of one case. A part that is missing, or of which it cannot be told whose it is, is None."""

    reference: str
    noted: Noted | None = None
    agreed: tuple[Agreed, ...] | None = None


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """The whole file."""

    marks: tuple[tuple[str, dt.date], ...]
    """The marks that it bears, each once: the MARAC's id and the day of the meeting."""
    attended: tuple[Attended, ...] = ()
    watched: tuple[Watched, ...] = ()
    told: tuple[Told, ...] = ()
    sections: tuple[Section, ...] = ()
    other_business: str = field(default="", repr=False)
    faults: tuple[Fault, ...] = ()


def is_begun(said: MinutesFile) -> bool:
    """Whether somebody wrote anything into the file at all."""
    rows = any(row.present or row.apologies or row.signed or row.sent for row in said.attended)
    told = any(row.outcome or row.reason for row in said.told)
    noted = (section.noted for section in said.sections if section.noted)
    words = any(each.risks or each.notes or each.ending or each.why for each in noted)
    considered = (each for section in said.sections if section.noted for each in section.noted.considered)
    asked = any(each.answer or each.words for each in considered)
    agreed = any(section.agreed for section in said.sections)
    return bool(rows or said.watched or told or words or asked or agreed or said.other_business or said.faults)
