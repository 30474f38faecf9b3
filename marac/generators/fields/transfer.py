"""What a transfer to another MARAC can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person


@dataclass(frozen=True, slots=True, repr=False)
class HandedOverAction:
    """An action of the sender's action plan, with what became of it in words."""

    agency: str
    action: str
    due: dt.date
    became: str


@dataclass(frozen=True, slots=True, repr=False)
class MeetingNote:
    """What a meeting of the sender noted."""

    meeting: dt.date
    risks: str | None
    notes: str | None


@dataclass(frozen=True, slots=True, repr=False)
class TransferFields:
    """Everything that a transfer can print: all that the sender knows of the case."""

    marac: str
    receiver: str
    coordinator: str
    email: str
    reference: str
    receipt: str
    """What the receiver quotes when it says that the case has arrived."""
    written: dt.date
    """The day on which it was asked for."""
    reason: str | None
    """Why the case is handed over."""
    origin: tuple[str, ...]
    """The MARACs that it came from itself; empty where it came from none."""
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""
    contact_notes: tuple[str, ...]
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    received: dt.date
    referred_by: str | None
    referrers: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why, in each referrer's own words."""
    heard: tuple[str, ...]
    """The days of the sender's meetings that discussed it, in words; empty where none has."""
    minutes: tuple[MeetingNote, ...]
    actions: tuple[HandedOverAction, ...]
