"""What can be typed about actions and minutes."""

from pathlib import Path

from marac.commands.command_line import Commands, command_called, day, group_called
from marac.commands.returns_syntax import add_reports, add_returns


def add_actions(commands: Commands) -> None:
    """The commands that work with actions and minutes."""
    action = group_called(commands, "action")
    add = command_called(action, "action add", "actions:add")
    add.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    add.add_argument("text", metavar="TEXT", help="what the agency will do")
    add.add_argument("--agency", metavar="AGENCY", required=True, help="the agency's id in agencies.toml")
    add.add_argument("--due", metavar="DATE", type=day, required=True, help="by when, such as 2026-12-10")
    add.add_argument("--owner", metavar="NAME", default="", help="who at the agency carries it out")
    add.add_argument("--risk", metavar="TEXT", default="", help="the risk that it answers to")
    add.add_argument("--meeting", metavar="DATE", type=day, help="the meeting that agreed it")
    outcome = command_called(action, "action outcome", "actions:outcome")
    outcome.add_argument("number", metavar="NUMBER", type=int, help="the action's number, as on the sheet Actions")
    outcome.add_argument(
        "outcome",
        metavar="OUTCOME",
        choices=("done", "could-not-be-done", "not-done"),
        help="done, could-not-be-done or not-done: see above",
    )
    outcome.add_argument("--note", metavar="TEXT", default="", help="what is known about it, such as why")
    outcome.add_argument("--on", metavar="DATE", type=day, help="on which day (default: today)")
    outcome.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept")
    add_reports(action)
    add_returns(commands)
    minutes = group_called(commands, "minutes")
    read = command_called(minutes, "minutes read", "minutes:read")
    read.add_argument("file", metavar="FILE", type=Path, help="the filled-in minutes, as the Word file")
    read.add_argument("--meeting", metavar="DATE", type=day, help="refuse the minutes of any other meeting")
    read.add_argument("--confirm", action="store_true", help="take what was shown; without this, nothing is taken")
    read.add_argument("--by", metavar="NAME", help="who confirms it; it is kept with everything that is taken")
