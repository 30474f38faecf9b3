"""What was typed about an action on its sheet: as values, with what follows from them, put into the register."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from sqlalchemy import Connection

from marac.action import Action, ActionOutcome
from marac.office import Office
from marac.read_back.changes import entry
from marac.read_back.leaves import SOURCE
from marac.read_back.typed import NotReadableError, day_in, word_in
from marac.register.actions import set_action
from marac.register.trail import record
from marac.register.workbook.canonical import canonical

_FREE = frozenset({"note", "owner", "risk"})
_CLOSED = frozenset({"done", "could not be done"})
_AT_ODDS = "at odds with the day under Done: what is not done has none. The register keeps what it had."


def action_value(edits: str, value: Any, today: dt.date) -> Any:
    """What was typed about an action, as the value that goes there.

    Args:
        edits: which value of the action: `text`, `due`, `done`, `outcome`, `note`, `owner`, `risk`, `meeting`.
        value: what stands in the cell, as it was read.
        today: as for `day_in`.

    Raises:
        NotReadableError: it cannot be read, or is missing where there must be one.
    """
    text = canonical(value)
    if edits == "text" and not text:
        raise NotReadableError("empty, and an action needs words")
    if edits == "due" and not text:
        raise NotReadableError("empty, and an action needs a day by which it is due")
    if edits == "text" or edits in _FREE:
        return text
    if edits == "outcome":
        return word_in(text, get_args(ActionOutcome)) if text else None
    return day_in(text, today) if text else None


def with_edits(action: Action, values: Mapping[str, Any], today: dt.date) -> Action:
    """The action with these values and what follows from them: an outcome closes it or leaves it open.

    Raises:
        NotReadableError: the outcome and the day under Done do not go together.
    """
    changed = replace(action, **values)
    if "outcome" in values:
        if changed.outcome in _CLOSED:
            return replace(changed, done=changed.done or today)
        if values.get("done") is not None:
            raise NotReadableError(_AT_ODDS)
        return replace(changed, done=None)
    if "done" in values:
        kept = changed.outcome if changed.outcome in _CLOSED else "done"
        return replace(changed, outcome=kept if changed.done else None)
    return changed


def edit_action(
    connection: Connection, office: Office, action: Action, values: Mapping[str, Any], actor: str = SOURCE
) -> Action:
    """The action with these values, in the register.

    Raises:
        NotReadableError: the values do not go together.
    """
    changed = with_edits(action, values, office.today)
    set_action(connection, changed)
    detail = f"action {action.number}: {', '.join(sorted(values))}"
    record(connection, entry(office, "action edited", action.case, detail, actor))
    return changed
