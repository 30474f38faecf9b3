"""Underlining, striking through and highlighting in a PDF: lines and fills that run exactly along letters."""

from bisect import bisect_left, insort

from marac.parsers.pdf.shapes import WHITE, Piece, Print, Shape

_SLACK = 1.5  # points by which a line may be longer or shorter than the letters it belongs to
_HIGHEST = 40.0  # points: print larger than this is not looked at


def take_emphasis(sheet: Print) -> None:
    """Marks the letters that are underlined, struck through or highlighted, and takes the lines that do it out."""
    lines = _Lines(sheet.pieces)
    sheet.shapes = [shape for shape in sheet.shapes if not _belongs_to_letters(shape, lines)]
    for markup in sheet.markups:
        if markup.how not in {"ticked", "drawn"}:
            for piece in lines.between(markup.top, markup.bottom + 1):
                if piece.x0 < markup.x1 and piece.x1 > markup.x0 and piece.middle > markup.top:
                    lines.mark(piece, markup.x0, markup.x1, markup.how)
    sheet.pieces = lines.pieces


class _Lines:
    """The pieces of a page by height."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = sorted(pieces, key=_base)

    def between(self, top: float, bottom: float) -> list[Piece]:
        """The pieces of print whose letters stand between two heights."""
        found = self.pieces[bisect_left(self.pieces, top, key=_base) : bisect_left(self.pieces, bottom, key=_base)]
        return [piece for piece in found if piece.letters]

    def mark(self, piece: Piece, x0: float, x1: float, how: str) -> None:
        """Marks the letters of a piece between `x0` and `x1`; the piece is cut there."""
        parts = piece.parts(x0, x1)
        if len(parts) > 1:
            self.pieces.remove(piece)
            for part in parts:
                insort(self.pieces, part, key=_base)
        for part in parts:
            if part.lies_between(x0, x1):
                setattr(part, how, True)


def _base(piece: Piece) -> float:
    return piece.base


def _belongs_to_letters(shape: Shape, lines: _Lines) -> bool:
    if shape.is_across and shape.is_seen:
        y = shape.centre[1]
        near = lines.between(y - 0.36 * _HIGHEST, y + 0.56 * _HIGHEST)
        under = [piece for piece in near if -0.05 * piece.size <= y - piece.base <= 0.35 * piece.size]
        through = [piece for piece in near if 0.12 * piece.size <= piece.base - y <= 0.55 * piece.size]
        return _marks(shape, under, "underlined", lines) or _marks(shape, through, "struck", lines)
    if shape.kind != "line" and shape.fill is not None and shape.fill < WHITE and 4 < shape.height < _HIGHEST:
        near = lines.between(shape.top, shape.bottom + 1)
        behind = [piece for piece in near if shape.height <= 1.9 * piece.size and piece.middle > shape.top]
        return not shape.is_stroked and _marks(shape, behind, "highlighted", lines)
    return False


def _marks(shape: Shape, pieces: list[Piece], how: str, lines: _Lines) -> bool:
    """Whether the shape begins and ends where letters do; if so, they are marked."""
    x0, x1 = shape.x0 - _SLACK, shape.x1 + _SLACK
    pieces = [piece for piece in pieces if piece.x0 < shape.x1 and piece.x1 > shape.x0]
    letters = [letter for piece in pieces for letter in piece.letters if x0 <= (letter.x0 + letter.x1) / 2 <= x1]
    words = [letter for letter in letters if not letter.text.isspace()]
    if not words:
        return False
    begins = min(abs(min(each.x0 for each in group) - shape.x0) for group in (letters, words))
    ends = min(abs(max(each.x1 for each in group) - shape.x1) for group in (letters, words))
    if begins > _SLACK or ends > _SLACK:
        return False
    for piece in pieces:
        lines.mark(piece, shape.x0, shape.x1, how)
    return True
