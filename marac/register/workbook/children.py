"""The sheet of children: a row for each child that a form names."""

from collections.abc import Iterable

from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.sheet import Column, Sheet
from marac.register.workbook.text import too_long

_ADVICE = (
    "White columns can be changed: save, and the next run takes your changes into the register and says so; grey ones are the"
    " program's, and an edit there is undone. A deleted row deletes nobody."
)
COLUMNS = (
    Column("Child", 20, "code"),
    Column("Case", 12, "code"),
    Column("Victim", 22),
    Column("Name", 22, group="children", edits="name"),
    Column("Date of birth", 12, "date", "children", edits="date_of_birth"),
    Column("Relationship to victim", 18, group="children", edits="relationship_to_victim"),
    Column("Relationship to perpetrator", 18, group="children", edits="relationship_to_perpetrator"),
    Column("Address", 30, group="children", edits="address"),
    Column("School", 28, group="children", edits="school"),
)
_LEAVES = [column.edits for column in COLUMNS if column.edits]


def children_sheet(cases: Iterable[RegisteredCase]) -> Sheet:
    """The children of each case, in the order of its form."""
    rows = [
        (
            f"{registered.case.reference} child {number}",
            registered.case.reference,
            registered.case.referral.victim.name,
            *(getattr(child, leaf) for leaf in _LEAVES),
        )
        for registered in cases
        for number, child in enumerate(registered.case.referral.children, 1)
    ]
    return Sheet("Children", COLUMNS, rows, keyed=True, locked=frozenset(too_long(rows)), advice=_ADVICE)
