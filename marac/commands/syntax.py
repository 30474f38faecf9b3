"""What can be typed: every command with its arguments and its help. Nothing heavy is imported here."""

import argparse
import datetime as dt
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from marac.commands.help import HELP, PROGRAM


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    """What was typed, as values; `does` names the function to run. Ends the program with help where it makes no sense."""
    return _parser().parse_args(words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="marac", description=PROGRAM, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"marac {version('marac')}")
    _add_shared(parser, config=Path("config.toml"), today=None)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_setup(commands)
    _add_daily(commands)
    _add_meetings(commands)
    _add_cases(commands)
    _add_matching(commands)
    return parser


def _add_setup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = _command(commands, "init", "setup:init")
    init.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the folder to make; it must be empty or not there yet"
    )
    init.add_argument("--area", metavar="NAME", help="begin with the rules of a known area, such as safelives or kent")
    demo = _command(commands, "demo", "rehearsal:demo")
    demo.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", default=Path("marac-demo"), help="where (default: marac-demo)"
    )
    _command(commands, "doctor", "health:doctor")
    _command(_group(commands, "mailbox"), "mailbox sign-in", "mailbox:sign_in")
    template = _group(commands, "template")
    check = _command(template, "template check", "templates:check")
    check.add_argument(
        "file", metavar="FILE", type=Path, help="a Word template: agenda.docx, research.docx or letter.docx"
    )
    check.add_argument(
        "--kind", choices=("agenda", "research", "letter"), help="what it is for, where the name does not say"
    )
    keys = _group(commands, "keys")
    add = _command(keys, "keys import", "keys:add")
    add.add_argument("agency", metavar="AGENCY", help="the agency's id in agencies.toml")
    add.add_argument("file", metavar="FILE", type=Path, help="the agency's public key, as it sent it")
    add.add_argument("--fingerprint", help="the fingerprint that the agency read out to you (otherwise you are asked)")
    add.add_argument("--by", metavar="NAME", help="who checked it (default: who is signed in)")
    own = _command(keys, "keys own", "keys:own")
    own.add_argument("file", metavar="FILE", type=Path, help="the MARAC's own key with its secret half, as IT made it")
    own.add_argument("--by", metavar="NAME", help="who takes it in (default: who is signed in)")
    _add_takeover(commands)


def _add_takeover(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    take = _command(commands, "import", "takeover:take")
    take.add_argument(
        "file", metavar="FILE", type=Path, help="the spreadsheet kept until now: .xlsx, .xlsm, .xls, .ods or .csv"
    )
    take.add_argument(
        "--columns", metavar="FILE", type=Path, help="what its columns hold: the import-….toml that you have checked"
    )
    take.add_argument(
        "--say",
        metavar="TITLE=FIELD",
        action="append",
        default=[],
        help='what a column holds, such as "Vic=victim.name"; - for one not to take',
    )
    take.add_argument("--confirm", action="store_true", help="take it over; without this, nothing is taken")
    take.add_argument("--by", metavar="NAME", help="who takes it over; it is kept with each case")
    take.add_argument(
        "--password-env", metavar="VARIABLE", help="the environment variable with its password, instead of being asked"
    )


def _add_daily(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parse = _command(commands, "parse", "reading:parse")
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
    _command(commands, "run", "daily:run")
    watch = _command(commands, "watch", "watching:watch")
    watch.add_argument(
        "--every", metavar="SECONDS", type=float, default=60, help="look at least this often (default: 60)"
    )
    status = _command(commands, "status", "books:status")
    status.add_argument("--json", action="store_true", help="print one JSON object")


def _add_layouts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    layout = _group(commands, "layout")
    learn = _command(layout, "layout learn", "layouts:learn")
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
    show = _command(layout, "layout show", "layouts:show")
    show.add_argument("form", metavar="FORM", type=Path, help="a filled-in form")


def _add_meetings(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    meeting = _group(commands, "meeting")
    for name in ("prepare", "show"):
        _dated(_command(meeting, f"meeting {name}", f"meetings:{name}"))
    release = _command(commands, "release", "releasing:release")
    _dated(release)
    release.add_argument("--rehearse", action="store_true", help="show who would get what, and send nothing")
    release.add_argument("--by", metavar="NAME", help="who releases (default: who is signed in)")
    doubtful = release.add_mutually_exclusive_group()
    doubtful.add_argument("--resend", metavar="AGENCY", help="send once more what did not arrive at this agency")
    doubtful.add_argument("--arrived", metavar="AGENCY", help="note that what may have left has arrived there")


def _add_cases(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    case = _group(commands, "case")
    decide = _command(case, "case decide", "cases:decide")
    decide.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    decide.add_argument(
        "decision",
        metavar="DECISION",
        choices=("hear", "not-heard", "same-as", "not-same-as"),
        help="hear, not-heard, same-as or not-same-as: see above",
    )
    decide.add_argument("other", metavar="OTHER", nargs="?", help="the other case, after same-as and not-same-as")
    decide.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the case")
    decide.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the case")
    decide.add_argument(
        "--although-different", action="store_true", help="with same-as: although the forms look like two couples"
    )
    _add_people(case)
    _add_conflicts(commands)
    _add_messages(commands)
    action = _group(commands, "action")
    add = _command(action, "action add", "cases:add_action")
    add.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    add.add_argument("text", metavar="TEXT", help="what the agency will do")
    add.add_argument("--agency", metavar="AGENCY", required=True, help="the agency's id in agencies.toml")
    add.add_argument("--due", metavar="DATE", type=_date, required=True, help="by when, such as 2026-12-10")


def _add_people(case: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    person = _command(case, "case person", "people:person")
    person.usage = "marac case person CASE ROLE [NUMBER] same-as|not-same-as CASE ROLE [NUMBER] --reason TEXT --by NAME"
    person.add_argument("words", metavar="WORD", nargs="+", help="the two people, as above")
    person.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the cases")
    person.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the cases")


def _add_conflicts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    conflict = _group(commands, "conflict")
    _command(conflict, "conflict show", "conflicts:show")
    settle = _command(conflict, "conflict settle", "conflicts:settle")
    settle.add_argument("number", metavar="NUMBER", type=int, help="the conflict's number, as in marac conflict show")
    settle.add_argument("right", metavar="SIDE", choices=("typed", "register"), help="typed or register: see above")
    settle.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the conflict")


def _add_messages(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    message = _group(commands, "message")
    show = _command(message, "message show", "messages:show")
    decide = _command(message, "message decide", "messages:decide")
    password = _command(message, "message password", "messages:password")
    for command in (show, decide, password):
        command.add_argument("number", metavar="NUMBER", type=int, help="the message's number, as in marac status")
    decide.add_argument(
        "decision",
        metavar="DECISION",
        choices=("release", "set-aside", "use-version", "keep-earlier", "own-case"),
        help="release, set-aside, use-version, keep-earlier or own-case: see above",
    )
    decide.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the message")
    acknowledge = _command(message, "message acknowledge", "messages:acknowledge")
    acknowledge.add_argument("numbers", metavar="NUMBER", type=int, nargs="+", help="the messages to acknowledge")
    for command in (decide, password, acknowledge):
        command.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the message")


def _add_matching(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    match = _command(commands, "match", "matching:match")
    match.add_argument("people", metavar="PEOPLE", type=Path, help="a list of people or couples, as a CSV file")
    match.add_argument("other", metavar="OTHER", type=Path, nargs="?", help="another list to compare it with")
    match.add_argument("--json", action="store_true", help="print one JSON object a match, one a line")
    match.add_argument(
        "--at-least",
        metavar="P",
        type=_probability,
        default=0.5,
        help="show what is as likely as this or more, 0 to 1 (default: 0.5)",
    )


def _group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    summary, description = HELP[name]
    group = commands.add_parser(
        name,
        help=summary,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    return group.add_subparsers(metavar="COMMAND", required=True)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str
) -> argparse.ArgumentParser:
    summary, description = HELP[name]
    command = commands.add_parser(
        name.rpartition(" ")[2],
        help=summary,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(does=does)
    _add_shared(command, config=argparse.SUPPRESS, today=argparse.SUPPRESS)
    return command


def _add_shared(parser: argparse.ArgumentParser, config: object, today: object) -> None:
    """What every command takes; it may stand before the command or after it."""
    parser.add_argument(
        "--config", metavar="FILE", type=Path, default=config, help="the settings (default: config.toml in this folder)"
    )
    parser.add_argument(
        "--today",
        metavar="DATE",
        type=_date,
        default=today,
        help="go by this day instead of today's, to rehearse a fortnight",
    )


def _dated(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "date", metavar="DATE", type=_date, help="the meeting's date in config.toml, such as 2026-12-03"
    )


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    raise argparse.ArgumentTypeError(f"{text!r} is not a probability; write a number from 0 to 1, such as 0.9")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write it as year-month-day, such as 2026-12-03"
        ) from None
