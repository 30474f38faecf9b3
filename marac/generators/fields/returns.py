"""What the collation of research can print."""

import datetime as dt
from dataclasses import dataclass

from marac.generators.fields.people import Person


@dataclass(frozen=True, slots=True, repr=False)
class ReturnedWords:
    """What one agency wrote under one heading."""

    agency: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class ReturnedCase:
    """A case with what every agency answered about it; facts and opinion are lists of their own."""

    reference: str
    victim: Person
    perpetrators: tuple[Person, ...]
    referred_by: str | None
    contact_warning: str | None
    """How safe it is to contact the victim, in words; None where every form says that it is, without conditions."""
    contact_unsafe: bool
    """Whether it is known not to be safe."""
    contact_unknown: bool
    """Whether it is not known to be safe."""
    undecided: bool
    answered: int
    """How many readers have answered."""
    asked: int
    why_high_risk: tuple[ReturnedWords, ...]
    facts: tuple[ReturnedWords, ...]
    opinions: tuple[ReturnedWords, ...]
    unsorted: tuple[ReturnedWords, ...]
    """Lines of replies, which stand under no heading: facts and opinion may be mixed."""
    management: tuple[ReturnedWords, ...]
    not_shared: tuple[ReturnedWords, ...]
    nothing_known: tuple[str, ...]
    """The names of agencies."""
    not_back: tuple[str, ...]
    waiting: tuple[str, ...]
    """Those of whom something came that the coordinator has still to look at."""


@dataclass(frozen=True, slots=True, repr=False)
class ReturnsFields:
    """Everything that the collation of research can print."""

    marac: str
    chair: str
    meeting: dt.date
    number_of_cases: int
    silent: tuple[str, ...]
    """The agencies of whom nothing at all is back."""
    cases: tuple[ReturnedCase, ...]
