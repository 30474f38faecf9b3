"""The cases of an old register entered: each under a reference of its year, with who took it over and from which row."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import LIVE, Case, Decision
from marac.office import Office
from marac.register.cases import add_case, add_decision, cases_in_states, every_case, next_reference
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.takeover.already import TAKEN, flagged, lookalikes, row_in_words
from marac.takeover.old_case import OldCase, with_words
from marac.takeover.plan import Plan

_WIDTH = 4  # digits of a reference's number


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was entered: the references, those that look like a case from elsewhere, and the open cases flagged anew."""

    references: tuple[str, ...]
    alike: tuple[str, ...]
    flagged_anew: tuple[str, ...]


def take_over(connection: Connection, office: Office, plan: Plan, by: str, sha256: str) -> TakenOver:
    """Enter every case of the plan, and look again at the cases still to be heard: one of these may be their earlier one.

    Args:
        connection: a transaction that changes the register.
        office: its settings, day and clock.
        plan: the rows to be taken, without those that were taken before.
        by: who says so.
        sha256: the identity of the spreadsheet.
    """
    flags = lookalikes(plan.cases, every_case(connection), office.settings.rules.matching)
    references = _References(connection)
    taken = []
    for old in sorted(plan.cases, key=lambda each: (each.case.received, each.sheet, each.row)):
        case = replace(with_words(flagged(old, flags)), reference=references.next(old.case))
        _enter(connection, office, case, old, by, sha256)
        taken.append(case)
    counts = f"{len(taken)} cases, {plan.actions} actions, {len(plan.unread)} rows not read, {sha256}"
    record(connection, _by_import(office.entry("spreadsheet taken over", sha256[:12], counts, actor=by)))
    again = _flagged_anew(connection, office) if taken else ()
    return TakenOver(
        tuple(case.reference for case in taken), tuple(case.reference for case in taken if case.flags), again
    )


class _References:
    """The references of the cases to be entered: the number after the newest of each year, looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[int, tuple[str, int]] = {}

    def next(self, case: Case) -> str:
        """The reference of the next case received in that year."""
        year = case.received.year
        if year not in self._next:
            start, _, newest = next_reference(self._connection, case.received).rpartition("-")
            self._next[year] = start, int(newest)
        start, number = self._next[year]
        self._next[year] = start, number + 1
        return f"{start}-{number:0{_WIDTH}d}"


def _enter(connection: Connection, office: Office, case: Case, old: OldCase, by: str, sha256: str) -> None:
    add_case(connection, case)
    if case.state != "draft":
        reason = f"Taken over from the old register, sheet {old.sheet}, row {old.row}. {old.words}".strip()
        add_decision(connection, Decision(case.reference, "accept", reason, by, office.today))
    record(connection, _by_import(office.entry(TAKEN, case.reference, row_in_words(old, sha256), actor=by)))


def _by_import(entry: Entry) -> Entry:
    return replace(entry, origin="import")


def _flagged_anew(connection: Connection, office: Office) -> tuple[str, ...]:
    """The cases still to be heard of which an old case says something new."""
    live = cases_in_states(connection, LIVE)
    found = ((case, flag_anew(connection, case, office.settings.rules)) for case in live)
    return tuple(case.reference for case, again in found if set(again.flags) - set(case.flags))
