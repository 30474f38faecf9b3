"""The shape of a risk checklist's table: rows in order, questions split over two rows or heading the columns. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from marac.parsers.blocks import Cell, Span, Table
from marac.parsers.checklists.questions import is_numbered, printed_number, question_in

Asked = tuple[int | None, int | None, int | None]
"""The printed number of a question and its numbers on the two lists."""

_NUMERAL = re.compile(r"(?:q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):]?", re.IGNORECASE)
_BEGIN_ANSWERS = frozenset("YyNnDdTtAaRrUuSsPp1")
_FEWEST_ACROSS = 6  # questions in one row, where they stand in the columns


def rows_of(table: Table) -> dict[int, list[Cell]]:
    """The rows of a table by their number, each from left to right."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return {number: sorted(rows[number], key=attrgetter("column")) for number in sorted(rows)}


def join_split(rows: dict[int, list[Cell]]) -> dict[int, int]:
    """Joins in `rows` each question that goes on in the next row; by the row it begins in, the row it ends in."""
    split: dict[int, int] = {}
    numbers = list(rows)
    for first, second in pairwise(numbers):
        if first not in rows or second in split.values():
            continue
        whole = _whole(rows[first], rows[second])
        if whole is not None:
            rows[first] = whole
            split[first] = second
    for second in split.values():
        del rows[second]
    return split


def _whole(first: Sequence[Cell], second: Sequence[Cell]) -> list[Cell] | None:
    """Two rows as one, where the second goes on with the words of the first; None where it does not."""
    if len(first) != len(second):
        return None
    place = next((place for place, cell in enumerate(second) if cell.spans and cell.text.strip()), None)
    if place is None:
        return None
    begins, goes_on = first[place].text, second[place].text.strip()
    if not goes_on[:1].islower() or "?" in begins or " " not in begins.strip():
        return None
    asked = question_in(f"1. {begins.strip()} {goes_on}")
    if asked is None or not is_known(asked) or not (is_numbered(begins) or (place and numeral(first[place - 1].text))):
        return None
    return [
        replace(cell, spans=(*cell.spans, *([Span(" ")] if cell.spans and below.spans else ()), *below.spans))
        for cell, below in zip(first, second, strict=True)
    ]


def turned(table: Table, rows: dict[int, list[Cell]]) -> Table | None:
    """The table on its side, where its questions head the columns; None where they do not."""
    for row in rows.values():
        if len(row) >= _FEWEST_ACROSS and sum(is_question(cell.text) for cell in row) >= _FEWEST_ACROSS:
            cells = (
                Cell(cell.column, cell.row, cell.spans, cell.columns, cell.rows, cell.shaded, cell.value)
                for cell in table.cells
            )
            return Table(tuple(cells), f"{table.where}, on its side")
    return None


def is_question(text: str) -> bool:
    """Whether a text is a question of one of the lists."""
    asked = question_in(text)
    return asked is not None and is_known(asked)


def may_ask(row: Sequence[Cell]) -> bool:
    """Whether a row has a known question, or a number that may stand beside one."""
    texts = [cell.text for cell in row if cell.spans]
    return any(numeral(text) is not None or is_question(text) for text in texts)


def may_head(texts: Sequence[str]) -> bool:
    """Whether one of these texts begins as an answer does, and none is a number; most rows are told apart by it."""
    begun = False
    for text in texts:
        if text and (words := text.strip()):
            if words.isdigit():
                return False
            begun = begun or words[0] in _BEGIN_ANSWERS
    return begun


def asked_in(row: Sequence[Cell]) -> tuple[Asked, int] | None:
    """The question that a row asks and which cell asks it; its number may have a cell of its own."""
    number = numeral(row[0].text)
    if len(row) > 2 and number is not None:
        if (asked := question_in(f"{number}. {row[1].text}")) is not None or row[1].text.strip():
            return asked or (number, None, None), 1
        return None
    for place, cell in enumerate(row[:4]):
        asked = question_in(cell.text)
        if asked is not None:
            return asked, place
    printed = printed_number(row[0].text) if len(row) > 1 else None
    return None if printed is None else ((printed, None, None), 0)


@lru_cache(maxsize=2_000)
def numeral(text: str) -> int | None:
    """The number of a question, in a cell of its own (`7`, `7.`, `Q7`)."""
    found = _NUMERAL.fullmatch(text.strip())
    return int(found[1]) if found else None


def is_known(asked: Asked) -> bool:
    """Whether this is a question of one of the lists."""
    return asked[1] is not None or asked[2] is not None
