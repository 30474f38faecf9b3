"""Risk assessments that are graded and not counted: what the grade of a DARA or the band of a MeRIT total says.

Sources: DARA is the College of Policing's (2022) and has no count of ticks; a MeRIT total from 72 is gold, which is high
risk (St Helens and Knowsley). What is not graded high enough is never "below": a person decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from marac.referral import Reading
from marac.triage.rules import ThresholdRules
from marac.triage.wording import doubtful, places

_DARA = {"standard": 1, "medium": 2, "high": 3}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number on the form held against the area's threshold for it."""

    words: str
    """`16 ticks counted on the checklist (threshold 14)`."""
    reaches: bool
    evidence: str
    lacks_incident: bool = False
    """Whether the number is high enough, and only the recent incident is missing that this area asks for."""


def grades_reached(reading: Reading, rules: ThresholdRules) -> Iterator[Measure]:
    """The officer's grade on a DARA, or the band of a MeRIT assessment whose total is not given, where it is enough."""
    checklist = reading.referral.checklist
    grade, evidence = checklist.grade, places(reading, "checklist.grade", "checklist.judgement")
    unsure = ", hard to read on the form" if doubtful(reading, "checklist.grade") else ""
    if grade in _DARA and rules.dara and _DARA[grade] >= _DARA[rules.dara]:
        yield Measure(f"graded {grade} risk by DARA{unsure}", reaches=True, evidence=evidence)
    if grade == "gold" and rules.merit is not None and reading.referral.criteria.score is None:
        yield Measure(f"graded gold by MeRIT{unsure}", reaches=True, evidence=evidence)


def why_no_grade_decides(reading: Reading, rules: ThresholdRules) -> str:
    """Why the grade of a DARA, or a MeRIT total, decides nothing; empty where the form has neither."""
    checklist = reading.referral.checklist
    if checklist.counts:
        return ""
    name = "DARA" if checklist.dara else "MeRIT"
    graded = f"is graded {checklist.grade}" if checklist.grade else "shows no grade"
    why = "DARA has no ticks to count" if checklist.dara else "its total is no count of ticks"
    from_here = "" if rules.dara == "high" else " or higher"
    own = f" Here {rules.dara}{from_here} meets the threshold." if checklist.dara and rules.dara else ""
    return f"The risk assessment is a {name}. It {graded}; {why}.{own} A person decides whether the case is heard."
