"""A coordinator's fortnight, run with the commands that a real one uses, on the invented town of Carrowdale."""

from marac.demo.after_the_meeting import play_what_follows
from marac.demo.answers import play_research
from marac.demo.before_the_meeting import play_preparation
from marac.demo.minutes import play_meeting
from marac.demo.opening import play_opening
from marac.demo.stage import Stage


def play(stage: Stage) -> None:
    """The whole story, from an empty folder to the day on which an action is overdue.

    Raises:
        DemoError: a command failed that should not.
    """
    play_opening(stage)
    play_preparation(stage)
    play_research(stage)
    play_meeting(stage)
    play_what_follows(stage)
