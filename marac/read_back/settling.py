"""A conflict settled: a person said whether what was typed or what the register held is right."""

from dataclasses import replace
from typing import Literal, get_args

from sqlalchemy import Connection

from marac.case import Origin
from marac.errors import UsageError
from marac.office import Office
from marac.read_back.action_edits import action_value, edit_action
from marac.read_back.changes import Edit, change_case, entry, value_for
from marac.read_back.leaves import SOURCE
from marac.read_back.ours import ours, path_of
from marac.register.conflicts import close_conflict
from marac.register.trail import record
from marac.register.workbook.contents import Conflict

Side = Literal["typed", "register"]
SIDES: tuple[Side, ...] = get_args(Side)


def settle(
    connection: Connection,
    office: Office,
    conflict: Conflict,
    right: Side,
    by: str = SOURCE,
    *,
    origin: Origin = "workbook",
) -> None:
    """Let the side that is right stand in the register, and close the conflict.

    Raises:
        UsageError: what was typed has no place in the register any more.
        ConflictError: somebody else changed the case at the same moment.
    """
    if right == "typed":
        _put_in(connection, office, conflict, by)
    close_conflict(connection, conflict.number, right, by, office.now())
    detail = f"conflict {conflict.number}: {right}"
    record(connection, replace(entry(office, "conflict settled", conflict.case, detail, actor=by), origin=origin))


def _put_in(connection: Connection, office: Office, conflict: Conflict, by: str) -> None:
    held = ours(connection, [(conflict.sheet, conflict.key)])
    row = held.rows.get((conflict.sheet, conflict.key))
    edits = row.edits.get(conflict.column) if row else None
    if edits is None:
        raise UsageError(
            f"The register has no place any more for what was typed in conflict {conflict.number}. Say register instead."
        )
    if conflict.sheet == "Actions":
        value = action_value(edits, conflict.typed, office.today)
        edit_action(connection, office, held.actions[conflict.key], {edits: value}, by)
        return
    path = path_of(conflict.key, edits)
    edit = Edit(path, value_for(path, conflict.typed, office), conflict.typed)
    change_case(connection, office, held.cases[conflict.case], [edit], by)
