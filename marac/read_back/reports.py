"""The sentences about what could not be taken from a workbook: sheet, row, column and case, and nobody's values."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from marac.read_back.copies import EditedCopy
from marac.register.workbook.comparison import ChangedCell, Compared

_MOST_NAMED = 5
_ONLY_THERE = "Nothing was taken from there: it stands in the changed copy alone."
_UNDONE = "the next workbook shows the register's values again"


def about_cell(cell: ChangedCell, case: str, why: str) -> str:
    """Why the edit of one cell was not taken."""
    about = f" ({case})" if case else ""
    return f"{cell.sheet}, row {cell.row}, {cell.title}{about}: {why}"


def about_copy(copy: EditedCopy) -> Iterator[str]:
    """What was done to the copy as a whole that nothing could be taken from."""
    for sheet in copy.missing:
        yield f"The sheet {sheet}, or its headings, is gone from the workbook. Nothing was taken from it."
    for each in copy.sheets:
        yield from _about_sheet(each)
    if copy.extra_sheets:
        yield f"The workbook holds {_count(copy.extra_sheets, 'sheet')} of somebody's own. {_ONLY_THERE}"
    if copy.remarks:
        yield f"The workbook holds notes or comments of somebody's own. {_ONLY_THERE}"


def about_owned(cells: Iterable[ChangedCell]) -> Iterator[str]:
    """Edits in cells that belong to the program, by sheet."""
    sheets: dict[str, list[str]] = {}
    for cell in cells:
        sheets.setdefault(cell.sheet, []).append(cell.title)
    for sheet, titles in sheets.items():
        columns = _named(sorted(set(titles)))
        yield (
            f"{sheet}: {_count(len(titles), 'cell')} changed in columns that are the program's ({columns}). Nothing was"
            f" taken; {_UNDONE}."
        )


def _about_sheet(each: Compared) -> Iterator[str]:
    if each.keyless:
        yield f"{each.sheet}: the first column, by which a row is known, is gone or renamed. Nothing was taken from it."
    elif each.missing:
        yield (
            f"{each.sheet}: {_columns(each.missing)} gone or renamed ({_named(each.missing)}). Nothing was taken from"
            " there, and nothing is lost: the next workbook has them again."
        )
    if each.added:
        yield f"{each.sheet}: {_count(len(each.added), 'column')} of somebody's own. {_ONLY_THERE}"
    if each.twice:
        yield f"{each.sheet}: more than one column is called {_named(each.twice)}. Nothing was taken from them."
    for title in each.moved:
        yield (
            f"{each.sheet}, {title}: so many cells changed at once that the column was sorted by itself or pasted over."
            " Nothing was taken from it. Sort whole rows, with the arrows in the headings."
        )
    for key, row in each.replaced:
        yield (
            f"{each.sheet}, row {row} ({key}): so much of it changed at once, the name too, that somebody else's row was"
            " pasted or sorted into it. Nothing was taken from it. If it is right all the same, change a few cells at a time."
        )
    if each.gone:
        yield (
            f"{each.sheet}: {_count(len(each.gone), 'row')} deleted or emptied ({_named(each.gone)}). The register keeps"
            f" them; {_UNDONE}."
        )
    for key in dict.fromkeys(key for key, _ in each.pasted):
        rows = _named([str(number) for pasted, number in each.pasted if pasted == key])
        yield (
            f"{each.sheet}: {key} stands in more than one row, and the rows say different things (see row {rows}). None of"
            " them was taken. For a new case leave the first column empty."
        )
    if each.unknown:
        yield (
            f"{each.sheet}: {_rows(each.unknown)} a key that the register never gave. For a new case leave the"
            " first column of the sheet Cases empty."
        )


def _columns(titles: Collection[str]) -> str:
    return "1 column is" if len(titles) == 1 else f"{len(titles)} columns are"


def _rows(numbers: Sequence[int]) -> str:
    names = _named(list(map(str, numbers)))
    return f"row {names} has" if len(numbers) == 1 else f"rows {names} have"


def _named(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
