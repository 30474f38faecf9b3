"""A decision typed into the workbook: what, by whom and why, all three together or not at all."""

from collections.abc import Mapping, Sequence
from typing import get_args

from sqlalchemy import Connection

from marac.case import Case, Decision, DecisionKind
from marac.deciding import why_not
from marac.office import Office
from marac.read_back.changes import decide
from marac.read_back.ours import Row
from marac.register.calendar import meetings
from marac.register.workbook.comparison import ChangedCell
from marac.register.workbook.words import DECISION_WORDS

TRIPLE = ("decision", "decided by", "reason for decision")
"""Where the edits go that make a decision together."""

_NEEDS_ANOTHER = frozenset({"same-as", "not-same-as", "transfer", "list"})
_KINDS: Mapping[str, DecisionKind] = {
    words: kind for kind in get_args(DecisionKind) for words in (kind, kind.replace("-", " "), DECISION_WORDS[kind])
}
_ALL_THREE = (
    "a decision needs three things, typed together: what is decided, by whom, and the reason for it. It was not taken."
)
_UNKNOWN = "what stands there is not on the list of decisions. It was not taken."
_ELSEWHERE = (
    "this decision names another case, a MARAC or a meeting, so it is made with marac case decide. It was not taken."
)
_MEANWHILE = (
    "the case was decided about in the register since this workbook was written. Nothing was taken: look at the case, then"
    " decide anew if it still holds."
)


def take_decision(
    connection: Connection, office: Office, case: Case, row: Row, cells: Sequence[ChangedCell]
) -> str | None:
    """Make the decision that was typed into a case's row; why not, where it cannot be made.

    Args:
        connection: a transaction that changes the register.
        office: in use.
        case: as it stands.
        row: what the register shows of it now.
        cells: those of the three that were changed.
    """
    changed = {row.edits[cell.title]: cell for cell in cells}
    texts = {edits: row.cells[title] for title, edits in row.edits.items() if edits in TRIPLE}
    typed = {edits: changed[edits].text if edits in changed else text for edits, text in texts.items()}
    if typed == texts:
        return None
    kind = _KINDS.get(" ".join(typed["decision"].casefold().split()))
    if any(cell.valueless for cell in cells) or not all(typed.values()) or TRIPLE[2] not in changed:
        refused = _ALL_THREE
    elif any(cell.was != texts[edits] for edits, cell in changed.items()):
        refused = _MEANWHILE
    elif kind is None:
        refused = _UNKNOWN
    else:
        reason, by = typed["reason for decision"], " ".join(typed["decided by"].split())
        return _decided(connection, office, case, Decision(case.reference, kind, reason, by, office.today))
    return refused


def _decided(connection: Connection, office: Office, case: Case, decision: Decision) -> str | None:
    if decision.kind in _NEEDS_ANOTHER:
        return _ELSEWHERE
    dates = meetings(connection, office.settings, office.today)
    if refused := why_not(case, decision.kind, dates, office.today):
        return f"{refused} It was not taken."
    decide(connection, office, case, decision)
    return None
