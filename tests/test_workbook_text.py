import dataclasses
import datetime as dt
import gc
import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from marac.errors import StoreError
from marac.referral import Victim
from marac.register.workbook.place import workbook
from marac.register.workbook.tables import checked
from marac.register.workbook.text import clean, pieces
from tests import invented_cases
from tests.invented_register import contents, told
from tests.opened_workbook import cells, opened, stories_in, values


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://a.example")', "+1+1", "-1", "@SUM(1)", "\t=1"]
)
def test_text_is_never_a_formula_and_never_a_link(name: str) -> None:
    form = invented_cases.referral(victim=Victim(name=name), reason="http://a.example/x")
    file = workbook(contents(invented_cases.case(form=form)))
    book = openpyxl.load_workbook(io.BytesIO(file))
    row = cells(book["Cases"])[0]
    assert row["Victim"].value == name
    assert row["Victim"].data_type == "s"
    assert row["Victim"].style is not None
    assert row["Victim"].quotePrefix
    assert row["Reason for referral"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        pages = [each for each in package.namelist() if each.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in package.read(page) for page in pages)


def test_a_name_that_begins_like_a_formula_is_pointed_out_and_a_foreign_phone_number_is_not() -> None:
    form = invented_cases.referral(victim=Victim(name="=1+1", phone="+447700900123"))
    row = cells(opened(contents(invented_cases.case(form=form)))["Cases"])[0]
    assert "A name does not begin like this" in row["Victim"].comment.text
    assert row["Phone"].comment is None
    assert row["Phone"].value == "+447700900123"
    assert row["Phone"].number_format == "@"


def test_a_text_too_long_for_its_cell_is_cut_visibly_and_stands_whole_on_a_sheet_of_its_own() -> None:
    story = "She said 🏠 no. " * 5_000
    book = opened(told("short", story))
    shown = values(book["Cases"])[1]["Reason for referral"]
    assert shown.endswith("All of it is on the sheet Long texts, row M26-0002, column Reason for referral.]")
    assert len(shown.encode("utf-16-le")) // 2 < 32_767
    parts = values(book["Long texts"])
    assert {(part["Row"], part["Column"], part["Of"]) for part in parts} == {
        ("M26-0002", "Reason for referral", len(parts))
    }
    assert "".join(part["Text"] for part in parts) == story


def test_a_register_without_long_texts_has_no_sheet_for_them() -> None:
    assert "Long texts" not in opened(told("short")).sheetnames


def test_characters_that_a_workbook_cannot_hold_are_marked_and_the_text_around_them_stays() -> None:
    story = "before\x00\x0b\ud83d\ufffe\u202eafter\r\nnext\rline"
    assert stories_in(workbook(told(story))) == [
        "before\N{REPLACEMENT CHARACTER}" + "\N{REPLACEMENT CHARACTER}" * 4 + "after\nnext\nline"
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), min_size=1), min_size=1, max_size=25))
@example(["_x0041_", " ", "\n", "'=1", "<b>&amp;</b>", "#N/A", "TRUE", "1-2", "0161", "1e5"])
def test_any_text_survives_in_both_readers(stories: list[str]) -> None:
    file = workbook(told(*stories))
    expected = [clean(story) for story in stories]
    assert stories_in(file) == expected
    read_back = values(openpyxl.load_workbook(io.BytesIO(file))["Cases"])
    assert [row["Reason for referral"] for row in read_back] == expected


@given(st.text(), st.integers(2, 20))
def test_the_pieces_of_a_text_join_to_the_text_and_are_none_too_long(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert "".join(cut) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= limit for piece in cut)


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_xml_and_stays_as_it_is_when_cleaned_again(text: str) -> None:
    page = etree.Element("t")
    page.text = clean(text)
    assert etree.fromstring(etree.tostring(page)).text in {clean(text), None}
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.date(1900, 2, 28)])
def test_a_day_that_excel_does_not_know_is_written_in_words(day: dt.date) -> None:
    form = invented_cases.referral(victim=Victim(name="Invented Person", date_of_birth=day))
    row = values(opened(contents(invented_cases.case(form=form)))["Cases"])[0]
    assert row["Date of birth"] == f"{day.day:02}/{day.month:02}/{day.year:04}"


def test_a_workbook_that_cannot_be_written_leaves_the_program_as_it_was() -> None:
    unheard_of = dataclasses.replace(contents(), marac="x" * 40_000)
    with pytest.raises(StoreError, match="The register is complete"):
        workbook(unheard_of)
    assert gc.isenabled()


def test_a_value_that_was_not_written_stops_the_workbook() -> None:
    with pytest.raises(StoreError, match="no workbook was written"):
        checked(-2)
