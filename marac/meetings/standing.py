"""How a case moves on: listed for a meeting, heard when the meeting has been, carried over when nobody decided.

And where a person's decision puts it. A state is never guessed: what a person said outranks the calendar.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from marac.case import LIVE, Case, CaseState, Decision, DecisionKind, MeetingDate
from marac.meetings.listing import meeting_for

DECIDED_FROM: Mapping[DecisionKind, frozenset[CaseState]] = {
    "hear": LIVE | {"not heard"},
    "not-heard": LIVE | {"draft", "not heard"},
    "accept": frozenset({"draft"}),
    "defer": LIVE | {"heard"},
    "transfer": LIVE | {"draft", "heard", "not heard"},
    "withdraw": LIVE | {"draft", "not heard"},
    "close": LIVE | {"draft", "heard", "not heard", "transferred", "withdrawn"},
    "reopen": frozenset({"not heard", "transferred", "withdrawn", "closed"}),
    "list": LIVE | {"not heard"},
}
"""From which states a person can say so. A case that is joined to another is decided about by that other."""

_STATES: Mapping[DecisionKind, CaseState] = {
    "not-heard": "not heard",
    "accept": "received",
    "reopen": "received",
    "transfer": "transferred",
    "withdraw": "withdrawn",
    "close": "closed",
}


def moved_on(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    """The case as it stands on this day.

    A case that waits for a decision is never taken for heard: it goes to the next meeting, and keeps its questions.
    One whose meeting was cancelled goes to the next that it is in time for. A self-referral is on no list until a person
    has decided: an agency must complete and present it.
    """
    if case.state not in LIVE | {"not heard", "heard"}:
        return case
    if case.to_be_heard is False:
        return replace(case, state="not heard", meeting=None) if case.state != "heard" else case
    if case.waits_for_an_agency and case.state in {"received", "listed"}:
        return replace(case, state="received", meeting=None)
    if case.state in {"listed", "deferred"} and _past(case, today) and not case.undecided:
        return replace(case, state="heard")
    if case.state in LIVE | {"not heard"} and not _listed_ahead(case, meetings, today):
        return _listed(case, meetings, today)
    return case


def decided(case: Case, decision: Decision, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    """The case as it stands after a person's decision; `DECIDED_FROM` says from which states one can be made."""
    if decision.kind == "defer":
        return _deferred(case, meetings, today)
    if decision.kind == "list":
        return replace(case, state="listed", meeting=decision.meeting)
    if decision.kind == "hear" and case.state == "not heard":
        return replace(case, state="received")
    state = _STATES.get(decision.kind)
    if state is None:
        return case
    was_heard = decision.kind in {"transfer", "close"} and case.state not in LIVE
    later = replace(case, state=state, meeting=case.meeting if was_heard else None)
    return replace(later, transferred_to=None) if decision.kind == "reopen" else later


def called_off(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    """The case after the meeting that it was listed for was cancelled: one that was deferred never goes to an earlier."""
    return _deferred(case, meetings, today) if case.state == "deferred" else moved_on(case, meetings, today)


def can_be_deferred(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> bool:
    """Whether the calendar lets a case off its meeting: without a later one it would only be listed for the same again."""
    to_come = case.meeting is not None and case.meeting >= today
    return not to_come or any(each.date > case.meeting for each in meetings if case.meeting and not each.urgent)


def _deferred(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    """The case carried to the first meeting after the one that it was on; without one in the calendar it waits for one."""
    after = case.meeting or today
    later = [each for each in meetings if each.date > after and each.date >= today and not each.urgent]
    meeting = min(later, key=lambda each: each.date, default=None)
    return replace(case, state="deferred", meeting=meeting.date if meeting else None)


def _past(case: Case, today: dt.date) -> bool:
    return case.meeting is not None and case.meeting < today


def _listed_ahead(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> bool:
    """Whether it is listed for a meeting that is still to come, and still in the calendar."""
    listed = case.state in {"listed", "deferred"}
    return listed and any(date.date == case.meeting and date.date >= today for date in meetings)


def _listed(case: Case, meetings: Sequence[MeetingDate], today: dt.date) -> Case:
    ahead = [date for date in meetings if date.date >= today and not date.urgent]
    if case.state == "deferred":
        meeting = _nearest(case.meeting, ahead)
        return replace(case, meeting=meeting.date if meeting else None)
    meeting = meeting_for(case.received, ahead, case.received_at)
    if meeting is None:
        return replace(case, state="received", meeting=None)
    return replace(case, state="listed", meeting=meeting.date)


def _nearest(before: dt.date | None, ahead: Sequence[MeetingDate]) -> MeetingDate | None:
    """The meeting that takes the place of one that left the calendar, which somebody moved by a day or a week."""
    if before is None:
        return min(ahead, key=lambda each: each.date, default=None)
    return min(ahead, key=lambda each: (abs(each.date - before), -each.date.toordinal()), default=None)
