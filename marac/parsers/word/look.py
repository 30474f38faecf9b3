"""How a run of a Word paragraph is shown: bold, underlined, struck, highlighted, hidden, or in a font of symbols."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from marac.parsers.marks import is_symbol_font
from marac.parsers.word.xml import OFF, VAL, W

_ASCII = W + "ascii"
_FILL = W + "fill"
_HANSI = W + "hAnsi"
_RFONTS = W + "rFonts"
_RSTYLE = W + "rStyle"
_SHD = W + "shd"
_PLAIN_FILLS = frozenset((None, "auto", "FFFFFF", "ffffff", "none"))
_QUALITIES = {
    W + name: quality
    for name, quality in (
        ("b", "bold"),
        ("u", "underlined"),
        ("strike", "struck"),
        ("dstrike", "struck"),
        ("highlight", "highlighted"),
        ("bdr", "highlighted"),
        ("vanish", "hidden"),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a run is shown, and whether it was typed into a field. There is one object for each look."""

    bold: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    entered: bool = False
    placeholder: bool = False
    hidden: bool = False
    symbols: str | None = None
    """The symbol font in which letters are drawings."""


_one = lru_cache(maxsize=512)(Look)
"""One object for each look: a form has thousands of runs in a handful of looks."""
PLAIN = _one(False, False, False, False, False, False, False, None)


def look_of(properties: etree._Element, around: Look, hidden_styles: Collection[str]) -> Look:
    """How a run with these properties is shown; `around` is what the fields, rows and paragraphs around it say."""
    qualities: tuple[str, ...] = ()
    symbols, shown = None, False
    for each in properties:
        tag = each.tag
        quality = _QUALITIES.get(tag)
        if quality is not None:
            if each.get(VAL) not in OFF:
                qualities += (quality,)
            elif quality == "hidden":
                shown = True
        elif tag == _RFONTS:
            font = each.get(_ASCII) or each.get(_HANSI)
            symbols = font if is_symbol_font(font) else None
        elif tag == _SHD and each.get(_FILL) not in _PLAIN_FILLS:
            qualities += ("highlighted",)
        elif tag == _RSTYLE:
            style = each.get(VAL) or ""
            qualities += ("bold",) if "strong" in style.casefold() else ()
            qualities += ("hidden",) if style in hidden_styles else ()
    return _shared(qualities, around, symbols, shown) if qualities or symbols or shown else around


@lru_cache(maxsize=512)
def _shared(qualities: tuple[str, ...], around: Look, symbols: str | None, shown: bool) -> Look:
    hidden = not shown and ("hidden" in qualities or around.hidden)
    return _one(
        "bold" in qualities, "underlined" in qualities, "struck" in qualities, "highlighted" in qualities, around.entered,
        around.placeholder, hidden, symbols,
    )  # fmt: skip


def around(*, entered: bool = False, placeholder: bool = False, hidden: bool = False) -> Look:
    """What fields, rows and paragraphs say of the runs in them."""
    return _one(False, False, False, False, entered, placeholder, hidden, None)
