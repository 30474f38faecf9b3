"""`marac member …`: who may see this MARAC's cases where people sign in."""

from argparse import Namespace

from marac.commands.working import day, office_for
from marac.errors import UsageError
from marac.register.members import add_member, members_of, remove_member
from marac.register.trail import record


def add(arguments: Namespace) -> int:
    """Name somebody."""
    by = _said(arguments.by, "--by")
    name, account = _said(arguments.name, "NAME"), _said(arguments.account, "--account")
    with office_for(arguments, changes=True) as office, office.store.changing() as connection:
        add_member(connection, name, account, by, office.today)
        record(connection, office.entry("member added", office.settings.marac.id, actor=by))
        print(f"{name} may see the cases of {office.settings.marac.name}, where people sign in.")
    return 0


def remove(arguments: Namespace) -> int:
    """Name somebody no more."""
    by = _said(arguments.by, "--by")
    with office_for(arguments, changes=True) as office, office.store.changing() as connection:
        remove_member(connection, arguments.account, office.today)
        record(connection, office.entry("member removed", office.settings.marac.id, actor=by))
        print(f"That account no longer sees the cases of {office.settings.marac.name}.")
    return 0


def show(arguments: Namespace) -> int:
    """List who is named, and who was."""
    with office_for(arguments) as office, office.store.reading() as connection:
        members = members_of(connection)
        if not members:
            print(f"Nobody is named for {office.settings.marac.name} yet: marac member add --help")
        for member in members:
            until = f", until {day(member.removed_on)}" if member.removed_on else ""
            print(f"{member.name} ({member.account}), named by {member.added_by} on {day(member.added_on)}{until}")
    return 0


def _said(words: str, name: str) -> str:
    if not words.strip():
        raise UsageError(f"{name} must not be empty.")
    return words.strip()
