"""What the sheet of cases says about a case in words of its own, rather than the form's."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from marac.case import Case, Decision, DecisionKind, Flag, FlagCode
from marac.referral import Child

DECISION_WORDS: Mapping[DecisionKind, str] = {
    "hear": "to be heard",
    "not-heard": "not heard",
    "same-as": "same as",
    "not-same-as": "not the same as",
    "accept": "accepted",
    "defer": "deferred",
    "transfer": "transferred",
    "withdraw": "withdrawn",
    "close": "closed",
    "reopen": "reopened",
    "list": "put on an agenda",
}
"""What was decided, as the workbook shows it, and as it can be typed there."""


def why(flag: Flag) -> str:
    """The flag and its reason; where the evidence for it stands is in the cell's note."""
    return f"{flag.code}: {flag.reason}"


def decision_in_words(case: Case) -> str | None:
    """What was decided last, in words."""
    return _in_words(case.decisions[-1]) if case.decisions else None


def earlier_decisions(case: Case) -> str | None:
    """All decisions before the latest one, newest first, a line each: the day, what was decided, by whom and why."""
    earlier = reversed(case.decisions[:-1])
    return lines(f"{each.on:%d/%m/%Y} {_in_words(each)}, {each.by}: {each.reason}" for each in earlier)


def _in_words(decision: Decision) -> str:
    return " ".join(filter(None, (DECISION_WORDS[decision.kind], decision.other_case)))


def age_when_referred(case: Case) -> int | None:
    """The victim's age on the day the referral arrived, or as the form states it."""
    born, on = case.referral.victim.date_of_birth, case.received
    if born is None:
        return case.referral.victim.age
    return age_on(born, on)


def age_on(born: dt.date, on: dt.date) -> int:
    """Years from a birth to a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def child_in_words(child: Child) -> str:
    """The child's name, date of birth and school, as far as they are known."""
    born = f"born {child.date_of_birth:%d/%m/%Y}" if child.date_of_birth else None
    return ", ".join(filter(None, (child.name or "not named", born, child.school)))


def other_cases(case: Case) -> list[str]:
    """The references of all cases that this one has to do with, each once."""
    named = [case.joined_to, *(flag.other_case for flag in case.flags), *(each.other_case for each in case.decisions)]
    return list(dict.fromkeys(other for other in named if other))


def words_for_flags(case: Case, words: Mapping[FlagCode, str]) -> str | None:
    """The words for those flags that the case has, each once; None where it has none of them."""
    return "; ".join(dict.fromkeys(words[flag.code] for flag in case.flags if flag.code in words)) or None


def lines(values: Iterable[Any]) -> str | None:
    """One line for each value; None where there is none at all."""
    shown = [f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value or "") for value in values]
    return "\n".join(shown) if any(shown) else None
