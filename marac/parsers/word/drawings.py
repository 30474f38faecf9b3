"""What is drawn on a Word page: the words in text boxes, and pictures and objects that hold words nobody can read here."""

import re
from collections.abc import Iterator

from lxml import etree

from marac.parsers.word.xml import FALLBACK, W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_BLIP = _A + "blip"
_CONTROL = W + "control"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_GRAPHIC = _A + "graphicData"
_IMAGE = _V + "imagedata"
_INK = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/word{end}}}contentPart" for end in ("ml", "processingInk")
)
_OBJECT = W + "object"
_OVAL = _V + "oval"
_SHAPE = _A + "prstGeom"
_TEXT = _A + "t"
_TXBXCONTENT = W + "txbxContent"
_LENGTH = re.compile(r"(?<![\w-])(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)?")
_CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "": 2.54 / 96}
_EMU = 360_000  # to the centimetre
_LARGE = 100  # square centimetres; a letterhead has less, a scanned page or a pasted screen more
_NARROW = 5  # centimetres; no banner is higher, and no page lower
_MARKS = frozenset(("ellipse", "donut", "mathMultiply", "noSmoking", "flowChartSummingJunction"))
_PICTURE = "The file holds a picture, which was not read. Open it and look whether it is a scanned form."
_EMBEDDED = (
    "Another file is embedded in this one, and it was not read. Open it and look; if it is a form, save it by itself."
)
_CHART = "The file holds a drawing with words in it, which was not read. Open it and look."
_INKED = "Something is written or ticked by pen in this file, which was not read. Open it and look."
_MARKED = "A ring or a cross is drawn over this form, which was not read. Open it and look what it marks."
_CONTROLLED = "The form has boxes or fields of an old kind (ActiveX), which were not read. Open it and look."


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes of a drawing, in reading order; what is kept for old readers says the same again."""
    for box in drawing.iter(_TXBXCONTENT):
        around = box.getparent()
        while around is not None and around is not drawing and around.tag not in (_TXBXCONTENT, FALLBACK):
            around = around.getparent()
        if around is drawing:
            yield box


def unread_in(drawing: etree._Element) -> Iterator[str]:
    """A sentence on each sort of thing in a drawing that is not read."""
    if next(drawing.iter(_CONTROL), None) is not None:
        yield _CONTROLLED
        return
    if drawing.tag == _OBJECT:
        yield _EMBEDDED
        return
    if next(drawing.iter(_BLIP, _IMAGE), None) is not None and _is_large(drawing):
        yield _PICTURE
    if next(drawing.iter(*_INK), None) is not None:
        yield _INKED
    if next(drawing.iter(_TEXT), None) is not None or any(_is_chart(each) for each in drawing.iter(_GRAPHIC)):
        yield _CHART
    if next(drawing.iter(_OVAL), None) is not None or any(each.get("prst") in _MARKS for each in drawing.iter(_SHAPE)):
        yield _MARKED


def _is_chart(graphic: etree._Element) -> bool:
    return (graphic.get("uri") or "").rpartition("/")[2] in ("chart", "diagram", "chartex")


def _is_large(drawing: etree._Element) -> bool:
    """Whether any picture of a drawing is as large as a scanned page or a good part of one."""
    sizes = [(_emu(each, "cx"), _emu(each, "cy")) for each in drawing.iter(_EXTENT)]
    for image in drawing.iter(_IMAGE):
        shape = image.getparent()
        found = dict.fromkeys(("width", "height"), 0.0)
        for name, length, unit in _LENGTH.findall((shape.get("style") or "") if shape is not None else ""):
            found[name] = float(length.strip(".") or 0) * _CM[unit] if length.count(".") < 2 else 0.0
        sizes.append((found["width"], found["height"]))
    return any(width * height >= _LARGE and min(width, height) >= _NARROW for width, height in sizes)


def _emu(extent: etree._Element, name: str) -> float:
    text = extent.get(name) or ""
    return int(text) / _EMU if text.isdecimal() else 0.0
