"""The demo's meeting: the minutes are typed into the Word file during it, read back, and confirmed."""

import io
from pathlib import Path
from typing import Any

import docx

from marac.demo.actions import ACTIONS, ADDED_ACTION, CONFLICT, EARLIER_ACTION, NOTED, SampleAction
from marac.demo.agencies import AGENCIES, COORDINATOR
from marac.demo.filled_forms import saved, tick
from marac.demo.stage import Stage, heading, tell
from marac.files import write_whole

_PRESENT, _APOLOGIES, _SIGNED, _SENT = 2, 3, 4, 5
_ABSENT = "probation"


def play_meeting(stage: Stage) -> None:
    """Fill the minutes in, show what was understood of them, and take it."""
    heading("The meeting: the minutes are typed into the Word file that came with the agenda")
    held_back = stage.case_of(CONFLICT.message)
    tell(
        f"Whoever is there for Weir Bank Homes leaves the room while {held_back} is heard. The chair's agenda says from whom it is held back."
    )
    minutes = next(stage.documents.glob("minutes *.docx"))
    write_whole(minutes, _filled_in(stage, minutes))
    tell(f"{COORDINATOR} types into {minutes}, and saves it. What does marac understand?")
    on = stage.days.meeting
    stage.marac("minutes", "read", str(minutes), on=on)
    tell("It is right, so it is confirmed. (The same list again is not shown here.)")
    stage.quietly("minutes", "read", str(minutes), "--confirm", "--by", COORDINATOR, on=on)
    tell("On the way out police offer one action more. It needs no minutes:")
    words = ("action", "add", stage.case_of(ADDED_ACTION.message), "--agency", ADDED_ACTION.agency)
    stage.marac(*words, "--due", ADDED_ACTION.due(on).isoformat(), ADDED_ACTION.text, on=on)


def _filled_in(stage: Stage, minutes: Path) -> bytes:
    document = docx.Document(io.BytesIO(minutes.read_bytes()))
    tables = {_beginning(table): table for table in document.tables}
    _attend(tables["Agency"])
    _close_the_earlier_action(tables["No."])
    for reference in _heard(tables):
        _conclude(tables[f"{reference}: what the meeting noted"], _with_children(tables, reference))
    for message, risks in NOTED.items():
        _cells(tables[f"{stage.case_of(message)}: what the meeting noted"], 1)[-1].text = risks
    for action in ACTIONS:
        _agree(tables[f"{stage.case_of(action.message)}: actions agreed"], action, stage)
    return saved(document)


def _attend(table: Any) -> None:
    """Everybody is there and signs, but for probation, which sent apologies and nothing else."""
    ids = {agency.name: agency.id for agency in AGENCIES}
    for number in range(1, len(table.rows)):
        cells = _cells(table, number)
        if ids[cells[0].text] == _ABSENT:
            tick(cells[_APOLOGIES])
            tick(cells[_SENT], 1)
        else:
            tick(cells[_PRESENT])
            tick(cells[_SIGNED], 0)


def _close_the_earlier_action(table: Any) -> None:
    tick(_cells(table, 1)[4], 0)
    _cells(table, 1)[5].text = EARLIER_ACTION.done


def _conclude(table: Any, with_children: bool) -> None:
    """The case was heard; of what the area has the meeting consider, the children's procedures where there are any."""
    *considered, ending = [cells for number in range(len(table.rows)) if len(cells := _cells(table, number)) == 3]
    for cells in considered:
        concerns = with_children and "children" in cells[0].text
        tick(cells[1], 0 if concerns else 1)
        cells[2].text = "Children's social care leads." if concerns else ""
    tick(ending[1], 0)


def _with_children(tables: dict[str, Any], reference: str) -> bool:
    """Whether the section of a case names children."""
    people = next(table for head, table in tables.items() if head.startswith(f"{reference}   "))
    return any(row.cells[0].text == "Children" for row in people.rows)


def _heard(tables: dict[str, Any]) -> list[str]:
    """The references of the cases that have a section."""
    title = ": what the meeting noted"
    return [head.removesuffix(title) for head in tables if head.endswith(title)]


def _agree(table: Any, action: SampleAction, stage: Stage) -> None:
    """Type an action into the next row that is empty."""
    rows = (_cells(table, number) for number in range(2, len(table.rows)))
    cells = next(each for each in rows if not each[2].text.strip())
    name = next(agency.name for agency in AGENCIES if agency.id == action.agency)
    due = action.due(stage.days.meeting)
    for cell, words in zip(cells[1:], (action.risk, action.text, name, action.owner, f"{due:%d/%m/%Y}"), strict=True):
        if words:
            cell.text = words


def _beginning(table: Any) -> str:
    """The words of a table's first cell."""
    return str(table.rows[0].cells[0].text).strip()


def _cells(table: Any, row: int) -> list[Any]:
    """The cells of a row, each once however many columns it covers."""
    return list({cell._tc: cell for cell in table.rows[row].cells}.values())  # noqa: SLF001 - python-docx has no other name
