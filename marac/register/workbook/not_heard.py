"""The sheet of referrals that were not heard, by month: below the threshold is never "no", so a person answers for each."""

import datetime as dt
from collections.abc import Iterable

from marac.case import Case, CaseState, Decision, DecisionKind
from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.sheet import Column, Sheet, Value

_ENDED: frozenset[CaseState] = frozenset({"not heard", "transferred", "withdrawn", "closed"})
_VERDICTS: frozenset[DecisionKind] = frozenset({"not-heard", "transfer", "withdraw", "close"})
_COLUMNS = (
    Column("Month", 10, "code"),
    Column("Case", 12, "code"),
    Column("Victim", 22),
    Column("Referring agency", 24),
    Column("Received", 12, "date"),
    Column("What became of it", 16),
    Column("On", 12, "date"),
    Column("Reason", 60),
    Column("Decided by", 22),
)


def not_heard_sheet(cases: Iterable[RegisteredCase]) -> Sheet:
    """Every referral that was not heard, the newest month first, with the reason and who said so."""
    ended = [each.case for each in cases if each.case.state in _ENDED and each.case.meeting is None]
    ended.sort(key=lambda case: (_day(case), case.reference), reverse=True)
    words = ("Referrals that were not heard", "By the month in which it was decided, with the reason and who said so.")
    return Sheet("Not heard", _COLUMNS, [_row(case) for case in ended], words=words)


def _row(case: Case) -> tuple[Value, ...]:
    verdict = _verdict(case)
    said = verdict or (
        case.decisions[-1] if case.origin == "import" and case.decisions else None
    )  # as it was taken over
    state = f"transferred to {case.transferred_to}" if case.transferred_to else case.state
    return (
        f"{_day(case):%Y-%m}",
        case.reference,
        case.referral.victim.name,
        case.agency or case.referral.referrer.agency,
        case.received,
        state,
        verdict.on if verdict else None,
        said.reason if said else None,
        said.by if said else None,
    )


def _verdict(case: Case) -> Decision | None:
    return next((each for each in reversed(case.decisions) if each.kind in _VERDICTS), None)


def _day(case: Case) -> dt.date:
    verdict = _verdict(case)
    return verdict.on if verdict else case.received
