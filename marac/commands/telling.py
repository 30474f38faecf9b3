"""`marac case told`: that a victim was told what the meeting came to."""

import datetime as dt
from argparse import Namespace

from sqlalchemy import Connection

from marac.case import Case
from marac.commands.working import day, office_for
from marac.errors import UsageError
from marac.fortnight import VictimTold
from marac.register.cases import case_named
from marac.register.trail import record
from marac.register.victims_told import add_told, every_told
from marac.register_workbook import write_workbook


def told(arguments: Namespace) -> int:
    """Keep that a victim was told."""
    by, how = arguments.by.strip(), arguments.how.strip()
    if not by or not how:
        raise UsageError("--by and --how must not be empty: they are kept with the case.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            case = _heard(connection, arguments.case)
            meeting = _meeting(case, arguments.on, office.today)
            word = VictimTold(case.reference, meeting, by, arguments.on, how)
            if word not in every_told(connection):
                add_told(connection, word)
                detail = f"on {arguments.on.isoformat()}, meeting of {meeting.isoformat()}"
                record(connection, office.entry("victim told", case.reference, detail, actor=by))
        print(f"Noted: the victim of {case.reference} was told on {day(arguments.on)} what the meeting came to.")
        if message := write_workbook(office).message:
            print(f"! {message}")
    return 0


def _heard(connection: Connection, reference: str) -> Case:
    """The case, or the one that carries on for it."""
    case = case_named(connection, reference)
    return case_named(connection, case.joined_to) if case.joined_to else case


def _meeting(case: Case, on: dt.date, today: dt.date) -> dt.date:
    """The meeting that the victim was told about.

    Raises:
        UsageError: no meeting has heard the case, or the day is before that, or still to come.
    """
    if case.meeting is None or case.meeting > today or case.state not in {"heard", "listed", "closed", "transferred"}:
        raise UsageError(
            f"No meeting has heard {case.reference} yet, so there is no outcome to tell. It is {case.state}."
        )
    if not case.meeting <= on <= today:
        raise UsageError(f"--on must lie between the meeting, {day(case.meeting)}, and today. Nothing was noted.")
    return case.meeting
