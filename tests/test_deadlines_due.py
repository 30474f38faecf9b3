"""What is due now: which referral is for which meeting by the hour, which papers are made, and which deadlines are told."""

import dataclasses
import datetime as dt

from marac.case import Case, Decision, MeetingDate
from marac.deciding import why_not
from marac.meetings.closed_days import ListedClosedDays
from marac.meetings.due import Progress, meetings_to_prepare, missed_since, notices, passed_today
from marac.meetings.listing import due, late, meeting_for
from marac.meetings.standing import called_off, decided, moved_on
from tests.made_up_couples import couple

FIVE = dt.time(17)
FIRST = MeetingDate(
    dt.date(2026, 12, 3),
    dt.date(2026, 11, 23),
    FIVE,
    agenda_out=dt.datetime(2026, 11, 26, 17),
    research_back=dt.datetime(2026, 12, 2, 23, 59),
    actions_out=dt.datetime(2026, 12, 7, 23, 59),
    updates_due=dt.datetime(2026, 12, 15, 23, 59),
)
SECOND = MeetingDate(dt.date(2026, 12, 17), dt.date(2026, 12, 7), FIVE, agenda_out=dt.datetime(2026, 12, 10, 17))
URGENT = MeetingDate(dt.date(2026, 11, 25), dt.date(2026, 11, 25), urgent=True)
MEETINGS = (URGENT, FIRST, SECOND)
CLOSED = ListedClosedDays()


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute)


def case(received: dt.datetime, **changes: object) -> Case:
    found = couple("M26-0001", received.date(), state="listed")
    return dataclasses.replace(found, received_at=received.time(), **changes)  # type: ignore[arg-type]


def test_the_hour_of_the_cut_off_decides_and_an_unknown_hour_is_in_time() -> None:
    assert meeting_for(FIRST.cut_off, MEETINGS, dt.time(17, 0)) == FIRST
    assert meeting_for(FIRST.cut_off, MEETINGS, dt.time(17, 0, 1)) == SECOND
    assert meeting_for(FIRST.cut_off, MEETINGS) == FIRST
    assert meeting_for(FIRST.cut_off + dt.timedelta(1), MEETINGS, dt.time(8)) == SECOND


def test_an_urgent_meeting_takes_nothing_by_itself() -> None:
    early = case(at(20, month=10), state="received")
    assert moved_on(early, MEETINGS, at(20).date()).meeting == FIRST.date
    deferred = decided(
        case(at(20), meeting=dt.date(2026, 11, 20)), Decision("M26-0001", "defer", "r", "b"), MEETINGS, at(20).date()
    )
    assert deferred.meeting == FIRST.date
    assert moved_on(dataclasses.replace(early, state="received"), (URGENT,), at(20).date()).meeting is None


def test_what_a_person_puts_on_a_meeting_stays_there_and_is_shown_as_late() -> None:
    after = case(at(24), meeting=SECOND.date)
    for meeting in (FIRST, URGENT):
        put = decided(after, Decision("M26-0001", "list", "r", "b", meeting=meeting.date), MEETINGS, at(24).date())
        assert moved_on(put, MEETINGS, at(25).date()) == put
        assert put.meeting == meeting.date
    assert late(dataclasses.replace(after, meeting=FIRST.date), FIRST)
    assert not late(dataclasses.replace(after, meeting=URGENT.date), URGENT)
    assert not late(after, SECOND)


def test_a_case_is_listed_for_no_day_without_a_meeting_and_for_none_that_is_over() -> None:
    there, today = case(at(24), meeting=SECOND.date), at(24).date()
    assert not why_not(there, "list", MEETINGS, today, FIRST.date)
    assert "There is no meeting on 2026-12-04" in why_not(there, "list", MEETINGS, today, dt.date(2026, 12, 4))
    assert "is over" in why_not(there, "list", MEETINGS, dt.date(2026, 12, 4), FIRST.date)
    assert "--meeting DATE" in why_not(there, "list", MEETINGS, today)


def test_a_case_of_a_cancelled_meeting_goes_to_the_next_that_it_is_in_time_for() -> None:
    listed, left = case(at(20), meeting=FIRST.date), (URGENT, SECOND)
    assert called_off(listed, left, at(24).date()).meeting == SECOND.date
    deferred = case(at(20), meeting=FIRST.date)
    earlier = MeetingDate(dt.date(2026, 12, 2), dt.date(2026, 11, 23))
    carried = called_off(dataclasses.replace(deferred, state="deferred"), (earlier, SECOND), at(24).date())
    assert (carried.state, carried.meeting) == ("deferred", SECOND.date)


def test_papers_are_due_at_once_after_the_hour_of_the_cut_off() -> None:
    assert due(at(23, 17), MEETINGS) == (URGENT,)
    assert due(at(23, 17, 1), MEETINGS) == (URGENT, FIRST)
    assert due(at(3, month=12), MEETINGS) == (FIRST,)
    assert passed_today(at(23, 16), MEETINGS) == 0
    assert passed_today(at(23, 18), MEETINGS) == 1


def test_a_meetings_papers_are_kept_up_to_date_until_its_news_are_due() -> None:
    later = MeetingDate(dt.date(2026, 12, 10), dt.date(2026, 12, 1))
    dates = (FIRST, later, SECOND)
    assert meetings_to_prepare(at(11, month=12), dates) == (FIRST, later, SECOND)
    assert meetings_to_prepare(at(16, month=12), dates) == (later, SECOND)


def test_after_an_absence_the_meetings_that_passed_are_made_up_for() -> None:
    today = dt.datetime(2027, 1, 4, 9)
    assert meetings_to_prepare(today, MEETINGS) == (SECOND,)
    assert meetings_to_prepare(today, MEETINGS, {FIRST.date}) == (FIRST, SECOND)
    assert meetings_to_prepare(today + dt.timedelta(days=100), MEETINGS, {FIRST.date}) == (SECOND,)


def test_a_deadline_is_told_two_working_days_before_and_until_what_is_open_was_done() -> None:
    waiting = {FIRST.date: Progress(cases=3, requests=4, requests_open=2)}
    assert notices(at(23), MEETINGS, waiting, CLOSED) == ()
    (near,) = notices(at(24), MEETINGS, waiting, CLOSED)
    assert near.words == (
        "The agenda of 3 December 2026 is due on 26 November 2026 17:00: 2 documents have not gone out."
    )
    (missed,) = notices(at(26, 17, 1), MEETINGS, waiting, CLOSED)
    assert missed.words == (
        "The agenda of 3 December 2026 was due on 26 November 2026 17:00: 2 documents have not gone out."
    )
    assert notices(at(26, 18), MEETINGS, {FIRST.date: Progress(cases=3, requests=4)}, CLOSED) == ()
    (unmade,) = notices(at(26, 18), MEETINGS, {FIRST.date: Progress(cases=3)}, CLOSED)
    assert unmade.words.endswith("nothing has been made yet.")
    assert notices(at(26, 18), MEETINGS, {}, CLOSED) == ()


def test_a_newer_version_made_after_the_deadline_waits_and_was_not_missed() -> None:
    new, old = dt.date(2026, 12, 8), dt.date(2026, 12, 7)
    progress = {FIRST.date: Progress(cases=1, requests=1, letters_open=1, letters_newer=(new,))}
    (waits,) = notices(at(9, month=12), MEETINGS, progress, CLOSED)
    assert waits.words == (
        "The letters of 3 December 2026: 1 newer version, made after the deadline, has not gone out."
    )
    assert "marac release 2026-12-03 --rehearse" in waits.to_do
    assert missed_since(at(3, month=12), at(9, month=12), MEETINGS, progress) == ()
    both = {FIRST.date: Progress(cases=1, requests=1, letters_open=4, letters_newer=(new, new, old))}
    assert [each.words for each in notices(at(9, month=12), MEETINGS, both, CLOSED)] == [
        "The letters of 3 December 2026: 2 newer versions, made after the deadline, have not gone out.",
        "The letters of 3 December 2026 were due on 7 December 2026: 2 documents have not gone out.",
    ]


def test_each_deadline_speaks_of_what_is_open_behind_it() -> None:
    open_ones = {FIRST.date: Progress(cases=1, requests=1, silent=1, letters_open=2, actions_open=1)}
    told = [each.words for each in notices(at(16, month=12), MEETINGS, open_ones, CLOSED)]
    assert told == [
        "The letters of 3 December 2026 were due on 7 December 2026: 2 documents have not gone out.",
        "The news of the actions of 3 December 2026 was due on 15 December 2026: 1 action is open.",
    ]
    (research,) = notices(at(2, month=12), MEETINGS, {FIRST.date: Progress(1, 1, 0, silent=1)}, CLOSED)
    assert research.words == "The research for 3 December 2026 is due on 2 December 2026: 1 agency has not answered."


def test_after_an_absence_it_is_said_what_was_missed_even_of_a_meeting_that_is_over() -> None:
    now = at(10, 9, month=12)
    held = {FIRST.date: Progress(cases=2, requests=2, requests_open=2)}
    (missed,) = missed_since(at(19), now, MEETINGS, held)
    assert missed.words == (
        "The agenda of 3 December 2026 was due on 26 November 2026 17:00 and did not go out. The meeting is over."
    )
    assert missed_since(at(27), now, MEETINGS, held) == ()
    assert notices(now, MEETINGS, held, CLOSED) == ()


def test_minutes_that_were_not_read_back_are_told_of_once_the_letters_were_due() -> None:
    heard = {FIRST.date: Progress(cases=2, requests=2, unminuted=2)}
    assert notices(at(7, 12, month=12), MEETINGS, heard, CLOSED) == ()
    (told,) = notices(at(8, month=12), MEETINGS, heard, CLOSED)
    assert told.words == (
        "The minutes of 3 December 2026 were not read back, and no action was entered for it: it heard 2 cases, and no "
        "letter tells an agency what it undertook."
    )
    assert 'marac minutes read "minutes 2026-12-03.docx"' in told.to_do
    assert notices(at(8, month=12), MEETINGS, {FIRST.date: Progress(cases=2, requests=2)}, CLOSED) == ()
