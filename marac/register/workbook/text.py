"""Text as a workbook can hold it: characters that XML allows, no more of them than a cell takes, never a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence

CELL_LIMIT = 32_767
"""What one cell of Excel holds, counted as Excel counts: in UTF-16 units."""

_NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What XML 1.0 forbids, and what turns the direction of writing: one hides text, the other shows it backwards."""

_NEW_LINES = re.compile("\r\n?")
_ESCAPED = str.maketrans({character: f"%{ord(character):02x}" for character in '%# "<>[]^`{}'})
_LOOKS_LIKE_A_FORMULA = re.compile(r"[=@\t\uff1d\uff0b\uff0d\uff20]|[+-](?!\d)")


def clean(text: str) -> str:
    """The text with every character that a workbook cannot hold turned into a visible mark (\N{REPLACEMENT CHARACTER})."""
    if text.isprintable():  # nearly all are, and this is asked of every cell
        return text
    if "\r" in text:
        text = _NEW_LINES.sub("\n", text)
    return _NOT_FOR_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that is less careful would run the text: no name begins like this. `+44 ...` does not count."""
    return _LOOKS_LIKE_A_FORMULA.match(text) is not None


def pieces(text: str, limit: int) -> list[str]:
    """The text cut into pieces of at most `limit` UTF-16 units; joined they are the text."""
    if _units(text) <= limit:
        return [text]
    cut: list[str] = []
    start = length = 0
    for place, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if length + width > limit:
            cut.append(text[start:place])
            start, length = place, 0
        length += width
    return [*cut, text[start:]]


def fits(text: str) -> bool:
    """Whether one cell holds the text."""
    return len(text) <= CELL_LIMIT // 2 or _units(text) <= CELL_LIMIT


def too_long(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, int]]:
    """The cells, by row and column, that hold no more than the beginning of their text."""
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str) and not fits(value):
                yield number, place


def link_target(place: str) -> str:
    """The place of a file as a link to it: Excel reads `#` as the beginning of a part, and `%41` as a letter."""
    return place.translate(_ESCAPED)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
