"""How a run of a Word paragraph is shown: bold, underlined, struck, highlighted, hidden, or in a font of symbols."""

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from marac.parsers.marks import is_symbol_font
from marac.parsers.word_xml import OFF, VAL, W

_ASCII = W + "ascii"
_B = W + "b"
_BDR = W + "bdr"
_DSTRIKE = W + "dstrike"
_FILL = W + "fill"
_HANSI = W + "hAnsi"
_HIGHLIGHT = W + "highlight"
_RFONTS = W + "rFonts"
_RPR = W + "rPr"
_RSTYLE = W + "rStyle"
_SHD = W + "shd"
_STRIKE = W + "strike"
_U = W + "u"
_VANISH = W + "vanish"
_PLAIN_FILLS = frozenset((None, "auto", "FFFFFF", "ffffff", "none"))


_QUALITIES = {
    _B: "bold",
    _U: "underlined",
    _STRIKE: "struck",
    _DSTRIKE: "struck",
    _HIGHLIGHT: "highlighted",
    _BDR: "highlighted",
    _VANISH: "hidden",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown, and whether it was typed into a field."""

    bold: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    entered: bool = False
    placeholder: bool = False
    hidden: bool = False
    symbols: str | None = None
    """The symbol font in which letters are drawings."""


PLAIN = Look()


def look_of(run: etree._Element, entered: bool, placeholder: bool) -> Look:
    """How a run is shown; `entered` and `placeholder` are what the fields around it say."""
    properties = run.find(_RPR)
    if properties is None or not len(properties):
        return _shared(frozenset(), entered, placeholder, None)
    qualities: set[str] = set()
    symbols = None
    for each in properties:
        tag = each.tag
        quality = _QUALITIES.get(tag)
        if quality is not None:
            if each.get(VAL) not in OFF:
                qualities.add(quality)
        elif tag == _SHD and each.get(_FILL) not in _PLAIN_FILLS:
            qualities.add("highlighted")
        elif tag == _RFONTS:
            font = each.get(_ASCII) or each.get(_HANSI)
            symbols = font if is_symbol_font(font) else None
        elif tag == _RSTYLE and "strong" in (each.get(VAL) or "").casefold():
            qualities.add("bold")
    return _shared(frozenset(qualities), entered, placeholder, symbols)


@lru_cache(maxsize=256)
def _shared(qualities: frozenset[str], entered: bool, placeholder: bool, symbols: str | None) -> Look:
    """One object for each look: a form has thousands of runs in a handful of looks."""
    return Look(
        "bold" in qualities, "underlined" in qualities, "struck" in qualities, "highlighted" in qualities, entered, placeholder,
        "hidden" in qualities, symbols,
    )  # fmt: skip
