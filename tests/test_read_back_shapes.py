from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.read_back import ReadBack
from marac.register.workbook.comparison import Compared, compared
from marac.register.workbook.shown import Shown, as_row
from marac.register.workbook.theirs import Table
from tests.edited_workbooks import EditedRegister, column_of, edited_register, heading_of, row_of


@pytest.fixture
def register(tmp_path: Path) -> Iterator[EditedRegister]:
    with edited_register(tmp_path) as made:
        yield made


UNREADABLE = {
    "Date of birth": "31/02/1990",
    "Safe to call": "perhaps",
    "Gender": "unheard of",
    "Stated score": "many",
    "Postcode": "nowhere",
    "Phone": "ask her sister",
    "Contact notes": '=HYPERLINK("http://a.example")',
}


def test_what_cannot_be_read_is_not_taken_and_is_said_without_its_value(register: EditedRegister) -> None:
    before = register.case("M26-0001").reading
    row = register.edit("Cases", "M26-0001", UNREADABLE)
    found = register.read()
    assert register.case("M26-0001").reading == before
    assert found.taken == 0
    places = {said.partition(" (M26-0001): ")[0] for said in found.reported}
    assert places == {f"Cases, row {row}, {title}" for title in UNREADABLE}
    assert not any(typed in said for typed in UNREADABLE.values() for said in found.reported)
    register.write()
    assert any("your changes" in name for name in register.names())


def test_what_the_program_owns_is_not_taken_and_comes_back(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"State": "heard", "Ticks": 3})
    found = register.read()
    assert found.taken == 0
    (said,) = found.reported
    assert said.startswith(
        "Cases: 2 cells changed in columns that are the program's (State, Ticks). Nothing was taken;"
    )
    register.write()
    assert register.shown("Cases", "M26-0001", "State") == register.case("M26-0001").state


def test_pasted_rows_with_one_key_are_not_taken_where_they_differ_and_ignored_where_they_do_not(
    register: EditedRegister,
) -> None:
    with register.opened() as book:
        page = book["Cases"]
        for key, phone in (("M26-0001", "07700 900777"), ("M26-0002", None)):
            row, target = row_of(page, key), page.max_row + 1
            for place, cell in enumerate(page[row], 1):
                page.cell(target, place).value = cell.value
            if phone:
                page.cell(target, column_of(page, "Phone")).value = phone
    before = register.cases()
    found = register.read()
    assert register.cases() == before
    assert (found.taken, len(found.reported)) == (0, 1)
    assert "stands in more than one row, and the rows say different things (see row" in found.reported[0]
    assert "M26-" in found.reported[0]


@pytest.mark.parametrize(("sheet", "end"), [("Cases", ""), ("People", " victim")])
def test_nothing_is_taken_from_a_row_in_which_somebody_elses_stands(
    register: EditedRegister, sheet: str, end: str
) -> None:
    before = register.cases()
    with register.opened() as book:
        page = book[sheet]
        one, other = row_of(page, f"M26-0001{end}"), row_of(page, f"M26-0002{end}")
        page.cell(one, 1).value, page.cell(other, 1).value = page.cell(other, 1).value, page.cell(one, 1).value
        page.cell(row_of(page, f"M26-0003{end}"), column_of(page, "Phone")).value = "07700 900777"
    found = register.read()
    assert (found.taken, found.kept_aside) == (1, True)
    assert sum("somebody else's row was pasted or sorted into it" in said for said in found.reported) == 2
    assert register.cases()[:2] == before[:2]
    assert register.case("M26-0003").referral.victim.phone == "07700900777"


def test_two_people_whom_a_form_confused_can_still_be_exchanged_by_their_names_and_birthdays(
    register: EditedRegister,
) -> None:
    case = register.case("M26-0001").referral
    victim, perpetrator = case.victim, case.perpetrators[0]
    typed = {
        "Victim": perpetrator.name,
        "Date of birth": perpetrator.date_of_birth,
        "Perpetrator": victim.name,
        "Perpetrator's date of birth": victim.date_of_birth,
    }
    register.edit("Cases", "M26-0001", typed)
    assert register.read().reported == ()
    assert register.case("M26-0001").referral.victim.name == perpetrator.name


def test_a_deleted_row_deletes_no_case(register: EditedRegister) -> None:
    before = register.cases()
    with register.opened() as book:
        page = book["Cases"]
        page.delete_rows(row_of(page, "M26-0001"))
    found = register.read()
    assert register.cases() == before
    assert "Cases: 1 row deleted or emptied (M26-0001). The register keeps them" in " ".join(found.reported)
    register.write()
    assert register.shown("Cases", "M26-0001", "Victim") == "Siân Gwynfryn-Hughes"


def test_a_register_that_lost_many_rows_is_not_read_at_all(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    with register.opened() as book:
        page = book["Cases"]
        page.delete_rows(row_of(page, "M26-0002"), 4)
    found = register.read()
    assert (found.taken, found.kept_aside) == (0, True)
    assert "Many rows of the sheet Cases are gone from it: 4 of" in found.reported[0]
    assert register.case("M26-0001").referral.victim.phone == "07700900123"
    register.write()
    assert len(register.names()) == 2


def test_columns_can_be_moved_and_rows_sorted(register: EditedRegister) -> None:
    with register.opened() as book:
        page = book["Cases"]
        top = heading_of(page)
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=top)]
        phone = rows[0].index("Phone")
        rows[1:] = sorted(rows[1:], key=lambda row: str(row[0]), reverse=True)
        moved = [[*row[:phone], *row[phone + 1 :], row[phone]] for row in rows]
        for number, row in enumerate(moved):
            for place, value in enumerate(row):
                page.cell(top + number, place + 1).value = value
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    found = register.read()
    assert (found.taken, found.reported) == (1, ())
    assert register.case("M26-0001").referral.victim.phone == "07700900777"


def test_renamed_removed_and_added_columns_are_said_and_all_others_are_read(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777", "Contact notes": "After six."})
    with register.opened() as book:
        page = book["Cases"]
        top = heading_of(page)
        page.cell(top, column_of(page, "Phone")).value = "Mobile"
        page.delete_cols(column_of(page, "Ethnicity"))
        page.cell(top, page.max_column + 1).value = "My column"
    found = register.read()
    victim = register.case("M26-0001").referral.victim
    assert (victim.phone, victim.contact_notes) == ("07700900123", "After six.")
    said = " ".join(found.reported)
    assert "2 columns are gone or renamed (Phone, Ethnicity)" in said
    assert "2 columns of somebody's own" in said
    assert "My column" not in said
    assert found.kept_aside


def test_a_sheet_without_its_keys_is_not_read(register: EditedRegister) -> None:
    register.edit("People", "M26-0001 victim", {"Phone": "07700 900777"})
    with register.opened() as book:
        page = book["People"]
        page.delete_cols(1)
    found = register.read()
    assert found.taken == 0
    assert "People: the first column, by which a row is known, is gone or renamed" in " ".join(found.reported)


def test_a_column_that_was_sorted_by_itself_is_not_taken(register: EditedRegister) -> None:
    with register.opened() as book:
        page = book["Cases"]
        place = column_of(page, "Victim")
        rows = [row for row in range(1, page.max_row + 1) if str(page.cell(row, 1).value).startswith("M2")]
        names = [page.cell(row, place).value for row in rows]
        for row, name in zip(rows, [*names[1:], names[0]], strict=True):
            page.cell(row, place).value = name
    before = [case.referral.victim.name for case in register.cases()]
    found = register.read()
    assert found.taken == 0
    assert [case.referral.victim.name for case in register.cases()] == before
    assert "Cases, Victim: so many cells changed at once" in " ".join(found.reported)


def compared_columns(*columns: tuple[str, str, str]) -> Compared:
    """A table of five rows with these columns: the title, what was shown, and what stands there now, a word a row."""
    titles = ("Case", *(title for title, _, _ in columns))
    keys = [f"M26-{number:04}" for number in range(1, 6)]
    was = zip(keys, *(before.split(",") for _, before, _ in columns), strict=True)
    now = zip(keys, *(after.split(",") for _, _, after in columns), strict=True)
    shown = Shown(titles, {row[0]: as_row(row) for row in was})
    return compared("Cases", shown, Table(titles, [list(row) for row in now]))


def test_a_cell_deleted_so_that_all_below_it_moved_up_is_no_edit_of_other_peoples_cells() -> None:
    found = compared_columns(("Phone", "01,02,03,04,05", "02,03,04,05,"), ("Notes", ",,,,", ",new,,,"))
    assert found.moved == ("Phone",)
    assert [(cell.key, cell.title) for cell in found.changed] == [("M26-0002", "Notes")]


def test_a_swap_and_many_changed_answers_are_edits() -> None:
    swapped = compared_columns(
        ("Phone", "01,02,03,04,05", "02,01,03,04,05"), ("Safe", "yes,no,yes,no,no", "no,yes,no,yes,yes")
    )
    assert swapped.moved == ()
    assert len(swapped.changed) == 7


def test_extra_sheets_and_comments_keep_the_copy(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    with register.opened() as book:
        book.create_sheet("Jane's list")["A1"] = "to do"
    found = register.read()
    assert (found.taken, found.kept_aside) == (1, True)
    assert found.reported == (
        "The workbook holds 1 sheet of somebody's own. Nothing was taken from there: it stands in the changed copy alone.",
    )
    outcome = register.write()
    assert outcome.kept_aside is not None
    assert "your changes" in outcome.kept_aside.name


def test_reading_nothing_opens_nothing(register: EditedRegister) -> None:
    assert register.read() == ReadBack()
