"""What the register holds now of the cases that somebody edited, as the workbook would show it, and where edits go."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.action import Action
from marac.case import Case
from marac.register.actions import every_action
from marac.register.cases import cases_named
from marac.register.conflicts import open_conflicts
from marac.register.workbook.actions import actions_sheet
from marac.register.workbook.cases import cases_sheet
from marac.register.workbook.children import children_sheet
from marac.register.workbook.conflicts import conflicts_sheet
from marac.register.workbook.contents import Conflict, RegisterContents, RegisteredCase
from marac.register.workbook.people import people_sheet
from marac.register.workbook.sheet import Sheet
from marac.register.workbook.shown import canonical_rows

_PERSON = re.compile(r"(?P<case>\S+) (?P<role>victim|perpetrator|child)(?: (?P<number>\d+))?")
_BRANCHES = {"victim": "victim", "perpetrator": "perpetrators", "child": "children"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the workbook would show it now."""

    cells: Mapping[str, str] = field(repr=False)
    edits: Mapping[str, str]
    """Titles of what can be edited in it, and where each edit goes."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The part of the register that an edited copy speaks of."""

    cases: dict[str, Case]
    actions: dict[str, Action]
    conflicts: dict[str, Conflict]
    rows: Mapping[tuple[str, str], Row] = field(repr=False)


def case_of(key: str) -> str:
    """The reference of the case that a row of cases, people or children is about."""
    return key.partition(" ")[0]


def path_of(key: str, edits: str) -> str:
    """The leaf of the referral that an edit in a row of cases, people or children goes to."""
    person = _PERSON.fullmatch(key)
    if person is None:
        return edits
    branch = _BRANCHES[person["role"]]
    return f"{branch}.{edits}" if person["number"] is None else f"{branch}.{int(person['number']) - 1}.{edits}"


def ours(connection: Connection, keys: Iterable[tuple[str, str]]) -> Ours:
    """What the register holds of the rows with these sheets and keys."""
    wanted = set(keys)
    references = {case_of(key) for sheet, key in wanted if sheet in {"Cases", "People", "Children"}}
    cases = _cases(connection, references)
    numbers = {key for sheet, key in wanted if sheet == "Actions"}
    actions = [each for each in (every_action(connection) if numbers else ()) if str(each.number) in numbers]
    conflicts = open_conflicts(connection) if any(sheet == "Conflicts" for sheet, _ in wanted) else ()
    registered = [RegisteredCase(case) for case in cases]
    contents = RegisterContents("", tuple(registered), tuple(actions), conflicts=conflicts)
    sheets = (
        cases_sheet(registered),
        people_sheet(registered),
        children_sheet(registered),
        actions_sheet(contents),
        conflicts_sheet(conflicts),
    )
    return Ours(
        {case.reference: case for case in cases},
        {str(action.number): action for action in actions},
        {str(each.number): each for each in conflicts},
        {(sheet.name, key): row for sheet in sheets for key, row in _rows(sheet)},
    )


def _cases(connection: Connection, references: Collection[str]) -> list[Case]:
    """The cases, asked for in portions: a database takes only so many names at once."""
    names = sorted(references)
    return [case for start in range(0, len(names), 500) for case in cases_named(connection, names[start : start + 500])]


def _rows(sheet: Sheet) -> Iterable[tuple[str, Row]]:
    shown = canonical_rows(sheet)
    for number, key in enumerate(shown.rows):
        edits = {
            column.title: column.edits
            for place, column in enumerate(sheet.columns)
            if column.edits and (number, place) not in sheet.locked
        }
        yield key, Row(shown.cells(key), edits)
