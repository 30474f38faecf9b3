"""What can be typed about who presents a case, and about research that is not back."""

from marac.commands.command_line import Commands, add_date, command_called, day


def add_presenting(case: Commands) -> None:
    """`marac case presenter`."""
    presenter = command_called(case, "case presenter", "presenting:presenter")
    presenter.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    presenter.add_argument("name", metavar="NAME", help="who presents it instead of the referrer")
    presenter.add_argument(
        "--agency", metavar="AGENCY", help="the agency's id in agencies.toml (default: the agency that referred)"
    )
    presenter.add_argument(
        "--meeting", metavar="DATE", type=day, help="at which meeting (default: the one that it is listed for)"
    )
    presenter.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the case")


def add_chasing(meeting: Commands) -> None:
    """`marac meeting chase`."""
    chase = command_called(meeting, "meeting chase", "presenting:chase")
    add_date(chase)
    chase.add_argument(
        "--by", metavar="NAME", help="who releases the reminders that wait; without it they are only shown"
    )
