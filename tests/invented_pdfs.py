"""Small PDFs drawn the ways in which programs draw forms: boxes, marks, frames, fields, pages without text."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from marac.document import PDF, Document

if TYPE_CHECKING:
    from PIL.Image import Image

FONT, SIZE = "Helvetica", 9
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, password: str | None = None) -> bytes:
    """A PDF of A4 pages, each drawn by one function."""
    file = BytesIO()
    lock = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(file, pagesize=(595, 842), encrypt=lock)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def document(content: bytes) -> Document:
    """The bytes as an attachment."""
    return Document("form.pdf", PDF, content)


def words(x: float, y: float, text: str, font: str = FONT) -> Draw:
    """A line of print."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, SIZE)
        canvas.drawString(x, y, text)
        canvas.setFont(FONT, SIZE)

    return draw


def together(*parts: Draw) -> Draw:
    """Several things on one page."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def turned(right: float, up: float, degrees: float, *parts: Draw) -> Draw:
    """Things drawn on a page that lies on its side."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(right, up)
        canvas.rotate(degrees)
        together(*parts)(canvas)

    return draw


def ruled(xs: list[float], ys: list[float]) -> Draw:
    """A table of thin filled rectangles between these columns and rows, as Word draws its borders."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(black)
        for y in ys:
            canvas.rect(xs[0], y, xs[-1] - xs[0], 0.5, stroke=0, fill=1)
        for x in xs:
            canvas.rect(x, ys[-1], 0.5, ys[0] - ys[-1], stroke=0, fill=1)

    return draw


def fill(x: float, y: float, width: float, height: float, red: float, green: float, blue: float) -> Draw:
    """A rectangle of one colour."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(red, green, blue))
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setFillColor(black)

    return draw


def frame(x: float, y: float, width: float, height: float) -> Draw:
    """An empty rectangle."""
    return lambda canvas: canvas.rect(x, y, width, height)


def cross(x: float, y: float, side: float) -> Draw:
    """An X of two lines."""

    def draw(canvas: Canvas) -> None:
        canvas.line(x, y, x + side, y + side)
        canvas.line(x, y + side, x + side, y)

    return draw


def tick(x: float, y: float, side: float) -> Draw:
    """A tick of two strokes."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(x, y + side / 2)
        path.lineTo(x + side / 3, y)
        path.lineTo(x + side, y + side)
        canvas.drawPath(path)

    return draw


def round_button(x: float, y: float, on: bool) -> Draw:
    """A circle of nine points, with a dot in it if it is on."""

    def draw(canvas: Canvas) -> None:
        canvas.circle(x + 4.5, y + 4.5, 4.5)
        if on:
            canvas.circle(x + 4.5, y + 4.5, 2, stroke=0, fill=1)

    return draw


def four_lines(x: float, y: float, side: float) -> Draw:
    """A square of four separate lines."""
    ends = [
        (x, y, x + side, y),
        (x, y + side, x + side, y + side),
        (x, y, x, y + side),
        (x + side, y, x + side, y + side),
    ]
    return lambda canvas: canvas.lines(ends)


def painted_box(x: float, y: float, side: float) -> Draw:
    """A box that is a black square with a smaller white one over it, as LibreOffice prints its controls."""
    return together(fill(x, y, side, side, 0, 0, 0), fill(x + 0.6, y + 0.6, side - 1.2, side - 1.2, 1, 1, 1))


def ring(x: float, y: float, side: float) -> Draw:
    """A box that is one filled path with a hole in it, as browsers print theirs."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(x, y, side, side)
        path.rect(x + 0.75, y + 0.75, side - 1.5, side - 1.5)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)

    return draw


def browser_tick(x: float, y: float, side: float) -> Draw:
    """A ticked box of a browser: blue, with a white tick on it."""

    def draw(canvas: Canvas) -> None:
        fill(x, y, side, side, 0, 0.46, 1)(canvas)
        path = canvas.beginPath()
        path.moveTo(x + 1, y + 4.5)
        for across, up in ((3.5, 2), (8, 7), (7.2, 7.8), (3.5, 3.8), (1.8, 5.3)):
            path.lineTo(x + across, y + up)
        path.close()
        canvas.setFillColor(white)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFillColor(black)

    return draw


def picture(canvas: Canvas) -> None:
    """A scanned page: one grey image from edge to edge."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, 842)


def unseen(canvas: Canvas) -> None:
    """Words in no colour, in white on white, and beside the page."""
    text = canvas.beginText(40, 300)
    text.setTextRenderMode(3)
    text.textLine("painted in no colour")
    text.setTextRenderMode(0)
    canvas.drawText(text)
    canvas.setFillColor(white)
    canvas.drawString(40, 250, "white on white")
    canvas.setFillColor(black)
    canvas.drawString(700, 200, "beside the page")


def twice(x: float, y: float, text: str) -> Draw:
    """A line of print that is drawn again a little beside itself, which makes it bold."""
    return together(words(x, y, text), words(x + 0.3, y, text))


def scanned(*pages: Draw) -> bytes:
    """A PDF of pictures of these pages, as a scanner makes it."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf(*pages))) as printed:
        paper = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in printed]
    return pdf(*(photograph(each) for each in paper))


def photograph(paper: "Image") -> Draw:
    """A picture from edge to edge."""
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(paper), 0, 0, 595, 842)

    return draw


def in_forms(page: Draw) -> bytes:
    """A page that is drawn by a form inside a form, each with its own scale, as flattened PDFs are."""
    with changed(pdf(page)) as (opened, file):
        only = opened.pages[0]
        half = pikepdf.Stream(opened, only.Contents.read_bytes())
        half.update(_form(only.Resources, [0.5, 0, 0, 0.5, 0, 0]))
        held = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=opened.make_indirect(half)))
        double = pikepdf.Stream(opened, b"q 4 0 0 4 0 0 cm /A Do Q")
        double.update(_form(held, [0.5, 0, 0, 0.5, 0, 0]))
        only.Contents = pikepdf.Stream(opened, b"q 1 0 0 1 10 -20 cm /B Do Q")
        only.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(B=opened.make_indirect(double)))
    return file.getvalue()


def _form(resources: pikepdf.Object, matrix: list[float]) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 2000, 2000],
        Matrix=matrix,
        Resources=resources,
    )


def nameless(content: bytes) -> bytes:
    """The PDF without the lists that say which letters its own fonts draw."""
    with changed(content) as (opened, file):
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
    return file.getvalue()


@contextmanager
def changed(content: bytes) -> Iterator[tuple[pikepdf.Pdf, BytesIO]]:
    """The PDF to change, and where it is saved afterwards."""
    file = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened, file
        opened.save(file)
