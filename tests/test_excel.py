import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from marac.document import EXCEL, Document
from marac.parsers import read
from marac.parsers.blocks import Block, Cell, Table, UnreadableDocument
from marac.parsers.excel import Excel


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
