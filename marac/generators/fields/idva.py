"""What a referral to the IDVA service can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import NamedChild, Person


@dataclass(frozen=True, slots=True, repr=False)
class IdvaReferralFields:
    """Everything that a referral to the IDVA service can print: what it needs to make safe contact."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    reference: str
    received: dt.date
    """The day on which the referral reached the MARAC."""
    meeting: dt.date | None
    """The meeting that it is listed for."""
    coordinator: str
    email: str
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
    referred_by: str | None
    referrers: tuple[str, ...]
    """Who refers, with role and agency."""
    criteria: tuple[str, ...]
    repeat: bool
    reasons: tuple[str, ...]
    """Why, in each referrer's own words."""
    version: str = ""
    """Which version it is, from when, and what it replaces."""
    changes: tuple[str, ...] = ()
    """What is not as it was in the version that its reader has; empty in a first version."""
    address_changed: bool = False
    """Whether an address that its reader has is not right any more."""
