"""The edits of one copy, decided one by one and taken: safe ones go in, doubtful ones become conflicts or are reported."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from marac.action import Action
from marac.case import Case
from marac.errors import ConflictError, UsageError
from marac.office import Office
from marac.read_back.action_edits import action_value, edit_action
from marac.read_back.changes import Edit, change_case, value_for, value_in
from marac.read_back.copies import EditedCopy
from marac.read_back.decisions import TRIPLE, take_decision
from marac.read_back.ours import Ours, case_of, ours, path_of
from marac.read_back.reports import about_cell, about_owned
from marac.read_back.settling import SIDES, settle
from marac.read_back.typed import NotReadableError, word_in
from marac.register.cases import case_named
from marac.register.conflicts import add_conflict, conflict_numbered
from marac.register.workbook.canonical import is_cut
from marac.register.workbook.comparison import ChangedCell
from marac.register.workbook.contents import Conflict
from marac.register.workbook.shown import note_taken

_KEPT = "The register keeps what it had."
_FORMULA = f"a formula or an error stands there. {_KEPT} Type the value itself."
_CUT = f"the text is longer than a cell holds, and only its beginning stood there. {_KEPT}"
_GONE = "the register has no such row any more. Nothing was taken."


@dataclass(slots=True)
class Taking:
    """One copy's way into the register, in one transaction."""

    office: Office
    connection: Connection
    copy: EditedCopy
    taken: int = 0
    conflicts: int = 0
    reported: list[str] = field(default_factory=list)
    _ours: Ours = field(init=False, repr=False)

    def take(self, cells: Iterable[ChangedCell]) -> None:
        """Take what can be taken, and say of all else why not."""
        fresh = [cell for cell in cells if not self._taken_before(cell)]
        self._ours = ours(self.connection, ((cell.sheet, cell.key) for cell in fresh))
        self.reported += about_owned(cell for cell in fresh if self._is_owned(cell))
        groups: defaultdict[tuple[str, str], list[ChangedCell]] = defaultdict(list)
        for cell in fresh:
            if self._edits(cell):
                case = cell.sheet in {"Cases", "People", "Children"}
                groups["" if case else cell.sheet, case_of(cell.key) if case else cell.key].append(cell)
            elif (cell.sheet, cell.key) not in self._ours.rows and cell.sheet != "Conflicts":
                self._report(cell, _GONE)
        for (sheet, key), group in sorted(groups.items()):
            if sheet == "Actions":
                self._take_action(self._ours.actions[key], group)
            elif sheet == "Conflicts":
                self._settle(group[0])
            else:
                self._take_case(self._ours.cases[key], group)

    def _take_case(self, case: Case, cells: Sequence[ChangedCell]) -> None:
        values = [cell for cell in cells if self._edits(cell) not in TRIPLE]
        decision = [cell for cell in cells if self._edits(cell) in TRIPLE]
        case = self._take_values(case, values)
        if decision:
            row = self._ours.rows["Cases", case.reference]
            try:
                refused = take_decision(self.connection, self.office, case, row, decision)
            except ConflictError:
                refused = "somebody else changed the case at the same moment. Nothing was taken."
            if refused:
                self._report(decision[0], refused, case.reference)
            else:
                self._note_taken(decision)
                self.taken += 1

    def _take_values(self, case: Case, cells: Sequence[ChangedCell]) -> Case:
        safe: defaultdict[str, list[tuple[ChangedCell, Any]]] = defaultdict(list)
        for cell in cells:
            path = path_of(cell.key, self._edits(cell))
            try:
                value = self._value(path, cell)
            except NotReadableError as error:
                self._report(cell, str(error), case.reference)
                continue
            if value == value_in(case, path) or value == self._value_shown(path, cell):
                continue
            if self._is_as_shown(case, path, cell):
                safe[path].append((cell, value))
            else:
                self._conflict(case.reference, cell)
        edits = list(self._agreed(case.reference, safe))
        if not edits:
            return case
        try:
            case = change_case(self.connection, self.office, case, [edit for _, edit in edits])
        except ConflictError:
            for cell, _ in edits:
                self._conflict(case.reference, cell)
            return case_named(self.connection, case.reference)
        self._note_taken([cell for path in safe for cell, _ in safe[path]])
        self.taken += len(edits)
        return case

    def _agreed(self, case: str, safe: dict[str, list[tuple[ChangedCell, Any]]]) -> Iterable[tuple[ChangedCell, Edit]]:
        """One edit for each leaf; of a leaf that two sheets show differently, two conflicts instead."""
        for path in list(safe):
            first, value = safe[path][0]
            if all(other == value for _, other in safe[path]):
                yield first, Edit(path, value, first.text)
            else:
                for cell, _ in safe.pop(path):
                    self._conflict(case, cell)

    def _take_action(self, action: Action, cells: Sequence[ChangedCell]) -> None:
        values: dict[str, Any] = {}
        taken: list[ChangedCell] = []
        for cell in cells:
            edits = self._edits(cell)
            try:
                value = self._action_value(edits, cell)
            except NotReadableError as error:
                self._report(cell, str(error), action.case)
                continue
            if value == getattr(action, edits):
                continue
            if self._ours.rows[cell.sheet, cell.key].cells[cell.title] == cell.was:
                values[edits] = value
                taken.append(cell)
            else:
                self._conflict(action.case, cell)
        if not values:
            return
        try:
            edit_action(self.connection, self.office, action, values)
        except NotReadableError as error:
            self._report(taken[0], f"what stands there is {error}", action.case)
        else:
            self._note_taken(taken)
            self.taken += len(values)

    def _settle(self, cell: ChangedCell) -> None:
        """Settle a conflict as it was said on its sheet."""
        conflict = conflict_numbered(self.connection, int(cell.key))
        if not cell.text:
            return
        try:
            right = SIDES[SIDES.index(word_in(cell.text, SIDES))]
            settle(self.connection, self.office, conflict, right)
        except NotReadableError:
            self._report(cell, "neither typed nor register. The conflict stays open.", conflict.case)
        except (UsageError, ConflictError) as error:
            self._report(cell, str(error), conflict.case)
        else:
            self.taken += 1

    def _action_value(self, edits: str, cell: ChangedCell) -> Any:
        if cell.valueless:
            raise NotReadableError(_FORMULA)
        return self._said(action_value, edits, cell.value, self.office.today)

    def _value(self, path: str, cell: ChangedCell) -> Any:
        if cell.valueless:
            raise NotReadableError(_FORMULA)
        if is_cut(cell.was) or is_cut(cell.text):
            raise NotReadableError(_CUT)
        return self._said(value_for, path, cell.value, self.office)

    @staticmethod
    def _said(read: Any, *arguments: Any) -> Any:
        try:
            return read(*arguments)
        except NotReadableError as error:
            raise NotReadableError(f"what stands there is {error}. {_KEPT}") from None

    def _value_shown(self, path: str, cell: ChangedCell) -> Any:
        """What the cell showed, as a value; the cell itself where that cannot be read, which is like no value."""
        try:
            return value_for(path, cell.was, self.office)
        except NotReadableError:
            return cell

    def _is_as_shown(self, case: Case, path: str, cell: ChangedCell) -> bool:
        """Whether the register still holds what the cell showed."""
        now = self._ours.rows[cell.sheet, cell.key].cells[cell.title]
        return now == cell.was or value_in(case, path) == self._value_shown(path, cell)

    def _conflict(self, case: str, cell: ChangedCell) -> None:
        holds = self._ours.rows[cell.sheet, cell.key].cells[cell.title]
        found = Conflict(0, case, cell.sheet, cell.key, cell.title, cell.was, cell.text, holds)
        self.conflicts += add_conflict(self.connection, found, self.office.now())

    def _edits(self, cell: ChangedCell) -> str:
        """Where an edit of the cell goes; nothing for what the program owns."""
        row = self._ours.rows.get((cell.sheet, cell.key))
        return row.edits.get(cell.title, "") if row else ""

    def _is_owned(self, cell: ChangedCell) -> bool:
        return (cell.sheet, cell.key) in self._ours.rows and not self._edits(cell)

    def _taken_before(self, cell: ChangedCell) -> bool:
        return self.copy.taken.get(cell.sheet, {}).get(cell.key, {}).get(cell.title) == cell.text

    def _note_taken(self, cells: Iterable[ChangedCell]) -> None:
        rows: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for cell in cells:
            rows[cell.sheet, cell.key][cell.title] = cell.text
        for (sheet, key), texts in rows.items():
            note_taken(self.connection, self.copy.workbook, sheet, key, texts)

    def _report(self, cell: ChangedCell, why: str, case: str = "") -> None:
        self.reported.append(about_cell(cell, case, why))
