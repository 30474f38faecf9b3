"""What the calendar says is due now: which meetings need their documents, and which deadlines come near or were missed."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from marac.case import MeetingDate
from marac.meetings.closed_days import ClosedDays, working_day_after
from marac.meetings.deadlines import END_OF_DAY, in_words
from marac.meetings.listing import due, meeting_before, regular_before

DeadlineKind = Literal["agenda", "research", "letters", "minutes", "updates"]

LOOKED_BACK = dt.timedelta(days=92)
"""How long after a meeting its letters are still made by themselves, and its deadlines told."""

_NEAR_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a meeting's papers are: what is still open behind each of its deadlines."""

    cases: int = 0
    """Listed for it, or heard there."""
    requests: int = 0
    """Agendas and research requests made for agencies, whether they have left or not."""
    requests_open: int = 0
    """Those that have not left, or may not have."""
    requests_newer: tuple[dt.date, ...] = ()
    """Of those, the ones whose readers have an earlier version: the day on which each was made."""
    silent: int = 0
    """Agencies that were asked and have not answered."""
    letters_open: int = 0
    """Letters and notices that have not left."""
    letters_newer: tuple[dt.date, ...] = ()
    """Of those, the ones whose readers have an earlier version: the day on which each was made."""
    actions_open: int = 0
    unminuted: int = 0
    """Cases that it heard, where neither its minutes were read back nor an action was entered for it."""


@dataclass(frozen=True, slots=True)
class DeadlineNotice:
    """A deadline that comes near, or was missed, with what is still open."""

    kind: DeadlineKind
    meeting: dt.date
    at: dt.datetime
    missed: bool
    open: int = 0
    over: bool = False
    """Whether the meeting itself is over, so that nothing can be done about it any more."""
    newer: int = 0
    """Where it is about nothing else: newer versions that were made after it, so that it was not missed by them."""

    @property
    def words(self) -> str:
        """The deadline as a sentence, with what is open."""
        if self.kind == "minutes":
            return _NOT_READ.format(
                meeting=_day(self.meeting), heard=f"{self.open} case{'' if self.open == 1 else 's'}"
            )
        if self.newer:
            said = _WHAT[self.kind].format(meeting=_day(self.meeting))
            return f"{said}: {_NEWER[self.newer > 1].format(number=self.newer)} gone out."
        verbs = ("are", "were") if self.kind == "letters" else ("is", "was")
        said = f"{_WHAT[self.kind].format(meeting=_day(self.meeting))} {verbs[self.missed]} due on {in_words(self.at)}"
        if self.over:
            return f"{said} and did not go out. The meeting is over."
        one, many = _OPEN[self.kind]
        return f"{said}: {f'{self.open} {one if self.open == 1 else many}' if self.open else _NOT_MADE}."

    @property
    def to_do(self) -> str:
        """What can be done now."""
        return _TO_DO[self.kind].format(date=self.meeting.isoformat())


_NOT_MADE = "nothing has been made yet"
_NEWER = (
    "{number} newer version, made after the deadline, has not",
    "{number} newer versions, made after the deadline, have not",
)
_WHAT: Mapping[str, str] = {
    "agenda": "The agenda of {meeting}",
    "research": "The research for {meeting}",
    "letters": "The letters of {meeting}",
    "updates": "The news of the actions of {meeting}",
}
_NOT_READ = (
    "The minutes of {meeting} were not read back, and no action was entered for it: it heard {heard}, and no letter tells "
    "an agency what it undertook."
)
_OPEN: Mapping[str, tuple[str, str]] = {
    "agenda": ("document has not gone out", "documents have not gone out"),
    "research": ("agency has not answered", "agencies have not answered"),
    "letters": ("document has not gone out", "documents have not gone out"),
    "updates": ("action is open", "actions are open"),
}
_RELEASE = "Look at what waits, and let it go: marac release {date} --rehearse"
_TO_DO: Mapping[DeadlineKind, str] = {
    "agenda": _RELEASE,
    "research": "See who has not answered: marac meeting show {date}",
    "letters": _RELEASE,
    "minutes": 'Fill in the minutes, then: marac minutes read "minutes {date}.docx". Or enter each action: marac action add CASE ...',
    "updates": "Ask the agencies what became of their actions; the sheet Actions of the register lists them.",
}


def meetings_to_prepare(
    now: dt.datetime, meetings: Sequence[MeetingDate], untouched: Collection[dt.date] = ()
) -> tuple[MeetingDate, ...]:
    """The meetings whose documents are made or kept up to date now, the earliest first.

    Ahead: those whose cut-off has passed. Past: the latest, and the latest that was not urgent, and those whose agencies still owe news of their actions; and
    after an absence, those that were held meanwhile.

    Args:
        now: this moment, by this computer's clock.
        meetings: the calendar.
        untouched: the days of meetings that heard cases, and for which nothing has been made since.
    """
    today = now.date()
    latest = {meeting_before(today, meetings), regular_before(today, meetings)}
    past = (
        each
        for each in meetings
        if each.date < today
        and (each in latest or _owes_news(each, now) or (each.date in untouched and today - each.date <= LOOKED_BACK))
    )
    return tuple(sorted((*past, *due(now, meetings)), key=lambda each: each.date))


def notices(
    now: dt.datetime, meetings: Sequence[MeetingDate], progress: Mapping[dt.date, Progress], closed: ClosedDays
) -> tuple[DeadlineNotice, ...]:
    """The deadlines that were missed and can still be made good, and those within two working days; the earliest first."""
    near = dt.datetime.combine(working_day_after(now.date(), _NEAR_WORKING_DAYS, closed), END_OF_DAY)
    found = (
        notice
        for meeting in meetings
        for notice in _of_meeting(now, meeting, progress.get(meeting.date, Progress()))
        if notice.at <= near and not notice.over
    )
    return tuple(sorted(found, key=lambda notice: (notice.at, notice.meeting)))


def missed_since(
    since: dt.datetime, now: dt.datetime, meetings: Sequence[MeetingDate], progress: Mapping[dt.date, Progress]
) -> tuple[DeadlineNotice, ...]:
    """The deadlines that ran out between the pass before and now, those of meetings that are over by now included."""
    found = (
        notice
        for meeting in meetings
        for notice in _of_meeting(now, meeting, progress.get(meeting.date, Progress()))
        if notice.missed and notice.at >= since
    )
    return tuple(sorted(found, key=lambda notice: (notice.at, notice.meeting)))


def passed_today(now: dt.datetime, meetings: Sequence[MeetingDate]) -> int:
    """How many deadlines of today are over: it changes at the moments at which something becomes due."""
    return sum(
        1 for meeting in meetings for moment in _moments(meeting) if moment.date() == now.date() and moment < now
    )


def _of_meeting(now: dt.datetime, meeting: MeetingDate, progress: Progress) -> Iterator[DeadlineNotice]:
    """Each deadline of a meeting behind which something is still open, the missed ones among them."""
    over = meeting.date < now.date()
    if now.date() - meeting.date > LOOKED_BACK:
        return
    late_requests = progress.requests_open - _made_since(progress.requests_newer, meeting.agenda_out)
    late_letters = progress.letters_open - _made_since(progress.letters_newer, meeting.actions_out)
    unsent = late_requests or (progress.cases and not progress.requests)
    if meeting.agenda_out and unsent:
        missed = now > meeting.agenda_out
        yield DeadlineNotice("agenda", meeting.date, meeting.agenda_out, missed, late_requests, over)
    yield from _newer_versions(meeting, progress, over=over)
    after = (
        ("letters", meeting.actions_out, late_letters),
        ("updates", meeting.updates_due, progress.actions_open),
    )
    before = () if over else (("research", meeting.research_back, progress.silent),)
    kind: DeadlineKind
    for kind, at, still_open in (*before, *after):
        if at is not None and still_open:
            yield DeadlineNotice(kind, meeting.date, at, now > at, still_open)
    if meeting.actions_out is not None and progress.unminuted and now > meeting.actions_out:
        yield DeadlineNotice("minutes", meeting.date, meeting.actions_out, missed=True, open=progress.unminuted)


def _newer_versions(meeting: MeetingDate, progress: Progress, *, over: bool) -> Iterator[DeadlineNotice]:
    """What was made anew after its deadline and has not gone out: it is to be released, and nothing was missed."""
    if meeting.agenda_out and (newer := _made_since(progress.requests_newer, meeting.agenda_out)):
        yield DeadlineNotice("agenda", meeting.date, meeting.agenda_out, missed=False, over=over, newer=newer)
    if meeting.actions_out and (newer := _made_since(progress.letters_newer, meeting.actions_out)):
        yield DeadlineNotice("letters", meeting.date, meeting.actions_out, missed=False, newer=newer)


def _made_since(days: Sequence[dt.date], at: dt.datetime | None) -> int:
    return sum(day > at.date() for day in days) if at else 0


def _owes_news(meeting: MeetingDate, now: dt.datetime) -> bool:
    return meeting.updates_due is not None and now <= meeting.updates_due


def _moments(meeting: MeetingDate) -> Iterator[dt.datetime]:
    found = (_cut_off(meeting), meeting.agenda_out, meeting.research_back, meeting.actions_out, meeting.updates_due)
    return (moment for moment in found if moment is not None)


def _cut_off(meeting: MeetingDate) -> dt.datetime | None:
    """The moment of the cut-off; an urgent meeting has none."""
    if meeting.urgent:
        return None
    return dt.datetime.combine(meeting.cut_off, meeting.cut_off_at or END_OF_DAY)


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
