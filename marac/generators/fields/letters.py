"""What action letters can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild


@dataclass(frozen=True, slots=True, repr=False)
class LetterAction:
    """One action of the agency that the letter goes to."""

    number: int
    case: str
    victim: str | None
    action: str
    risk: str | None
    """What it answers to."""
    owner: str | None
    """Who at the agency carries it out."""
    due: dt.date
    reported: str | None
    """What was last reported of it."""
    children: bool
    """Whether children are named in the case."""
    named_children: tuple[NamedChild, ...]
    """The children, where the agency keeps files on children."""
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""


@dataclass(frozen=True, slots=True, repr=False)
class LetterFields:
    """Everything that an action letter can print."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    """Said to a senior contact, for whom alone the letter is."""
    meeting: dt.date
    send_back_by: str | None
    """Until when what was done is to be reported, with the time where there is one."""
    return_mark: str
    """By which a filled-in letter is known again: `R-2026-12-03-housing`."""
    coordinator: str
    email: str
    child_files: bool
    """Whether the agency keeps files on children."""
    actions: tuple[LetterAction, ...]
    still_open: tuple[LetterAction, ...]
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""
