"""What notices of files to flag, and lists of flags that end, can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person


@dataclass(frozen=True, slots=True, repr=False)
class FlaggedCase:
    """A case whose people's files are flagged."""

    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    children: tuple[NamedChild, ...]
    with_children: bool
    """Whether children are named on the forms; `children` holds them where the reader keeps files on children."""
    heard: dt.date | None
    until: dt.date
    """The last day of the flags."""
    counted_from: str
    """From what the days are counted, such as: the referral of 9 November 2026."""


@dataclass(frozen=True, slots=True, repr=False)
class FlagFields:
    """Everything that a notice of files to flag can print."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    meeting: dt.date
    months: int
    any_abuse: bool
    """Whether any abuse makes a repeat here, or only what would be criminal."""
    child_files: bool
    coordinator: str
    email: str
    cases: tuple[FlaggedCase, ...]
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""


@dataclass(frozen=True, slots=True, repr=False)
class EndingFields:
    """Everything that a list of flags that end can print."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    month: str
    """In words: December 2026."""
    child_files: bool
    coordinator: str
    email: str
    cases: tuple[FlaggedCase, ...]
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""
