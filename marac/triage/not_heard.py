"""Every referral of a month that was not heard, with who said so and why: below the threshold is never simply "no"."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marac.case import LIVE, Case, CaseState, Decision, DecisionKind

_SAID_BY: Mapping[CaseState, DecisionKind] = {
    "not heard": "not-heard",
    "transferred": "transfer",
    "withdrawn": "withdraw",
    "closed": "close",
}
"""The states in which a case is not heard here, and the decision that brought it there; a closed one was often heard."""


@dataclass(frozen=True, slots=True, repr=False)
class NotHeard:
    """A referral that was not heard; `reason`, `by` and `on` are None as long as nobody has decided."""

    case: str
    received: dt.date
    reason: str | None
    by: str | None
    on: dt.date | None
    flags: tuple[str, ...]
    """Why the rules asked a person, and what else was known, in words, what cannot wait first."""
    state: CaseState = "not heard"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.on is None and self.state in LIVE


def not_heard(cases: Sequence[Case], month: dt.date) -> tuple[NotHeard, ...]:
    """The referrals that a person set aside in a month, and those that still wait for somebody to decide.

    Args:
        cases: Every case that the register knows.
        month: Any day of the month. A case that was set aside counts in the month of the decision, or where none is
            recorded in the month in which it came; one that waits counts from the month in which it came.
    """
    return tuple(sorted(_found(cases, (month.year, month.month)), key=_order))


def _found(cases: Sequence[Case], month: tuple[int, int]) -> Iterator[NotHeard]:
    for case in cases:
        decision = _last(case)
        day = decision.on if decision and decision.on > dt.date.min else case.received
        came = (case.received.year, case.received.month)
        set_aside = _ended_unheard(case) and (day.year, day.month) == month
        waits = case.state in LIVE and case.undecided and came <= month
        if set_aside or waits:
            yield _shown(case, decision if set_aside else None)


def _ended_unheard(case: Case) -> bool:
    """Whether it is over and was not heard; a case that was closed after its meeting keeps the day of it."""
    return case.state in _SAID_BY and not (case.state == "closed" and case.meeting is not None)


def _last(case: Case) -> Decision | None:
    """The decision that put the case where it is; the latest one counts."""
    kind = _SAID_BY.get(case.state)
    return next((decision for decision in reversed(case.decisions) if decision.kind == kind), None)


def _shown(case: Case, decision: Decision | None) -> NotHeard:
    taken_over = case.decisions[-1] if case.origin == "import" and case.decisions and not _waits(case) else None
    said = decision or taken_over  # the old register told how the case ended, and a person took it over
    return NotHeard(
        case=case.reference,
        received=case.received,
        reason=said.reason if said else None,
        by=said.by if said else None,
        on=decision.on if decision and decision.on > dt.date.min else None,
        flags=tuple(dict.fromkeys(flag.reason for flag in case.flags)),
        state=case.state,
    )


def _waits(case: Case) -> bool:
    return case.state in LIVE


def _order(row: NotHeard) -> tuple[bool, dt.date, str]:
    """What still waits first, then in the order in which the referrals came."""
    return (not row.waits, row.received, row.case)
