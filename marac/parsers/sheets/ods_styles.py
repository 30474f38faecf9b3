"""How the cells of an OpenDocument spreadsheet look: styles that inherit from one another, worked out when they are used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from marac.parsers.sheets.ods_names import FO, NUMBER, STYLE, SVG, TABLE
from marac.parsers.sheets.spreadsheet import Font

_LENGTH = re.compile(r"([0-9.]+)(mm|cm|in|pt|px)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "px": 0.75}
_WHITE, _NO_FILL = "#ffffff", ("transparent", "none", "#ffffff")
_MOST_PARENTS = 20
_FEWEST_SHADES = 64  # between the strongest and the weakest of red, green and blue, from which a colour stands out
_BOLD = ("bold", "600", "700", "800", "900")


_PLAIN_FONT = Font()


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell, or a part of its words, looks."""

    font: Font = _PLAIN_FONT
    colour: str = ""
    fill: str = ""
    unseen: bool = False
    """Its number format shows nothing."""

    @property
    def shaded(self) -> bool:
        """Whether the cell has a fill of its own."""
        return bool(self.fill) and self.fill not in _NO_FILL

    @property
    def hidden(self) -> bool:
        """Nothing of its words can be seen."""
        return self.unseen or (self.colour == _WHITE and not self.shaded)


_PLAIN = Look()


class Styles:
    """The styles of a spreadsheet, by family and name."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._faces: dict[str, str] = {}
        self._formats: dict[str, etree._Element] = {}
        self._looks: dict[tuple[str, str, Look], Look] = {}
        for element in (each for root in roots for group in root for each in group):
            name = str(element.get(STYLE + "name") or "")
            if element.tag == STYLE + "style":
                self._styles[element.get(STYLE + "family") or "", name] = element
            elif element.tag == STYLE + "font-face":
                self._faces[name] = element.get(SVG + "font-family") or name
            elif str(element.tag).startswith(NUMBER):
                self._formats[name] = element

    def look(self, family: str, name: str, over: Look = _PLAIN) -> Look:
        """The look that a cell's style (family `table-cell`) names; of `text`, a part of its words `over` the cell's."""
        found = self._looks.get((family, name, over))
        if found is None:
            found = over
            for style in reversed(self._line(family, name)):
                found = self._over(found, style)
            self._looks[family, name, over] = found
        return found

    def is_hidden_sheet(self, name: str) -> bool:
        """Whether the style of a sheet hides it."""
        return self._property("table", name, "table-properties", TABLE + "display") == "false"

    def height(self, name: str) -> float:
        """Points of a row with this style."""
        return points(self._property("table-row", name, "table-row-properties", STYLE + "row-height") or "") or 12.8

    def width(self, name: str) -> float:
        """Points of a column with this style."""
        return (
            points(self._property("table-column", name, "table-column-properties", STYLE + "column-width") or "")
            or 64.0
        )

    def _property(self, family: str, name: str, group: str, key: str) -> str | None:
        style = self._styles.get((family, name))
        found = style.find(STYLE + group) if style is not None else None
        return None if found is None else found.get(key)

    def _line(self, family: str, name: str) -> list[etree._Element]:
        """A style and those that it inherits from; a ring of them ends after a while."""
        line: list[etree._Element] = []
        style = self._styles.get((family, name))
        while style is not None and len(line) < _MOST_PARENTS:
            line.append(style)
            style = self._styles.get((family, style.get(STYLE + "parent-style-name") or ""))
        default = self._styles.get((family, "Default"))
        return line if default is None or default in line else [*line, default]

    def _over(self, look: Look, style: etree._Element) -> Look:
        words, cell = style.find(STYLE + "text-properties"), style.find(STYLE + "table-cell-properties")
        if words is not None:
            look = replace(
                look, font=self._font(look.font, words), colour=words.get(FO + "color", look.colour).casefold()
            )
        if cell is not None:
            look = replace(look, fill=cell.get(FO + "background-color", look.fill).casefold())
        shown = self._formats.get(style.get(STYLE + "data-style-name") or "")
        if shown is not None:
            look = replace(look, unseen=shown.tag == NUMBER + "text-style" and not len(shown))
        return look

    def _font(self, font: Font, words: etree._Element) -> Font:
        name = words.get(STYLE + "font-name")
        face = self._faces.get(name, name) if name else words.get(FO + "font-family", font.name)
        weight, colour = words.get(FO + "font-weight"), words.get(FO + "color")
        line, struck = words.get(STYLE + "text-underline-style"), words.get(STYLE + "text-line-through-style")
        through = words.get(STYLE + "text-line-through-type")
        return Font(
            face.strip("'\"") if face else None,
            font.bold if weight is None else weight in _BOLD,
            font.underlined if line is None else line != "none",
            font.struck if struck is None and through is None else (struck or through) != "none",
            font.coloured if colour is None else _stands_out(colour),
        )


def points(length: str) -> float:
    """Points of a length such as `4.5mm`; 0 for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


def _stands_out(colour: str) -> bool:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return False
    shades = bytes.fromhex(colour[1:])
    return max(shades) - min(shades) >= _FEWEST_SHADES
