"""What a case came to at its meeting, as a decision where the register does not say so already."""

from marac.case import LIVE, Case, Decision
from marac.deciding import why_not
from marac.taking_minutes.days import in_words
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import Doubt, Ended


def decision_for(ended: Ended, known: Known) -> Decision | Doubt | None:
    """The decision that makes the register say what a case came to; None where it says so already.

    It is nobody's yet: whoever confirms the minutes makes it.
    """
    case = known.case(ended.case)
    if case is None:
        return None
    where = f"{ended.case}, the case was"
    if ended.ending == "heard":
        return _heard(case, where, known)
    return _deferred(case, ended, where, known) if ended.ending == "deferred" else _not_heard(case, ended, where, known)


def _deferred(case: Case, ended: Ended, where: str, known: Known) -> Decision | Doubt | None:
    ahead = case.meeting is not None and case.meeting > known.meeting.date
    if case.state in {"listed", "deferred"} and (ahead or case.meeting is None):
        return None
    return _made(case, Decision(case.reference, "defer", ended.why or _said(known), ""), where, known)


def _not_heard(case: Case, ended: Ended, where: str, known: Known) -> Decision | Doubt | None:
    if case.state == "not heard":
        return None
    if not ended.why:
        return Doubt(where, "not heard needs a reason: write it beside the boxes. Nothing was decided.")
    if case.state == "heard":
        return Doubt(where, _HEARD_BY_NOW.format(case=case.reference))
    return _made(case, Decision(case.reference, "not-heard", ended.why, ""), where, known)


_HEARD_BY_NOW = (
    "the day of the meeting has passed, and the register has it as heard. Where it goes to a later meeting, tick deferred; "
    "where it is over: marac case decide {case} close. Nothing was decided."
)


def _heard(case: Case, where: str, known: Known) -> Decision | Doubt | None:
    """A decision where nobody had made one, or where the register carried the case to another meeting meanwhile."""
    here = case.meeting == known.meeting.date
    if here and (case.state not in LIVE or (not case.undecided and case.to_be_heard is not False)):
        return None
    if not here and case.state not in LIVE | {"not heard"}:
        when = f" of {in_words(case.meeting)}" if case.meeting else ""
        return Doubt(where, f"the register has it as {case.state}{when}, and not on this meeting. Nothing was decided.")
    return _made(case, Decision(case.reference, "hear", _said(known), ""), where, known)


def _made(case: Case, decision: Decision, where: str, known: Known) -> Decision | Doubt:
    refused = why_not(case, decision.kind, known.meetings, known.today)
    return Doubt(where, f"{refused} Nothing was decided.") if refused else decision


def _said(known: Known) -> str:
    return f"The minutes of the meeting of {in_words(known.meeting.date)} say so."
