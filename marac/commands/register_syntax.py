"""What can be typed about cases, their people and messages, and about the register itself."""

from pathlib import Path
from typing import get_args

from marac.case import DecisionKind
from marac.commands.action_syntax import add_actions
from marac.commands.command_line import Commands, command_called, day, group_called, month, probability
from marac.commands.presenting_syntax import add_presenting
from marac.commands.telling_syntax import add_telling
from marac.commands.transfers_syntax import add_evidence_letter, add_transfers
from marac.commands.who_sees_what_syntax import add_who_sees_what


def add_register(commands: Commands) -> None:
    """The commands that work with the register."""
    _add_cases(commands)
    add_transfers(commands)
    add_actions(commands)
    _add_lists(commands)
    _add_conflicts(commands)
    _add_messages(commands)
    _add_matching(commands)
    _add_figures(commands)
    _add_takeover(commands)


def _add_cases(commands: Commands) -> None:
    case = group_called(commands, "case")
    decide = command_called(case, "case decide", "cases:decide")
    decide.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    decide.add_argument(
        "decision",
        metavar="DECISION",
        choices=get_args(DecisionKind),
        help=f"one of {', '.join(get_args(DecisionKind))}: see above",
    )
    decide.add_argument("other", metavar="OTHER", nargs="?", help="the other case, after same-as and not-same-as")
    decide.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the case")
    decide.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the case")
    decide.add_argument(
        "--although-different", action="store_true", help="with same-as: although the forms look like two couples"
    )
    decide.add_argument("--to", metavar="MARAC", help="with transfer: the MARAC that hears the case now")
    decide.add_argument(
        "--meeting", metavar="DATE", type=day, help="with list: the meeting that hears the case, such as 2026-12-03"
    )
    correct = command_called(case, "case correct", "corrections:correct")
    correct.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    correct.add_argument(
        "field", metavar="FIELD", help="what is wrong, such as victim.phone; marac layout show lists fields"
    )
    correct.add_argument("value", metavar="VALUE", help="what is right; empty quotes for not stated")
    correct.add_argument("--reason", metavar="TEXT", required=True, help="how you know; it is kept with the case")
    correct.add_argument("--by", metavar="NAME", required=True, help="who corrects it; it is kept with the case")
    story = command_called(case, "case story", "stories:story")
    story.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    story.add_argument("--page", metavar="FILE", type=Path, help="write it to a new HTML file, to be printed")
    story.add_argument("--by", metavar="NAME", help="who looks (default: who is signed in)")
    add_who_sees_what(case)
    add_presenting(case)
    add_telling(case)
    add_evidence_letter(case)
    _add_people(case)


def _add_lists(commands: Commands) -> None:
    unheard = command_called(commands, "not-heard", "stories:unheard")
    unheard.add_argument("month", metavar="MONTH", type=month, nargs="?", help="such as 2026-11 (default: this month)")
    member = group_called(commands, "member")
    add = command_called(member, "member add", "members:add")
    add.add_argument("name", metavar="NAME", help="who may see this MARAC's cases")
    add.add_argument("--account", metavar="ACCOUNT", required=True, help="as they sign in")
    remove = command_called(member, "member remove", "members:remove")
    remove.add_argument("account", metavar="ACCOUNT", help="as they sign in")
    for each in (add, remove):
        each.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept")
    command_called(member, "member list", "members:show")


def _add_people(case: Commands) -> None:
    person = command_called(case, "case person", "people:person")
    person.usage = "marac case person CASE ROLE [NUMBER] same-as|not-same-as CASE ROLE [NUMBER] --reason TEXT --by NAME"
    person.add_argument("words", metavar="WORD", nargs="+", help="the two people, as above")
    person.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the cases")
    person.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the cases")


def _add_conflicts(commands: Commands) -> None:
    conflict = group_called(commands, "conflict")
    command_called(conflict, "conflict show", "conflicts:show")
    settle = command_called(conflict, "conflict settle", "conflicts:settle")
    settle.add_argument("number", metavar="NUMBER", type=int, help="the conflict's number, as in marac conflict show")
    settle.add_argument("right", metavar="SIDE", choices=("typed", "register"), help="typed or register: see above")
    settle.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the conflict")


def _add_messages(commands: Commands) -> None:
    message = group_called(commands, "message")
    show = command_called(message, "message show", "messages:show")
    decide = command_called(message, "message decide", "messages:decide")
    password = command_called(message, "message password", "messages:password")
    for each in (show, decide, password):
        each.add_argument("number", metavar="NUMBER", type=int, help="the message's number, as in marac status")
    decide.add_argument(
        "decision",
        metavar="DECISION",
        choices=("release", "set-aside", "use-version", "keep-earlier", "own-case"),
        help="release, set-aside, use-version, keep-earlier or own-case: see above",
    )
    decide.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the message")
    acknowledge = command_called(message, "message acknowledge", "messages:acknowledge")
    acknowledge.add_argument("numbers", metavar="NUMBER", type=int, nargs="+", help="the messages to acknowledge")
    for each in (decide, password, acknowledge):
        each.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the message")


def _add_matching(commands: Commands) -> None:
    match = command_called(commands, "match", "matching:match")
    match.add_argument("people", metavar="PEOPLE", type=Path, help="a list of people or couples, as a CSV file")
    match.add_argument("other", metavar="OTHER", type=Path, nargs="?", help="another list to compare it with")
    match.add_argument("--json", action="store_true", help="print one JSON object a match, one a line")
    match.add_argument(
        "--at-least",
        metavar="P",
        type=probability,
        default=0.5,
        help="show what is as likely as this or more, 0 to 1 (default: 0.5)",
    )


def _add_figures(commands: Commands) -> None:
    figures = command_called(commands, "figures", "figures:show")
    figures.add_argument(
        "--since", metavar="MONTH", type=month, help="the first month (default: twelve months in all), such as 2026-04"
    )
    figures.add_argument("--to", metavar="MONTH", type=month, help="the last month (default: this one)")
    figures.add_argument("--all", action="store_true", help="each MARAC of a shared register, and all together")
    figures.add_argument("--public", action="store_true", help="all meetings together, without small numbers")
    into = figures.add_mutually_exclusive_group()
    into.add_argument("--csv", metavar="FILE", type=Path, help="write them into a file, a row for each meeting")
    into.add_argument("--json", action="store_true", help="print one JSON object")


def _add_takeover(commands: Commands) -> None:
    take = command_called(commands, "import", "takeover:take")
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
