"""What agencies undertook for a case, and what became of it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

ActionOutcome = Literal["done", "could not be done", "not done"]
"""`could not be done`: circumstances changed, and it is closed. `not done`: the agency did not do it; it stays open.

Source: SafeLives, minutes checklist, which asks for the two apart.
"""


@dataclass(frozen=True, slots=True)
class Action:
    """What an agency undertook for a case."""

    number: int
    case: str
    agency: str
    due: dt.date
    text: str = field(repr=False)
    added: dt.date = field(default=dt.date.min)
    done: dt.date | None = None
    """The day on which it was done, or on which it was closed as one that could not be."""
    outcome: ActionOutcome | None = None
    """What was last reported; None where nothing was."""
    note: str = field(default="", repr=False)
    """What was reported with it, such as why it could not be done."""
    owner: str = field(default="", repr=False)
    """Who at the agency carries it out."""
    risk: str = field(default="", repr=False)
    """The risk that it answers to."""
    meeting: dt.date | None = None
    """The meeting that agreed it, where that is known."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None
