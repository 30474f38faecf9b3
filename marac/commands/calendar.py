"""`marac calendar`, `marac meeting call` and `marac meeting cancel`."""

import datetime as dt
from argparse import Namespace
from collections.abc import Iterator, Sequence

from marac.calling import Cancelled, call_meeting, cancel_meeting
from marac.case import MeetingDate
from marac.commands.working import count, day, office_for
from marac.errors import UsageError
from marac.fortnight import CalledMeeting
from marac.meetings.calendar import closed_between, left_out
from marac.meetings.deadlines import END_OF_DAY
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.register.called_meetings import every_called_meeting
from marac.register_workbook import write_workbook
from marac.settings.bank_holidays import closed_days

_AHEAD = dt.timedelta(weeks=26)
_COLUMNS = ("Meeting", "Cut-off", "Agenda out", "Research back", "Actions out", "Updates due")


def show(arguments: Namespace) -> int:
    """Show the meetings ahead with their deadlines; nothing is changed."""
    with office_for(arguments) as office:
        until = arguments.until or office.today + _AHEAD
        if until < office.today:
            raise UsageError(f"--until {until.isoformat()} is over. Name a later day.")
        print("\n".join(_lines(office, until)))
    return 0


def call(arguments: Namespace) -> int:
    """Call a meeting that the calendar does not have."""
    with office_for(arguments, changes=True) as office:
        word = _word(arguments, office, "called")
        meeting = call_meeting(office, word)
        move_cases_on(office)
        print("\n".join(_called(meeting)))
        _warn(write_workbook(office).message)
    return 0


def cancel(arguments: Namespace) -> int:
    """Cancel a meeting, and say what became of its cases and papers."""
    with office_for(arguments, changes=True) as office:
        done = cancel_meeting(office, _word(arguments, office, "cancelled"))
        print("\n".join(_cancelled(arguments.date, done, office)))
        _warn(write_workbook(office).message)
    return 0


def _word(arguments: Namespace, office: Office, kind: str) -> CalledMeeting:
    reason, by = arguments.reason.strip(), arguments.by.strip()
    for name, words in (("--reason", reason), ("--by", by)):
        if not words:
            raise UsageError(f"{name} must not be empty: it is kept with the meeting.")
    if kind == "cancelled":
        return CalledMeeting(arguments.date, "cancelled", by, office.today, reason)
    return CalledMeeting(
        arguments.date, "called", by, office.today, reason, arguments.urgent, arguments.cut_off, arguments.at
    )


def _lines(office: Office, until: dt.date) -> Iterator[str]:
    """The calendar as a plain table, then what is not where the rhythm would have it, then the closed days."""
    ahead = [meeting for meeting in office.meetings if office.today <= meeting.date <= until]
    closed = closed_days(office.settings.closed)
    yield f"{office.settings.marac.name}: {count(len(ahead), 'meeting')} until {day(until)}"
    if not ahead:
        yield "Write a series into config.toml, under [[calendar]], or call a meeting: marac meeting call DATE"
    else:
        yield ""
        yield from _table([_COLUMNS, *map(_row, ahead)])
        if any(meeting.urgent for meeting in ahead):
            yield "* urgent: it hears only what you put on it: marac case decide CASE list --meeting DATE"
    notes = [(meeting.date, f"{day(meeting.date)}: {meeting.why}") for meeting in ahead if meeting.why]
    notes += _words(office, until)
    out = left_out(office.today, until, office.settings.calendar_rules, closed)
    notes += [(each.date, each.why) for each in out]
    if notes:
        yield ""
        yield from (words for _, words in sorted(notes))
    if near := list(closed_between(office.today, until, closed)):
        yield ""
        yield "Closed days:"
        yield from (f"  {day(date)}: {why}" for date, why in near)


def _words(office: Office, until: dt.date) -> Iterator[tuple[dt.date, str]]:
    """What people said about the days ahead, the last word about each, with their reasons: for the coordinator's eyes."""
    with office.store.reading() as connection:
        words = {word.date: word for word in every_called_meeting(connection)}
    for word in words.values():
        if office.today <= word.date <= until:
            yield word.date, f"{day(word.date)}: {word.kind} by {word.by}: {word.reason}"


def _row(meeting: MeetingDate) -> tuple[str, ...]:
    cut_off = (
        "none" if meeting.urgent else _moment(dt.datetime.combine(meeting.cut_off, meeting.cut_off_at or END_OF_DAY))
    )
    at = f" {meeting.at:%H:%M}" if meeting.at else ""
    moments = (meeting.agenda_out, meeting.research_back, meeting.actions_out, meeting.updates_due)
    return (f"{_short(meeting.date)}{at}{' *' if meeting.urgent else ''}", cut_off, *map(_moment, moments))


def _moment(moment: dt.datetime | None) -> str:
    if moment is None:
        return "-"
    return _short(moment.date()) + (f" {moment:%H:%M}" if moment.time() < END_OF_DAY else "")


def _short(date: dt.date) -> str:
    """`Thu 3 Dec 2026`."""
    return f"{date:%a} {date.day} {date:%b %Y}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _called(meeting: MeetingDate) -> Iterator[str]:
    at = f" at {meeting.at:%H:%M}" if meeting.at else ""
    yield f"There is {'an urgent' if meeting.urgent else 'a'} meeting on {day(meeting.date)}{at}."
    if meeting.urgent:
        yield f"It hears only what you put on it: marac case decide CASE list --meeting {meeting.date} --reason … --by …"
    else:
        yield f"Referrals until {day(meeting.cut_off)} are listed for it."
    if "on a closed day" in meeting.why:
        yield f"! It stands {meeting.why.partition('; ')[2] or meeting.why}. Is the room open, and will people come?"
    yield "Nobody was told: the agencies hear of it when you release its papers."


def _cancelled(date: dt.date, done: Cancelled, office: Office) -> Iterator[str]:
    yield f"The meeting of {day(date)} is cancelled."
    for meeting in sorted({case.meeting for case in done.moved if case.meeting}):
        theirs = sorted(case.reference for case in done.moved if case.meeting == meeting)
        yield f"{count(len(theirs), 'case goes', 'cases go')} to the meeting of {day(meeting)}: {', '.join(theirs)}."
    if waiting := sorted(case.reference for case in done.moved if case.meeting is None):
        yield f"! {count(len(waiting), 'case waits', 'cases wait')} for a meeting, because none takes them: {', '.join(waiting)}."
    if done.withdrawn:
        yield f"{count(done.withdrawn, 'document that waited was', 'documents that waited were')} withdrawn."
    if done.gone:
        readers = office.settings.readers
        names = ", ".join(readers[each].name if each in readers else each for each in done.gone)
        yield f"! Papers of this meeting have gone to: {names}. Tell them yourself that it is cancelled."


def _warn(message: str) -> None:
    if message:
        print(f"! {message}")
