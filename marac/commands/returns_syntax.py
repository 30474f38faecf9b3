"""What can be typed about what agencies answered, and about their reports on actions."""

import datetime as dt
from collections.abc import Sequence

from marac.commands.command_line import Commands, add_date, command_called, group_called

_VERDICTS = ("take", "set-aside")


def add_returns(commands: Commands) -> None:
    """The commands that work with what agencies answered."""
    returns = group_called(commands, "returns")
    add_date(command_called(returns, "returns list", "returns:back"))
    show = command_called(returns, "returns show", "returns:show")
    enter = command_called(returns, "returns enter", "returns:enter")
    for each in (show, enter):
        each.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    enter.add_argument("agency", metavar="AGENCY", help="the agency's id in agencies.toml")
    enter.add_argument("--nothing-known", action="store_true", help="they hold nothing on anybody named")
    enter.add_argument("--factors", metavar="TEXT", default="", help="the facts that significantly affect the risk")
    enter.add_argument("--assessment", metavar="TEXT", default="", help="their assessment of the risk")
    enter.add_argument("--management", metavar="TEXT", default="", help="how they manage it")
    enter.add_argument(
        "--why-high-risk", metavar="TEXT", default="", help="why this is high risk, from who referred it"
    )
    enter.add_argument(
        "--not-shared", metavar="TEXT", default="", help="what kind of thing they hold and do not share, and why"
    )
    enter.add_argument("--by", metavar="NAME", required=True, help="who was told; it is kept with the answer")
    decide = command_called(returns, "returns decide", "returns:decide")
    decide.add_argument("numbers", metavar="NUMBER", type=int, nargs="*", help="the returns, as in marac returns show")
    decide.add_argument("decision", metavar="DECISION", choices=_VERDICTS, help="take or set-aside: see above")
    decide.add_argument("--message", metavar="NUMBER", type=int, help="all that wait in this message")
    decide.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the answer")
    decide.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the answer")


def add_reports(action: Commands) -> None:
    """The commands that work with agencies' reports on their actions, in the group of those about actions."""
    command_called(action, "action reports", "action_reports:show")
    decide = command_called(action, "action decide-report", "action_reports:decide")
    decide.add_argument("number", metavar="NUMBER", type=int, help="the report, as in marac action reports")
    decide.add_argument("decision", metavar="DECISION", choices=_VERDICTS, help="take or set-aside: see above")
    decide.add_argument("--reason", metavar="TEXT", default="", help="why; it is kept with the report")
    decide.add_argument("--by", metavar="NAME", required=True, help="who decides; it is kept with the report")


def spelt_out(words: Sequence[str]) -> list[str]:
    """What was typed, with `marac returns 2026-12-03` written as `marac returns list 2026-12-03`."""
    found = list(words)
    place = found.index("returns") + 1 if "returns" in found else len(found)
    try:
        dt.date.fromisoformat(found[place] if place < len(found) else "")
    except ValueError:
        return found
    return [*found[:place], "list", *found[place:]]
