"""The cases in the store, with their flags and decisions."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, Text, cast, delete, func, insert, select, update

from marac.case import Case, CaseState, Decision, Flag
from marac.errors import ConflictError, NotFoundError
from marac.record import from_record, to_record
from marac.referral import Reading
from marac.register.people_index import index_case
from marac.register.schema import cases, decisions, flags, parts, sources
from marac.register.scope import marac_of, own

_FEW = 500
"""Cases up to which they are named in a query."""


def next_reference(connection: Connection, received: dt.date) -> str:
    """The reference of the next case received in that year: `M26-0001`. A number is never used twice."""
    year = f"M{received:%y}-"
    query = select(cases.c.reference).where(cases.c.reference.startswith(year))
    longest_first = func.length(cases.c.reference).desc(), cases.c.reference.desc()  # M26-10000 comes after M26-9999
    newest = connection.execute(query.order_by(*longest_first).limit(1)).scalar()
    return f"{year}{int(newest.removeprefix(year)) + 1 if newest else 1:04d}"


def add_case(connection: Connection, case: Case) -> None:
    """Enter a case with its flags, and its people among those who are found again."""
    connection.execute(
        insert(cases).values(
            reference=case.reference,
            state=case.state,
            received=case.received,
            agency=case.agency,
            meeting=case.meeting,
            joined_to=case.joined_to,
            reading=to_record(case.reading),
            marac=marac_of(connection),
            origin=case.origin,
            transferred_to=case.transferred_to,
            former_reference=case.former_reference,
            received_at=case.received_at,
        )
    )
    set_flags(connection, case.reference, case.flags)
    index_case(connection, case)


def add_source(connection: Connection, case: str, delivery: int, part: int | None, role: str) -> None:
    """Note that a message, or one part of it, speaks of a case.

    As its `referral`, its `checklist`, `again`, or another `version` of the form, which is later `accepted` or `refused`.
    """
    connection.execute(insert(sources).values(case=case, delivery=delivery, part=part, role=role))


def versions_waiting(connection: Connection, delivery: int) -> tuple[tuple[int, str, int], ...]:
    """The newer versions in a message that wait for a person: the source's number, the case and the part of each."""
    query = select(sources.c.id, sources.c.case, sources.c.part).where(
        sources.c.delivery == delivery, sources.c.role == "version"
    )
    return tuple((row.id, row.case, row.part) for row in connection.execute(query.order_by(sources.c.id)))


def set_source_role(connection: Connection, source: int, role: str) -> None:
    """Note what a message turned out to be for a case."""
    connection.execute(update(sources).where(sources.c.id == source).values(role=role))


def cases_of_delivery(connection: Connection, delivery: int) -> tuple[str, ...]:
    """The references of the cases that a delivery speaks of."""
    query = select(sources.c.case).where(sources.c.delivery == delivery).distinct().order_by(sources.c.case)
    return tuple(connection.execute(query).scalars())


def case_of_part(connection: Connection, sha256: str, form: int = 1) -> str | None:
    """The case that this form of a file with these bytes was registered as before."""
    query = (
        select(sources.c.case)
        .join(parts, parts.c.id == sources.c.part)
        .join(cases, cases.c.reference == sources.c.case)
        .where(parts.c.sha256 == sha256, parts.c.form == form, sources.c.role == "referral")
    )
    return connection.execute(own(connection, query, cases).order_by(sources.c.id).limit(1)).scalar()


def set_flags(connection: Connection, case: str, found: Iterable[Flag]) -> None:
    """Put these flags in the place of a case's flags."""
    connection.execute(delete(flags).where(flags.c.case == case))
    for flag in found:
        connection.execute(
            insert(flags).values(
                case=case,
                code=flag.code,
                reason=flag.reason,
                evidence=flag.evidence,
                other_case=flag.other_case,
                needs_decision=flag.needs_decision,
            )
        )


def set_reading(connection: Connection, case: Case) -> Case:
    """Put a fuller reading in the place of a case's reading; the case in its new version.

    Raises:
        ConflictError: somebody else changed the case since it was looked up.
    """
    changed = _changed(connection, case, {"reading": to_record(case.reading)})
    index_case(connection, case)
    return changed


def set_standing(connection: Connection, case: Case) -> Case:
    """Note a case's state, its meeting, what it is joined to and where it went; the case in its new version.

    Raises:
        ConflictError: somebody else changed the case since it was looked up.
    """
    values = {"state": case.state, "meeting": case.meeting, "joined_to": case.joined_to}
    return _changed(connection, case, {**values, "transferred_to": case.transferred_to})


def _changed(connection: Connection, case: Case, values: dict[str, Any]) -> Case:
    """Change a case that is still as it was when it was looked up; of two people at once, the second is told."""
    mine = update(cases).where(cases.c.reference == case.reference, cases.c.version == case.version)
    if not connection.execute(mine.values(version=case.version + 1, **values)).rowcount:
        raise ConflictError(
            f"Somebody else changed {case.reference} at the same moment, and your change was not made. Look at the case "
            "again, then say it once more if it still holds."
        )
    return replace(case, version=case.version + 1)


def add_decision(connection: Connection, decision: Decision) -> None:
    """Keep what a person decided, and why."""
    connection.execute(
        insert(decisions).values(
            case=decision.case,
            kind=decision.kind,
            other_case=decision.other_case,
            reason=decision.reason,
            by=decision.by,
            on=decision.on,
            meeting=decision.meeting,
        )
    )


def sources_of_case(connection: Connection, reference: str) -> tuple[tuple[int, str], ...]:
    """The messages that speak of a case, by their numbers, and what each of them was for it."""
    query = select(sources.c.delivery, sources.c.role).where(sources.c.case == reference).order_by(sources.c.id)
    return tuple(dict.fromkeys((row.delivery, row.role) for row in connection.execute(query)))


def cases_joined_to(connection: Connection, reference: str) -> tuple[Case, ...]:
    """The cases that a person joined to this one, in the order of their references."""
    query = _every_column().where(cases.c.joined_to == reference).order_by(cases.c.received, cases.c.reference)
    return _cases(connection, query)


def case_named(connection: Connection, reference: str) -> Case:
    """The case with this reference.

    Raises:
        NotFoundError: there is none.
    """
    found = _cases(connection, _every_column().where(cases.c.reference == reference.strip().upper()))
    if not found:
        raise NotFoundError(f"There is no case {reference}. `marac status` lists the cases that wait for a person.")
    return found[0]


def every_case(connection: Connection) -> tuple[Case, ...]:
    """All cases of this MARAC, in the order of their references."""
    query = _every_column().order_by(cases.c.received, cases.c.reference)
    return _cases(connection, own(connection, query, cases))


def cases_of_every_marac(connection: Connection) -> tuple[Case, ...]:
    """All cases in the store, whichever MARAC they belong to."""
    return _cases(connection, _every_column().order_by(cases.c.received, cases.c.reference))


def cases_in_states(connection: Connection, states: Collection[CaseState]) -> tuple[Case, ...]:
    """This MARAC's cases in one of these states, in the order of their references."""
    query = _every_column().where(cases.c.state.in_(states)).order_by(cases.c.received, cases.c.reference)
    return _cases(connection, own(connection, query, cases))


def cases_named(connection: Connection, references: Collection[str]) -> tuple[Case, ...]:
    """The cases with these references, of whichever MARAC, in the order of their references."""
    query = _every_column().where(cases.c.reference.in_(references)).order_by(cases.c.received, cases.c.reference)
    return _cases(connection, query) if references else ()


@lru_cache(maxsize=1024)
def _reading_of(record: str) -> Reading:
    """The reading that was kept as this text. Every registration looks at every case, and nothing in a reading changes."""
    return from_record(json.loads(record))


def _every_column() -> Select[Any]:
    """The columns of a case, its reading as the text that it is kept as."""
    others = (column for column in cases.c if column.name != "reading")
    return select(*others, cast(cases.c.reading, Text).label("reading"))


def _cases(connection: Connection, query: Select[Any]) -> tuple[Case, ...]:
    rows: Sequence[Row[Any]] = connection.execute(query).all()
    raised: defaultdict[str, list[Flag]] = defaultdict(list)
    decided: defaultdict[str, list[Decision]] = defaultdict(list)
    for row in connection.execute(_about(select(flags), flags, rows).order_by(flags.c.id)):
        raised[row.case].append(Flag(row.code, row.reason, row.evidence, row.other_case, row.needs_decision))
    for row in connection.execute(_about(select(decisions), decisions, rows).order_by(decisions.c.id)):
        decided[row.case].append(Decision(row.case, row.kind, row.reason, row.by, row.on, row.other_case, row.meeting))
    return tuple(
        Case(
            reference=row.reference,
            state=row.state,
            received=row.received,
            reading=_reading_of(row.reading),
            agency=row.agency,
            meeting=row.meeting,
            flags=tuple(raised[row.reference]),
            decisions=tuple(decided[row.reference]),
            joined_to=row.joined_to,
            marac=row.marac,
            version=row.version,
            origin=row.origin,
            transferred_to=row.transferred_to,
            former_reference=row.former_reference,
            received_at=row.received_at,
        )
        for row in rows
    )


def _about(query: Select[Any], table: Table, rows: Sequence[Row[Any]]) -> Select[Any]:
    """The query, of these cases only where they are few: a whole register is faster without their names."""
    return query.where(table.c.case.in_([row.reference for row in rows])) if len(rows) <= _FEW else query
