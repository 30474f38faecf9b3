"""Cells of filled-in minutes emptied and exchanged: whatever is taken stands so in the file, and in its own place."""

import dataclasses
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.meetings.agency_named import agency_named
from marac.parsers.blocks import Block, Cell, Table
from marac.parsers.minutes.entries import entry_of
from marac.parsers.minutes.reading import minutes_of
from marac.parsers.word.word import Word
from marac.taking_minutes.days import due_in
from marac.taking_minutes.understanding import understood
from marac.taking_minutes.understood import Understood
from tests.filled_minutes import filled_in, known
from tests.invented_cases import AGENCIES

AGENCY_IDS = {agency.id for agency in AGENCIES}

Place = tuple[int, int]
"""A table of the file, and a cell of it."""


@cache
def whole() -> tuple[Block, ...]:
    return tuple(Word().blocks(filled_in().as_document))


@cache
def places() -> tuple[Place, ...]:
    """Every cell in which something stands or could be written, the people's tables left out."""
    found = ((number, block) for number, block in enumerate(whole()) if isinstance(block, Table))
    kept = [(number, table) for number, table in found if " " * 3 not in table.cells[0].text]
    return tuple((number, cell) for number, table in kept for cell in range(len(table.cells)))


@cache
def owners() -> dict[int, str]:
    """Whose each table was before anybody touched it."""
    tables = ((number, block) for number, block in enumerate(whole()) if isinstance(block, Table))
    return {number: table.cells[0].text.split(":")[0] for number, table in tables if ": actions" in table.cells[0].text}


def with_cells(*changed: tuple[Place, Cell]) -> list[Block]:
    """The file with other contents in some cells."""
    blocks = list(whole())
    for (number, place), source in changed:
        table = blocks[number]
        assert isinstance(table, Table)
        cells = list(table.cells)
        cells[place] = dataclasses.replace(cells[place], spans=source.spans)
        blocks[number] = dataclasses.replace(table, cells=tuple(cells))
    return blocks


def cell_at(place: Place) -> Cell:
    table = whole()[place[0]]
    assert isinstance(table, Table)
    return table.cells[place[1]]


def read(blocks: list[Block]) -> Understood:
    return understood(minutes_of(blocks), known())


def stands_so(found: Understood, blocks: list[Block]) -> None:
    """Every action that is taken stands in one row of a table that was its case's before anybody touched the file."""
    rows: Counter[tuple[object, ...]] = Counter()
    for number, case in owners().items():
        table = blocks[number]
        assert isinstance(table, Table)
        for row in {cell.row for cell in table.cells}:
            entries = [entry_of(cell) for cell in table.cells if cell.row == row]
            if len(entries) == 6:
                _, risk, text, agency, owner, by = entries
                who = agency_named(agency.line, known().agencies).agency
                day = due_in(by.line, known()).day
                rows[case, who and who.id, text.text, day, owner.line, risk.line] += 1
    for action in found.actions:
        assert rows[action.case, action.agency, action.text, action.due, action.owner, action.risk]


def attendance_stands_so(found: Understood, blocks: list[Block]) -> None:
    """Whoever was there stands with that name in a row that names the agency."""
    heads = ((n, each) for n, each in enumerate(whole()) if isinstance(each, Table))
    number = next(n for n, each in heads if each.cells[0].text == "Agency")
    table = blocks[number]
    assert isinstance(table, Table)
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in {cell.row for cell in table.cells}]
    named = {(agency_named(cells[0], known().agencies).agency, " ".join(cells[1].split())) for cells in rows}
    names = {(agency.id if agency else "", name) for agency, name in named}
    for each in found.attendances:
        assert each.standing == "observer" or (each.agency, each.name) in names or each.agency not in AGENCY_IDS


def outcomes_stand_so(found: Understood, blocks: list[Block]) -> None:
    """Every outcome is that of the row in which the action's own words stand."""
    number = next(n for n, each in enumerate(whole()) if isinstance(each, Table) and each.cells[0].text == "No.")
    table = blocks[number]
    assert isinstance(table, Table)
    texts = {action.number: action.text for action in known().actions}
    for told in found.outcomes:
        row = next(cell.row for cell in table.cells if texts[told.number] in cell.text)
        cells = [cell for cell in table.cells if cell.row == row]
        ticked = [label for box, label in entry_of(cells[4]).boxes if box] or [cells[4].text]
        assert ticked == [told.outcome]


@pytest.mark.parametrize("place", range(len(places())), ids=lambda place: f"cell {place}")
def test_an_emptied_cell_is_missed_and_never_filled_with_something_else(place: int) -> None:
    blocks = with_cells((places()[place], Cell(0, 0)))
    before, found = read(list(whole())), read(blocks)
    stands_so(found, blocks)
    outcomes_stand_so(found, blocks)
    attendance_stands_so(found, blocks)
    lost = len(before.actions) - len(found.actions) + len(before.outcomes) - len(found.outcomes)
    lost += len(before.attendances) - len(found.attendances) + len(before.endings) - len(found.endings)
    assert lost >= 0
    said = len(found.doubts) + len(found.asides)
    assert not lost or said > len(before.doubts) + len(before.asides)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_two_exchanged_cells_carry_nothing_to_another_case_or_another_action(data: st.DataObject) -> None:
    first, second = (data.draw(st.sampled_from(places())) for _ in range(2))
    blocks = with_cells((first, cell_at(second)), (second, cell_at(first)))
    found = read(blocks)
    stands_so(found, blocks)
    outcomes_stand_so(found, blocks)
    attendance_stands_so(found, blocks)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_two_exchanged_cells_of_one_column_are_read_right_or_doubted(data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(places()))
    alike = [place for place in places() if cell_at(place).column == cell_at(first).column]
    second = data.draw(st.sampled_from(alike))
    blocks = with_cells((first, cell_at(second)), (second, cell_at(first)))
    found = read(blocks)
    stands_so(found, blocks)
    outcomes_stand_so(found, blocks)
    attendance_stands_so(found, blocks)
    assert len(found.actions) <= 3
