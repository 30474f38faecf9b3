"""What can be typed about victims who were told."""

from marac.commands.command_line import Commands, command_called, day


def add_telling(case: Commands) -> None:
    """`marac case told`."""
    told = command_called(case, "case told", "telling:told")
    told.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    told.add_argument("--on", metavar="DATE", type=day, required=True, help="on which day, such as 2026-12-05")
    told.add_argument("--by", metavar="NAME", required=True, help="who told the victim; it is kept with the case")
    told.add_argument("--how", metavar="TEXT", required=True, help='how, such as "by telephone"')
