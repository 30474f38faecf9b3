"""What can be typed about the calendar, and about when the computer itself runs marac."""

import argparse
import datetime as dt
from pathlib import Path

from marac.commands.command_line import Commands, add_date, command_called, day, group_called

_WITHIN_AN_HOUR = (10, 15, 20, 30, 60)


def add_calendar(commands: Commands) -> None:
    """The commands that show the calendar, and run by it."""
    shown = command_called(commands, "calendar", "calendar:show")
    shown.add_argument("--until", metavar="DATE", type=day, help="the last day to show (default: half a year ahead)")
    schedule = group_called(commands, "schedule")
    for name in ("install", "show", "remove"):
        command = command_called(schedule, f"schedule {name}", f"scheduling:{name}")
        command.add_argument("--name", default="marac", help="the name of the task or timer (default: marac)")
        command.add_argument(
            "--folder", metavar="FOLDER", type=Path, help="only the files, in this folder; nothing else is touched"
        )
        if name == "install":
            _add_times(command)


def add_calling(meeting: Commands) -> None:
    """The commands by which a person calls and cancels meetings."""
    call = command_called(meeting, "meeting call", "calendar:call")
    cancel = command_called(meeting, "meeting cancel", "calendar:cancel")
    for each in (call, cancel):
        add_date(each)
        each.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the meeting")
        each.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the meeting")
    call.add_argument("--at", metavar="TIME", type=time_of_day, help="when it begins, such as 09:30")
    call.add_argument("--urgent", action="store_true", help="it hears only what you put on it")
    call.add_argument("--cut-off", metavar="DATE", type=day, help="the last day on which a referral can arrive for it")


def _add_times(install: argparse.ArgumentParser) -> None:
    install.add_argument(
        "--from", dest="first_hour", metavar="HOUR", type=int, default=8, help="the first hour (default: 8)"
    )
    install.add_argument(
        "--to", dest="last_hour", metavar="HOUR", type=int, default=17, help="the last hour, to its end (default: 17)"
    )
    install.add_argument(
        "--every",
        metavar="MINUTES",
        type=int,
        choices=_WITHIN_AN_HOUR,
        default=30,
        help="10, 15, 20, 30 or 60 (default: 30)",
    )


def time_of_day(text: str) -> dt.time:
    """A time of day as it is typed.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time of day; write it such as 09:30") from None
