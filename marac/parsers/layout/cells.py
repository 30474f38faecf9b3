"""Cells that are not what they look like at first: labels of two parts, and combs of one character a cell. Pure."""

from marac.parsers.dictionary.wordings import Meaning, plain
from marac.parsers.layout.labels import Pair
from marac.parsers.layout.page import Page
from marac.parsers.layout.squares import LabelLook, Row, Square
from marac.parsers.layout.writing import Writing, joined

_FEWEST_TEETH = 4  # cells with a character each that make a comb, such as one for the digits of a date


def join_label(square: Square, page: Page) -> None:
    """Makes one label of a cell such as `Children: name` or `Enw? / Name?`, which looks like a label with its answer."""
    words = square.writing.words
    if square.writing.boxed or square.writing.entered or _is_answered(square, page):
        return
    literal = page.vocabulary.literal(words)
    if literal is not None and square.found[0].meaning != literal:
        square.found, square.role = [Pair(words, literal, Writing(), 0)], "label"
        return
    meaning = page.vocabulary.compound(words)
    if meaning is None:
        return
    left = "".join(pair.value.words for pair in square.found).lstrip(" /|?")
    if (square.found[0].start == 0 and square.found[0].meaning != meaning) or not left or page.vocabulary.meaning(left):
        square.found, square.role = [Pair(words, meaning, Writing(), 0)], "label"


def _is_answered(square: Square, page: Page) -> bool:
    """Whether a known label ends with its bold print, and words follow that are no label."""
    first = square.found[0]
    end = first.start + len(first.label)
    parted = any(turn >= end and not square.writing.look_at(turn).bold for turn in square.writing.turns()[:1])
    is_bold = square.writing.look_at(first.start).bold
    return parted and is_bold and bool(first.value) and page.vocabulary.meaning(first.value.words) is None


def is_comb(values: Row) -> bool:
    """Whether the cells beside a label hold a character each."""
    filled = [value.writing.words for value in values if value.role != "blank"]
    return len(filled) >= _FEWEST_TEETH and all(len(words) == 1 for words in filled)


def joined_comb(values: Row) -> Writing:
    """The characters of a comb as one text."""
    return joined([value.writing for value in values if value.role != "blank"], gap="")


def mark_gender(square: Square, look: LabelLook) -> None:
    """`M / F` is a label where it looks like one, and else the choice under `Gender`."""
    if square.role == "text" and plain(square.writing.words) in ("m f", "f m") and not look.plain and look.fits(square):
        square.found, square.role = [Pair(square.writing.words, Meaning("gender", None), Writing(), 0)], "label"
