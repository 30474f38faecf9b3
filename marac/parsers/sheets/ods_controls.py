"""What floats over the cells of an OpenDocument spreadsheet: tick boxes, option buttons, lists, text boxes, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.sheets.excel_captions import is_given_caption
from marac.parsers.sheets.ods_names import DRAW, FORM, OFFICE, SVG, TABLE, TEXT, XML_ID
from marac.parsers.sheets.ods_styles import points
from marac.parsers.sheets.spreadsheet import DROP_DOWN, MOST_ROWS, PICTURE, Position, Sheet

_TICKS = (FORM + "checkbox", FORM + "radio")
_FIELDS = tuple(FORM + name for name in ("text", "textarea", "combobox", "formatted-text", "date", "number"))
_LISTS = (FORM + "listbox",)
_TALL = 100.0  # points: a picture that is taller is no logo
_USUAL_HEIGHT, _USUAL_WIDTH = 12.8, 64.0  # points
_SLIVER = 6.0  # points of a column that a box may begin in by accident, when it belongs to the next one


@dataclass(frozen=True, slots=True)
class _Control:
    kind: str
    ticked: bool
    words: str = field(repr=False)


def controls_of(table: etree._Element) -> dict[str, _Control]:
    """The controls that a sheet's forms define, by id; the shapes on the sheet name them."""
    found = {}
    forms = table.find(OFFICE + "forms")
    for each in forms.iter(*_TICKS, *_FIELDS, *_LISTS) if forms is not None else ():
        on = each.get(FORM + "current-state", each.get(FORM + "state")) == "checked"
        on = on or each.get(FORM + "current-selected", each.get(FORM + "selected")) == "true"
        words = each.get(FORM + ("label" if each.tag in _TICKS else "current-value")) or ""
        if each.tag in _LISTS:
            options = each.findall(FORM + "option")
            words = next(
                (o.get(FORM + "label") or "" for o in options if o.get(FORM + "current-selected") == "true"), ""
            )
        for name in (each.get(XML_ID), each.get(FORM + "id")):
            if name:
                found[name] = _Control(each.tag, on, words)
    return found


class Floating:
    """Collects what floats over one sheet, and adds it to the sheet when its rows are known."""

    def __init__(self, sheet: Sheet, controls: dict[str, _Control]) -> None:
        self.sheet = sheet
        self._controls = controls
        self._found: list[tuple[Position, float, etree._Element]] = []
        self.heights: dict[int, float] = {}
        """Points of the rows that the file tells of, by number from 0."""
        self.widths: dict[int, float] = {}
        """The same of the columns."""

    def add(self, cell: etree._Element, at: Position) -> None:
        """Notes the shapes that are anchored to this cell."""
        for shape in cell:
            if str(shape.tag).startswith(DRAW):
                self._found.append((at, points(shape.get(SVG + "x") or ""), shape))

    def add_loose(self, shapes: Iterable[etree._Element]) -> None:
        """Notes the shapes that are anchored to the sheet and to no cell, as by the cell that they begin over."""
        for shape in shapes:
            left, top = points(shape.get(SVG + "x") or ""), points(shape.get(SVG + "y") or "")
            if shape.tag != DRAW + "control" and (words := _words(shape)):
                self.sheet.texts.append((None, words))
            elif shape.get(SVG + "x") and shape.get(SVG + "y"):
                down = top + points(shape.get(SVG + "height") or "") / 2
                row, column = (
                    _index(self.heights, down, _USUAL_HEIGHT),
                    _index(self.widths, left + _SLIVER, _USUAL_WIDTH),
                )
                self._found.append(((row, column), left, shape))
            elif shape.tag == DRAW + "control":
                self.sheet.loses_boxes()

    def settle(self) -> None:
        """Adds everything to the sheet, from left to right."""
        for at, _, shape in sorted(self._found, key=lambda each: each[:2]):
            middle = self._middle(at, shape)
            control = self._controls.get(shape.get(DRAW + "control") or "")
            if control is not None and control.kind in _TICKS:
                hidden = self.sheet.is_hidden(*middle)
                caption = "" if is_given_caption(control.words) else control.words.strip()
                after = (Span(f" {caption} ", hidden=hidden),) if caption else ()
                self.sheet.boxes.append((middle, (Span(ticked=control.ticked, hidden=hidden), *after)))
            elif control is not None:
                if control.words.strip():
                    self.sheet.texts.append((middle, (Span(control.words, entered=True),)))
            elif shape.tag == DRAW + "control":
                self.sheet.misses(DROP_DOWN, middle)
            elif words := _words(shape):
                self.sheet.texts.append((at, words))
            elif shape.find(DRAW + "image") is not None and points(shape.get(SVG + "height") or "") > _TALL:
                self.sheet.misses(PICTURE, at)

    def _middle(self, at: Position, shape: etree._Element) -> Position:
        """The cell under the middle of a shape that begins in this one."""
        down = points(shape.get(SVG + "y") or "") + points(shape.get(SVG + "height") or "") / 2
        row = at[0]
        while shape.get(TABLE + "end-cell-address") and down > (height := self.heights.get(row, _USUAL_HEIGHT)):
            down -= height
            row += 1
        return row, at[1]


def _index(sizes: dict[int, float], distance: float, usual: float) -> int:
    """Which row or column stands at this distance in points from the edge of the sheet."""
    index = 0
    while index < MOST_ROWS and distance > (size := sizes.get(index, usual)):
        distance -= size
        index += 1
    return index


def _words(shape: etree._Element) -> tuple[Span, ...]:
    lines = ["".join(map(str, paragraph.itertext())) for paragraph in shape.iter(TEXT + "p")]
    return (Span("\n".join(lines)),) if any(line.strip() for line in lines) else ()
