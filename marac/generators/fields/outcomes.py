"""What outcome notes can print."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class AgreedAction:
    """What an agency does for the victim's safety."""

    agency: str
    action: str
    due: dt.date


@dataclass(frozen=True, slots=True, repr=False)
class OutcomeCase:
    """A case whose victim is to be told."""

    reference: str
    victim: str | None
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""
    contact_notes: tuple[str, ...]
    """What the forms say about contact, in their own words."""
    referred_by: str | None
    told_with: str | None
    """Who has this note too, and may tell the victim in this reader's place."""
    actions: tuple[AgreedAction, ...]
    came_to_nothing: bool = False
    """Whether something was agreed, and none of it could be done."""


@dataclass(frozen=True, slots=True, repr=False)
class OutcomeFields:
    """Everything that an outcome note can print."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    meeting: dt.date
    tell_by: str
    """Until when, with the time where there is one."""
    coordinator: str
    email: str
    cases: tuple[OutcomeCase, ...]
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""
