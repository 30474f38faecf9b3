import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from marac.document import EXCEL, Document
from marac.parsers import read
from marac.parsers.blocks import Block, Cell, Line, Table, UnreadableDocument
from marac.parsers.sheets.excel import Excel
from marac.parsers.sheets.sheet_values import date_of


def workbook(fill: Callable[[Any], None]) -> Document:
    made = Workbook()
    fill(made.active)
    return saved(made)


def saved(made: Workbook) -> Document:
    content = BytesIO()
    made.save(content)
    return Document("form.xlsx", EXCEL, content.getvalue())


def cells(document: Document) -> dict[tuple[int, int], Cell]:
    (table,) = tables(list(Excel().blocks(document)))
    return {(cell.row, cell.column): cell for cell in table.cells}


def tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_dates_numbers_and_truths_keep_their_type_and_show_as_on_the_sheet() -> None:
    def fill(sheet: Any) -> None:
        sheet.append([dt.datetime(1991, 4, 3), 41, True])

    found = cells(workbook(fill))
    assert [(cell.text, cell.value) for cell in found.values()] == [
        ("03/04/1991", dt.date(1991, 4, 3)),
        ("41", 41.0),
        ("Yes", True),
    ]


def test_a_number_format_of_zeros_restores_the_leading_zero() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = 1632960111
        sheet["A1"].number_format = "00000000000"

    assert cells(workbook(fill))[0, 0].text == "01632960111"


def test_a_telephone_number_stored_as_a_number_gets_its_zero_back() -> None:
    def fill(sheet: Any) -> None:
        for row in (
            ("Victim name", "Ann Moss"),
            ("Victim telephone", 7700900123),
            ("Perpetrator name", "Ben Moss"),
            ("Consent given", "Yes"),
        ):
            sheet.append(row)

    reading = read(workbook(fill))
    assert reading.referral.victim.phone == "07700900123"
    assert reading.evidence["victim.phone"].confidence < reading.evidence["victim.name"].confidence


def test_a_merged_range_is_one_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["C1"], sheet["A2"] = "Victim", "x", "Name"
        sheet.merge_cells("A1:B1")

    found = cells(workbook(fill))
    assert (found[0, 0].columns, found[0, 2].text, (0, 1) in found) == (2, "x", False)


def test_a_hidden_sheet_is_no_part_of_the_form() -> None:
    made = Workbook()
    made.active["A1"] = "Victim"  # type: ignore[index]
    lists = made.create_sheet("Lists")
    lists["A1"] = "Yes"
    lists.sheet_state = "hidden"
    assert [table.where for table in tables(list(Excel().blocks(saved(made))))] == ["sheet Sheet"]


def test_what_stands_in_a_hidden_row_is_marked_as_hidden() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "seen"
        sheet["A2"] = "unseen"
        sheet.row_dimensions[2].hidden = True

    assert [cell.spans[0].hidden for cell in cells(workbook(fill)).values()] == [False, True]


def test_bold_in_a_part_of_a_cell_marks_that_part() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = CellRichText(TextBlock(InlineFont(b=True), "Yes"), " / No")

    assert [(span.text, span.bold) for span in cells(workbook(fill))[0, 0].spans] == [("Yes", True), (" / No", False)]


def test_letters_of_a_symbol_font_are_boxes() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "þ"
        sheet["A1"].font = Font(name="Wingdings")

    assert [span.ticked for span in cells(workbook(fill))[0, 0].spans] == [True]


def test_a_tick_box_that_floats_over_a_cell_belongs_to_it() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = "Professional judgement", " "

    controls = (
        '<controls xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><control shapeId="1" r:id="rId9">'
        '<controlPr><anchor><from><xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">1</xdr:col>'
        '<xdr:row xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:row></from></anchor></controlPr></control></controls>'
    )
    relation = '<Relationship Id="rId9" Type="ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/>'
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(fill).content)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</worksheet>", controls.encode() + b"</worksheet>")
            target.writestr(name, data)
        target.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
        )
        target.writestr(
            "xl/ctrlProps/ctrlProp1.xml",
            '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox" checked="Checked"/>',
        )
    found = cells(Document("form.xlsx", EXCEL, content.getvalue()))
    assert found[0, 1].spans[0].ticked is True


@pytest.mark.parametrize(
    "planted",
    [
        b'<row r="1048576"><c r="A1048576"/></row></sheetData>',
        b'<row r="2"><c r="XFD2"/></row></sheetData>',
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
)
def test_a_small_file_that_is_a_vast_sheet_is_refused(planted: bytes) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "Victim"

    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(fill).content)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"</sheetData>", planted))
    with pytest.raises(UnreadableDocument, match="far larger"):
        list(Excel().blocks(Document("form.xlsx", EXCEL, content.getvalue())))


def again(document: Document) -> list[Block]:
    found = Excel().blocks_again(document)
    assert found is not None
    return list(found)


def drawn(fill: Callable[[Any, Any], None]) -> Document:
    """A workbook by XlsxWriter, which draws text boxes and boxes to tick in cells."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "date_1904": True})
    fill(book, book.add_worksheet("Form"))
    book.close()
    return Document("form.xlsx", EXCEL, content.getvalue())


def odd_things(book: Any, sheet: Any) -> None:
    sheet.write("A1", "Date of birth")
    sheet.write_datetime("B1", dt.datetime(1991, 4, 3), book.add_format({"num_format": "d mmm yyyy"}))
    sheet.write("A2", "Repeat case?")
    sheet.insert_checkbox("B2", True)
    sheet.write_number("B3", 7700900123, book.add_format({"num_format": "00000 000000"}))
    sheet.write_number("B4", 0.5, book.add_format({"num_format": "0%"}))
    sheet.write("A5", "unseen", book.add_format({"font_color": "#FFFFFF"}))
    sheet.write("B5", "unseen", book.add_format({"num_format": ";;;"}))
    sheet.write_rich_string("B6", "Yes / ", book.add_format({"font_color": "red"}), "No")
    sheet.write_formula("B7", "=1+1", None, 17)
    sheet.insert_textbox("A9", "He has a key to her house")
    sheet.insert_textbox("A1", "Over words")


def test_both_ways_of_reading_find_the_same() -> None:
    document = drawn(odd_things)
    assert again(document) == list(Excel().blocks(document))


def test_what_a_cell_shows_is_what_is_read() -> None:
    found = cells(drawn(odd_things))
    assert (found[0, 1].text, found[0, 1].value) == ("03/04/1991", dt.date(1991, 4, 3))
    assert [span.ticked for span in found[1, 1].spans] == [True]
    assert (found[2, 1].text, found[3, 1].text, found[6, 1].text) == ("07700 900123", "50%", "17")
    assert [span.hidden for column in (0, 1) for span in found[4, column].spans] == [True, True]
    assert [(span.text, span.highlighted) for span in found[5, 1].spans] == [("Yes / ", False), ("No", True)]


def test_a_text_box_over_an_empty_cell_is_its_text_and_over_words_a_line() -> None:
    document = drawn(odd_things)
    assert cells(document)[8, 0].text == "He has a key to her house"
    assert [block.text for block in Excel().blocks(document) if isinstance(block, Line)] == ["Over words"]


def test_notes_errors_and_formulas_without_a_result_are_told() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write("A1", "Victim")
        sheet.write_comment("A1", "Known as Annie")
        sheet.write_formula("B1", "=NA()", None, "#N/A")

    unread = [block.unread for block in Excel().blocks(drawn(fill)) if isinstance(block, Line)]
    assert [sentence.partition(" was not read")[0] for sentence in unread] == [
        "A cell that shows an error instead of a value",
        "A note on a cell",
    ]
    uncounted = workbook(lambda sheet: sheet.append(["Score", "=1+1"]))
    assert "B1" in next(block.unread for block in Excel().blocks(uncounted) if isinstance(block, Line))


def test_a_strict_workbook_reads_like_any_other_and_has_no_second_way() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Victim", "Ann Moss"])

    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(fill).content)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for common, strict in (
                (
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            ):
                data = data.replace(common, strict)
            target.writestr(name, data)
    document = Document("form.xlsx", EXCEL, content.getvalue())
    assert [cell.text for cell in cells(document).values()] == ["Victim", "Ann Moss"]
    assert Excel().blocks_again(document) is None


@given(st.floats(min_value=1, max_value=2_958_465), st.booleans())
def test_every_serial_number_is_a_date_between_its_epoch_and_the_year_9999(serial: float, since_1904: bool) -> None:
    found = date_of(serial, since_1904=since_1904)
    assert found is None or isinstance(found, dt.time) or 1900 <= found.year <= 9999
