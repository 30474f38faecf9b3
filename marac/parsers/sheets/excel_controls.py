"""The controls that float over the cells of a workbook: tick boxes, option buttons and drop-downs.

A sheet's `controls` name a part under `xl/ctrlProps` with the state, and Excel's older drawing (VML) holds the captions;
workbooks of Excel 2007 have the VML alone. openpyxl drops them all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.ooxml import part, refuse_declarations, tree
from marac.parsers.sheets.excel_anchor import Anchor, anchor_of, vml_anchor
from marac.parsers.sheets.excel_captions import is_given_caption
from marac.parsers.sheets.excel_package import MAIN, RELATION, Package
from marac.parsers.sheets.spreadsheet import DROP_DOWN, Position, Sheet

_OFFICE = "{urn:schemas-microsoft-com:office:excel}"
_VML = "{urn:schemas-microsoft-com:vml}"
_RECOVERING = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
_MARKS = {"checkbox": "CheckBox", "radio": "Radio", "drop": "Drop", "list": "List", "edit": "EditBox"}
_TICKS = ("CheckBox", "Radio")
_CHOICES = ("Drop", "List", "EditBox")
_MIXED = "2"


@dataclass(frozen=True, slots=True)
class Control:
    """A control on a sheet."""

    kind: str
    """`CheckBox`, `Radio`, `Drop`, `List` or `EditBox`."""
    anchor: Anchor | None
    """Where it stands; None where the file does not say."""
    ticked: bool = False
    caption: str = field(default="", repr=False)
    chosen: bool = True
    """Whether anything is chosen in a drop-down or list."""


def shape_numbers(root: etree._Element) -> frozenset[str]:
    """The shapes of a sheet that are drawn for its controls, and are no text boxes."""
    return frozenset(each.get("shapeId") or "" for each in root.iter(MAIN + "control"))


def add_controls(package: Package, name: str, root: etree._Element, sheet: Sheet) -> None:
    """Adds to the sheet the boxes on it, and notes the drop-downs whose choice stands in no cell."""
    found = list(_controls(package, name, root))
    boxes: list[tuple[Position, int, tuple[Span, ...]]] = []
    for each in found:
        if each.kind in _TICKS and each.anchor is not None:
            at = each.anchor.cell(sheet, root)
            hidden = sheet.is_hidden(*at)
            caption = (Span(f" {each.caption} ", hidden=hidden),) if each.caption else ()
            boxes.append((at, each.anchor.left, (Span(ticked=each.ticked, hidden=hidden), *caption)))
        elif each.kind in _CHOICES and each.chosen and each.anchor is not None:
            sheet.misses(DROP_DOWN, each.anchor.cell(sheet, root))
    boxes.sort(key=lambda box: (box[0], box[1]))
    sheet.boxes.extend((at, spans) for at, _, spans in boxes)
    if any(each.anchor is None and each.chosen for each in found if each.kind in (*_TICKS, *_CHOICES)):
        sheet.loses_boxes()
    if any(link.kind == "control" and link.target.startswith("xl/activeX/") for link in package.links(name).values()):
        sheet.unread.append(f"The ActiveX controls on sheet “{sheet.title}” were not read. Open it and look.")


def _controls(package: Package, name: str, root: etree._Element) -> Iterator[Control]:
    """The controls of a sheet: what the newer parts tell, completed by the drawing; or the drawing alone."""
    links = package.links(name)
    told = [
        (each.get("shapeId") or "", anchor_of(each), tree(package.archive, link.target))
        for each in root.iter(MAIN + "control")
        if (link := links.get(each.get(RELATION) or "")) is not None
        and link.target.startswith("xl/ctrlProps/")
        and package.has(link.target)
    ]
    drawn = [
        each
        for link in links.values()
        if link.kind == "vmlDrawing" and package.has(link.target)
        for each in _drawn(part(package.archive, link.target))
    ]
    numbered = dict(drawn)
    for place, (number, anchor, properties) in enumerate(told):
        older = numbered.get(number)
        if older is None and len(drawn) == len(told):
            older = drawn[place][1]  # LibreOffice draws them in the same order and does not number them
        yield _completed(anchor, properties, older)
    if not told:
        yield from (control for _, control in drawn)


def _completed(anchor: Anchor | None, properties: etree._Element, older: Control | None) -> Control:
    kind = properties.get("objectType") or ""
    return Control(
        kind,
        anchor or (older.anchor if older else None),
        properties.get("checked") == "Checked",
        older.caption if older else "",
        properties.get("sel", "0") != "0" or kind == "EditBox",
    )


def _drawn(data: bytes) -> Iterator[tuple[str, Control]]:
    """The controls of a VML drawing, by the number of their shape. Excel writes VML that is not quite XML."""
    refuse_declarations(data)
    root = etree.fromstring(data, _RECOVERING)
    for shape in root.iter(_VML + "shape") if root is not None else ():
        properties = shape.find(_OFFICE + "ClientData")
        kind = _MARKS.get((properties.get("ObjectType") or "").casefold()) if properties is not None else None
        anchor = vml_anchor(properties.findtext(_OFFICE + "Anchor") or "") if properties is not None else None
        if properties is None or kind is None or anchor is None:
            continue
        box = shape.find(_VML + "textbox")
        caption = " ".join("".join(map(str, box.itertext())).split()) if box is not None else ""
        yield (
            re.sub(r".*_s", "", shape.get("id") or ""),
            Control(
                kind,
                anchor,
                (properties.findtext(_OFFICE + "Checked") or "0").strip() not in ("0", _MIXED),
                "" if is_given_caption(caption) else caption,
                (properties.findtext(_OFFICE + "Sel") or "0").strip() != "0",
            ),
        )
