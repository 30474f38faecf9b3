"""A copy of the workbook that somebody saved: opened, recognised, and compared with what it showed when it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.errors import WorkbookError
from marac.register.workbook.comparison import Compared, compared
from marac.register.workbook.shown import (
    in_place,
    overlaid,
    sheets_shown_in,
    shown_in,
    taken_from,
    workbook_of,
)
from marac.register.workbook.theirs import LOCKED, TheirWorkbook

KEYED = ("Cases", "People", "Children", "Actions", "Conflicts")
"""The sheets that people edit, in the order in which they are read."""

OURS = frozenset(KEYED) | {
    "Needs attention",
    "Meetings",
    "Messages",
    "Agencies",
    "Not heard",
    "By month",
    "Statistics",
    "SafeLives return",
    "Long texts",
    "Lists",
    "_sync",
}
"""Every sheet that this program ever wrote."""

_FOREIGN = "It is not a register that marac wrote, so nothing was taken from it."
_STRANGER = "It was not written from this register, so nothing was taken from it. Was it copied from another folder?"
_TOO_OLD = (
    "It was written by an earlier marac, which did not keep what it showed, so nothing could be taken from it. Please type"
    " your changes into the fresh one."
)
_BROKEN = (
    "Many rows of the sheet {sheet} are gone from it: {gone} of {shown}. That is more than anybody deletes on purpose, so"
    " nothing was taken from it. Cases are never deleted by a missing row."
)
_NO_CASES = "The sheet of cases, or its headings, is gone from it, so nothing was taken from it."
_LOCKED_UP = (
    "It is locked with a password that marac does not know, so nothing was taken from it. Save it without one, or with the"
    " one in config.toml under [workbook]."
)


@dataclass(frozen=True, slots=True)
class EditedCopy:
    """What somebody did to one copy of the workbook."""

    workbook: int
    """The number of the workbook that it was made from."""
    sheets: tuple[Compared, ...]
    missing: tuple[str, ...] = ()
    """Our sheets that it lacks, or whose headings are gone."""
    extra_sheets: int = 0
    remarks: bool = False
    taken: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict, repr=False)
    """What was taken from copies of the same workbook before: by sheet and key, the texts by their titles."""


def edited_copy(connection: Connection, content: bytes, password: str | None) -> EditedCopy:
    """What was done to a copy.

    Raises:
        WorkbookError: it is damaged, locked, not ours, or so much is missing in it that nothing may be taken from it.
    """
    opened = TheirWorkbook(_unlocked(content, password))
    generation = opened.generation()
    if generation is None:
        raise WorkbookError(_FOREIGN)
    number = workbook_of(connection, generation)
    if number is None:
        raise WorkbookError(_STRANGER)
    names = [name for name in KEYED if name in sheets_shown_in(connection, number)]
    if not names:
        raise WorkbookError(_TOO_OLD)
    shown = {name: shown_in(connection, number, name) for name in names}
    theirs = opened.theirs({name: each.titles for name, each in shown.items()})
    if "Cases" not in theirs.tables:
        raise WorkbookError(_NO_CASES)
    taken = {name: taken_from(connection, number, name) for name in names}
    if in_place(connection) == number:  # it was not replaced since, so whoever typed there sees what was taken
        shown = {name: overlaid(each, taken[name]) for name, each in shown.items()}
    found = tuple(compared(name, shown[name], theirs.tables[name]) for name in names if name in theirs.tables)
    _refuse_broken(found)
    return EditedCopy(
        number,
        found,
        tuple(name for name in names if name not in theirs.tables),
        len(set(theirs.sheets) - OURS),
        theirs.remarks,
        taken,
    )


def _unlocked(content: bytes, password: str | None) -> bytes:
    if not content.startswith(LOCKED):
        return content
    from marac.register.workbook.encryption import decrypted

    opened = decrypted(content, password) if password else None
    if opened is None:
        raise WorkbookError(_LOCKED_UP)
    return opened


def _refuse_broken(found: tuple[Compared, ...]) -> None:
    for each in found:
        if each.broken:
            raise WorkbookError(_BROKEN.format(sheet=each.sheet, gone=len(each.gone), shown=each.shown))
