"""What action letters can print."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class LetterAction:
    """One action of the agency that the letter goes to; `children`: whether children are named in the case."""

    number: int
    case: str
    victim: str | None
    action: str
    due: dt.date
    children: bool


@dataclass(frozen=True, slots=True, repr=False)
class LetterFields:
    """Everything that an action letter can print."""

    marac: str
    agency: str
    representative: str | None
    meeting: dt.date
    coordinator: str
    email: str
    actions: tuple[LetterAction, ...]
    still_open: tuple[LetterAction, ...]
