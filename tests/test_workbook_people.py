import dataclasses
import datetime as dt

import pytest

from marac.case import Case, Decision
from marac.referral import Child, Perpetrator, Victim
from marac.register.workbook.cases import cases_sheet
from marac.register.workbook.choices import FIXED
from marac.register.workbook.contents import Conflict, RegisteredCase
from marac.register.workbook.people import people_sheet
from marac.register.workbook.sheet import Sheet
from marac.register.workbook.sheets import sheets
from tests import invented_cases
from tests.invented_register import contents, told
from tests.opened_workbook import cells, opened, values

_SHADED = "FFEFEFEC"


def place(sheet: Sheet, title: str) -> int:
    return [column.title for column in sheet.columns].index(title)


def ended(reference: str, **changes: object) -> Case:
    case = dataclasses.replace(invented_cases.undecided_case(reference), meeting=None, state="not heard")
    return dataclasses.replace(case, **changes)  # type: ignore[arg-type]


def said(case: str, kind: str, by: str, on: dt.date) -> Decision:
    return Decision(case, kind, f"{by} has a reason.", by, on)  # type: ignore[arg-type]


def test_every_victim_and_every_perpetrator_has_a_row_under_a_key_of_their_own() -> None:
    rows = values(opened(contents(invented_cases.repeat_case()))["People"])
    assert [row["Person"] for row in rows] == ["M26-0002 victim", "M26-0002 perpetrator 1", "M26-0002 perpetrator 2"]
    assert [row["Name"] for row in rows] == ["Nia Ap Dafydd", "Łukasz Żółć", "Jan Żółć"]
    assert rows[0]["Contact"] == "UNSAFE"
    assert rows[1]["Contact"] is None
    assert rows[1]["Date of birth"] == dt.datetime(1988, 12, 24)
    assert rows[2]["Relationship to victim"] == "brother of ex-partner"


@pytest.mark.parametrize("kind", [Victim, Perpetrator])
def test_no_leaf_of_a_person_is_missing_from_the_sheet_of_people(kind: type[Victim] | type[Perpetrator]) -> None:
    edited = {column.edits for column in people_sheet(()).columns}
    assert edited >= {each.name for each in dataclasses.fields(kind)}


def test_what_no_form_asks_of_a_perpetrator_belongs_to_the_program() -> None:
    sheet = people_sheet([RegisteredCase(invented_cases.case())])
    assert (1, place(sheet, "GP")) in sheet.locked
    assert (0, place(sheet, "GP")) not in sheet.locked
    assert (0, place(sheet, "Relationship to victim")) in sheet.locked
    assert (1, place(sheet, "Relationship to victim")) not in sheet.locked


def test_every_child_has_a_row_and_every_leaf_of_a_child_can_be_changed() -> None:
    register = contents(invented_cases.repeat_case())
    rows = values(opened(register)["Children"])
    assert [row["Child"] for row in rows] == ["M26-0002 child 1", "M26-0002 child 2"]
    assert rows[0]["School"] == "Larch Rise Primary School"
    sheet = next(each for each in sheets(register) if each.name == "Children")
    assert {column.edits for column in sheet.columns} >= {each.name for each in dataclasses.fields(Child)}


def test_what_can_be_changed_is_white_and_what_the_program_owns_is_grey_with_a_line_that_says_so() -> None:
    page = opened(contents())["Cases"]
    assert page["A1"].value.startswith("White columns can be changed")
    row = cells(page)[0]
    assert row["State"].fill.fgColor.rgb == _SHADED
    assert row["Why"].fill.fgColor.rgb == _SHADED
    assert row["Phone"].fill.fgColor.rgb == "00000000"
    assert not page.protection.sheet


def test_a_phone_number_typed_into_a_new_row_stays_text_and_keeps_its_first_digit() -> None:
    page = opened(contents())["Cases"]
    phone = next(cell for cell in page[2] if cell.value == "Phone")
    assert page.column_dimensions[phone.column_letter].number_format == "@"


def test_perpetrators_can_be_changed_on_the_sheet_of_cases_only_where_there_is_one() -> None:
    sheet = cases_sheet([RegisteredCase(invented_cases.case()), RegisteredCase(invented_cases.repeat_case())])
    at = place(sheet, "Perpetrator")
    assert sheet.columns[at].edits == "perpetrators.0.name"
    assert (0, at) not in sheet.locked
    assert (1, at) in sheet.locked
    row = cells(opened(contents(invented_cases.repeat_case()))["Cases"])[0]
    assert row["Perpetrator"].fill.fgColor.rgb == _SHADED


def test_the_keys_are_each_there_once_and_first() -> None:
    for sheet in sheets(contents()):
        if sheet.keyed:
            keys = [row[0] for row in sheet.rows]
            assert len(set(keys)) == len(keys)
            assert sheet.columns[0].edits is None


def test_a_text_that_its_cell_only_begins_cannot_be_changed_there() -> None:
    sheet = cases_sheet(told("short", "She said no. " * 5_000).cases)
    assert sheet.locked == {(1, place(sheet, "Reason for referral"))}


def test_a_decision_has_three_columns_to_type_into_and_the_earlier_ones_stand_apart() -> None:
    first = said("M26-0003", "not-heard", "J. Marsh", dt.date(2026, 11, 25))
    second = said("M26-0003", "reopen", "A. Okafor", dt.date(2026, 11, 26))
    case = dataclasses.replace(invented_cases.undecided_case(), decisions=(first, second))
    register = contents(case)
    row = values(opened(register)["Cases"])[0]
    assert (row["Decision"], row["Decided by"]) == ("reopened", "A. Okafor")
    assert row["Reason for decision"] == "A. Okafor has a reason."
    assert row["Earlier decisions"] == "25/11/2026 not heard, J. Marsh: J. Marsh has a reason."
    edited = [column.edits for column in cases_sheet(register.cases).columns]
    assert {"decision", "decided by", "reason for decision"} <= set(edited)


def test_every_list_that_a_column_offers_has_words() -> None:
    offered = {column.choices for sheet in sheets(contents()) for column in sheet.columns if column.choices}
    assert offered == FIXED.keys() | {"agencies"}
    assert all(FIXED.values())


def test_every_referral_that_was_not_heard_is_listed_by_month_with_the_reason_and_the_name() -> None:
    october, november = dt.date(2026, 10, 30), dt.date(2026, 11, 2)
    register = contents(
        ended("M26-0001", decisions=(said("M26-0001", "not-heard", "J. Marsh", october),)),
        ended("M26-0002", state="withdrawn", decisions=(said("M26-0002", "withdraw", "A. Okafor", november),)),
        ended("M26-0003", state="transferred", transferred_to="Eastbridge"),
        ended("M26-0004", state="closed", meeting=dt.date(2026, 9, 1)),
        invented_cases.case("M26-0005"),
    )
    rows = values(opened(register)["Not heard"])
    assert [(row["Month"], row["Case"]) for row in rows] == [
        ("2026-11", "M26-0003"),
        ("2026-11", "M26-0002"),
        ("2026-10", "M26-0001"),
    ]
    assert rows[0]["What became of it"] == "transferred to Eastbridge"
    assert (rows[1]["Decided by"], rows[2]["Reason"]) == ("A. Okafor", "J. Marsh has a reason.")


def test_a_conflict_shows_both_sides_and_asks_which_is_right() -> None:
    found = dt.date(2026, 11, 30)
    conflict = Conflict(
        7, "M26-0001", "People", "M26-0001 victim", "Phone", "0161 496 0001", "=1+1", "0161 496 0003", "J. Marsh", found
    )
    page = opened(contents(conflicts=(conflict,)))["Conflicts"]
    (row,) = values(page)
    assert (row["Conflict"], row["Row"], row["Column"]) == (7, "M26-0001 victim", "Phone")
    assert (row["What stood there"], row["What was typed"]) == ("0161 496 0001", "=1+1")
    assert (row["What the register holds"], row["Typed by"]) == ("0161 496 0003", "J. Marsh")
    assert row["Which is right"] is None
    assert FIXED["sides"] == ("typed", "register")
    assert len(page.data_validations.dataValidation) == 1


def test_an_agency_shows_when_it_signed() -> None:
    signed = dataclasses.replace(invented_cases.POLICE, signed=dt.date(2026, 4, 1))
    unsigned = dataclasses.replace(invented_cases.HOUSING, signed=None)
    rows = values(opened(contents(agencies=(signed, unsigned)))["Agencies"])
    assert [row["Agreement signed"] for row in rows] == [dt.datetime(2026, 4, 1), None]
