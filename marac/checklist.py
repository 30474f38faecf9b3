"""The risk checklists: how many questions each has, and how its ticks are counted.

The wording of the questions belongs to the parsers (`parsers/checklists/checklists.toml`), which match by wording and never by
position: the police list has 27 questions in another order, and older local lists have others again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ChecklistAnswer = Literal["yes", "no", "unknown"]
ChecklistKind = Literal["dash", "dash-police", "merit"]
Grade = Literal["standard", "medium", "high", "bronze", "silver", "gold"]

QUESTIONS: Mapping[str, int] = {"dash": 24, "dash-police": 27}
"""Questions on each list that is a count of ticks. MeRIT is a weighted total, and DARA a grade: neither has a count."""


@dataclass(frozen=True, slots=True, repr=False)
class Checklist:
    """The answers on one checklist: question number, as printed, to the answer."""

    kind: ChecklistKind | None = None
    answers: Mapping[str, ChecklistAnswer] = field(default_factory=dict)
    ticks: int | None = None
    grade: Grade | None = None
    """The officer's grade on a DARA (standard, medium, high), or the band of a MeRIT total (bronze, silver, gold)."""
    judgement: str | None = None
    """The officer's own words for the grade."""
    dara: bool | None = None
    """True where the risk assessment is a DARA, which is a grade and none of the lists."""
    merit_total: bool | None = None
    """True where the form calls its stated score a MeRIT total: it is no count of ticks, whatever list stands beside."""

    @property
    def counts(self) -> bool:
        """Whether this is a list whose ticks are counted."""
        return bool(self.answers) or not (self.dara or self.merit_total or self.grade or self.kind == "merit")


def ticks_in(answers: Mapping[str, ChecklistAnswer]) -> int | None:
    """How many questions are answered yes; None where none is answered, because a missing count is not a zero."""
    return sum(answer == "yes" for answer in answers.values()) if answers else None
