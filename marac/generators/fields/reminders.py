"""What reminders of overdue actions can print."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class OverdueAction:
    """An action that nobody has reported in time."""

    number: int
    case: str
    victim: str | None
    action: str
    owner: str | None
    due: dt.date
    overdue_since: dt.date
    reminder: str
    """Which reminder of this action it is: `second reminder`."""
    reported: str | None
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""


@dataclass(frozen=True, slots=True, repr=False)
class ReminderFields:
    """Everything that a reminder can print."""

    marac: str
    agency: str
    representative: str | None
    in_confidence: str | None
    which: str
    """`Second reminder`, by the action that was reminded of most often."""
    to_manager: bool
    """Whether it goes to the agency's manager, because the agency itself was reminded in vain."""
    copied_to_manager: bool
    """Whether the agency's manager is written to as well."""
    day: dt.date
    return_mark: str
    """By which a filled-in reminder is known again: `R-2026-12-03-housing`."""
    coordinator: str
    email: str
    actions: tuple[OverdueAction, ...]
