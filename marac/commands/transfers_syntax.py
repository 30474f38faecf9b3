"""What can be typed about letters of evidence, and about cases that go to another MARAC or come from one."""

from pathlib import Path

from marac.commands.command_line import Commands, command_called, group_called


def add_evidence_letter(case: Commands) -> None:
    """`marac case evidence`."""
    evidence = command_called(case, "case evidence", "evidence_letters:write")
    evidence.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    evidence.add_argument("--perpetrator", metavar="NAME", help="whom the letter names, where the form names several")
    evidence.add_argument("--by", metavar="NAME", required=True, help="who asks for it; it is kept with the case")


def add_transfers(commands: Commands) -> None:
    """`marac transfer …`."""
    transfer = group_called(commands, "transfer")
    send = command_called(transfer, "transfer send", "transfers:send")
    send.add_argument("case", metavar="CASE", help="the reference, such as M26-0007")
    send.add_argument("--to", metavar="MARAC", required=True, help="what config.toml calls it under [other_maracs]")
    send.add_argument("--reason", metavar="TEXT", help="why; the other MARAC reads it (not needed once it was decided)")
    receive = command_called(transfer, "transfer receive", "transfers:receive")
    receive.add_argument(
        "file", metavar="FILE", type=Path, help="the zip file that was in the sealed one, or its JSON file"
    )
    arrived = command_called(transfer, "transfer arrived", "transfers:arrived")
    arrived.add_argument("number", metavar="NUMBER", type=int, help="the transfer's number, as in marac transfer list")
    for each in (send, receive, arrived):
        each.add_argument("--by", metavar="NAME", required=True, help="who says so; it is kept with the case")
    command_called(transfer, "transfer list", "transfers:show")
