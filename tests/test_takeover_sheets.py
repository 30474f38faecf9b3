"""What an old spreadsheet is opened as: every kind of file with the same rows, and what cannot be opened said in words."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from marac.errors import WorkbookError
from marac.takeover.opened import MOST_ROWS, NotOpenedError, answer_for
from marac.takeover.opening import content_of, old_file
from marac.takeover.sheets import OldFile, words_of
from tests.old_registers import TITLES, as_csv, converted, old_register, plain_register, saved


def opened(content: bytes) -> OldFile:
    return old_file(content, deadline_seconds=60, memory_megabytes=1024)


def filled(file: OldFile) -> list[list[str]]:
    return [[words_of(each) for each in row.cells.values()] for sheet in file.sheets for row in sheet.rows if row.cells]


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_what_libreoffice_saved_has_the_same_rows(tmp_path: Path, kind: str) -> None:
    content = old_register()
    again = opened(converted(content, kind, tmp_path))
    assert filled(again) == filled(opened(content))
    assert [(sheet.title, sheet.hidden_rows, sheet.hidden_columns) for sheet in again.sheets] == [
        ("2025", 1, 1),
        ("MARAC 09.04.25", 0, 0),
        ("Contacts", 0, 0),
    ]


@pytest.mark.parametrize(("code", "mark"), [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t")])
def test_separated_values_are_read_however_a_program_saved_them(code: str, mark: str) -> None:
    rows = [("Victim", "MARAC date"), ("Siân O’Dowd", "12/3/25"), ("Zoë, known as Zed", "March 2025")]
    [sheet] = opened(as_csv(rows, code, mark)).sheets
    assert [tuple(row.text(place) for place in (0, 1)) for row in sheet.rows] == rows


def test_rows_keep_the_numbers_that_they_have_in_the_spreadsheet() -> None:
    rows = opened(old_register()).sheets[0].rows
    assert [row.number for row in rows if row.text(1) == "25/003"] == [9]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (old_register()[:3000], "damaged"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a spreadsheet"),
        (b"%PDF-1.7 a plan", "not a spreadsheet"),
        (b"<html><table><tr><td>Victim</td></tr></table></html>", "save it as .xlsx"),
        (bytes(200), "not a spreadsheet"),
        (plain_register([], []), "empty"),
        (b"\n\n;;\n", "empty"),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(WorkbookError, match=words):
        opened(content)


def test_a_file_larger_than_any_register_is_refused() -> None:
    with pytest.raises(NotOpenedError, match="larger than any register"):
        answer_for(b"a,b\n" * (MOST_ROWS + 1))


def test_a_reading_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(WorkbookError, match="within"):
        old_file(old_register(), deadline_seconds=0.001, memory_megabytes=1024)


def test_a_file_that_is_not_there_or_empty_is_said_without_its_name(tmp_path: Path) -> None:
    empty = tmp_path / "Kezia Marlowe.csv"
    for path in (empty, tmp_path):
        with pytest.raises(WorkbookError) as refused:
            content_of(path)
        assert "Kezia" not in str(refused.value)
    empty.write_bytes(b"  \n")
    with pytest.raises(WorkbookError, match="empty"):
        content_of(empty)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_date_merged_down_over_the_cases_of_a_meeting_is_each_ones(tmp_path: Path, kind: str) -> None:
    book = load_workbook(
        io.BytesIO(plain_register(TITLES[:3], [("12/3/25", "1", "A B"), ("", "2", "C D"), ("", "3", "E F")]))
    )
    sheet = book["Cases"]
    sheet.merge_cells("A2:A3")
    content = saved(book)
    [found] = opened(content if kind == "xlsx" else converted(content, kind, tmp_path)).sheets
    assert [row.text(0) for row in found.rows[1:]] == ["12/3/25", "12/3/25", ""]


def test_formulas_are_taken_as_they_were_worked_out_and_never_run() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(TITLES[:3]))
    sheet["A2"] = '=HYPERLINK("https://example.example","x")'
    [found] = opened(saved(book)).sheets
    assert found.rows[0].text(0) == "MARAC date"
    assert all(not row.cells for row in found.rows[1:])  # openpyxl works nothing out, so no result stands in the file
