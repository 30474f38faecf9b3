"""Rows that somebody added to the sheet of actions: each becomes an action, once, or is reported with all that it lacks."""

from collections.abc import Iterable, Mapping
from typing import Any

from marac.action import Action
from marac.case import Case
from marac.errors import NotFoundError
from marac.matching.spelling import folded
from marac.meetings.agency_named import agency_named
from marac.read_back.action_edits import action_value, with_edits
from marac.read_back.changes import entry
from marac.read_back.taking import Taking
from marac.read_back.typed import NotReadableError
from marac.register.actions import add_action, set_action
from marac.register.calendar import meetings
from marac.register.cases import case_named
from marac.register.trail import record
from marac.register.workbook.actions import COLUMNS
from marac.register.workbook.canonical import canonical
from marac.register.workbook.comparison import ChangedCell, NewRow
from marac.register.workbook.shown import new_actions_from, note_new_action

_EDITS = {column.title: column.edits for column in COLUMNS if column.edits} | {"Meeting": "meeting"}
_NEEDED = ("Case", "Agency", "What is to be done", "Due")
_NOT_TAKEN = "{place}: the new action was not taken. {why} It stays in the copy that is kept beside the workbook."


def take_new_actions(taking: Taking, rows: Iterable[NewRow]) -> int:
    """How many new rows became actions. A row that became one before is edited, not entered again."""
    earlier = new_actions_from(taking.connection, taking.copy.workbook)
    unmatched: list[tuple[NewRow, dict[str, str]]] = []
    taken = 0
    for row in rows:
        texts = {title: canonical(value) for title, value in row.cells.items()}
        same = next((number for number, cells in earlier.items() if cells == texts), None)
        if same:
            del earlier[same]
        else:
            unmatched.append((row, texts))
    for row, texts in unmatched:
        number = next((number for number, cells in earlier.items() if _is_same_row(cells, texts)), None)
        if number:
            taking.take(_changed(number, earlier.pop(number), row, texts))
            note_new_action(taking.connection, taking.copy.workbook, int(number), texts)
        else:
            taken += _take(taking, row, texts)
    return taken


def _is_same_row(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether this is the row that an action was made from, typed in further since."""
    same = sum(before.get(title) == now.get(title) for title in _NEEDED)
    return before.get("Case") == now.get("Case") and same >= len(_NEEDED) - 1


def _changed(number: str, before: Mapping[str, str], row: NewRow, now: Mapping[str, str]) -> list[ChangedCell]:
    titles = [title for title in {**before, **now} if before.get(title, "") != now.get(title, "")]
    return [
        ChangedCell(
            "Actions", number, title, row.row, before.get(title, ""), now.get(title, ""), row.cells.get(title, "")
        )
        for title in titles
    ]


def _take(taking: Taking, row: NewRow, texts: Mapping[str, str]) -> bool:
    """Enter an action, whole or not at all; whether it was."""
    refused: list[str] = [f"{title} is empty." for title in _NEEDED if not texts.get(title)]
    case = _case(taking, texts, refused)
    agency = (
        agency_named(texts["Agency"], tuple(taking.office.settings.agencies.values())) if texts.get("Agency") else None
    )
    if agency is not None and agency.agency is None:
        refused.append(f"Agency: {agency.doubt}")
    values = _values(taking, row, refused)
    if refused or case is None or agency is None or agency.agency is None:
        place = f"Actions, row {row.row}"
        taking.reported.append(_NOT_TAKEN.format(place=place, why=" ".join(refused)))
        return False
    _enter(taking, case, agency.agency.id, values, texts)
    return True


def _enter(taking: Taking, case: Case, agency: str, values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    connection, office = taking.connection, taking.office
    needed = (case.reference, agency, values["due"], values["text"], office.today)
    action = add_action(connection, *needed)
    set_action(connection, with_edits(action, values, office.today))
    record(connection, entry(office, "action added", case.reference, f"action {action.number} {agency}"))
    note_new_action(connection, taking.copy.workbook, action.number, texts)
    taking.taken += 1


def _case(taking: Taking, texts: Mapping[str, str], refused: list[str]) -> Case | None:
    """The case that a row names, where it is one of this MARAC's and of the victim that the row names."""
    if not texts.get("Case"):
        return None
    try:
        case = case_named(taking.connection, texts["Case"])
        case = case_named(taking.connection, case.joined_to) if case.joined_to else case
    except NotFoundError:
        case = None
    if case is None or case.marac != taking.office.settings.marac.id:
        refused.append("Case: the register has no case with this reference.")
        return None
    victim = texts.get("Victim", "")
    if victim and folded(victim) != folded(case.referral.victim.name or ""):
        refused.append(f"Victim: another name than that of {case.reference}.")
    return case


def _values(taking: Taking, row: NewRow, refused: list[str]) -> dict[str, Any]:
    office = taking.office
    values: dict[str, Any] = {}
    for title, value in row.cells.items():
        if title not in _EDITS or not canonical(value):
            continue
        try:
            values[_EDITS[title]] = action_value(_EDITS[title], value, office.today)
        except NotReadableError as error:
            refused.append(f"{title}: what stands there is {error}.")
    dates = {each.date for each in meetings(taking.connection, office.settings, office.today)}
    if values.get("meeting") is not None and values["meeting"] not in dates:
        refused.append("Meeting: the calendar has none on that day.")
    try:
        with_edits(Action(0, "", "", office.today, ""), values, office.today)
    except NotReadableError as error:
        refused.append(f"Outcome: what stands there is {error}")
    return values


__all__ = ["take_new_actions"]
