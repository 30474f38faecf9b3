"""What can be typed about who sees what of a case."""

from marac.commands.command_line import Commands, command_called


def add_who_sees_what(case: Commands) -> None:
    """`marac case conflict`, `bar`, `unbar`, `barred` and `holders`."""
    conflict = command_called(case, "case conflict", "conflicts_of_interest:conflict")
    conflict.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    conflict.add_argument("agency", metavar="AGENCY", help="the agency's id in agencies.toml")
    conflict.add_argument(
        "--person", metavar="NAME", help="whom at the agency it concerns (default: the agency as a whole)"
    )
    conflict.add_argument("--clear", action="store_true", help="there is none, or no more")
    bar = command_called(case, "case bar", "conflicts_of_interest:bar")
    bar.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    bar.add_argument("name", metavar="NAME", help="who must not receive anything about it")
    for each in (conflict, bar):
        each.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the case")
    unbar = command_called(case, "case unbar", "conflicts_of_interest:unbar")
    unbar.add_argument("number", metavar="NUMBER", type=int, help="the number, as in marac case barred")
    for each in (conflict, bar, unbar):
        each.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the case")
    for name, does in (("barred", "conflicts_of_interest:barred"), ("holders", "holders:holders")):
        command_called(case, f"case {name}", does).add_argument(
            "case", metavar="CASE", help="the reference, such as M26-0007"
        )
