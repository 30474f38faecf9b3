"""Rows that somebody added to the sheet of cases: each becomes a draft, once, until a person says that it is a referral."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from marac.case import Case
from marac.read_back.changes import AGENCY, Edit, entry, value_for
from marac.read_back.decisions import TRIPLE
from marac.read_back.leaves import with_leaf
from marac.read_back.taking import Taking
from marac.read_back.typed import NotReadableError
from marac.referral import Problem, Reading
from marac.register.cases import add_case, next_reference
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.register.workbook.canonical import canonical
from marac.register.workbook.columns import COLUMNS
from marac.register.workbook.comparison import ChangedCell, NewRow
from marac.register.workbook.shown import drafts_from, note_draft

_EDITS = {each.column.title: each.column.edits for each in COLUMNS if each.column.edits}
_NAME = next(title for title, path in _EDITS.items() if path == "victim.name")
_NOTHING = "holds nothing that makes a case: it has no key, and names no victim. Nothing was taken from it."
_OWNED = "holds values in columns that are the program's. They were not taken; the rest became {case}."
_DECIDED = "holds a decision about what is only a draft, {case}. Accept it first; the decision was not taken."


def take_new_rows(taking: Taking, rows: Iterable[NewRow]) -> tuple[str, ...]:
    """The references of the drafts that new rows became. A row that became one before is edited, not entered again."""
    earlier = drafts_from(taking.connection, taking.copy.workbook)
    made: list[str] = []
    unmatched: list[tuple[NewRow, dict[str, str]]] = []
    for row in rows:
        texts = {title: canonical(value) for title, value in row.cells.items()}
        same = next((case for case, cells in earlier.items() if cells == texts), None)
        if same:
            del earlier[same]
        else:
            unmatched.append((row, texts))
    for row, texts in unmatched:
        case = next((case for case, cells in earlier.items() if _is_same_row(cells, texts)), None)
        if case:
            taking.take(_edits(case, earlier.pop(case), row, texts))
            note_draft(taking.connection, taking.copy.workbook, case, texts)
        elif reference := _draft(taking, row, texts):
            made.append(reference)
    return tuple(made)


def _is_same_row(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether this is the row that a draft was made from, typed in further since: the same victim, or most of it."""
    if before.get(_NAME) and before.get(_NAME) == now.get(_NAME):
        return True
    kept = sum(now.get(title) == text for title, text in before.items())
    return 2 * kept >= len(before) and kept > 0


def _edits(case: str, before: Mapping[str, str], row: NewRow, now: Mapping[str, str]) -> list[ChangedCell]:
    titles = [title for title in {**before, **now} if before.get(title, "") != now.get(title, "")]
    return [
        ChangedCell("Cases", case, title, row.row, before.get(title, ""), now.get(title, ""), row.cells.get(title, ""))
        for title in titles
    ]


def _draft(taking: Taking, row: NewRow, texts: Mapping[str, str]) -> str | None:
    """Enter a new row as a draft; its reference."""
    office, connection = taking.office, taking.connection
    place = f"Cases, row {row.row}"
    reading, agency = Reading("referral"), None
    refused: list[str] = []
    for title, value in row.cells.items():
        path = _EDITS.get(title)
        if path is None or path in TRIPLE:
            continue
        try:
            edit = Edit(path, value_for(path, value, office), texts[title])
        except NotReadableError as error:
            refused.append(f"{place}, {title}: what stands there is {error}. It was left out.")
            reading = replace(reading, problems=(*reading.problems, _not_read(path, title)))
            continue
        if path == AGENCY:
            agency = edit.value
        else:
            reading = with_leaf(reading, path, edit.value, edit.words)
    if not reading.referral.victim.name:
        taking.reported.append(f"{place} {_NOTHING}")
        return None
    reference = next_reference(connection, office.today)
    case = Case(reference, "draft", office.today, reading, agency, origin="workbook")
    add_case(connection, case)
    flag_anew(connection, case, office.settings.rules)
    record(connection, entry(office, "case drafted", reference))
    note_draft(connection, taking.copy.workbook, reference, texts)
    taking.reported += refused
    if any(_EDITS.get(title) in TRIPLE for title in texts):
        taking.reported.append(f"{place} {_DECIDED.format(case=reference)}")
    if any(title not in _EDITS for title in texts):
        taking.reported.append(f"{place} {_OWNED.format(case=reference)}")
    return reference


def _not_read(path: str, title: str) -> Problem:
    return Problem("invalid", path, f"What was typed into the workbook under {title} could not be read.")
