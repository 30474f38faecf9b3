"""How the shipped Word templates look: page, type, marking, tables, boxes to tick."""
# ruff: noqa: SLF001 - python-docx shows the XML under its objects by private names only

import io
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
BLUE, RED, WHITE = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x94, 0x25, 0x14), RGBColor(255, 255, 255)
BLUE_FILL, GREY_FILL, AMBER_FILL, RED_FILL = "12436D", "E8EDF2", "FFF2CC", "FBE5E1"
WIDTH = 17.0  # cm between the margins of A4
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_CELL_MARGINS = {"top": 60, "left": 100, "bottom": 60, "right": 100}  # twentieths of a point
TICK = "[ ]"
"""Stands in the wordings below for a box that can be ticked with a click."""


def sheet(marking_foot: str) -> Any:
    """An empty A4 document with the marking at the head and page X of Y at the foot."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    _set_styles(document)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run("OFFICIAL-SENSITIVE").bold = True
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{marking_foot}\tPage ").font.size = Pt(9)
    _add_field(foot, "PAGE")
    foot.add_run(" of ").font.size = Pt(9)
    _add_field(foot, "NUMPAGES")
    return document


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB"/>')
    normal.element.get_or_add_rPr().append(language)
    sizes = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "Header": 10, "Footer": 9}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.rPr.rFonts.attrib.clear()
        style.font.name = FONT
        style.element.rPr.rFonts.set(qn("w:cs"), FONT)
        if name[0] in "TH" and name != "Header":
            style.font.bold, style.font.color.rgb = True, BLUE
            style.paragraph_format.space_before = Pt(14 if name != "Title" else 0)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
    for rule in document.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        document.styles["Title"].element.pPr.remove(rule)
    in_cell = document.styles.add_style("In a table", WD_STYLE_TYPE.PARAGRAPH)
    in_cell.base_style = normal
    in_cell.font.size = Pt(10.5)
    in_cell.paragraph_format.space_after = Pt(2)
    in_cell.paragraph_format.line_spacing = 1.0


def _add_field(paragraph: Any, code: str) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def write(paragraph: Any, words: str, *, bold: bool = False, color: RGBColor | None = None) -> Any:
    """Add the words to a paragraph: `**bold**` is set in bold, and each `[ ]` becomes a box to tick."""
    for number, stretch in enumerate(words.split("**")):
        for place, piece in enumerate(stretch.split(TICK)):
            if place:
                _add_box(paragraph)
            if piece:
                run = paragraph.add_run(piece)
                run.bold = True if bold or number % 2 else None
                if color is not None:
                    run.font.color.rgb = color
    return paragraph


def _add_box(paragraph: Any) -> None:
    face = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"/>'
    box = (
        f'<w:sdt {nsdecls("w")} xmlns:w14="{W14}"><w:sdtPr><w:rPr>{face}</w:rPr><w14:checkbox>'
        '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{face}</w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
    )
    paragraph._p.append(parse_xml(box))


def say(document: Any, words: str, style: str | None = None) -> Any:
    """A paragraph of words."""
    return write(document.add_paragraph(style=style), words)


def table(document: Any, widths: tuple[float, ...], head: tuple[str, ...] = ()) -> Any:
    """An empty table with columns of these widths in cm; a head row is repeated on each page."""
    made = document.add_table(rows=0, cols=len(widths))
    made.style, made.autofit = "Table Grid", False
    # Word reads these in the order of the standard only (ECMA-376 part 1, 17.4.59)
    properties = made._tbl.tblPr
    properties.find(qn("w:tblLayout")).addprevious(_borders())
    properties.find(qn("w:tblLook")).addprevious(_margins())
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    if head:
        row(made, *head, fill=BLUE_FILL, color=WHITE, bold=True, repeated=True)
    return made


def _borders() -> Any:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8791"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def _margins() -> Any:
    sides = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _CELL_MARGINS.items())
    return parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")


def row(
    made: Any,
    *cells: str,
    fill: str | None = None,
    label_fill: str | None = None,
    color: RGBColor | None = None,
    bold: bool = False,
    height: float = 0,
    repeated: bool = False,
    kept: bool = False,
) -> Any:
    """A row that no page break splits; a single cell reaches over all columns. Lines in a cell are paragraphs.

    `repeated`: on each page that the table reaches; `kept`: on one page with the next row.
    """
    added = made.add_row()
    properties = added._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if height:
        added.height = Cm(height)
    if repeated:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    wide = added.cells[0].merge(added.cells[-1]) if len(cells) == 1 else None
    for number, (cell, words) in enumerate(zip([wide] if wide else added.cells, cells, strict=True)):
        for line, text in enumerate(words.split("\n")):
            paragraph = cell.paragraphs[0] if not line else cell.add_paragraph()
            paragraph.style = "In a table"
            paragraph.paragraph_format.keep_with_next = True if repeated or kept else None
            write(paragraph, text, bold=bold or (number == 0 and label_fill is not None), color=color)
        shade = fill or (label_fill if number == 0 else None)
        if shade:
            cell._tc.get_or_add_tcPr().append(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>')
            )
    for cell, column in zip(added.cells, made.columns, strict=True):
        if wide is None:
            cell.width = column.width
    return added


def tag(made: Any, command: str) -> None:
    """A row that holds nothing but a tag, and is gone once the template is filled."""
    row(made, f"{{%tr {command} %}}")


def label(made: Any, name: str, words: str, *, kept: bool = True) -> None:
    """A row with a shaded label and what it says, on one page with the next row."""
    row(made, name, words, label_fill=GREY_FILL, kept=kept)


def gap(document: Any) -> None:
    """A narrow empty line between tables."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def saved(document: Any) -> bytes:
    """The template as a file, without author, thumbnail or clock: the same template is always the same bytes."""
    from marac.generators.word_file import packed, unpacked

    package = document.part.package
    for key in [key for key, link in package.rels.items() if "thumbnail" in link.reltype or "extended" in link.reltype]:
        del package.rels[key]
    properties = document.core_properties
    for entry in list(properties._element):
        properties._element.remove(entry)
    properties.language = "en-GB"
    target = io.BytesIO()
    document.save(target)
    return packed(unpacked(target.getvalue()))
