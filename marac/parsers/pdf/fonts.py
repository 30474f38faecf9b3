"""What the name of a font in a PDF tells: its family, whether it is bold, and which of its letters are boxes."""

from dataclasses import dataclass
from functools import lru_cache

from marac.parsers.marks import EMPTY, TICKED, symbol_box

_DINGBATS = dict.fromkeys("345678n", True) | dict.fromkeys("opqrm", False)  # letters that ZapfDingbats draws as marks
_SYMBOL_FONTS = {
    "wingdings2": "wingdings 2",
    "wingdings": "wingdings",
    "webdings": "webdings",
    "zapfdingbats": "zapfdingbats",
}
_LIKELY = ("wingdings", "wingdings 2")  # whose letters others stand in for, where a computer lacks these fonts
_BOLD = ("bold", "black", "heavy", "demi")


@dataclass(frozen=True, slots=True)
class Font:
    """A font as its name describes it."""

    family: str
    is_bold: bool
    symbols: str | None
    """The symbol font whose letters are drawings."""

    def ticked(self, text: str) -> bool | None:
        """Whether this letter draws a ticked or an empty box; None where it is a letter."""
        if (self.symbols is None and text.isascii()) or len(text) != 1:
            return None
        if text in TICKED or text in EMPTY:
            return text in TICKED
        if self.symbols == "zapfdingbats":
            return _DINGBATS.get(text)
        is_private = "\uf020" <= text <= "\uf0ff"  # where symbol fonts keep their drawings
        if self.symbols is None and not is_private:
            return None
        boxes = (symbol_box(name, text) for name in ((self.symbols,) if self.symbols else _LIKELY))
        return next((box for box in boxes if box is not None), None)


@lru_cache(maxsize=256)
def font(name: str) -> Font:
    """The font of this name, as the file gives it (`ABCDEF+Arial-BoldMT`)."""
    family = name.partition("+")[2] or name
    folded = family.casefold().replace(" ", "").replace("-", "")
    symbols = next((known for key, known in _SYMBOL_FONTS.items() if key in folded), None)
    is_bold = any(word in folded for word in _BOLD)
    return Font(family.partition("-")[0].partition(",")[0], is_bold, symbols)
