"""How the cells of an Excel workbook look: fonts, fills and number formats, worked out for the styles in use."""

from dataclasses import dataclass

from lxml import etree

from marac.parsers.sheets.excel_package import MAIN
from marac.parsers.sheets.sheet_values import built_in_format, is_date_format, is_unseen_format
from marac.parsers.sheets.spreadsheet import Font

_NO_FILLS = frozenset((None, "00000000", "FFFFFFFF", "00FFFFFF"))
_OFF = frozenset(("0", "false", "off"))
_WHITES = frozenset((("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "1"), ("indexed", "9")))
_FIRST_ACCENT = 4  # theme colours before it are the black, the white and the two greys or blues of plain text
_FEWEST_SHADES = 64  # between the strongest and the weakest of red, green and blue, from which a colour stands out


_PLAIN = Font()


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    font: Font = _PLAIN
    shaded: bool = False
    hidden: bool = False
    """Nothing of its words can be seen: white on white, or a number format that shows nothing."""
    number_format: str = "General"
    dated: bool = False
    boxed: bool = False
    """Its truth value is shown as a box to tick, as Excel has it since 2024."""


class Styles:
    """The looks of a workbook, by the numbers that its cells give."""

    def __init__(self, root: etree._Element | None) -> None:
        self._fonts = _children(root, "fonts")
        self._fills = _children(root, "fills")
        self._formats = {each.get("numFmtId"): each.get("formatCode") or "" for each in _children(root, "numFmts")}
        self._styles = _children(root, "cellXfs")
        self._looks: dict[str | None, Look] = {}

    @property
    def have_boxes(self) -> bool:
        """Whether any of them shows truth values as boxes to tick."""
        return any(True for style in self._styles for _ in style.iter("{*}xfComplement"))

    def look(self, style: str | None) -> Look:
        """The look that a cell's `s` names."""
        found = self._looks.get(style)
        if found is None:
            found = self._looks[style] = self._look(int(style) if style and style.isdecimal() else 0)
        return found

    def _look(self, number: int) -> Look:
        if number >= len(self._styles):
            return Look()
        style = self._styles[number]
        font = _nth(self._fonts, style.get("fontId"))
        fill = _nth(self._fills, style.get("fillId"))
        code = style.get("numFmtId") or "0"
        shown = self._formats.get(code) or built_in_format(int(code) if code.isdecimal() else 0)
        unfilled = fill is None or not len(fill) or fill[0].get("patternType", "none") in ("none", "gray125")
        hidden = is_unseen_format(shown) or (unfilled and _colour(font) in _WHITES and not _is_gradient(fill))
        boxed = any(True for _ in style.iter("{*}xfComplement"))
        return Look(font_of(font), _is_shaded(fill), hidden, shown, is_date_format(shown), boxed)


def font_of(font: etree._Element | None) -> Font:
    """A `font` of the styles, or the `rPr` of a run."""
    name, on = None, dict.fromkeys(("b", "u", "strike"), False)
    for each in font if font is not None else ():
        kind = each.tag[len(MAIN) :]
        if kind in ("name", "rFont"):
            name = each.get("val")
        elif kind in on:
            on[kind] = each.get("val", "1") not in _OFF and each.get("val") != "none"
    return Font(name, on["b"], on["u"], on["strike"], stands_out(*_colour(font)))


def stands_out(kind: str | None, value: str | None) -> bool:
    """Whether a colour is one that marks words, such as red: neither black nor white nor grey."""
    if kind == "theme":
        return (value or "").isdecimal() and int(value or 0) >= _FIRST_ACCENT
    if kind == "rgb" and value and len(value) in (6, 8):
        try:
            shades = bytes.fromhex(value[-6:])
        except ValueError:
            return False
        return max(shades) - min(shades) >= _FEWEST_SHADES
    return kind == "indexed" and value in ("2", "3", "4", "5", "6", "7", "10", "11", "12", "13", "14", "15")


def is_white(kind: str | None, value: str | None) -> bool:
    """Whether words in this colour cannot be seen on a cell without a fill."""
    return (kind, value) in _WHITES


def _colour(font: etree._Element | None) -> tuple[str | None, str | None]:
    colour = font.find(MAIN + "color") if font is not None else None
    if colour is None:
        return None, None
    return next(((kind, colour.get(kind)) for kind in ("rgb", "theme", "indexed") if colour.get(kind)), (None, None))


def _is_shaded(fill: etree._Element | None) -> bool:
    if fill is None or not len(fill) or fill[0].get("patternType") != "solid":
        return False
    colour = fill[0].find(MAIN + "fgColor")
    if colour is None:
        return False
    return colour.get("theme") is not None or colour.get("indexed") is not None or colour.get("rgb") not in _NO_FILLS


def _is_gradient(fill: etree._Element | None) -> bool:
    return fill is not None and len(fill) > 0 and fill[0].tag == MAIN + "gradientFill"


def _children(root: etree._Element | None, name: str) -> list[etree._Element]:
    found = root.find(MAIN + name) if root is not None else None
    return [] if found is None else list(found)


def _nth(elements: list[etree._Element], number: str | None) -> etree._Element | None:
    place = int(number) if number and number.isdecimal() else 0
    return elements[place] if place < len(elements) else None
