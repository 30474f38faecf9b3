"""Which actions of earlier meetings a meeting looks at again, and what was last reported of each, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.action import Action
from marac.case import MeetingDate


@dataclass(frozen=True, slots=True)
class Outstanding:
    """An action that is carried over, and the last word on it."""

    action: Action
    reported: str = field(repr=False)
    """`nothing reported`, `reported as not done: …`."""
    overdue: bool = False
    """Whether it was due before the day of the meeting."""


def outstanding(actions: Sequence[Action], meeting: MeetingDate) -> tuple[Outstanding, ...]:
    """The open actions that were agreed before this meeting, the longest due first.

    Args:
        actions: Every action that the register knows.
        meeting: The meeting that looks at them; what it agreed itself is not among them.
    """
    open_ones = (each for each in actions if each.is_open and agreed_on(each) < meeting.date)
    return tuple(
        Outstanding(each, last_word(each), each.due < meeting.date)
        for each in sorted(open_ones, key=lambda action: (action.due, action.number))
    )


def agreed_on(action: Action) -> dt.date:
    """The day of the meeting that agreed it; the day on which it was entered, where that is not known."""
    return action.meeting or action.added


def last_word(action: Action) -> str:
    """What was last reported of an action, with the note where there is one."""
    if action.outcome is None:
        return "nothing reported"
    note = " ".join(action.note.split())
    return f"reported as {action.outcome}" + (f": {note}" if note else "")
