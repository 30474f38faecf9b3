"""What an agency's reply says, as it was understood: its answers about cases, its reports on actions, and its doubts.

Nothing here knows what was asked, nor of whom. No class shows its contents in `repr`: they are people.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

ReportedOutcome = Literal["done", "could not be done", "not done"]

ReplySource = Literal["research form", "action form", "mail"]
"""`mail`: the words of the mail itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form of ours bears, so that it is known again: for which meeting it is, and for whom."""

    meeting: dt.date
    reader: str
    """The id of the agency, or of its senior contact."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseAnswer:
    """What is said about one case."""

    case: str
    """Its reference as `M26-0004`; empty where the words name none that can be right."""
    nothing_known: bool = False
    factors: str = ""
    assessment: str = ""
    management: str = ""
    why_high_risk: str = ""
    not_shared: str = ""
    words: str = ""
    """The very words."""
    where: str = ""
    """Where they stand: `table 3`, `mail, line 4`."""
    headed: bool = True
    """Whether they stand under the headings of the form; a line of a mail does not tell facts from opinion."""
    doubts: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What is said under each heading, in the order of the form."""
        return self.factors, self.assessment, self.management, self.why_high_risk, self.not_shared


@dataclass(frozen=True, slots=True, repr=False)
class ActionAnswer:
    """What is said about one action."""

    action: int
    outcome: ReportedOutcome | None
    """None where it is not clear what is meant."""
    day: str = ""
    """The day as it is written (`3/12`); empty where none is."""
    note: str = ""
    case: str = ""
    """The case that is named beside it; empty where none is."""
    words: str = ""
    where: str = ""
    named: bool = True
    """Whether it is called an action; a bare number counts only in an answer to a letter of actions."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What one file, or the mail itself, says in reply."""

    source: ReplySource
    marks: tuple[Mark, ...] = ()
    cases: tuple[CaseAnswer, ...] = ()
    actions: tuple[ActionAnswer, ...] = ()
    nothing_on_any: str = ""
    """The words that say so of every case that was asked about, or of all others."""
    all_done: str = ""
    """The words that say so of every action."""
    left_empty: tuple[str, ...] = ()
    """The cases and actions of a form at which nothing was filled in."""
    rest: tuple[str, ...] = ()
    """Words that are neither an answer nor a courtesy; they wait for a person."""
    doubts: tuple[str, ...] = ()
    """What is in doubt about the whole of it."""
