"""`marac conflict show` and `marac conflict settle`: what the workbook and the register say differently."""

from argparse import Namespace

from marac.commands.working import count, office_for
from marac.errors import UsageError
from marac.one_pass import move_cases_on
from marac.read_back.settling import settle as settled
from marac.register.conflicts import conflict_numbered, open_conflicts
from marac.register_workbook import write_workbook

_DONE = {
    "typed": "What was typed is in the register now ({case}, {column}).",
    "register": "What the register holds stays ({case}, {column}).",
}


def show(arguments: Namespace) -> int:
    """Show every conflict that nobody has settled."""
    with office_for(arguments) as office, office.store.reading() as connection:
        found = open_conflicts(connection)
    if not found:
        print("No conflict waits for a person.")
        return 0
    print(f"{count(len(found), 'conflict')}. Say for each: marac conflict settle NUMBER typed (or register) --by ...")
    for each in found:
        print(f"  {each.number}  {each.key}  {each.sheet}, {each.column} (found {each.found:%d/%m/%Y})")
        for what, text in (("stood there", each.was), ("typed", each.typed), ("register", each.holds)):
            print(f"     {what + ':':<13}{text or '(nothing)'}")
    return 0


def settle(arguments: Namespace) -> int:
    """Let the side that is right stand in the register."""
    by = arguments.by.strip()
    if not by:
        raise UsageError("--by must not be empty: it is kept with the conflict.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            conflict = conflict_numbered(connection, arguments.number)
            settled(connection, office, conflict, arguments.right, by, origin="command")
        move_cases_on(office)
        print(_DONE[arguments.right].format(case=conflict.case, column=conflict.column))
        if message := write_workbook(office).message:
            print(f"! {message}")
    return 0
