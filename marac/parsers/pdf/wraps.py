"""Where a line of print only ended because the next word did not fit, and where its writer began a new one."""

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from marac.parsers.pdf.rows import Row, gap
from marac.parsers.pdf.shapes import Piece

# No line of English begins with these: the end of a word that was too long for its cell.
_FRAGMENT = re.compile(r"[b-df-hj-np-tv-xz]{1,3}(?=[\s):?,;.]|$)|[eou](?=[):?,;.]|$)|a(?= [A-Z])")
_IN_ADDRESS = re.compile(r"[a-z0-9.@_-]+")
_CLEARLY = 0.05  # of the size of the letters: less is how libraries differ in where a letter ends
_SHORT_WORD = re.compile(
    r"(aka?|an?d?|are|as|at|but|by|did|dob|due|ex|for|gp|ha[ds]|he|her|hi[ms]|i[fnst]|law|me|mum|my|new|no[rt]?|of|old|on"
    r"|or|ou[rt]|per|she|son?|tel|the|too?|two|up|via|was|we|who|why|yes|you)"
)
_APOSTROPHES = frozenset("'\u2019")
_NEVER_LAST = frozenset("ijquv")  # hardly an English word ends with these
_SUFFIXES = ("on", "or", "us", "is")  # as likely to end a word as to be one
_CLOSING = ").,:;?"
_OVER = 4.0  # points: what reaches further over the edge was not cut there
_ENOUGH = 5  # pairs of lines from which the usual distance of lines is known


def joint(above: Row, below: Row, right: float, *, is_last: bool = False) -> str:
    """What stands between two lines: a new line, or a space where the sentence only went on below.

    `is_last` says that nothing follows them, where a short word is the rest of a long one (`Occupati` / `on`).
    """
    if not is_wrapped(above, below, right):
        return "\n"
    ending = above.pieces[-1].text.rstrip()
    if (
        ending.endswith("(")
        or (ending.endswith("-") and ending[-2:-1].isalpha())
        or _is_cut_word(above, below, right, is_last)
    ):
        return ""
    return " "


def _is_cut_word(above: Row, below: Row, right: float, is_last: bool) -> bool:
    """Whether a word was too long for a narrow cell and was cut (`Perpetrato` / `r DOB`)."""
    last, first = above.pieces[-1], below.pieces[0]
    if len(above.pieces) > 1 or not first.letters or not last.letters or " " in above.text or last.look != first.look:
        return False
    whole, ends = below.text, last.text.rstrip()[-1:]
    if whole[:1].isupper() and whole.split()[0].isupper() and last.text.isupper():
        whole = whole.lower()
    begins = (whole.split(maxsplit=1) or [""])[0].rstrip(_CLOSING)
    room, wide = right + 1 - above.x1, first.letters[0].x1 - first.letters[0].x0
    if ends in _APOSTROPHES and begins[:1].isalpha():
        return -_OVER < room < 2 * wide
    is_cut = ends in _NEVER_LAST and whole[:1].islower() and room < wide + 1
    is_rest = is_last and whole.rstrip(_CLOSING) == begins and begins in _SUFFIXES and room < wide + 1
    is_number = begins.isdigit() and ends.isdigit()
    is_ending = (
        begins.islower() and begins.isalpha() and len(begins) <= 3 and (is_rest or not _SHORT_WORD.fullmatch(begins))
    )
    is_address = "@" in last.text + begins and _IN_ADDRESS.fullmatch(begins) is not None
    return (
        (is_number or is_ending or is_address or is_cut or _FRAGMENT.match(whole) is not None)
        and first.x0 > last.x0 - first.size
        and (ends.isalpha() or is_number or is_address)
        and -_OVER < room < 2 * wide
    )


def is_wrapped(above: Row, below: Row, right: float) -> bool:
    """Whether a line goes on in the next one, because the next word did not fit before `right`."""
    last, first = above.pieces[-1], below.pieces[0]
    if first.entered or last.entered or _is_other_look(last, first) or _ends_with_its_box(above):
        return False
    if below.base - above.base > above.leading * above.size or above.has_columns or below.has_columns:
        return False
    return _room(above, below, right)


def _ends_with_its_box(row: Row) -> bool:
    """Whether a line ends with a box that belongs to the words before it (`No ☐`), and not to those on the next line."""
    if row.pieces[-1].ticked is None or len(row.pieces) < 2:
        return False
    before = [gap(text, box) for text, box in pairwise(row.pieces) if box.ticked is not None and text.letters]
    after = [gap(box, text) for box, text in pairwise(row.pieces) if box.ticked is not None and text.letters]
    return bool(before) and before[-1] < min([*after, 0.5 * row.size]) - _CLEARLY * row.size


def _is_other_look(last: Piece, first: Piece) -> bool:
    """Whether a label ends and its answer begins; a single letter may be in another font because the usual one lacks it."""
    if not first.letters or not last.letters:
        return False
    if abs(first.size - last.size) > 0.4 or first.bold != last.bold:
        return True
    return first.look != last.look and min(len(first.letters), len(last.letters)) > 3


def set_leading(blocks: Iterable[list[Row]]) -> None:
    """Learns from the lines of a page how far the lines of a paragraph stand apart, and where paragraphs part."""
    steps = [
        (below.base - above.base) / above.size
        for lines in blocks
        for above, below in pairwise(lines)
        if abs(above.size - below.size) < 1 and below.base - above.base < 1.9 * above.size
    ]
    if len(steps) >= _ENOUGH:
        for lines in blocks:
            for line in lines:
                line.leading = min(1.9, 1.2 * median(steps))


def _room(above: Row, below: Row, right: float) -> bool:
    """Whether the first word of the lower line did not fit on the upper one."""
    first = below.pieces[0]
    if first.letters:
        end = first.x0
        for letter in first.letters:
            if letter.text.isspace() and end > first.x0:
                break
            end = letter.x1
        width = end - first.x0
    else:
        width = first.x1 - first.x0
    end_of_print = max((piece.letters[-1].x1 for piece in above.pieces[-1:] if piece.letters), default=above.x1)
    return end_of_print + 0.25 * first.size + width > right - 1
