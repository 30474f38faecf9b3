"""The figures that SafeLives collects after every meeting, per meeting and for longer: counts, and the cases behind each gap.

Source: SafeLives, Marac data (the fields of its quarterly data set), and its guidelines for data collection: counts a
meeting, where what is not recorded is no zero.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from marac.agency import Agency, AgencyKind
from marac.case import Case, CaseState, PersonVerdict
from marac.figures import recorded
from marac.figures.recorded import Answer
from marac.figures.sources import source
from marac.meetings.hearing import Hearing, item
from marac.triage.history import carrier

_HEARD: frozenset[CaseState] = frozenset({"heard", "closed", "transferred"})

QUESTIONS: Mapping[str, Callable[[Hearing], Answer]] = {
    "Repeats": recorded.repeat,
    "Black, Asian or racially minoritised": recorded.minoritised,
    "LGBT+": recorded.lgbt,
    "Disabled": recorded.disabled,
    "Male": recorded.male,
    "Victims aged 16 or 17": recorded.sixteen_or_seventeen,
    "Perpetrators aged 17 or under": recorded.young_perpetrator,
}
"""What is asked of every case, as the return names it."""

SOURCES: Mapping[AgencyKind, str] = {
    "police": "Police",
    "idva": "IDVA service",
    "children": "Children's social care",
    "adults": "Adult social care",
    "health": "Health",
    "mental health": "Mental health",
    "substance misuse": "Substance misuse",
    "housing": "Housing",
    "probation": "Probation",
    "education": "Education",
    "voluntary": "Voluntary sector",
    "fire": "Fire service",
    "youth offending": "Youth offending",
    "other": "Other",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and the cases in which it is not recorded: a number with gaps is a lower bound."""

    number: int
    gaps: tuple[str, ...] = ()
    """References of the cases that nobody has recorded it for, in their order."""


@dataclass(frozen=True, slots=True)
class DataReturn:
    """The return of one meeting, or of all meetings of a time."""

    name: str
    first: dt.date
    last: dt.date
    counts: Mapping[str, Count] = field(repr=False)
    """What is counted to how many, in the order of the return."""

    @property
    def cases(self) -> int:
        """How many cases were heard, repeats included."""
        return self.counts["Cases"].number

    def share(self, what: str) -> float | None:
        """Per cent of the cases; None where there was none."""
        return 100 * self.counts[what].number / self.cases if self.cases else None

    def per_ten_thousand(self, adult_women: int) -> float:
        """Cases for each 10,000 women of 16 and over, repeats included; SafeLives expects 40 in a year."""
        return 10_000 * self.cases / adult_women


def heard_at(cases: Sequence[Case], verdicts: Sequence[PersonVerdict] = ()) -> Mapping[dt.date, tuple[Hearing, ...]]:
    """What each meeting heard, by its day, the earliest first; a case with those joined to it is one."""
    known = {case.reference: case for case in cases}
    joined: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.state == "joined":
            joined[carrier(case, known).reference].append(case)
    found: defaultdict[dt.date, list[Hearing]] = defaultdict(list)
    for case in cases:
        if case.state in _HEARD and case.meeting is not None:
            found[case.meeting].append(item(case, joined[case.reference], verdicts))
    return {day: tuple(found[day]) for day in sorted(found)}


def data_returns(
    cases: Sequence[Case],
    agencies: Sequence[Agency],
    first: dt.date,
    last: dt.date,
    verdicts: Sequence[PersonVerdict] = (),
) -> tuple[DataReturn, ...]:
    """The return of each meeting of these days, the earliest first, and of all of them together as the last.

    Args:
        cases: every case that the register knows.
        agencies: those that sit at the meetings; they say what kind each is of.
        first: the first day.
        last: the last day, itself included.
        verdicts: what people said about whether two people are one.
    """
    heard = {day: hearings for day, hearings in heard_at(cases, verdicts).items() if first <= day <= last}
    each = tuple(
        DataReturn(f"{day.day} {day:%B %Y}", day, day, _counts(hearings, agencies)) for day, hearings in heard.items()
    )
    together = [hearing for hearings in heard.values() for hearing in hearings]
    return (*each, DataReturn("All meetings", first, last, _counts(together, agencies)))


def _counts(hearings: Sequence[Hearing], agencies: Sequence[Agency]) -> Mapping[str, Count]:
    found = {"Cases": Count(len(hearings)), "Children": _children(hearings)}
    found |= {name: _answered(hearings, question) for name, question in QUESTIONS.items()}
    return found | _sources(hearings, agencies)


def _answered(hearings: Sequence[Hearing], question: Callable[[Hearing], Answer]) -> Count:
    answers = [(hearing.case.reference, question(hearing)) for hearing in hearings]
    gaps = tuple(sorted(reference for reference, answer in answers if answer == "not recorded"))
    return Count(sum(answer == "yes" for _, answer in answers), gaps)


def _children(hearings: Sequence[Hearing]) -> Count:
    counted = [(hearing.case.reference, recorded.children(hearing)) for hearing in hearings]
    gaps = tuple(sorted(reference for reference, number in counted if number is None))
    return Count(sum(number or 0 for _, number in counted), gaps)


def _sources(hearings: Sequence[Hearing], agencies: Sequence[Agency]) -> dict[str, Count]:
    """Who referred: everybody but the police, and each kind of agency; a gap stands with the first."""
    kinds = [(hearing.case.reference, source(hearing.case, agencies)) for hearing in hearings]
    gaps = tuple(sorted(reference for reference, kind in kinds if kind is None))
    numbers = Counter(kind for _, kind in kinds if kind is not None)
    found = {"Referred by partner agencies": Count(numbers.total() - numbers["police"], gaps)}
    return found | {f"Referred by: {name}": Count(numbers[kind]) for kind, name in SOURCES.items()}
