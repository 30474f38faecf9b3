"""Referral forms as Word documents with ruled tables, typed into as most referrers do."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from marac.demo.form_layout import checklist_alone, standard_form
from marac.demo.form_parts import (
    CHECKLIST,
    FOOTER,
    INSTRUCTIONS,
    MARKING,
    PARTNERSHIP,
    TITLE,
    Answer,
    Choice,
    Grid,
    Part,
    Rows,
)
from marac.referral import Referral

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

Answering = Literal["typed", "bold", "ticks"]
"""How yes or no is said: one word typed, one of two words made bold, or a box ticked."""

WriteAnswer = Callable[["Paragraph", Answer], None]

PAGE_WIDTH_CM = 17.6
LABEL_SHADE = "E4ECEF"
TITLE_SHADE = "1F4E5F"
GREEN_BLUE = (0x1F, 0x4E, 0x5F)


def word_form(referral: Referral, answering: Answering = "typed") -> bytes:
    """A filled-in referral form; with a checklist where the referral has one. An empty referral makes a blank form."""
    return drawn(standard_form(referral), TITLE, _by_hand(answering))


def word_checklist(referral: Referral) -> bytes:
    """The risk checklist alone."""
    return drawn(checklist_alone(referral), CHECKLIST, _by_hand("ticks"))


def drawn(parts: tuple[Part, ...], title: str, write: WriteAnswer) -> bytes:
    """The parts as a Word document whose answers are written by `write`."""
    document = _empty_document(title)
    for part in parts:
        heading = _heading(document, part.title)
        heading.paragraph_format.page_break_before = part.title == CHECKLIST and title == TITLE
        if isinstance(part, Rows):
            _rows(document, part, write)
        else:
            _grid(document, part, write)
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue())


def repacked(package: bytes) -> bytes:
    """The same package without the time of its making, so that the same form has the same bytes on every day."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return steady.getvalue()


def _by_hand(answering: Answering) -> WriteAnswer:
    def write(paragraph: "Paragraph", answer: Answer) -> None:
        if not isinstance(answer, Choice):
            paragraph.add_run(as_typed(answer))
        elif answer.many or answering == "ticks":
            _tick(paragraph, answer, answering)
        elif answering == "typed":
            paragraph.add_run(answer.chosen[0] if answer.chosen else " / ".join(answer.options))
        else:
            for number, option in enumerate(answer.options):
                paragraph.add_run(" / " if number else "")
                paragraph.add_run(option).bold = option in answer.chosen

    return write


def _tick(paragraph: "Paragraph", answer: Choice, answering: Answering) -> None:
    lone = answer.options == ("",)
    if lone and answering != "ticks":
        paragraph.add_run("✓" if answer.chosen else "")
        return
    boxes = (f"{'☒' if option in answer.chosen else '☐'} {option}".strip() for option in answer.options)
    paragraph.add_run("     ".join(boxes))


def as_typed(answer: str | int | dt.date | None) -> str:
    """An answer as a person types it: dates as day/month/year."""
    if answer is None:
        return ""
    return f"{answer:%d/%m/%Y}" if isinstance(answer, dt.date) else str(answer)


def _empty_document(title: str) -> "WordDocument":
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(9.5)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1.5)
    marking = section.header.paragraphs[0]
    marking.text, marking.alignment = MARKING, WD_ALIGN_PARAGRAPH.CENTER
    section.footer.paragraphs[0].text = FOOTER
    document.add_paragraph(PARTNERSHIP).runs[0].bold = True
    heading = document.add_paragraph().add_run(title)
    heading.bold, heading.font.size, heading.font.color.rgb = True, Pt(18), RGBColor(*GREEN_BLUE)
    document.add_paragraph(INSTRUCTIONS).runs[0].italic = True
    return document


def _heading(document: "WordDocument", title: str) -> "Paragraph":
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(10), Pt(3)
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(title)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(11), RGBColor(*GREEN_BLUE)
    return paragraph


def _rows(document: "WordDocument", part: Rows, write: WriteAnswer) -> None:
    table = _table(document, len(part.rows), (23, 28, 23, 26))
    for row, entries in zip(table.rows, part.rows, strict=True):
        cells = list(row.cells)
        if entries[0].long:
            whole = cells[0].merge(cells[3])
            whole.paragraphs[0].add_run(entries[0].label).bold = True
            write(whole.add_paragraph(), entries[0].answer)
        elif entries[0].wide:
            _label(cells[0], entries[0].label)
            write(cells[1].merge(cells[3]).paragraphs[0], entries[0].answer)
        else:
            for number, entry in enumerate(entries):
                _label(cells[2 * number], entry.label)
                write(cells[2 * number + 1].paragraphs[0], entry.answer)


def _grid(document: "WordDocument", part: Grid, write: WriteAnswer) -> None:
    table = _table(document, len(part.rows) + 1, part.widths)
    for cell, heading in zip(table.rows[0].cells, part.header, strict=True):
        _label(cell, heading)
    for row, answers in zip(list(table.rows)[1:], part.rows, strict=True):
        for column, (cell, answer) in enumerate(zip(row.cells, answers, strict=True)):
            if column == 0 and part.labelled:
                cell.paragraphs[0].add_run(str(answer))
            else:
                write(cell.paragraphs[0], answer)


def _table(document: "WordDocument", rows: int, shares: tuple[int, ...]) -> "Table":
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    table: Table = document.add_table(rows=rows, cols=len(shares))
    table.style, table.autofit = document.styles["Table Grid"], False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(PAGE_WIDTH_CM * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no public way to keep a row whole
    return table


def _label(cell: "_Cell", text: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    cell.paragraphs[0].add_run(text).bold = True
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), LABEL_SHADE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no public way to shade a cell
