"""Referrals that stand as rows of one table, as web forms export them, set upright: each a table of labels and answers. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import Meaning

_FEWEST_LABELS = 8  # in the row of labels; a list of people has fewer, and speaks of one kind of person
_LONGEST_LABEL = 200
_BOTH = frozenset(("victim", "perpetrator"))
_FIRST_ROWS = 8  # in which the labels stand; a title and notes may come before them


@dataclass(frozen=True, slots=True)
class _Export:
    """A table with one referral a row: the number of its row of labels, and the label of each column."""

    table: Table
    header: int
    labels: Mapping[int, tuple[Span, ...]]


def upright(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[list[Block]]:
    """The blocks of each referral in a file that has them as rows of a table; one list, as it is, of any other file.

    What stands beside such a table in the file goes with the first referral, titles with each.
    """
    for place, block in enumerate(blocks):
        export = _export_in(block, vocabulary) if isinstance(block, Table) else None
        if export is not None and (records := list(_records(export))):
            before, after = list(blocks[:place]), list(blocks[place + 1 :])
            titles = [each for each in before if isinstance(each, Line)] + _titles(export)
            others = [each for each in before if isinstance(each, Table)] + after
            return [[*titles, record, *([] if number else others)] for number, record in enumerate(records)]
    return [list(blocks)]


def _export_in(table: Table, vocabulary: Vocabulary) -> _Export | None:
    """What the table exports, where one of its first rows is labels of a whole form, about both people of a case."""
    if not any(cell.column >= _FEWEST_LABELS - 1 for cell in table.cells):
        return None
    rows = _rows(table)
    for place, number in enumerate(sorted(rows)[:_FIRST_ROWS]):
        filled = [cell for cell in rows[number] if cell.text.strip()]
        if len(filled) < _FEWEST_LABELS:
            continue
        above = rows[sorted(rows)[place - 1]] if place else []
        labels = {cell.column: _headed(cell, above, vocabulary) for cell in filled}
        meanings = [_asked("".join(span.text for span in spans), vocabulary) for spans in labels.values()]
        known = [meaning for meaning in meanings if meaning is not None]
        if len(known) * 2 > len(filled) and {meaning.person for meaning in known} >= _BOTH:
            return _Export(table, number, labels)
    return None


def _headed(cell: Cell, above: Sequence[Cell], vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The label of a column, behind the person whose heading covers several columns above it."""
    head = next((each for each in above if each.column <= cell.column < each.column + each.columns), None)
    if head is None or head.columns < 2 or vocabulary.section(head.text.strip()) not in _BOTH | {"referrer", "child"}:
        return cell.spans
    return (Span(f"{head.text.strip()}: ", bold=True), *cell.spans)


def _asked(label: str, vocabulary: Vocabulary) -> Meaning | None:
    label = label.strip()
    return (vocabulary.meaning(label) or vocabulary.question(label)) if len(label) <= _LONGEST_LABEL else None


def _rows(table: Table) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _titles(export: _Export) -> list[Block]:
    """What stands alone in its row above the labels, as lines."""
    rows = [
        [cell for cell in row if cell.text.strip()]
        for number, row in _rows(export.table).items()
        if number < export.header
    ]
    where = export.table.where
    return [Line(row[0].spans, f"{where}, row {row[0].row + 1}") for row in rows if len(row) == 1]


def _records(export: _Export) -> Iterator[Table]:
    """Each filled row below the labels as a table: a label and its answer in each row."""
    for number, row in sorted(_rows(export.table).items()):
        values = {cell.column: cell for cell in row if cell.spans and cell.column in export.labels}
        if number > export.header and any(cell.text.strip() for cell in values.values()):
            where = f"{export.table.where}, referral in row {number + 1}"
            yield Table(tuple(_pairs(export, values)), where)


def _pairs(export: _Export, values: Mapping[int, Cell]) -> Iterator[Cell]:
    for place, (column, label) in enumerate(sorted(export.labels.items())):
        yield Cell(place, 0, label, shaded=True)
        value = values.get(column)
        yield Cell(place, 1) if value is None else replace(value, row=place, column=1, rows=1, columns=1, shaded=False)
