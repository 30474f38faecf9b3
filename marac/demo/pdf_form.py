"""Referral forms as PDF: flattened, with drawn boxes and printed answers, and fillable, with an AcroForm."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pikepdf
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table
from reportlab.platypus.tables import TableStyle

from marac.demo.form_layout import standard_form
from marac.demo.form_parts import (
    CHECKLIST,
    FOOTER,
    INSTRUCTIONS,
    MARKING,
    NOTHING,
    PARTNERSHIP,
    TITLE,
    Answer,
    Choice,
    Entry,
    Grid,
    Part,
    Rows,
)
from marac.demo.pdf_fields import Fields, FilledBox, FilledText
from marac.referral import Referral

WIDTH = A4[0] - 32 * mm
SHADE = HexColor("#E9E4EF")
PURPLE = HexColor("#47306B")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=8.5, leading=10.5)
LABEL = ParagraphStyle("label", parent=TEXT, fontName="Helvetica-Bold")
HEADING = ParagraphStyle("heading", parent=LABEL, fontSize=10.5, leading=13, textColor=PURPLE, spaceBefore=8)
HEADLINE = ParagraphStyle("headline", parent=LABEL, fontSize=17, leading=22, textColor=PURPLE)
RULED: list[Any] = [
    ("GRID", (0, 0), (-1, -1), 0.6, black),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]

DrawAnswer = Callable[[Answer, float, bool], Any]
"""An answer, the width it has, and whether it is a narrative; returns what stands in the cell."""


def flattened_pdf_form(referral: Referral, password: str | None = None) -> bytes:
    """A form that was filled in, printed and saved; locked where there is a password."""
    return _drawn(standard_form(referral), _printed, password)


def fillable_pdf_form(referral: Referral) -> bytes:
    """A form whose answers are still in its fields."""
    fields = Fields()

    def answered(answer: Answer, width: float, long: bool) -> Flowable:
        if answer == NOTHING:
            return Spacer(1, TEXT.leading)
        if isinstance(answer, Choice):
            return Boxes(answer, fields)
        return FilledText(as_printed(answer), fields, width, 40 * mm if long else 5.5 * mm)

    return _with_whole_sentences(_drawn(standard_form(referral), answered))


def _with_whole_sentences(form: bytes) -> bytes:
    """The form with the line breaks of its long fields only in what is shown, not in their values."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.get("/FT") == "/Tx":
                field.V = pikepdf.String(str(field.V).replace("\n", " "))
        pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


class Boxes(Flowable):
    """A row of boxes, each with its word: drawn, or fields where there are `fields` to belong to."""

    def __init__(self, answer: Choice, fields: Fields | None = None) -> None:
        super().__init__()
        self.answer, self.fields = answer, fields
        self.group = fields.name() if fields else ""
        self.height = 11

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Width and height in points."""
        return availWidth, self.height

    def draw(self) -> None:
        """Draw the boxes from left to right."""
        x = 1.0
        for option in self.answer.options:
            ticked = option in self.answer.chosen
            if self.fields:
                FilledBox(self.group, option, ticked, alone=self.answer.many).draw_at(self.canv, x)
            else:
                _drawn_box(self.canv, x, ticked)
            self.canv.setFont("Helvetica", 8.5)
            self.canv.drawString(x + 13, 2, option)
            x += 13 + self.canv.stringWidth(option, "Helvetica", 8.5) + 9


def as_printed(answer: str | int | dt.date | None) -> str:
    """An answer as this form prints it: dates as day.month.year."""
    if answer is None:
        return ""
    return f"{answer:%d.%m.%Y}" if isinstance(answer, dt.date) else str(answer)


def _printed(answer: Answer, width: float, long: bool) -> Flowable:  # noqa: ARG001 - a printed answer takes its own room
    if isinstance(answer, Choice):
        return Boxes(answer)
    return _paragraph(as_printed(answer), TEXT) if answer else Spacer(1, TEXT.leading)


def _drawn_box(canvas: Any, x: float, ticked: bool) -> None:
    canvas.setLineWidth(0.8)
    canvas.rect(x, 0.5, 9, 9)
    if ticked:
        canvas.setLineWidth(1.3)
        canvas.line(x + 1.5, 2, x + 7.5, 8)
        canvas.line(x + 1.5, 8, x + 7.5, 2)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    from xml.sax.saxutils import escape

    return Paragraph(escape(text), style)


def _drawn(parts: tuple[Part, ...], draw: DrawAnswer, password: str | None = None) -> bytes:
    saved = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0, strength=128) if password else None
    document = SimpleDocTemplate(
        saved, pagesize=A4, leftMargin=16 * mm, rightMargin=16 * mm, topMargin=18 * mm, bottomMargin=16 * mm,
        title=TITLE, author=PARTNERSHIP, invariant=1, encrypt=lock,
    )  # fmt: skip
    story: list[Flowable] = [
        _paragraph(PARTNERSHIP, LABEL), _paragraph(TITLE, HEADLINE), _paragraph(INSTRUCTIONS, TEXT), Spacer(1, 4),
    ]  # fmt: skip
    for part in parts:
        table = _rows(part, draw) if isinstance(part, Rows) else _grid(part, draw)
        block = KeepTogether([_paragraph(part.title, HEADING), Spacer(1, 3), table])
        story += [PageBreak(), block] if part.title == CHECKLIST else [block]
    document.build(story, onFirstPage=_marked, onLaterPages=_marked)
    return saved.getvalue()


def _marked(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 11 * mm, MARKING)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(16 * mm, 9 * mm, FOOTER)
    canvas.drawRightString(A4[0] - 16 * mm, 9 * mm, f"Page {document.page}")
    canvas.restoreState()


def _rows(part: Rows, draw: DrawAnswer) -> Table:
    if part.rows[0][0].long:
        return _narrative(part.rows[0][0], draw)
    widths = [WIDTH * share / 100 for share in (22, 27, 24, 27)]
    style = [*RULED, ("BACKGROUND", (0, 0), (0, -1), SHADE)]
    lines: list[list[Any]] = []
    for number, entries in enumerate(part.rows):
        if entries[0].wide:
            answer = draw(entries[0].answer, sum(widths[1:]) - 12, False)
            lines.append([_paragraph(entries[0].label, LABEL), answer, "", ""])
            style.append(("SPAN", (1, number), (3, number)))
        else:
            pairs = [(_paragraph(entry.label, LABEL), draw(entry.answer, widths[1] - 12, False)) for entry in entries]
            lines.append([cell for pair in pairs for cell in pair])
            style.append(("BACKGROUND", (2, number), (2, number), SHADE))
    return Table(lines, colWidths=widths, style=TableStyle(style))


def _narrative(entry: Entry, draw: DrawAnswer) -> Table:
    cells = [[_paragraph(entry.label, LABEL)], [draw(entry.answer, WIDTH - 12, True)]]
    style = [*RULED, ("BACKGROUND", (0, 0), (-1, 0), SHADE)]
    return Table(cells, colWidths=[WIDTH], style=TableStyle(style))


def _grid(part: Grid, draw: DrawAnswer) -> Table:
    widths = [WIDTH * share / sum(part.widths) for share in part.widths]
    lines: list[list[Any]] = [[_paragraph(heading, LABEL) for heading in part.header]]
    for answers in part.rows:
        printed = [_paragraph(str(answers[0]), TEXT)] if part.labelled else []
        drawn = zip(answers[len(printed) :], widths[len(printed) :], strict=True)
        lines.append(printed + [draw(answer, width - 12, False) for answer, width in drawn])
    style = [*RULED, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("BACKGROUND", (0, 1), (-1, -1), white)]
    return Table(lines, colWidths=widths, repeatRows=1, style=TableStyle(style))
