"""What a steering group and SafeLives' quarterly data collection ask of a register, counted over periods of time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marac.action import Action
from marac.case import Case, CaseState
from marac.referral import Referral
from marac.register.workbook.periods import Period
from marac.register.workbook.words import age_on, age_when_referred

_HEARD: frozenset[CaseState] = frozenset({"heard", "closed", "transferred"})
"""The states in which a case with a meeting has been heard at it."""

_NO_CASE_OF_ITS_OWN: frozenset[CaseState] = frozenset({"draft", "joined"})
_MOST_GROUPS = 14
_NOT_SAID = "not said"
_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Counted:
    """What falls into one period: referrals by the day they arrived, cases by their meeting, actions by their day due."""

    period: Period
    received: tuple[Case, ...] = field(repr=False)
    heard: tuple[Case, ...] = field(repr=False)
    due: tuple[Action, ...] = field(default=(), repr=False)


Measure = Callable[[Counted], int | None]


def counted(cases: Iterable[Case], actions: Collection[Action], periods: Sequence[Period]) -> tuple[Counted, ...]:
    """The cases and actions of each period. A draft is no referral yet, and a case joined to another is counted there."""
    own = [case for case in cases if case.state not in _NO_CASE_OF_ITS_OWN]
    heard = [case for case in own if was_heard(case)]
    return tuple(
        Counted(
            period,
            tuple(case for case in own if period.holds(case.received)),
            tuple(case for case in heard if period.holds(case.meeting)),
            tuple(action for action in actions if period.holds(action.due)),
        )
        for period in periods
    )


def was_heard(case: Case) -> bool:
    """Whether a meeting heard it, whatever became of it afterwards."""
    return case.meeting is not None and case.state in _HEARD


def is_repeat(case: Case) -> bool:
    """Whether the couple were referred before within the area's months, by the register or by the form."""
    return any(flag.code == "repeat" for flag in case.flags) or case.referral.criteria.repeat is True


def is_from_police(case: Case) -> bool:
    """Whether the police referred it."""
    name = (referring_agency(case) or "").casefold()
    return "police" in name or "constabulary" in name


def referring_agency(case: Case) -> str | None:
    """The agency that referred the case, as the register names it, else as the form does."""
    return case.agency or case.referral.referrer.agency


def figures(periods: Sequence[Counted]) -> Iterator[tuple[str, str, tuple[int | None, ...]]]:
    """Every figure: what it belongs to, what it is, and its number in each period; None where there is nothing to divide."""
    yield from _lines("Referrals received", _RECEIVED, periods)
    yield from _groups("Received, by agency", referring_agency, periods, lambda each: each.received)
    yield from _lines("Cases heard", _CASES_HEARD, periods)
    yield from _lines("Victims of cases heard", _VICTIMS, periods)
    yield from _groups("Victims, by ethnicity", _ethnicity, periods, lambda each: each.heard)
    yield from _lines("What became of referrals", _OUTCOMES, periods)
    yield from _lines("Actions", _ACTIONS, periods)


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


def _lines(
    section: str, measures: Iterable[tuple[str, Measure]], periods: Sequence[Counted]
) -> Iterator[tuple[str, str, tuple[int | None, ...]]]:
    for name, measure in measures:
        yield section, name, tuple(map(measure, periods))


def _groups(
    section: str,
    group: Callable[[Case], str | None],
    periods: Sequence[Counted],
    cases: Callable[[Counted], Iterable[Case]],
) -> Iterator[tuple[str, str, tuple[int | None, ...]]]:
    """One figure for each group, the largest of the first period first; many small ones are one together."""
    names: dict[str, str] = {}
    counts = []
    for period in periods:
        count: Counter[str] = Counter()
        for case in cases(period):
            name = " ".join((group(case) or _NOT_SAID).split())
            count[names.setdefault(name.casefold(), name)] += 1
        counts.append(count)
    total = sum(counts, Counter())
    ranked = sorted(total, key=lambda name: (-counts[0][name], -total[name], name)) if counts else []
    for name in ranked[:_MOST_GROUPS]:
        yield section, name, tuple(count[name] for count in counts)
    if rest := ranked[_MOST_GROUPS:]:
        yield section, _OTHERS, tuple(sum(count[name] for name in rest) for count in counts)


def _of(cases: Iterable[Case], test: Callable[[Referral], object]) -> int:
    return sum(bool(test(case.referral)) for case in cases)


def _others_share(cases: Sequence[Case]) -> int | None:
    return share(len(cases) - sum(map(is_from_police, cases)), len(cases))


def _ethnicity(case: Case) -> str | None:
    return case.referral.victim.ethnicity


def _children(each: Counted) -> int:
    return sum(len(case.referral.children) for case in each.heard)


def _young_victim(case: Case) -> bool:
    return age_when_referred(case) in {16, 17}


def _young_perpetrators(each: Counted) -> int:
    born = ((person.date_of_birth, case.received) for case in each.heard for person in case.referral.perpetrators)
    return sum(age_on(date, on) <= 17 for date, on in born if date)


def _days_to_meeting(each: Counted) -> int | None:
    waited = [(case.meeting - case.received).days for case in each.heard if case.meeting]
    return round(sum(waited) / len(waited)) if waited else None


def _in_state(*states: CaseState) -> Measure:
    return lambda each: sum(case.state in states for case in each.received if not was_heard(case))


def _in_time(each: Counted) -> int:
    return sum(action.done is not None and action.done <= action.due for action in each.due)


_RECEIVED: tuple[tuple[str, Measure], ...] = (
    ("Referrals", lambda each: len(each.received)),
    ("From the police", lambda each: sum(map(is_from_police, each.received))),
    ("From other agencies, %", lambda each: _others_share(each.received)),
)
_CASES_HEARD: tuple[tuple[str, Measure], ...] = (
    ("Cases", lambda each: len(each.heard)),
    ("Repeats", lambda each: sum(map(is_repeat, each.heard))),
    ("Repeats, %", lambda each: share(sum(map(is_repeat, each.heard)), len(each.heard))),
    ("Referred by the police", lambda each: sum(map(is_from_police, each.heard))),
    ("Referred by other agencies, %", lambda each: _others_share(each.heard)),
    ("With children", lambda each: sum(case.with_children for case in each.heard)),
    ("Children in them", _children),
    ("Perpetrators aged 17 or under", _young_perpetrators),
    ("Days from referral to meeting, on average", _days_to_meeting),
)
_VICTIMS: tuple[tuple[str, Measure], ...] = (
    ("Black, Asian or minoritised", lambda each: _of(each.heard, lambda form: form.victim.bme)),
    ("LGBT", lambda each: _of(each.heard, lambda form: form.victim.lgbt)),
    ("Disabled", lambda each: _of(each.heard, lambda form: form.victim.disabled)),
    ("Male", lambda each: _of(each.heard, lambda form: form.victim.gender == "male")),
    ("Aged 16 or 17 when referred", lambda each: sum(map(_young_victim, each.heard))),
)
_OUTCOMES: tuple[tuple[str, Measure], ...] = (
    ("Heard", lambda each: sum(map(was_heard, each.received))),
    ("Still to be heard", _in_state("received", "listed")),
    ("Deferred to a later meeting", _in_state("deferred")),
    ("Not heard", _in_state("not heard")),
    ("Transferred", _in_state("transferred")),
    ("Withdrawn", _in_state("withdrawn")),
    ("Closed without a meeting", _in_state("closed", "heard")),
)
_ACTIONS: tuple[tuple[str, Measure], ...] = (
    ("Due", lambda each: len(each.due)),
    ("Done in time", _in_time),
    ("Done in time, %", lambda each: share(_in_time(each), len(each.due))),
    ("Done late", lambda each: sum(action.done is not None and action.done > action.due for action in each.due)),
    ("Not done", lambda each: sum(action.done is None for action in each.due)),
)
