"""What the commands' syntax is made of: groups, commands with their help, and what every command takes."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TypeAlias

from marac.commands.help import HELP

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names it no other way
"""What commands are added to."""


def group_called(commands: Commands, name: str) -> Commands:
    """A group of commands with one word in front; its commands are added to what is returned."""
    summary, description = HELP[name]
    group = commands.add_parser(
        name,
        help=summary,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    return group.add_subparsers(metavar="COMMAND", required=True)


def command_called(commands: Commands, name: str, does: str) -> argparse.ArgumentParser:
    """A command, its arguments still to be added; `does` names the function to run, as `module:function`."""
    summary, description = HELP[name]
    command = commands.add_parser(
        name.rpartition(" ")[2],
        help=summary,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(does=does)
    add_shared(command, config=argparse.SUPPRESS, today=argparse.SUPPRESS)
    return command


def add_shared(parser: argparse.ArgumentParser, config: object, today: object) -> None:
    """What every command takes; it may stand before the command or after it."""
    parser.add_argument(
        "--config", metavar="FILE", type=Path, default=config, help="the settings (default: config.toml in this folder)"
    )
    parser.add_argument(
        "--today",
        metavar="DATE",
        type=day,
        default=today,
        help="go by this day instead of today's, to rehearse a fortnight",
    )


def add_date(command: argparse.ArgumentParser) -> None:
    """Let a command take the day of a meeting."""
    command.add_argument("date", metavar="DATE", type=day, help="the meeting's date, such as 2026-12-03")


def day(text: str) -> dt.date:
    """A day as it is typed.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write it as year-month-day, such as 2026-12-03"
        ) from None


def month(text: str) -> dt.date:
    """A month as it is typed, as its first day.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write it as year-month, such as 2026-11") from None


def probability(text: str) -> float:
    """A probability as it is typed.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    raise argparse.ArgumentTypeError(f"{text!r} is not a probability; write a number from 0 to 1, such as 0.9")
