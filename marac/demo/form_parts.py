"""The pieces that a form is printed from: labels with their answers, tables, and boxes to tick."""

import datetime as dt
from dataclasses import dataclass, field

from marac.referral import Perpetrator, Victim

TITLE = "MARAC referral form"
CHECKLIST = "Dash risk checklist"
PARTNERSHIP = "Carrowdale Domestic Abuse Partnership"
MARKING = "OFFICIAL-SENSITIVE when complete"
INSTRUCTIONS = (
    "Please complete every section and send the form by secure email to marac@carrowdale.example. "
    "If anyone is in immediate danger, call 999 first."
)
FOOTER = "Carrowdale Domestic Abuse Partnership, MARAC referral form, version 7"


@dataclass(frozen=True, slots=True)
class Choice:
    """Boxes to tick, or words to choose between: what is offered and what was chosen."""

    options: tuple[str, ...]
    chosen: tuple[str, ...] = field(default=(), repr=False)
    many: bool = False
    """Whether each option stands for itself, so that several can be ticked."""


Answer = str | int | dt.date | Choice | None
"""What stands in one answer cell; None is one that was left empty."""

NOTHING = ""
"""In a cell that the form does not ask to be filled in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed label with its answer; a wide one has the whole row."""

    label: str
    answer: Answer = field(repr=False)
    wide: bool = False
    long: bool = False
    """Whether the answer is a narrative, printed below its label."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A titled block of labels with their answers, one or two to a row."""

    title: str
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table with a heading row; `widths` are shares of the page."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...] = field(repr=False)
    widths: tuple[int, ...] = ()
    labelled: bool = False
    """Whether the first column is printed text rather than something filled in."""


Part = Rows | Grid


def yes_no(answer: bool | None) -> Choice:
    """Yes or no, or neither."""
    return Choice(("Yes", "No"), () if answer is None else ("Yes" if answer else "No",))


def phone_as_written(digits: str | None) -> str | None:
    """A telephone number in the groups that people write it in."""
    if digits is None:
        return None
    first, second = (3, 7) if digits.startswith("02") else (4, 7) if digits.startswith("011") else (5, 11)
    return " ".join(part for part in (digits[:first], digits[first:second], digits[second:]) if part)


def address_as_written(person: Victim | Perpetrator) -> str | None:
    """Address and postcode on one line."""
    return ", ".join(part for part in (person.address, person.postcode) if part) or None
