"""What the workbook is to show, from the store, and which workbooks are ours."""

import datetime as dt
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, insert, select

from marac.case import LIVE, Case
from marac.meetings.items import Items
from marac.meetings.presenting import presenting
from marac.register.actions import every_action
from marac.register.calendar import meetings
from marac.register.cases import every_case
from marac.register.deadlines import deadline_notices
from marac.register.deliveries import Delivery, every_delivery
from marac.register.fortnight_questions import fortnight_questions
from marac.register.minutes import every_attendance
from marac.register.presenters import every_presenter
from marac.register.schema import cases, parts, sources, workbook_conflicts, workbooks
from marac.register.scope import marac_of, own
from marac.register.verdicts import every_verdict
from marac.register.who_sees_what import who_sees_what_questions
from marac.register.workbook.contents import BookedMessage, Conflict, Generation, RegisterContents, RegisteredCase
from marac.register.workbook.pending import kept_copies
from marac.settings import Settings

_NEWEST = 300
"""Generations by which a workbook is known as ours: months of passes that changed something."""

_STATES = {"done": "processed", "needs_person": "needs a person"}


def register_contents(
    connection: Connection, settings: Settings, originals: Path, now: dt.datetime
) -> RegisterContents:
    """The whole register of this MARAC, each case with the place of its form.

    Args:
        connection: to the register.
        settings: of this MARAC.
        originals: the folder of the stored forms.
        now: this moment, by this computer's clock and without a zone: which deadlines are near follows from it.
    """
    forms, stored = _forms(connection), _stored(originals)
    folder = settings.folders.register_workbook.parent
    named, every = _cases_of_deliveries(connection), every_case(connection)
    presented = _presenting(connection, settings, every)
    return RegisterContents(
        marac=settings.marac.name,
        cases=tuple(
            RegisteredCase(case, _place(stored.get(forms.get(case.reference, "")), folder), presented(case))
            for case in every
        ),
        actions=every_action(connection),
        meetings=meetings(connection, settings, now.date()),
        agencies=tuple(settings.agencies.values()),
        messages=tuple(_booked(delivery, tuple(named[delivery.id])) for delivery in every_delivery(connection)),
        conflicts=open_conflicts(connection),
        kept=kept_copies(settings.folders.register_workbook),
        attendances=every_attendance(connection),
        verdicts=every_verdict(connection),
        deadlines=deadline_notices(connection, settings, now),
        asked=(
            *who_sees_what_questions(connection, settings, every),
            *fortnight_questions(connection, settings, every, now.date()),
        ),
    )


def _presenting(connection: Connection, settings: Settings, every: Sequence[Case]) -> Callable[[Case], str]:
    """Who presents a case at the meeting that it is on, in words; empty where it is on none."""
    presenters, agencies, items = every_presenter(connection), tuple(settings.agencies.values()), Items(every)

    def in_words(case: Case) -> str:
        item = items.of(case.reference)
        if case.state not in LIVE or case.meeting is None or item is None:
            return ""
        found = presenting(item, presenters, case.meeting, agencies)
        return "; ".join(each.in_words for each in found) or "nobody yet"

    return in_words


def open_conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """The cells of this MARAC's workbook that a person and the register changed at once, still to be settled."""
    query = (
        select(workbook_conflicts)
        .join(cases, cases.c.reference == workbook_conflicts.c.case)
        .where(workbook_conflicts.c.settled.is_(None))
    )
    return tuple(
        Conflict(
            number=row.id,
            case=row.case,
            sheet=row.sheet,
            key=row.key,
            column=row.column,
            was=row.was,
            typed=row.typed,
            holds=row.holds,
            by=row.typed_by,
            found=_day(row.found_at),
        )
        for row in connection.execute(own(connection, query, cases).order_by(workbook_conflicts.c.id))
    )


def newest_generations(connection: Connection) -> tuple[Generation, ...]:
    """The newest workbooks that this store wrote for this MARAC, newest first."""
    query = own(connection, select(workbooks), workbooks).order_by(workbooks.c.number.desc()).limit(_NEWEST)
    return tuple(Generation(row.generation, row.sha256) for row in connection.execute(query))


def add_generation(connection: Connection, generation: Generation) -> int:
    """Remember a workbook, before it is written; its number."""
    values = {"generation": generation.id, "sha256": generation.sha256, "marac": marac_of(connection)}
    query = insert(workbooks).values(values).returning(workbooks.c.number)
    return int(connection.execute(query).scalar_one())


def _booked(delivery: Delivery, named: tuple[str, ...]) -> BookedMessage:
    return BookedMessage(
        number=delivery.id,
        received=delivery.received,
        state=_STATES.get(delivery.state, "waiting"),
        accounted_for=delivery.terminal,
        needs_a_person=delivery.state == "needs_person",
        reason="\n".join(delivery.reasons),
        cases=named,
        sender=delivery.sender or "",
        disposition=delivery.disposition or "",
    )


def _cases_of_deliveries(connection: Connection) -> defaultdict[int, list[str]]:
    """The references of the cases that each delivery speaks of."""
    named: defaultdict[int, list[str]] = defaultdict(list)
    query = select(sources.c.delivery, sources.c.case).distinct().order_by(sources.c.delivery, sources.c.case)
    for row in connection.execute(query):
        named[row.delivery].append(row.case)
    return named


def _forms(connection: Connection) -> dict[str, str]:
    """Case reference to the sha256 of the form that it says what it says from: the newest version that was accepted."""
    query = (
        select(sources.c.case, parts.c.sha256)
        .join(parts, parts.c.id == sources.c.part)
        .where(sources.c.role.in_(("referral", "accepted")))
    )
    return {row.case: row.sha256 for row in connection.execute(query.order_by(sources.c.id))}


def _stored(originals: Path) -> dict[str, Path]:
    """Every stored file by its sha256; the folders are read once, because there is a form for every case."""
    return {path.stem: path for path in sorted(originals.glob("??/*.*"))}


def _place(form: Path | None, folder: Path) -> str | None:
    """The form's place as the workbook links to it: from the workbook's folder, so that both can move together.

    On Windows a store on another drive has no such way, and is named in full.
    """
    if form is None:
        return None
    try:
        return Path(os.path.relpath(form, folder)).as_posix()
    except ValueError:
        return form.as_posix()


def _day(moment: dt.datetime) -> dt.date:
    """The day by this computer's clock; SQLite gives moments back without their zone, which is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone().date()
