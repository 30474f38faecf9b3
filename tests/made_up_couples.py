"""Made-up cases of couples, as triage and the meetings see them: complete and high risk unless a test says otherwise."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from marac.case import Case, CaseState, Decision, DecisionKind
from marac.checklist import Checklist, ChecklistAnswer, ChecklistKind, ticks_in
from marac.referral import (
    Consent,
    Criteria,
    Evidence,
    Perpetrator,
    Problem,
    Reading,
    Referral,
    Referrer,
    Victim,
)
from marac.triage.history import Before, earlier_cases
from marac.triage.rules import MatchingRules

VICTIM = Victim(
    name="Shabnam Hussain",
    date_of_birth=dt.date(1985, 11, 23),
    address="201c Farm Hill Road, Northbridge",
    postcode="ZZ99 6TB",
    phone="07700900096",
    safe_to_call=True,
)
PERPETRATOR = Perpetrator(
    name="Zeeshan Iqbal", date_of_birth=dt.date(1980, 7, 12), postcode="ZZ99 5DE", relationship="ex-husband"
)
OTHER_VICTIM = Victim(
    name="Katarzyna Nowak", date_of_birth=dt.date(1992, 2, 29), postcode="ZZ98 1AA", safe_to_call=True
)
OTHER_PERPETRATOR = Perpetrator(name="Darren Whitlock", date_of_birth=dt.date(1979, 3, 30), postcode="ZZ98 1AA")


def checklist(ticks: int, *, noes: int | None = None, kind: ChecklistKind | None = "dash") -> Checklist:
    """A checklist with that many yes answers, the rest of the 24 answered no unless `noes` says how many."""
    total = ticks + (max(24 - ticks, 0) if noes is None else noes)
    answers: Mapping[str, ChecklistAnswer] = {
        str(number): "yes" if number <= ticks else "no" for number in range(1, total + 1)
    }
    return Checklist(kind, answers, ticks_in(answers))


def couple(
    reference: str = "M26-0010",
    received: dt.date = dt.date(2026, 9, 1),
    *,
    state: CaseState = "received",
    meeting: dt.date | None = None,
    victim: Victim = VICTIM,
    perpetrators: Sequence[Perpetrator] = (PERPETRATOR,),
    evidence: Mapping[str, Evidence] | None = None,
    problems: Sequence[Problem] = (),
    decisions: Sequence[Decision] = (),
    joined_to: str | None = None,
    agency: str | None = "Northbridge Homes",
    **form: Any,
) -> Case:
    """A case of `VICTIM` and `PERPETRATOR`; `form` changes what else the referral form says."""
    complete = Referral(
        referrer=Referrer(name="Sally-Anne Holroyd", role="Tenancy officer", agency="Northbridge Homes"),
        victim=victim,
        perpetrators=tuple(perpetrators),
        criteria=Criteria(),
        checklist=checklist(16),
        consent=Consent(aware=True, given=True),
        reason="He has been waiting outside her work.",
    )
    return Case(
        reference=reference,
        state=state,
        received=received,
        reading=Reading("referral", dataclasses.replace(complete, **form), evidence or {}, tuple(problems)),
        agency=agency,
        meeting=meeting,
        decisions=tuple(decisions),
        joined_to=joined_to,
    )


def decision(case: str, kind: DecisionKind, other: str | None = None, on: dt.date = dt.date(2026, 9, 2)) -> Decision:
    """A decision of an invented coordinator."""
    return Decision(case, kind, "I rang the referrer.", "Priya Raman", on, other)


def same_couple_before(case: Case, others: Sequence[Case]) -> tuple[Before, ...]:
    """Earlier cases of the same couple, and of what may be the same couple, the latest first."""
    found = earlier_cases(case, others, MatchingRules())
    return tuple(before for before in found if before.degree("same couple"))
