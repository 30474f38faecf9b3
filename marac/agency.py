"""The agencies that sit at the MARAC, and whom there a document is for."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

AgencyKind = Literal[
    "police", "idva", "children", "adults", "health", "mental health", "substance misuse", "housing", "probation",
    "education", "voluntary", "fire", "youth offending", "other",
]  # fmt: skip
"""What kind of agency it is, as the SafeLives quarterly return counts those that refer."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of an agency with a mailbox and a key of their own, apart from the agency's."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that sits at the MARAC: the one mailbox it is written to, and the one key its letters are sealed for.

    Where a case is held back from an agency, its `senior` alone is written to, as a reader of its own: an `Agency`
    whose id ends in `.senior`; overdue actions go to its `manager`, whose id ends in `.manager`.
    """

    id: str
    name: str
    email: str = field(repr=False)
    domains: tuple[str, ...] = ()
    fingerprint: str | None = None
    """The full fingerprint of its OpenPGP key, 40 hexadecimal digits in upper case; None until a person pinned one."""
    representative: str | None = field(default=None, repr=False)
    signed: dt.date | None = None
    """When it signed the area's protocol or information sharing agreement; nothing is prepared for it before that."""
    deputy: str | None = field(default=None, repr=False)
    kind: AgencyKind = "other"
    core: bool = True
    """Asked about every case on the list; others only about the cases that they referred."""
    child_files: bool = False
    """Whether it keeps files on children, on which actions must be recorded too."""
    senior: Contact | None = field(default=None, repr=False)
    """Who alone hears of a case that is held back from the rest of the agency."""
    manager: Contact | None = field(default=None, repr=False)
    """To whom overdue actions go, where the agency itself was reminded in vain."""
