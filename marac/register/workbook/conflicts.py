"""The sheet of conflicts: cells that a person and the register changed at once, for a person to say which is right."""

from collections.abc import Iterable

from marac.register.workbook.contents import Conflict
from marac.register.workbook.sheet import Column, Sheet

_ADVICE = (
    "The register and the workbook changed the same cell, and nothing was overwritten. Choose typed or register under"
    " Which is right, and save; the next run does as you say."
)
COLUMNS = (
    Column("Conflict", 9, "number"),
    Column("Case", 12, "code"),
    Column("Sheet", 10),
    Column("Row", 24, "code"),
    Column("Column", 24),
    Column("What stood there", 34),
    Column("What was typed", 34),
    Column("What the register holds", 34),
    Column("Typed by", 18),
    Column("Found", 12, "date"),
    Column("Which is right", 14, choices="sides", edits="which"),
)


def conflicts_sheet(conflicts: Iterable[Conflict]) -> Sheet:
    """Every conflict that nobody has settled yet."""
    rows = [
        (
            each.number,
            each.case,
            each.sheet,
            each.key,
            each.column,
            each.was or None,
            each.typed or None,
            each.holds or None,
            each.by or None,
            each.found,
            None,
        )
        for each in conflicts
    ]
    return Sheet("Conflicts", COLUMNS, rows, keyed=True, advice=_ADVICE)
