"""The meetings between two days: series, listed days and people's words, with their deadlines, off the closed days.

On one day there is one meeting: two that fall on it are held together, and the meeting says so.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from marac.case import MeetingDate
from marac.fortnight import CalledMeeting
from marac.meetings.closed_days import ClosedDays, working_day_after, working_day_before
from marac.meetings.deadlines import DeadlineRule, DeadlineRules
from marac.meetings.series import Series

Move = Literal["next working day", "working day before", "leave out"]

_REACH = dt.timedelta(days=92)
"""How far off its day a meeting can be moved: longer than any council is closed."""


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting whose day somebody wrote down."""

    date: dt.date
    cut_off: dt.date | None = None
    """None for the area's own deadline."""
    at: dt.time | None = None
    venue: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """What an area's calendar is made from."""

    series: tuple[Series, ...] = ()
    listed: tuple[ListedMeeting, ...] = ()
    deadlines: DeadlineRules | None = None
    """None where the area sets none: then a meeting has its cut-off alone."""
    move: Move = "next working day"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day of a series on which there is no meeting, and why in words."""

    date: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A day of a series, and why it cannot be held there; empty where it can."""

    series: Series
    nominal: dt.date
    closed: str


def meetings_between(
    first: dt.date, last: dt.date, rules: CalendarRules, closed: ClosedDays, called: Sequence[CalledMeeting] = ()
) -> tuple[MeetingDate, ...]:
    """The meetings between two days, both included, the earliest first: the same for every such window.

    Args:
        first: the first day.
        last: the last day.
        rules: the area's calendar.
        closed: on which days the council is closed.
        called: what people said about single days, in the order in which they said it; the last word about a day counts.
    """
    found = {day: _of_series(day, places, rules, closed) for day, places in _places(first, last, rules, closed).items()}
    for listed in rules.listed:
        if first <= listed.date <= last:
            found[listed.date] = _listed(listed, found.get(listed.date), rules, closed)
    for word in {each.date: each for each in called}.values():
        if first <= word.date <= last:
            if word.kind == "cancelled":
                found.pop(word.date, None)
            else:
                found[word.date] = _called(word, found.get(word.date), rules, closed)
    return tuple(found[day] for day in sorted(found))


def left_out(first: dt.date, last: dt.date, rules: CalendarRules, closed: ClosedDays) -> tuple[LeftOut, ...]:
    """The days of the series between two on which there is no meeting, because the council is closed and none is moved."""
    if rules.move != "leave out":
        return ()
    days = sorted({day for series in rules.series for day in series.days(first, last)})
    return tuple(LeftOut(day, f"no meeting on {_day(day)}: {why}") for day in days if (why := closed.why_closed(day)))


def _places(
    first: dt.date, last: dt.date, rules: CalendarRules, closed: ClosedDays
) -> Mapping[dt.date, Sequence[_Place]]:
    """Each day between two on which meetings of the series are held, with those that fall on it or were moved to it."""
    found: defaultdict[dt.date, list[_Place]] = defaultdict(list)
    for series in rules.series:
        for nominal in series.days(first - _REACH, last + _REACH):
            why = closed.why_closed(nominal)
            held = _moved(nominal, rules.move, closed) if why else nominal
            if held is not None and first <= held <= last:
                found[held].append(_Place(series, nominal, why))
    return found


def _moved(nominal: dt.date, move: Move, closed: ClosedDays) -> dt.date | None:
    if move == "leave out":
        return None
    step = working_day_after if move == "next working day" else working_day_before
    return step(nominal, 1, closed)


def _of_series(day: dt.date, places: Sequence[_Place], rules: CalendarRules, closed: ClosedDays) -> MeetingDate:
    """The one meeting of a day: of those that fall on it, else of the first that was moved to it."""
    ordered = sorted(places, key=lambda place: (bool(place.closed), place.nominal))
    main, *others = ordered
    reasons = [f"moved from {_day(main.nominal)}: {main.closed}"] if main.closed else []
    reasons += [_held_with(other, main) for other in others if other.closed or _differs(other, main)]
    meeting = _with_deadlines(MeetingDate(day, day, at=main.series.at, venue=main.series.venue), rules, closed)
    return replace(meeting, moved_from=main.nominal if main.closed else None, why="; ".join(dict.fromkeys(reasons)))


def _held_with(other: _Place, main: _Place) -> str:
    if other.closed:
        return f"held together with the meeting of {_day(other.nominal)}: {other.closed}"
    at = f" at {other.series.at:%H:%M}" if other.series.at and other.series.at != main.series.at else ""
    place = f", {other.series.venue}" if other.series.venue and other.series.venue != main.series.venue else ""
    return f"held together with another series of the calendar{at}{place}"


def _differs(one: _Place, other: _Place) -> bool:
    return (one.series.at, one.series.venue) != (other.series.at, other.series.venue)


def _listed(listed: ListedMeeting, there: MeetingDate | None, rules: CalendarRules, closed: ClosedDays) -> MeetingDate:
    """A meeting that somebody wrote down: it stays on its day, and takes in one of a series that was moved there."""
    urgent = listed.urgent and there is None
    meeting = MeetingDate(listed.date, listed.cut_off or listed.date, at=listed.at, venue=listed.venue, urgent=urgent)
    meeting = _with_deadlines(meeting, rules, closed, keep_cut_off=listed.cut_off is not None)
    return replace(meeting, why="; ".join(filter(None, (_on_closed(listed.date, closed), _taken_in(there)))))


def _called(word: CalledMeeting, there: MeetingDate | None, rules: CalendarRules, closed: ClosedDays) -> MeetingDate:
    """A meeting that a person called. On a day that has one already, it is that one: what is listed for it is heard.

    The reason stays with the person's word: it may name somebody, and why a meeting is held is printed for everybody.
    """
    if there is not None and not there.urgent:
        cut_off = {"cut_off": word.cut_off, "cut_off_at": None} if word.cut_off else {}
        return replace(there, at=word.at or there.at, **cut_off)  # type: ignore[arg-type]
    meeting = MeetingDate(word.date, word.cut_off or word.date, at=word.at, urgent=word.urgent)
    meeting = _with_deadlines(meeting, rules, closed, keep_cut_off=word.cut_off is not None)
    if not word.urgent and word.cut_off is None and meeting.cut_off < word.on:
        meeting = replace(meeting, cut_off=min(word.on, word.date), cut_off_at=None)
    why = "; ".join(filter(None, (f"called on {_day(word.on)}", _on_closed(word.date, closed))))
    return replace(_without_what_was_over(meeting, word.on), why=why)


def _without_what_was_over(meeting: MeetingDate, on: dt.date) -> MeetingDate:
    """A deadline that was over when the meeting was called binds nobody."""
    agenda, research = meeting.agenda_out, meeting.research_back
    return replace(
        meeting,
        agenda_out=agenda if agenda and agenda.date() >= on else None,
        research_back=research if research and research.date() >= on else None,
    )


def _with_deadlines(
    meeting: MeetingDate, rules: CalendarRules, closed: ClosedDays, *, keep_cut_off: bool = False
) -> MeetingDate:
    """The meeting with its deadlines. An urgent one has none before it: it hears what a person puts on it, at any time."""
    if rules.deadlines is None:
        return meeting
    set_by, day = rules.deadlines, meeting.date

    def before(rule: DeadlineRule) -> dt.datetime:
        return rule.on(rule.before(day, closed))

    def after(rule: DeadlineRule) -> dt.datetime:
        return rule.on(rule.after(day, closed))

    meeting = replace(meeting, actions_out=after(set_by.actions_out), updates_due=after(set_by.updates_due))
    if meeting.urgent:
        return meeting
    if not keep_cut_off:
        cut_off = set_by.cut_off.before(day, closed)
        meeting = replace(meeting, cut_off=cut_off, cut_off_at=set_by.cut_off.at)
    return replace(meeting, agenda_out=before(set_by.agenda_out), research_back=before(set_by.research_back))


def _on_closed(day: dt.date, closed: ClosedDays) -> str:
    why = closed.why_closed(day)
    return f"on a closed day: {why}" if why else ""


def _taken_in(there: MeetingDate | None) -> str:
    """What a listed meeting says of one of a series that was moved to its day."""
    if there is None or there.moved_from is None:
        return there.why if there is not None and there.why.startswith("held together") else ""
    return f"held together with the one {there.why}"


def closed_between(first: dt.date, last: dt.date, closed: ClosedDays) -> Iterator[tuple[dt.date, str]]:
    """The closed days between two, both included, each with why."""
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return ((day, why) for day in days if (why := closed.why_closed(day)))


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
