"""Every sheet of the workbook, in the order in which a person meets them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from marac.agency import Agency
from marac.register.workbook.actions import actions_sheet
from marac.register.workbook.attention import Matter, matters
from marac.register.workbook.cases import cases_sheet
from marac.register.workbook.children import children_sheet
from marac.register.workbook.conflicts import conflicts_sheet
from marac.register.workbook.contents import BookedMessage, RegisterContents
from marac.register.workbook.not_heard import not_heard_sheet
from marac.register.workbook.people import people_sheet
from marac.register.workbook.return_sheet import return_sheet
from marac.register.workbook.sheet import Colour, Column, Sheet
from marac.register.workbook.statistics_sheets import months_sheet, statistics_sheet

_ABOUT = (
    "Marac writes this workbook from its own records. What you change in the white columns of Cases, People, Children and"
    " Actions is taken into the register by the next run, after you have saved and closed the file."
    " This program is never the alarm: in an emergency ring 999."
)


def sheets(contents: RegisterContents) -> tuple[Sheet, ...]:
    """What needs attention, then the cases, and what belongs to them; figures last."""
    return (
        _attention_sheet(contents, matters(contents)),
        cases_sheet(contents.cases),
        people_sheet(contents.cases),
        children_sheet(contents.cases),
        actions_sheet(contents),
        _meetings_sheet(contents),
        _messages_sheet(contents.messages),
        _agencies_sheet(contents.agencies),
        not_heard_sheet(contents.cases),
        conflicts_sheet(contents.conflicts),
        months := months_sheet(contents),
        statistics_sheet(contents, months),
        return_sheet(contents),
    )


def _attention_sheet(contents: RegisterContents, waiting: tuple[Matter, ...]) -> Sheet:
    urgent = sum(matter.urgent for matter in waiting)
    first = f", {urgent} of them urgent" if urgent else ""
    columns = (
        Column("Urgent", 8, colours=(Colour("red", ("urgent",)),)),
        Column("What", 18, "code"),
        Column("Victim", 22),
        Column("Meeting", 12, "date"),
        Column("Why", 62),
        Column("What to do", 62),
        Column("Since", 12, "date"),
    )
    return Sheet(
        "Needs attention",
        columns,
        [
            (
                "urgent" if matter.urgent else None,
                matter.subject,
                matter.case.referral.victim.name if matter.case else None,
                matter.case.meeting if matter.case else None,
                matter.why,
                matter.to_do,
                matter.since,
            )
            for matter in waiting
        ],
        words=(
            f"{contents.marac}: what needs a person",
            f"{_counted(len(waiting), 'thing')} to look at{first}. {_books(contents.messages)}",
            _ABOUT,
        ),
    )


def _meetings_sheet(contents: RegisterContents) -> Sheet:
    listed = [each.case for each in contents.cases if each.case.meeting and each.case.state != "joined"]
    cases = Counter(case.meeting for case in listed)
    undecided = Counter(case.meeting for case in listed if case.open_questions)
    children = Counter(case.meeting for case in listed if case.with_children)
    heard = Counter(case.meeting for case in listed if case.state == "heard")
    columns = (
        Column("Meeting", 14, "date"),
        Column("Cut-off", 14, "date"),
        Column("Cases", 10, "number"),
        Column("With children", 10, "number"),
        Column("Decision needed", 10, "number"),
        Column("Heard", 10, "number"),
        Column("Present", 40),
        Column("Apologies", 30),
    )
    rows = [
        (
            each.date,
            each.cut_off,
            cases[each.date],
            children[each.date],
            undecided[each.date],
            heard[each.date],
            _who(contents, each.date, "present"),
            _who(contents, each.date, "apologies"),
        )
        for each in contents.meetings
    ]
    return Sheet("Meetings", columns, rows)


def _who(contents: RegisterContents, meeting: dt.date, standing: str) -> str | None:
    """The agencies that were at a meeting, or sent apologies, each once; None where nobody noted any."""
    names = {agency.id: agency.name for agency in contents.agencies}
    found = (each for each in contents.attendances if each.meeting == meeting and each.standing == standing)
    return "; ".join(dict.fromkeys(names.get(each.agency, each.agency) for each in found)) or None


def _messages_sheet(messages: tuple[BookedMessage, ...]) -> Sheet:
    columns = (
        Column("Message", 9, "number"),
        Column("Received", 12, "date"),
        Column("State", 18, colours=(Colour("amber", ("needs a person", "waiting")),)),
        Column("Accounted for", 11, colours=(Colour("red", ("no",)),)),
        Column("Cases", 14, "code"),
        Column("Sender", 34, "code"),
        Column("Subject", 40),
        Column("Why", 60),
    )
    rows = [
        (
            each.number,
            each.received,
            each.state,
            each.accounted_for,
            "\n".join(each.cases) or None,
            each.sender or None,
            each.subject or None,
            each.reason or None,
        )
        for each in messages
    ]
    return Sheet("Messages", columns, rows, words=("The books of the mailbox", _books(messages)))


def _agencies_sheet(agencies: Iterable[Agency]) -> Sheet:
    columns = (
        Column("Agency", 16, "code"),
        Column("Name", 32),
        Column("Mailbox", 34, "code"),
        Column("Domains", 30, "code"),
        Column("Representative", 24),
        Column("Agreement signed", 12, "date"),
        Column("Letters can be sealed", 12, colours=(Colour("amber", ("no",)),)),
        Column("Fingerprint of its key", 54, "code"),
    )
    rows = [
        (
            each.id,
            each.name,
            each.email,
            "\n".join(each.domains) or None,
            each.representative,
            each.signed,
            each.fingerprint is not None,
            _in_fours(each.fingerprint) if each.fingerprint else None,
        )
        for each in agencies
    ]
    return Sheet("Agencies", columns, rows)


def _books(messages: tuple[BookedMessage, ...]) -> str:
    accounted = sum(each.accounted_for for each in messages)
    return f"{_counted(len(messages), 'message')} in, {accounted} accounted for."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _in_fours(fingerprint: str) -> str:
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))
