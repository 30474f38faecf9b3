"""What a letter of evidence can print."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class EvidenceFields:
    """Everything that a letter of evidence can print. It names no reference of a case and no address."""

    marac: str
    chair: str
    email: str
    written: dt.date
    victim: str
    victim_born: dt.date | None
    perpetrator: str
    relationship: str | None
    referred: dt.date
    referred_by: str | None
    heard: tuple[str, ...]
    """The days of the meetings that discussed it, in words; empty where none has yet."""
