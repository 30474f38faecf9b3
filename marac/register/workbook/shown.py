"""What stood in the rows that people edit, workbook by workbook: what a copy that comes back is compared with."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, func, insert, select

from marac.register.schema import workbook_rows, workbooks
from marac.register.scope import marac_of
from marac.register.workbook.canonical import LINK_WORDS, as_written, canonical
from marac.register.workbook.sheet import Sheet

_TITLES = ""
"""The key of the row of titles."""

_IN_PLACE = "in place"
_TAKEN = "taken "
_DRAFTS = "drafts"
_NEW_ACTIONS = "new actions"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one sheet of one workbook showed: its titles, and each row, as `as_row` has it, by its key."""

    titles: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict, repr=False)

    def cells(self, key: str) -> dict[str, str]:
        """The row's canonical texts by their titles."""
        return dict(zip(self.titles, map(canonical, self.rows[key].split(_BETWEEN)), strict=True))


_BETWEEN = "\x1f"
"""What stands between the texts of a row: the separator of units, which no cell can hold."""


def as_row(texts: Iterable[str]) -> str:
    """The texts of a row as they are kept: the quickest form to compare."""
    return _BETWEEN.join(texts)


def canonical_rows(sheet: Sheet) -> Shown:
    """What the sheet shows."""
    links = [place for place, column in enumerate(sheet.columns) if column.kind == "link"]
    rows: dict[str, str] = {}
    for row in sheet.rows:
        texts = [as_written(value) for value in row]
        for place in links:
            texts[place] = LINK_WORDS if texts[place] else ""
        rows[texts[0]] = as_row(texts)
    return Shown(tuple(column.title for column in sheet.columns), rows)


def keep_shown(connection: Connection, workbook: int, sheets: Sequence[Sheet]) -> int:
    """Keep what a workbook shows in the rows that people edit, as far as it differs from the one before; how many rows."""
    changed: list[dict[str, object]] = []
    for sheet in sheets:
        if not sheet.keyed:
            continue
        now, before = canonical_rows(sheet), _kept(connection, workbook, sheet.name)
        rows: dict[str, str | None] = {_TITLES: as_row(now.titles), **now.rows}
        anew = before.get(_TITLES) != rows[_TITLES]
        differ = {key: cells for key, cells in rows.items() if anew or before.get(key) != cells}
        differ |= dict.fromkeys(before.keys() - rows.keys())
        changed += [{"workbook": workbook, "sheet": sheet.name, "key": key, "cells": differ[key]} for key in differ]
    if changed:
        connection.execute(insert(workbook_rows), changed)
    return len(changed)


def shown_in(connection: Connection, workbook: int, sheet: str) -> Shown:
    """What the sheet of that name showed in a workbook; nothing where it was not kept."""
    rows = _kept(connection, workbook, sheet)
    titles = rows.pop(_TITLES, None)
    return Shown(tuple(titles.split(_BETWEEN)), rows) if titles else Shown()


def sheets_shown_in(connection: Connection, workbook: int) -> tuple[str, ...]:
    """The names of the sheets whose rows were kept when this workbook was written, or before it."""
    query = select(workbook_rows.c.sheet).where(
        workbook_rows.c.key == _TITLES, workbook_rows.c.workbook <= workbook, workbook_rows.c.sheet != _IN_PLACE
    )
    return tuple(connection.execute(query.distinct()).scalars())


def workbook_of(connection: Connection, generation: str) -> int | None:
    """The number of the newest workbook of this generation; None where this MARAC wrote none."""
    query = select(func.max(workbooks.c.number)).where(
        workbooks.c.generation == generation, workbooks.c.marac == marac_of(connection)
    )
    return connection.execute(query).scalar()


def overlaid(shown: Shown, taken: Mapping[str, Mapping[str, str]]) -> Shown:
    """What was shown, with what was taken since from the same copy: typed back, it is an edit like any other."""
    rows = dict(shown.rows)
    for key, cells in taken.items():
        if key in rows:
            rows[key] = as_row({**shown.cells(key), **cells}[title] for title in shown.titles)
    return Shown(shown.titles, rows)


def is_as_written(connection: Connection, sha256: str) -> bool:
    """Whether a file with these bytes is a workbook as this program wrote it."""
    query = select(workbooks.c.number).where(workbooks.c.sha256 == sha256, workbooks.c.marac == marac_of(connection))
    return connection.execute(query.limit(1)).scalar() is not None


def note_in_place(connection: Connection, generation: str) -> None:
    """Remember which generation stands in the workbook's place now."""
    number = workbook_of(connection, generation)
    if number is not None and number != in_place(connection):
        _add(connection, number, _IN_PLACE, _TITLES, "")


def in_place(connection: Connection) -> int | None:
    """The number of the workbook that was put in place last."""
    query = select(workbook_rows.c.workbook).where(workbook_rows.c.sheet == _IN_PLACE, _of_this_marac(connection))
    return connection.execute(query.order_by(workbook_rows.c.id.desc()).limit(1)).scalar()


def taken_from(connection: Connection, workbook: int, sheet: str) -> dict[str, dict[str, str]]:
    """What was taken from copies of this workbook before: by key, the texts by their titles."""
    return {key: json.loads(cells) for key, cells in _noted(connection, workbook, _TAKEN + sheet).items()}


def note_taken(connection: Connection, workbook: int, sheet: str, key: str, cells: Mapping[str, str]) -> None:
    """Remember what was taken from a row, so that it is not taken once more from the same copy."""
    earlier = taken_from(connection, workbook, sheet).get(key, {})
    _add(connection, workbook, _TAKEN + sheet, key, json.dumps({**earlier, **cells}, ensure_ascii=False))


def drafts_from(connection: Connection, workbook: int) -> dict[str, dict[str, str]]:
    """The rows that became drafts from copies of this workbook: by the case's reference, the texts by their titles."""
    return {key: json.loads(cells) for key, cells in _noted(connection, workbook, _DRAFTS).items()}


def note_draft(connection: Connection, workbook: int, case: str, cells: Mapping[str, str]) -> None:
    """Remember the row that a draft was made from."""
    _add(connection, workbook, _DRAFTS, case, json.dumps(cells, ensure_ascii=False))


def new_actions_from(connection: Connection, workbook: int) -> dict[str, dict[str, str]]:
    """The rows that became actions from copies of this workbook: by the action's number, the texts by their titles."""
    return {key: json.loads(cells) for key, cells in _noted(connection, workbook, _NEW_ACTIONS).items()}


def note_new_action(connection: Connection, workbook: int, number: int, cells: Mapping[str, str]) -> None:
    """Remember the row that an action was made from."""
    _add(connection, workbook, _NEW_ACTIONS, str(number), json.dumps(cells, ensure_ascii=False))


def _add(connection: Connection, workbook: int, sheet: str, key: str, cells: str) -> None:
    connection.execute(insert(workbook_rows).values(workbook=workbook, sheet=sheet, key=key, cells=cells))


def _noted(connection: Connection, workbook: int, sheet: str) -> dict[str, str]:
    """What was noted for this workbook, or for one of the same generation; the newest of each key."""
    generation = select(workbooks.c.generation).where(workbooks.c.number == workbook).scalar_subquery()
    alike = select(workbooks.c.number).where(workbooks.c.generation == generation)
    query = select(workbook_rows.c.key, workbook_rows.c.cells).where(
        workbook_rows.c.sheet == sheet, workbook_rows.c.workbook.in_(alike), _of_this_marac(connection)
    )
    return {row.key: row.cells for row in connection.execute(query.order_by(workbook_rows.c.id))}


def _kept(connection: Connection, workbook: int, sheet: str) -> dict[str, str]:
    """The newest row of each key as of a workbook, those left out that were gone by then."""
    newest = (
        select(func.max(workbook_rows.c.id))
        .where(workbook_rows.c.sheet == sheet, workbook_rows.c.workbook <= workbook, _of_this_marac(connection))
        .group_by(workbook_rows.c.key)
    )
    query = select(workbook_rows.c.key, workbook_rows.c.cells).where(
        workbook_rows.c.id.in_(newest), workbook_rows.c.cells.is_not(None)
    )
    return dict(connection.execute(query).all())


def _of_this_marac(connection: Connection) -> ColumnElement[bool]:
    mine = select(workbooks.c.number).where(workbooks.c.marac == marac_of(connection))
    return workbook_rows.c.workbook.in_(mine)
