"""Boxes and ticks as characters: which glyphs are a box, in Unicode and in the fonts that draw them as letters."""

import re
from collections.abc import Iterator

TICKED = "☑☒✓✔✗✘☓⊠⌧■▣✅⬛🗹🗷🗵🗸"
EMPTY = "☐□◻▢❏❐❑❒⬜⊡⎕▯"
"""Glyphs that stand for a box, with and without something in it. A lone cross or tick counts as a box with a tick."""

_BOX = re.compile(f"([{TICKED}{EMPTY}])\ufe0f?")

_SYMBOLS: dict[str, dict[int, bool]] = {
    "wingdings": {0xFE: True, 0xFD: True, 0xFC: True, 0xFB: True, 0x78: True, 0x6E: True}
    | dict.fromkeys((0xA8, 0x6F, 0x70, 0x71, 0x72), False),
    "wingdings 2": dict.fromkeys((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56), True) | {0xA3: False, 0x2A: False},
    "webdings": {0x61: True, 0x72: True, 0x67: True, 0x63: False},
}


def symbol_box(font: str, character: str) -> bool | None:
    """Whether this letter of a symbol font is a ticked (True) or an empty (False) box; None where it is neither.

    Symbol fonts arrive as letters (`R` in Wingdings 2) or in the private area from U+F000 on.
    """
    return _SYMBOLS.get(font.casefold(), {}).get(ord(character) & 0xFF)


def is_symbol_font(font: str | None) -> bool:
    """Whether letters in this font are drawings and not words."""
    return font is not None and font.casefold() in ("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol")


def pieces(text: str) -> Iterator[str | bool]:
    """The text in order, with each box glyph replaced by whether it is ticked."""
    if text.isascii():
        yield text
        return
    for index, piece in enumerate(_BOX.split(text)):
        if index % 2:
            yield piece in TICKED
        elif piece:
            yield piece
