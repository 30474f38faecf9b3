"""A filled-in minutes file, held against what the register knows: what it says for sure, and what is doubted."""

from typing import TypeVar

from marac.fortnight import Attendance, CaseMinutes
from marac.parsers.minutes.said import MinutesFile
from marac.taking_minutes.attendance import attendances
from marac.taking_minutes.earlier_actions import outcomes
from marac.taking_minutes.known import Known
from marac.taking_minutes.sections import cases_in
from marac.taking_minutes.understood import AgreedAction, Doubt, EarlierOutcome, Ended, Understood

T = TypeVar("T")


def understood(said: MinutesFile, known: Known) -> Understood:
    """Everything that the file says. Whatever is not sure is a doubt and nothing else."""
    found: list[object] = [Doubt(fault.where, f"{fault.words}.".replace("”.", "”")) for fault in said.faults]
    found += attendances(said, known)
    found += outcomes(said, known)
    found += cases_in(said, known)
    if said.other_business:
        found.append("What stands under any other business stays in the file, which is kept; it goes nowhere else.")
    return Understood(
        attendances=_each(found, Attendance),
        outcomes=_each(found, EarlierOutcome),
        minutes=_each(found, CaseMinutes),
        actions=_each(found, AgreedAction),
        endings=_each(found, Ended),
        doubts=tuple(dict.fromkeys(_each(found, Doubt))),
        asides=_each(found, str),
    )


def _each(found: list[object], kind: type[T]) -> tuple[T, ...]:
    return tuple(each for each in found if isinstance(each, kind))
