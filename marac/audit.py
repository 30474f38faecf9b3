"""The audit trail: what was done to which case, by whom, in a chain in which no entry can be changed unnoticed.

Entries carry references and counts, never a name, an address, a subject or a file name.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

START = "0" * 64
"""What the first entry is chained to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    at: dt.datetime
    actor: str
    """`marac` for the program itself, otherwise the person as they named themselves."""
    event: str
    subject: str = ""
    """A case reference, a delivery number, an agency's id or a meeting's date."""
    detail: str = ""
    origin: Literal["", "mail", "workbook", "import", "page", "command"] = ""
    """From where it was done; empty for what the calendar does by itself."""


def chained(previous: str, entry: Entry) -> str:
    """The entry's hash over itself and the hash before it."""
    said = [previous, entry.at.isoformat(), entry.actor, entry.event, entry.subject, entry.detail]
    text = json.dumps([*said, entry.origin] if entry.origin else said)  # older entries had no origin
    return hashlib.sha256(text.encode()).hexdigest()


def broken_link(trail: Iterable[tuple[Entry, str]]) -> int | None:
    """The place (from 1) of the first entry that does not fit the one before it; None where the chain is whole."""
    previous = START
    for place, (entry, own_hash) in enumerate(trail, 1):
        if chained(previous, entry) != own_hash:
            return place
        previous = own_hash
    return None
