"""What can be typed: every command with its arguments and its help. Nothing heavy is imported here."""

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from marac.commands.calendar_syntax import add_calendar, add_calling
from marac.commands.command_line import Commands, add_date, add_shared, command_called, day, group_called
from marac.commands.help import PROGRAM
from marac.commands.presenting_syntax import add_chasing
from marac.commands.register_syntax import add_register
from marac.commands.returns_syntax import spelt_out
from marac.commands.template_syntax import add_templates


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    """What was typed, as values; `does` names the function to run. Ends the program with help where it makes no sense."""
    return _parser().parse_args(spelt_out(words))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="marac", description=PROGRAM, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"marac {version('marac')}")
    add_shared(parser, config=Path("config.toml"), today=None)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_setup(commands)
    _add_daily(commands)
    _add_meetings(commands)
    add_calendar(commands)
    add_register(commands)
    return parser


def _add_setup(commands: Commands) -> None:
    init = command_called(commands, "init", "setup:init")
    init.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the folder to make; it must be empty or not there yet"
    )
    init.add_argument(
        "--profile",
        "--area",
        metavar="NAME",
        help="begin with the rules, rhythm and agencies of a known area, such as safelives or kent",
    )
    demo = command_called(commands, "demo", "rehearsal:demo")
    demo.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", default=Path("marac-demo"), help="where (default: marac-demo)"
    )
    command_called(commands, "doctor", "health:doctor")
    command_called(group_called(commands, "mailbox"), "mailbox sign-in", "mailbox:sign_in")
    add_templates(commands)
    keys = group_called(commands, "keys")
    add = command_called(keys, "keys import", "keys:add")
    add.add_argument("agency", metavar="AGENCY", help="the agency's id in agencies.toml")
    add.add_argument("file", metavar="FILE", type=Path, help="the agency's public key, as it sent it")
    add.add_argument("--fingerprint", help="the fingerprint that the agency read out to you (otherwise you are asked)")
    add.add_argument("--by", metavar="NAME", help="who checked it (default: who is signed in)")
    own = command_called(keys, "keys own", "keys:own")
    own.add_argument("file", metavar="FILE", type=Path, help="the MARAC's own key with its secret half, as IT made it")
    own.add_argument("--by", metavar="NAME", help="who takes it in (default: who is signed in)")


def _add_daily(commands: Commands) -> None:
    parse = command_called(commands, "parse", "reading:parse")
    parse.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="a form (Word, PDF, Excel, OpenDocument, rich text, a scan) or a saved message (.eml, .msg)",
    )
    parse.add_argument("--json", action="store_true", help="print one JSON object a file, one a line")
    parse.add_argument(
        "--evidence",
        metavar="FOLDER",
        type=Path,
        help="put a picture of the place of each value there, in a folder for each file",
    )
    _add_layouts(commands)
    command_called(commands, "run", "daily:run")
    watch = command_called(commands, "watch", "watching:watch")
    watch.add_argument(
        "--every", metavar="SECONDS", type=float, default=60, help="look at least this often (default: 60)"
    )
    status = command_called(commands, "status", "books:status")
    status.add_argument("--json", action="store_true", help="print one JSON object")


def _add_layouts(commands: Commands) -> None:
    layout = group_called(commands, "layout")
    learn = command_called(layout, "layout learn", "layouts:learn")
    learn.add_argument("form", metavar="FORM", type=Path, help="a filled-in form in the layout to learn")
    learn.add_argument(
        "--say",
        metavar="LABEL=FIELD",
        action="append",
        default=[],
        help='what a label means, instead of being asked, such as "Family doctor=victim.gp"; - for nothing to read',
    )
    learn.add_argument("--yes", action="store_true", help="write without asking once more")
    learn.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    show = command_called(layout, "layout show", "layouts:show")
    show.add_argument("form", metavar="FORM", type=Path, help="a filled-in form")


def _add_meetings(commands: Commands) -> None:
    meeting = group_called(commands, "meeting")
    for name in ("prepare", "show"):
        add_date(command_called(meeting, f"meeting {name}", f"meetings:{name}"))
    add_calling(meeting)
    add_chasing(meeting)
    release = command_called(commands, "release", "releasing:release")
    release.add_argument(
        "date", metavar="DATE", type=day, nargs="?", help="the meeting's date in the calendar, such as 2026-12-03"
    )
    release.add_argument(
        "--case", metavar="CASE", help="instead of DATE: what was prepared for one case, such as M26-0007"
    )
    release.add_argument("--rehearse", action="store_true", help="show who would get what, and send nothing")
    release.add_argument("--by", metavar="NAME", help="who releases (default: who is signed in)")
    doubtful = release.add_mutually_exclusive_group()
    doubtful.add_argument("--resend", metavar="AGENCY", help="send once more what did not arrive at this agency")
    doubtful.add_argument("--arrived", metavar="AGENCY", help="note that what may have left has arrived there")
