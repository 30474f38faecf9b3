"""What a page of a PDF shows that is in no part of it, or cannot be named: a person is told, for each page in a sentence."""

from collections.abc import Iterable, Iterator

from marac.parsers.blocks import Line
from marac.parsers.pdf.panes import Grid, Part
from marac.parsers.pdf.rows import Row
from marac.parsers.pdf.shapes import Letter, Piece, Print

_BY_HAND = "Somebody wrote or stamped on page {} of the PDF by hand, which was not read. Look at it."
_UNKNOWN = "Page {} of the PDF has letters of which the file does not say what they are. Look at it."
_LOST = "Some of the print on page {} of the PDF was not read. Look at it."
_TWIN = 1.5  # points between letters that are printed twice


def left_out(sheet: Print, parts: Iterable[Part]) -> Iterator[Line]:
    """A line for each thing on this page that was not read."""
    for is_so, sentence in (
        (any(markup.how == "drawn" for markup in sheet.markups), _BY_HAND),
        (sheet.unreadable_letters, _UNKNOWN),
        (_has_lost(sheet, parts), _LOST),
    ):
        if is_so:
            yield Line((), f"page {sheet.number}", unread=sentence.format(sheet.number))
    for sentence in sheet.unread:
        yield Line((), f"page {sheet.number}", unread=sentence)


def _has_lost(sheet: Print, parts: Iterable[Part]) -> bool:
    """Whether a letter that is seen on the page is in none of its parts."""
    kept = [piece for part in parts for row in _rows(part) for piece in row.pieces]
    printed = [piece for piece in sheet.pieces if piece.letters and not piece.hidden]
    if sum(len(piece.letters) for piece in printed) <= sum(len(piece.letters) for piece in kept if not piece.hidden):
        return False
    known = {id(letter) for piece in kept for letter in piece.letters}
    lost = [(piece, letter) for piece in printed for letter in piece.letters if id(letter) not in known]
    return any(letter.text.strip() and not _is_twin(letter, piece, kept) for piece, letter in lost)


def _rows(part: Part) -> Iterator[Row]:
    if isinstance(part, Grid):
        for pane in part.panes:
            yield from pane.lines
    else:
        yield from part.lines


def _is_twin(letter: Letter, piece: Piece, kept: list[Piece]) -> bool:
    """Whether the same letter is printed twice on one spot, as some programs draw bold ones."""
    near = [each for each in kept if abs(each.base - piece.base) < _TWIN]
    return any(
        other.text == letter.text and abs(other.x0 - letter.x0) < _TWIN for each in near for other in each.letters
    )
