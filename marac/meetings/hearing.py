"""What a meeting hears and in which order: cases with children first, so that the children's agencies may then leave.

Source: the order that SafeLives suggests for an agenda, which ends with the cases whose twelve months have passed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marac.case import Case, CaseState, Decision, Flag, MeetingDate, PersonVerdict
from marac.meetings.listing import late
from marac.referral import Referral
from marac.triage.days import months_after
from marac.triage.history import arrival, carrier


@dataclass(frozen=True, slots=True)
class Hearing:
    """One item of a meeting: a case, with the cases that a person joined to it folded in."""

    case: Case
    joined: tuple[Case, ...] = ()
    verdicts: tuple[PersonVerdict, ...] = ()
    """What people said of whether somebody in one of its cases is somebody in another of them."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """The case and those joined to it, as they came."""
        return (self.case, *self.joined)

    @property
    def referrals(self) -> tuple[Referral, ...]:
        """What each agency's form says, the case's own first."""
        return tuple(case.referral for case in self.cases)

    @property
    def with_children(self) -> bool:
        """Whether any of the forms names children."""
        return any(case.with_children for case in self.cases)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of all of them, each once."""
        return tuple(dict.fromkeys(flag for case in self.cases for flag in case.flags))

    @property
    def open_questions(self) -> tuple[Flag, ...]:
        """What still waits for a person: one form that meets the threshold is enough for the couple."""
        met = any(flag.code == "threshold met" for flag in self.flags)
        folded = {case.reference for case in self.cases}
        waiting = dict.fromkeys(flag for case in self.cases for flag in case.open_questions)
        return tuple(
            flag
            for flag in waiting
            if flag.other_case not in folded
            and not (met and flag.code == "below threshold")
            and not (flag.other_case is None and self.case.to_be_heard is not None)
        )

    @property
    def undecided(self) -> bool:
        """Whether a person has yet to say if it is heard: it stands on the list, marked so."""
        return self.case.to_be_heard is None and bool(self.open_questions)


_NOT_HEARD: frozenset[CaseState] = frozenset({"draft", "not heard", "transferred", "withdrawn"})


def order_of_hearing(
    cases: Sequence[Case], meeting: dt.date, verdicts: Sequence[PersonVerdict] = ()
) -> tuple[Hearing, ...]:
    """What the meeting hears: cases with children first, then adults only, each part in the order they came.

    Args:
        cases: Every case that the register knows; those of other meetings and those not to be heard are left out.
        meeting: The day of the meeting.
        verdicts: What people said about two people, in the order in which they said it.
    """
    hearings = (with_joined(case, cases, verdicts) for case in _heard_at(cases, meeting))
    return tuple(sorted(hearings, key=lambda hearing: (not hearing.with_children, arrival(hearing.case))))


def with_joined(case: Case, cases: Sequence[Case], verdicts: Sequence[PersonVerdict] = ()) -> Hearing:
    """The case with those joined to it, directly or by way of another."""
    known = {other.reference: other for other in cases}
    joined = (other for other in cases if _follows(other, known) and carrier(other, known).reference == case.reference)
    return item(case, joined, verdicts)


def item(case: Case, joined: Iterable[Case], verdicts: Sequence[PersonVerdict] = ()) -> Hearing:
    """The case with those joined to it as they came, and what was said of the people of these cases alone."""
    together = {other.reference: other for other in sorted(joined, key=arrival)}
    references = {case.reference, *together}
    within = (each for each in verdicts if together and {each.one.case, each.other.case} <= references)
    return Hearing(case, tuple(together.values()), tuple(within))


def _heard_at(cases: Sequence[Case], meeting: dt.date) -> Iterator[Case]:
    known = {case.reference: case for case in cases}
    for case in cases:
        to_be_heard = case.state not in _NOT_HEARD and case.to_be_heard is not False
        if case.meeting == meeting and to_be_heard and not _follows(case, known):
            yield case


def _follows(case: Case, known: Mapping[str, Case]) -> bool:
    """Whether another case carries on for it; one that is joined to nobody known is heard itself, never lost."""
    return case.state == "joined" and carrier(case, known).state != "joined"


def came_late(hearing: Hearing, meeting: MeetingDate) -> bool:
    """Whether a person put it on the agenda after the cut-off; an urgent meeting hears nothing but such cases."""
    return not meeting.urgent and late(hearing.case, meeting)


def put_on_by(hearing: Hearing, meeting: MeetingDate) -> Decision | None:
    """The decision by which a person put it on this meeting's agenda; None where its day of arrival did."""
    words = (each for case in hearing.cases for each in case.decisions)
    return next((each for each in reversed([*words]) if each.kind == "list" and each.meeting == meeting.date), None)


def twelve_months_passed(
    cases: Sequence[Case], meeting: dt.date, previous: dt.date | None = None, months: int = 12
) -> tuple[Case, ...]:
    """Cases last heard whose twelve months end after the previous meeting and by this one, the earliest heard first.

    A case whose people came back, and were heard again or are listed to be, is not among them: its flag stays. Where there was no previous meeting, every case
    whose time has ended is named.
    """
    back_again = {
        flag.other_case
        for case in cases
        if case.state in {"heard", "listed", "deferred"}
        for flag in case.flags
        if flag.code == "repeat"
    }
    ended = [
        (case.meeting, case)
        for case in cases
        if case.state == "heard" and case.meeting is not None and case.reference not in back_again
    ]
    passed = [
        (heard, case)
        for heard, case in ended
        if months_after(heard, months) <= meeting and (previous is None or months_after(heard, months) > previous)
    ]
    return tuple(case for _, case in sorted(passed, key=lambda each: (each[0], arrival(each[1]))))
