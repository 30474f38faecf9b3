"""The words of `--help`: for each command one line for the list, and what a new coordinator wants to know."""

from marac.commands.help.cases import CASES
from marac.commands.help.meetings import MEETINGS
from marac.commands.help.register import REGISTER
from marac.commands.help.setup import SETUP

PROGRAM = """\
From a secure mailbox of MARAC referral forms to a register, an agenda, research packs and sealed action letters.

A first look, with invented cases:      marac demo
Your own folder, and a first pass:      marac init FOLDER, then in that folder: marac run

marac sends nothing that no person has released: letters leave with `marac release`. It is not an alarm: in immediate
danger the police are called on 999."""

HELP: dict[str, tuple[str, str]] = {**SETUP, **REGISTER, **MEETINGS, **CASES}
