"""What else floats over the cells of an Excel sheet: text boxes, pictures, and notes on cells."""

from collections.abc import Iterator

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.ooxml import tree
from marac.parsers.sheets.excel_anchor import anchor_of
from marac.parsers.sheets.excel_controls import shape_numbers
from marac.parsers.sheets.excel_package import MAIN, Package
from marac.parsers.sheets.spreadsheet import NOTE, PICTURE, Position, Sheet

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_COMMENTS = ("comments", "threadedComment")
_TALL = 8  # rows: a picture that is taller is no logo


def add_drawings(package: Package, name: str, root: etree._Element, sheet: Sheet) -> None:
    """Adds to the sheet the words of its text boxes, and notes the notes and the pictures that are not read."""
    controls = shape_numbers(root)
    for link in package.links(name).values():
        if not package.has(link.target):
            continue
        if link.kind == "drawing":
            for anchor in _anchors(tree(package.archive, link.target)):
                _add_shape(anchor, root, sheet, controls)
        elif link.kind in _COMMENTS:
            for at in _noted(tree(package.archive, link.target)):
                sheet.misses(NOTE, at)


def _anchors(drawing: etree._Element) -> Iterator[etree._Element]:
    """What is anchored to the sheet; of what is written twice for older and newer programs, the newer."""
    for each in drawing:
        choice = each.find(_CHOICE)
        yield from [each] if choice is None else choice


def _add_shape(anchor: etree._Element, root: etree._Element, sheet: Sheet, controls: frozenset[str]) -> None:
    """Adds one shape. The copies that are drawn of form controls are left out; Excel hides them."""
    place = anchor_of(anchor)
    at = place.cell(sheet, root) if place else (0, 0)
    if place is not None and place.last_row is not None:
        at = place.row, at[1]
        if anchor.find(_DRAWING + "pic") is not None and place.last_row - place.row >= _TALL:
            sheet.misses(PICTURE, at)
    for shape in anchor.iter(_DRAWING + "sp"):
        properties = shape.find(f"{_DRAWING}nvSpPr/{_DRAWING}cNvPr")
        words = tuple(_words(shape))
        seen = properties is None or (
            properties.get("hidden") not in ("1", "true") and properties.get("id") not in controls
        )
        if words and seen:
            sheet.texts.append((at, words))


def _words(shape: etree._Element) -> Iterator[Span]:
    body = shape.find(_DRAWING + "txBody")
    if body is None or not any(str(text).strip() for text in body.itertext(_DRAWN + "t")):
        return
    for number, paragraph in enumerate(body.iter(_DRAWN + "p")):
        if number:
            yield Span("\n")
        for run in paragraph:
            if run.tag == _DRAWN + "br":
                yield Span("\n")
                continue
            style = run.find(_DRAWN + "rPr")
            bold, line, struck = (None if style is None else style.get(name) for name in ("b", "u", "strike"))
            yield Span(
                run.findtext(_DRAWN + "t") or "",
                bold=bold == "1",
                underlined=line not in (None, "none"),
                struck=struck not in (None, "noStrike"),
            )


def _noted(root: etree._Element) -> Iterator[Position]:
    """The cells with a note that has words."""
    for each in root.iter():
        if each.tag == MAIN + "comment" or (str(each.tag).endswith("}threadedComment")):
            letters = (each.get("ref") or "").rstrip("0123456789")
            digits = (each.get("ref") or "")[len(letters) :]
            if letters.isalpha() and digits and any(str(text).strip() for text in each.itertext()):
                column = 0
                for letter in letters:
                    column = column * 26 + ord(letter) - 64
                yield int(digits) - 1, column - 1
