"""Words that a PDF prints twice on one spot, as some programs draw bold ones: pdfium gives them once."""

from collections.abc import Iterable
from dataclasses import dataclass

from marac.parsers.pdf.shapes import Piece

_SLACK = 2.0  # points by which the second print is moved, and ink is narrower than its letters


@dataclass(frozen=True, slots=True)
class Ink:
    """The rectangle around a text that pdfium left out, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


def with_bold(pieces: Iterable[Piece], again: list[Ink]) -> list[Piece]:
    """The pieces, cut where something was printed again over their letters, which makes those bold."""
    found = list(pieces)
    for ink in again:
        found = [part for piece in found for part in _parts(piece, ink)]
    return found


def _parts(piece: Piece, ink: Ink) -> list[Piece]:
    is_there = piece.letters and piece.x0 < ink.x1 and piece.x1 > ink.x0 and ink.top < piece.middle < ink.bottom
    if not is_there or piece.hidden:
        return [piece]
    parts = piece.parts(ink.x0 - _SLACK, ink.x1 + _SLACK)
    for part in parts:
        is_same = abs(part.x0 - ink.x0) < 2 * _SLACK and abs(part.x1 - ink.x1) < 2 * _SLACK
        if is_same and part.lies_between(ink.x0, ink.x1) and part.text.strip():
            part.bold = True
    return parts
