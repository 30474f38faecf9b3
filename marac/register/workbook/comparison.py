"""What a person did to a table: cells that are not as they were shown, and rows and columns that came or went."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from marac.register.workbook.canonical import canonical, plain
from marac.register.workbook.shown import Shown, as_row
from marac.register.workbook.theirs import Table

_FEW_GONE, _FEW_OF_ALL = 3, 0.02
"""Rows that may be gone before the whole workbook is believed to be broken: more than both, and nothing is taken."""

_FEW_MOVED = 3
"""Different values of one column that stand in other rows now: from so many on nobody swapped them on purpose."""

_FEW_CHANGED, _MOST_OF_ALL = 10, 0.5
"""A column of which more than both was changed at once was pasted over, and not edited."""

_NAMES = frozenset({"Victim", "Name"})
_FEW_REPLACED = 3
"""A row in which the name changed with so many other filled cells, and with half of them all, is another's row pasted there."""


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that is not as it was shown."""

    sheet: str
    key: str
    title: str
    row: int
    """The sheet's row, counted from 1 as Excel does."""
    was: str = field(repr=False)
    text: str = field(repr=False)
    """What stands there now, as canonical text."""
    value: Any = field(repr=False)
    """What stands there now, as it was read."""
    valueless: bool = False
    """Whether it holds a formula or an error."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row without a key."""

    row: int
    cells: Mapping[str, Any] = field(repr=False)
    """What stands in it, as it was read, by the titles."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a person did to one table."""

    sheet: str
    changed: tuple[ChangedCell, ...] = ()
    new: tuple[NewRow, ...] = ()
    pasted: tuple[tuple[str, int], ...] = ()
    """Rows with a key that another row has too, and not the same cells."""
    unknown: tuple[int, ...] = ()
    """Rows with a key that was never given."""
    gone: tuple[str, ...] = ()
    """Keys of rows that were deleted or emptied."""
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    """Titles that are new, that are not there any more, and that stand there more than once."""
    moved: tuple[str, ...] = ()
    """Titles of columns that were sorted by themselves or pasted over."""
    replaced: tuple[tuple[str, int], ...] = ()
    """Keys and rows in which somebody else stands now: pasted over, or sorted without the first column."""
    keyless: bool = False
    """Whether the column of the keys is gone, so that no row can be told from another."""
    shown: int = 0

    @property
    def broken(self) -> bool:
        """Whether so many rows are gone that no person can have meant it."""
        lost = len(self.gone)
        return 0 < self.shown == lost or (lost > _FEW_GONE and lost > _FEW_OF_ALL * self.shown)


def compared(sheet: str, shown: Shown, table: Table) -> Compared:
    """What was done to the table since it was shown."""
    titles = Counter(table.titles)
    places = {title: table.titles.index(title) for title in shown.titles if titles[title] == 1}
    found = Compared(
        sheet,
        added=tuple(sorted({title for title in titles if title and title not in shown.titles})),
        missing=tuple(title for title in shown.titles if not titles[title]),
        twice=tuple(title for title in shown.titles if titles[title] > 1),
        shown=len(shown.rows),
    )
    if shown.titles[0] not in places:
        return replace(found, keyless=True)
    rows = _Rows(sheet, shown, table, places)
    changed, moved = _without_moved(rows.changed(), shown)
    changed, replaced = _without_replaced(changed, shown)
    return replace(
        found,
        changed=changed,
        replaced=replaced,
        new=tuple(rows.new),
        pasted=tuple(sorted(rows.pasted)),
        unknown=tuple(rows.unknown),
        gone=tuple(key for key in shown.rows if key not in rows.found),
        moved=moved,
    )


class _Rows:
    """The rows of a table, told apart by their keys."""

    def __init__(self, sheet: str, shown: Shown, table: Table, places: Mapping[str, int]) -> None:
        self.sheet, self.shown, self.table, self.places = sheet, shown, table, places
        self.new: list[NewRow] = []
        self.pasted: list[tuple[str, int]] = []
        self.unknown: list[int] = []
        self.found: set[str] = set()
        self._as_shown: set[str] = set()
        self._differ: dict[str, list[tuple[int, Sequence[Any]]]] = defaultdict(list)
        order = [places.get(title) for title in shown.titles]
        self._order = None if order == list(range(len(table.titles))) else order
        self._sort_out()

    def changed(self) -> list[ChangedCell]:
        """The cells that are not as they were shown, of rows whose key stands there once."""
        cells: list[ChangedCell] = []
        for key, rows in self._differ.items():
            texts = {tuple(map(canonical, self._ordered(row))) for _, row in rows}
            if len(texts) > 1 or (key in self._as_shown and texts != {tuple(self.shown.cells(key).values())}):
                self.pasted += [(key, number) for number, _ in rows]
            else:
                cells += self._changed_in(key, *rows[0])
        return cells

    def _sort_out(self) -> None:
        kept = self.shown.rows
        odd = {self.table.first + row for row, _ in self.table.valueless}
        for number, row in enumerate(self.table.rows, self.table.first):
            texts = [value if value.__class__ is str else plain(value) for value in self._ordered(row)]
            if kept.get(texts[0]) == as_row(texts) and number not in odd:
                self._as_shown.add(texts[0])
            else:
                self._sort_out_odd(number, row, texts)
        self.found = self._as_shown | self._differ.keys()

    def _sort_out_odd(self, number: int, row: Sequence[Any], texts: Sequence[str]) -> None:
        key = canonical(texts[0])
        if key in self.shown.rows:
            if any(texts[1:]):
                self._differ[key].append((number, row))
        elif key:
            self.unknown.append(number)
        elif any(map(canonical, texts)):
            cells = {title: row[place] for title, place in self.places.items() if canonical(row[place])}
            self.new.append(NewRow(number, cells))

    def _changed_in(self, key: str, number: int, row: Sequence[Any]) -> Iterator[ChangedCell]:
        was = self.shown.cells(key)
        for title, place in self.places.items():
            text = canonical(row[place])
            valueless = (number - self.table.first, place) in self.table.valueless
            if text != was[title] or valueless:
                yield ChangedCell(self.sheet, key, title, number, was[title], text, row[place], valueless)

    def _ordered(self, row: Sequence[Any]) -> Sequence[Any]:
        """The row in the order in which it was shown."""
        if self._order is None:
            return row
        return [row[place] if place is not None else "" for place in self._order]


def _without_moved(cells: Sequence[ChangedCell], shown: Shown) -> tuple[tuple[ChangedCell, ...], tuple[str, ...]]:
    """The changed cells, those of columns left out that were sorted by themselves or pasted over."""
    columns: defaultdict[str, list[ChangedCell]] = defaultdict(list)
    for cell in cells:
        columns[cell.title].append(cell)
    moved = [title for title, changed in columns.items() if _is_moved(changed, len(shown.rows))]
    return tuple(cell for cell in cells if cell.title not in moved), tuple(moved)


def _without_replaced(
    cells: Sequence[ChangedCell], shown: Shown
) -> tuple[tuple[ChangedCell, ...], tuple[tuple[str, int], ...]]:
    """The changed cells without those of rows in which somebody else stands now, and the keys and numbers of these rows.

    What one person's row says must never become another person's: a telephone number of the wrong case can kill.
    """
    rows: dict[str, list[ChangedCell]] = defaultdict(list)
    for cell in cells:
        rows[cell.key].append(cell)
    replaced = {key: theirs[0].row for key, theirs in rows.items() if _is_replaced(theirs, shown.cells(key))}
    return tuple(cell for cell in cells if cell.key not in replaced), tuple(replaced.items())


def _is_replaced(cells: Sequence[ChangedCell], was: Mapping[str, str]) -> bool:
    filled = [cell for cell in cells if cell.was]
    renamed = any(cell.title in _NAMES and cell.text for cell in filled)
    return renamed and len(filled) >= _FEW_REPLACED and 2 * len(filled) >= sum(map(bool, was.values())) - 1


def _is_moved(cells: Sequence[ChangedCell], rows: int) -> bool:
    """Whether values went to other rows: one column was sorted, or a cell deleted and all below it moved up.

    A few words that many rows share, such as yes and no, do not count as moved.
    """
    if len(cells) > max(_FEW_CHANGED, _MOST_OF_ALL * rows):
        return True
    elsewhere = {cell.text for cell in cells if cell.text} & {cell.was for cell in cells}
    return len(elsewhere) >= _FEW_MOVED and 2 * len(elsewhere) >= len(cells)
