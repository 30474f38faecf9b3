"""Which cases a letter of evidence can be written about: those that stand on a MARAC's list, or were heard by it."""

import datetime as dt
from collections.abc import Iterable

from marac.case import CaseState
from marac.fortnight import CaseMinutes
from marac.meetings.hearing import Hearing

_LISTED: frozenset[CaseState] = frozenset({"listed", "deferred"})
_STILL_HEARD: frozenset[CaseState] = frozenset({"heard", "closed", "transferred"})
"""States that keep the meeting that heard the case."""


def heard_on(hearing: Hearing, minutes: Iterable[CaseMinutes], today: dt.date) -> tuple[dt.date, ...]:
    """The days of this MARAC's meetings that discussed an item, the earliest first."""
    references = {case.reference for case in hearing.cases}
    noted = {each.meeting for each in minutes if each.case in references}
    stated = {case.meeting for case in hearing.cases if case.state in _STILL_HEARD and case.meeting is not None}
    return tuple(sorted(day for day in noted | stated if day <= today))


def why_no_letter(hearing: Hearing, heard: Iterable[dt.date]) -> str:
    """Why no letter of evidence can be written about an item, as a sentence; empty where one can."""
    case, says = (
        hearing.case,
        "No letter of evidence was made: the chair can only confirm what this MARAC has taken on.",
    )
    if case.state in {"draft", "not heard", "withdrawn"}:
        return f"{case.reference} is {case.state}. {says}"
    if any(True for _ in heard):
        return ""
    if case.state not in _LISTED:
        return f"{case.reference} is {case.state}, and no meeting has discussed it. {says}"
    if hearing.undecided:
        return (
            f"Nobody has decided yet whether {case.reference} is heard. {says} Decide first: marac case decide "
            f"{case.reference} hear --reason ... --by ..."
        )
    return ""
