"""What a reader of a PDF page does not see of its print, and what a program cannot name."""

from math import isfinite

from marac.parsers.pdf.shapes import WHITE, Piece, Print, Shape, brightness

UNKNOWN = "\ufffd"
"""Stands for a letter of which the file does not say what it is."""


def seen(number: int, width: float, height: float, pieces: list[Piece], shapes: list[Shape]) -> Print:
    """The page, with the pieces marked that nobody sees: beside it, too small, or white on white."""
    shapes = [shape for shape in shapes if isfinite(shape.x0 + shape.top + shape.x1 + shape.bottom)]
    behind = [shape for shape in shapes if (shape.is_seen and not shape.is_thin)]
    filled = [shape for shape in behind if shape.fill is not None or shape.kind == "image"]
    for piece in pieces:
        if not isfinite(piece.x0 + piece.x1 + piece.base + piece.size):
            piece.x0, piece.x1, piece.base, piece.size, piece.hidden = 0.0, 0.0, 0.0, 1.0, True
        if not piece.hidden:
            piece.hidden = _is_out_of_sight(piece, width, height) or _is_white_on_white(piece, filled)
    unreadable = sum(piece.text.count(UNKNOWN) for piece in pieces)
    return Print(number, width, height, pieces, shapes, unreadable)


def _is_out_of_sight(piece: Piece, width: float, height: float) -> bool:
    outside = piece.x1 < 0 or piece.x0 > width or piece.base < 0 or piece.base - piece.size > height
    return outside or piece.size < 1


def _is_white_on_white(piece: Piece, filled: list[Shape]) -> bool:
    if piece.colour is None or piece.ticked is not None or brightness(piece.colour) < WHITE:
        return False
    x, y = (piece.x0 + piece.x1) / 2, piece.middle
    return not any(shape.holds(x, y) for shape in filled)
