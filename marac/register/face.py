"""What the workbook is to show, from the store, and which workbooks are ours."""

from pathlib import Path

from sqlalchemy import Connection, insert, select

from marac.register.cases import cases_of_delivery, every_action, every_case
from marac.register.deliveries import Delivery, every_delivery
from marac.register.schema import parts, sources, workbooks
from marac.register.workbook.contents import BookedMessage, Generation, RegisterContents, RegisteredCase
from marac.settings import Settings

_NEWEST = 300
"""Generations by which a workbook is known as ours: months of passes that changed something."""

_STATES = {"done": "processed", "needs_person": "needs a person"}


def register_contents(connection: Connection, settings: Settings, originals: Path) -> RegisterContents:
    """The whole register, each case with the place of its form."""
    forms = _forms(connection)
    return RegisterContents(
        marac=settings.marac.name,
        cases=tuple(
            RegisteredCase(
                case, _place(forms.get(case.reference), originals, settings.folders.register_workbook.parent)
            )
            for case in every_case(connection)
        ),
        actions=every_action(connection),
        meetings=settings.meeting_dates,
        agencies=tuple(settings.agencies.values()),
        messages=tuple(_booked(connection, delivery) for delivery in every_delivery(connection)),
    )


def newest_generations(connection: Connection) -> tuple[Generation, ...]:
    """The newest workbooks that this store wrote, newest first."""
    rows = connection.execute(select(workbooks).order_by(workbooks.c.number.desc()).limit(_NEWEST))
    return tuple(Generation(row.generation, row.sha256) for row in rows)


def add_generation(connection: Connection, generation: Generation) -> None:
    """Remember a workbook, before it is written."""
    connection.execute(insert(workbooks).values(generation=generation.id, sha256=generation.sha256))


def _booked(connection: Connection, delivery: Delivery) -> BookedMessage:
    return BookedMessage(
        number=delivery.id,
        received=delivery.received,
        state=_STATES.get(delivery.state, "waiting"),
        accounted_for=delivery.terminal,
        needs_a_person=delivery.state == "needs_person",
        reason="\n".join(delivery.reasons),
        cases=cases_of_delivery(connection, delivery.id),
        sender=delivery.sender or "",
        disposition=delivery.disposition or "",
    )


def _forms(connection: Connection) -> dict[str, str]:
    """Case reference to the sha256 of the form that it says what it says from: the newest version that was accepted."""
    query = (
        select(sources.c.case, parts.c.sha256)
        .join(parts, parts.c.id == sources.c.part)
        .where(sources.c.role.in_(("referral", "accepted")))
    )
    return {row.case: row.sha256 for row in connection.execute(query.order_by(sources.c.id))}


def _place(sha256: str | None, originals: Path, folder: Path) -> str | None:
    """The form's place as the workbook links to it; None where it is not below the workbook's folder."""
    path = next(originals.glob(f"{sha256[:2]}/{sha256}.*"), None) if sha256 else None
    return path.relative_to(folder).as_posix() if path is not None and path.is_relative_to(folder) else None
