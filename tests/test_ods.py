import datetime as dt
import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from marac.document import Document
from marac.parsers import read
from marac.parsers.blocks import Block, Cell, Line, Table, UnreadableDocument
from marac.parsers.sheets.ods import Ods

KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
        "form": "form",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)
STYLES = """
<style:style style:name="high" style:family="table-row"><style:table-row-properties style:row-height="6mm"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="60mm"/></style:style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="red" style:family="text"><style:text-properties fo:color="#ff0000"/></style:style>
<style:style style:name="struck" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:background-color="#d9d9d9"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="white" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


@dataclass(frozen=True)
class Boxed:
    """A tick box that floats over a cell."""

    caption: str
    ticked: bool


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in the file."""

    xml: str


def spreadsheet(*sheets: tuple[tuple[str | Raw | Boxed, ...], ...], hidden: int = -1) -> Document:
    """A spreadsheet; neighbouring boxes of a row float over one cell."""
    tables = "".join(table(number, rows, "gone" if number == hidden else "seen") for number, rows in enumerate(sheets))
    return packed(
        f'<office:document-content {SPACES} xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def packed(content: str, manifest: str = "") -> Document:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as target:
        target.writestr("mimetype", KIND)
        target.writestr("content.xml", content)
        target.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
            f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
    return Document("form.ods", "", saved.getvalue())


def table(number: int, rows: tuple[tuple[str | Raw | Boxed, ...], ...], style: str) -> str:
    boxes: list[str] = []
    body = "".join(
        f'<table:table-row table:style-name="high">{row_of(row, boxes, number)}</table:table-row>' for row in rows
    )
    return (
        f'<table:table table:name="Sheet{number}" table:style-name="{style}">'
        f'<office:forms><form:form form:name="F">{"".join(boxes)}</form:form></office:forms>'
        f'<table:table-column table:style-name="wide" table:number-columns-repeated="3"/>{body}</table:table>'
    )


def row_of(row: tuple[str | Raw | Boxed, ...], boxes: list[str], sheet: int) -> str:
    cells, shapes = [], ""
    for each in row:
        if isinstance(each, Boxed):
            name = f"b{sheet}x{len(boxes)}"
            state = 'form:current-state="checked"' if each.ticked else ""
            boxes.append(
                f'<form:checkbox form:name="{name}" xml:id="{name}" form:id="{name}" form:label="{each.caption}" {state} '
                'form:control-implementation="ooo:com.sun.star.form.component.CheckBox"/>'
            )
            left = 22 if shapes else 1
            shapes += f'<draw:control draw:control="{name}" svg:x="{left}mm" svg:y="0.2mm" svg:width="18mm" svg:height="5mm"/>'
        elif isinstance(each, Raw):
            cells.append(each.xml)
        else:
            cells.append(text_cell(each))
    return "".join(cells) + (f"<table:table-cell>{shapes}</table:table-cell>" if shapes else "")


def text_cell(words: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(words)}</text:p></table:table-cell>'


def cells(blocks: list[Block]) -> dict[tuple[int, int], Cell]:
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return {(cell.row, cell.column): cell for cell in found.cells}


def only(xml: str) -> Cell:
    return cells(list(Ods().blocks(spreadsheet(((Raw(xml),),)))))[0, 0]


def test_a_spreadsheet_is_known_by_what_its_package_says() -> None:
    assert Ods().recognises(spreadsheet((("x",),)))
    text = spreadsheet((("x",),)).content.replace(b".spreadsheet", b".textdocum")
    assert not Ods().recognises(Document("form.ods", "", text))


@pytest.mark.parametrize(
    ("xml", "text", "value"),
    [
        ('office:value-type="date" office:date-value="1991-04-03"><text:p>3 Apr 91', "03/04/1991", dt.date(1991, 4, 3)),
        ('office:value-type="float" office:value="17"><text:p>17', "17", 17.0),
        ('office:value-type="float" office:value="7700900123"><text:p>07700 900123', "07700 900123", 7700900123.0),
        ('office:value-type="percentage" office:value="0.5"><text:p>50.00 %', "50%", 0.5),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAHR', "Yes", True),
        ('office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c', "a  b\nc", None),
    ],
)
def test_values_keep_their_type_and_are_shown_as_in_britain(xml: str, text: str, value: object) -> None:
    cell = only(f"<table:table-cell {xml}</text:p></table:table-cell>")
    assert (cell.text, cell.value) == (text, value)


def test_a_part_of_a_cell_keeps_its_look() -> None:
    cell = only(
        '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="bold">Y</text:span> / '
        '<text:span text:style-name="struck">N</text:span> <text:span text:style-name="red">DK</text:span></text:p>'
        "</table:table-cell>"
    )
    assert [(span.text, span.bold, span.struck, span.highlighted) for span in cell.spans] == [
        ("Y", True, False, False),
        (" / ", False, False, False),
        ("N", False, True, False),
        (" ", False, False, False),
        ("DK", False, False, True),
    ]


def test_a_shaded_bold_heading_over_merged_cells_is_one_cell() -> None:
    cell = only(
        '<table:table-cell table:style-name="head" table:number-columns-spanned="3" table:number-rows-spanned="1" '
        'office:value-type="string"><text:p>Victim</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="2"/>'
    )
    assert (cell.columns, cell.shaded, cell.spans[0].bold) == (3, True, True)


def test_what_cannot_be_seen_is_marked_as_hidden() -> None:
    document = spreadsheet(
        (
            (
                Raw(
                    '<table:table-cell table:style-name="white" office:value-type="string"><text:p>a</text:p></table:table-cell>'
                ),
            ),
            ("b",),
        )
    )
    assert [cell.spans[0].hidden for cell in cells(list(Ods().blocks(document))).values() if cell.spans] == [
        True,
        False,
    ]


def test_a_hidden_sheet_is_no_part_of_the_form() -> None:
    document = spreadsheet((("Victim",),), (("Yes",),), hidden=1)
    assert [block.where for block in Ods().blocks(document)] == ["sheet Sheet0"]


def test_boxes_over_a_cell_are_read_with_their_captions() -> None:
    document = spreadsheet(
        (
            ("Victim name", "Ann Moss"),
            ("Perpetrator name", "Ben Moss"),
            ("Is it safe to call?", Boxed("Yes", False), Boxed("No", True)),
            ("Repeat case?", Boxed("Yes", True), Boxed("No", False)),
        )
    )
    referral = read(document).referral
    assert (referral.victim.safe_to_call, referral.criteria.repeat) == (False, True)


def test_notes_errors_and_formulas_without_a_result_are_told() -> None:
    blocks = Ods().blocks(
        spreadsheet(
            (
                (
                    Raw(
                        '<table:table-cell office:value-type="string"><office:annotation><text:p>hers</text:p></office:annotation>'
                        "<text:p>Ann</text:p></table:table-cell>"
                    ),
                    Raw('<table:table-cell table:formula="of:=[.A1]"/>'),
                ),
            )
        )
    )
    unread = " ".join(block.unread for block in blocks if isinstance(block, Line))
    assert "A note on a cell was not read (sheet “Sheet0”, A1)" in unread
    assert "A formula whose result is not in the file was not read (sheet “Sheet0”, B1)" in unread


def test_calamine_reads_the_same_values() -> None:
    document = spreadsheet(
        (
            ("Victim name", "Ann Moss"),
            (
                Raw(
                    '<table:table-cell office:value-type="date" office:date-value="1991-04-03"><text:p>3/4/91</text:p>'
                    "</table:table-cell>"
                ),
                Raw(
                    '<table:table-cell office:value-type="float" office:value="17"><text:p>17</text:p></table:table-cell>'
                ),
            ),
        )
    )
    again = Ods().blocks_again(document)
    assert again is not None
    assert list(again) == list(Ods().blocks(document))


@pytest.mark.parametrize(
    "xml",
    [
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell table:number-columns-spanned="16000" table:number-rows-spanned="9000"/>',
        "</table:table-row><table:table-row table:number-rows-repeated='1000000'>" + text_cell("x"),
        "</table:table-row><table:table-row table:number-rows-repeated='1048000'></table:table-row><table:table-row>"
        + text_cell("x"),
    ],
)
def test_a_small_file_that_is_a_vast_sheet_is_refused(xml: str) -> None:
    with pytest.raises(UnreadableDocument, match="far larger"):
        list(Ods().blocks(spreadsheet(((Raw(xml),),))))


def test_the_empty_rows_to_the_end_of_a_sheet_are_no_vast_sheet() -> None:
    document = spreadsheet(
        (
            ("Victim",),
            (Raw("</table:table-row><table:table-row table:number-rows-repeated='1048000'><table:table-cell/>"),),
        )
    )
    assert [cell.text for cell in cells(list(Ods().blocks(document))).values()] == ["Victim"]


def test_an_encrypted_spreadsheet_asks_for_the_password() -> None:
    locked = packed("x", "<manifest:encryption-data/>")
    assert "password" in read(locked).problems[0].message


def test_a_document_type_declaration_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="document type"):
        list(Ods().blocks(packed('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')))
