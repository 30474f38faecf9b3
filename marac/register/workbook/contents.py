"""What the register workbook shows, as plain values, and the identity of one state of it."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate, PersonVerdict
from marac.fortnight import Attendance
from marac.meetings.asked import Asked
from marac.meetings.due import DeadlineNotice

LAYOUT = 3
"""Counted up whenever sheets or columns change, so that a workbook with yesterday's columns is written anew."""

GENERATION = "marac generation"
"""The document property that says which state of the register a copy comes from."""


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """A case, and where its form is kept."""

    case: Case
    source: str | None = field(default=None, repr=False)
    """The stored form, relative to the workbook's folder, with forward slashes: `store/forms/ab12.docx`."""
    presented_by: str = field(default="", repr=False)
    """Who presents it at its meeting; empty where it is on none."""


@dataclass(frozen=True, slots=True)
class BookedMessage:
    """A message in the books: what became of one delivery to the mailbox.

    `received` is the day on which it arrived. `state` is in the coordinator's words
    (`processed`, `needs a person`, `waiting`); `accounted_for` says whether the books balance for it, and
    `needs_a_person` whether somebody must look, with `reason` saying why in a sentence.
    """

    number: int
    received: dt.date
    state: str
    accounted_for: bool
    needs_a_person: bool = False
    reason: str = field(default="", repr=False)
    cases: tuple[str, ...] = ()
    sender: str = field(default="", repr=False)
    disposition: str = ""
    """What it was on arrival, in the word of the books."""
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that a person and the register changed at once, for a person to settle."""

    number: int
    case: str
    sheet: str
    key: str
    """The row that it speaks of: `M26-0001 perpetrator 1`."""
    column: str
    was: str = field(repr=False)
    """What stood in the workbook when the person began."""
    typed: str = field(repr=False)
    holds: str = field(repr=False)
    """What the register held by then."""
    by: str = field(default="", repr=False)
    """Who typed it, as far as is known."""
    found: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class RegisterContents:
    """All that the workbook shows, each in the order in which it is to stand there."""

    marac: str
    """The name of this MARAC, as config.toml has it."""
    cases: tuple[RegisteredCase, ...] = ()
    actions: tuple[Action, ...] = ()
    meetings: tuple[MeetingDate, ...] = ()
    agencies: tuple[Agency, ...] = ()
    messages: tuple[BookedMessage, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    """Those that nobody has settled yet."""
    kept: tuple[str, ...] = field(default=(), repr=False)
    """The names of the copies beside the workbook that hold what could not be taken."""
    attendances: tuple[Attendance, ...] = ()
    """Who was at the meetings, as their minutes say."""
    deadlines: tuple[DeadlineNotice, ...] = ()
    """Those that come near or were missed: what alone changes with the day."""
    templates: tuple[tuple[str, str, str], ...] = ()
    """Templates of the area that are not used as they are: the name of the file, why, and what to do."""
    asked: tuple[Asked, ...] = ()
    """About who sees what: cases held back that nobody has decided about, names that are near, old addresses held."""
    verdicts: tuple[PersonVerdict, ...] = field(default=(), repr=False)
    """What people said about whether two people in two cases are one."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the workbook as this program wrote it.

    `id` follows from the contents alone and stands in the file, so that a copy which comes back says what it was made
    from; `sha256` is the identity of the file's bytes, and a file with any other was changed by somebody.
    """

    id: str
    sha256: str


def generation_id(contents: RegisterContents) -> str:
    """The identity of the contents, 32 hexadecimal digits: the same for the same contents, on every machine."""
    text = json.dumps((LAYOUT, contents), default=_plain, sort_keys=True, check_circular=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _plain(value: Any) -> object:
    """A dataclass as its values in their order; asked once for every part of every form, and so without detours."""
    return value.isoformat() if isinstance(value, dt.date | dt.time) else _values_of(value.__class__)(value)


@cache
def _values_of(kind: Any) -> Callable[[Any], object]:
    return dict if issubclass(kind, Mapping) else attrgetter(*(each.name for each in fields(kind)))
