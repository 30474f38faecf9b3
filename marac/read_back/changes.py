"""Edits put into the register: each with its evidence, its flags worked out anew, and its entry in the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import Case, Decision
from marac.deciding import decide as decided_upon
from marac.office import Office
from marac.read_back.leaves import SOURCE, leaf, with_leaf
from marac.read_back.typed import typed_value
from marac.register.amendments import set_agency
from marac.register.cases import set_reading
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.register.workbook.canonical import canonical

AGENCY = "agency"
"""Where an edit goes that names the referring agency: no leaf of the form, but the case's own."""

_MOST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value for one leaf of a case, and the words that were typed for it."""

    path: str
    value: Any
    words: str


def entry(office: Office, event: str, subject: str, detail: str = "", actor: str = SOURCE) -> Entry:
    """An entry for the audit trail about something that was done in the workbook."""
    return replace(office.entry(event, subject, detail, actor=actor), origin="workbook")


def value_in(case: Case, path: str) -> Any:
    """What the register holds now where an edit goes."""
    if path == AGENCY:
        return case.agency or case.referral.referrer.agency
    return leaf(case.referral, path)


def value_for(path: str, value: Any, office: Office) -> Any:
    """What was typed, as the value that goes there.

    Raises:
        NotReadableError: it cannot be read.
    """
    if path != AGENCY:
        return typed_value(path, value, office.today)
    name = " ".join(canonical(value).split())
    known = (each.name for each in office.settings.agencies.values())
    return next((each for each in known if each.casefold() == name.casefold()), name or None)


def change_case(connection: Connection, office: Office, case: Case, edits: Iterable[Edit], actor: str = SOURCE) -> Case:
    """The case with these values, in its new version.

    Raises:
        ConflictError: somebody else changed the case since it was looked up.
    """
    reading, agency, paths = case.reading, case.agency, list[str]()
    for edit in edits:
        paths.append(edit.path)
        if edit.path == AGENCY:
            agency = edit.value
        else:
            reading = with_leaf(reading, edit.path, edit.value, edit.words[:_MOST_TEXT])
    changed = set_reading(connection, replace(case, reading=reading, agency=agency))
    if agency != case.agency:
        set_agency(connection, case.reference, agency)
    changed = flag_anew(connection, changed, office.settings.rules)
    record(connection, entry(office, "case edited", case.reference, ", ".join(sorted(paths)), actor))
    return changed


def decide(connection: Connection, office: Office, case: Case, decision: Decision) -> Case:
    """The case after a decision that was typed into the workbook, by the name typed beside it.

    Raises:
        UsageError: this cannot be decided about the case as it stands.
        ConflictError: somebody else changed the case since it was looked up.
    """
    said = entry(office, "case decided", case.reference, decision.kind, actor=decision.by)
    return decided_upon(connection, office, case, decision, said)
