import dataclasses
import datetime as dt

from marac.action import Action
from marac.meetings.outstanding import last_word, outstanding
from tests.invented_cases import LAST_MEETING, MEETING

ACTION = Action(1, "M26-0001", "police", dt.date(2026, 11, 26), "Visit.", LAST_MEETING)


def test_what_is_open_from_an_earlier_meeting_is_carried_over_the_longest_due_first() -> None:
    later = dataclasses.replace(ACTION, number=2, due=dt.date(2026, 12, 10))
    closed = dataclasses.replace(ACTION, number=3, done=LAST_MEETING)
    found = outstanding((later, ACTION, closed), MEETING)
    assert [(each.action.number, each.overdue) for each in found] == [(1, True), (2, False)]


def test_what_the_meeting_itself_agreed_is_not_carried_over_to_it_whenever_it_was_entered() -> None:
    own = dataclasses.replace(ACTION, meeting=MEETING.date, added=LAST_MEETING)
    entered_late = dataclasses.replace(ACTION, meeting=LAST_MEETING, added=MEETING.date)
    assert [each.action for each in outstanding((own, entered_late), MEETING)] == [entered_late]


def test_the_last_word_on_an_action_is_told_with_its_note() -> None:
    assert last_word(ACTION) == "nothing reported"
    told = dataclasses.replace(ACTION, outcome="not done", note="Waits for\nthe landlord.")
    assert last_word(told) == "reported as not done: Waits for the landlord."
    assert last_word(dataclasses.replace(told, note="")) == "reported as not done"
