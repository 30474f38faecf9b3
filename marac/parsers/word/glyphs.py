"""Words of a Word file with the boxes among them: glyphs that are boxes, and letters of the fonts that draw them."""

import re
from functools import lru_cache

from marac.parsers.marks import is_symbol_font, pieces, symbol_box

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff")) | {0x2011: "-"}
"""Characters that only steer how a line is set, and the hyphen that never breaks it."""
_PASTED = re.compile("([\uf020-\uf0ff])")
"""Letters of a symbol font whose name was lost when they were pasted."""
_LIKELY = ("Wingdings", "Wingdings 2")
_SIGNS = {("symbol", 0xD6): "√"}
"""Letters of a symbol font that are no box, but are used to tick."""


@lru_cache(maxsize=2_000)
def with_boxes(text: str) -> tuple[str | bool, ...]:
    """The text in order, each box glyph replaced by whether it is ticked; what nobody sees is left out."""
    found: list[str | bool] = []
    for index, part in enumerate(_PASTED.split(text.translate(_UNSEEN))):
        if index % 2:
            found.extend([box for font in _LIKELY if (box := symbol_box(font, part)) is not None][:1])
        else:
            found.extend(pieces(part))
    return tuple(piece for piece in found if piece != "")


@lru_cache(maxsize=500)
def drawn_in(font: str, text: str) -> tuple[str | bool, ...]:
    """The same of a text in this font; of a symbol font, only the boxes, the blanks and the signs that tick."""
    found: list[str | bool] = []
    for character in text:
        box = symbol_box(font, character)
        if box is not None:
            found.append(box)
        elif character.isspace() or not is_symbol_font(font):
            found.extend(with_boxes(character))
        else:
            found.append(_SIGNS.get((font.casefold(), ord(character) & 0xFF), ""))
    return tuple(piece for piece in found if piece != "")
